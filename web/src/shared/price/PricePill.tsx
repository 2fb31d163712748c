'use client';

import type { LatestPrice } from '@e-aurum/sdk/rest';
import type { Result } from '../api/problem';
import { formatUsd } from '../format/money';
import { formatAgo } from '../format/time';
import { useNow } from '../time/clock';
import { cx } from '../ui/cx';
import { Link } from '../ui/Link';
import { useLatestPrice } from './use-latest-price';
import { MODE_TONES, MODE_WORDS, SOURCE_WORDS } from './words';

const DOTS: Record<string, string> = {
  up: 'bg-up',
  warn: 'bg-warn',
  closed: 'bg-closed',
  down: 'bg-down',
};

const PILL =
  'inline-flex min-h-9 items-center gap-2 rounded-full border border-line px-3 text-[13px] whitespace-nowrap text-ink-2 hover:border-edge';

/** The price's mode, source and age, on every page. */
export function PricePill({ initial }: { initial: Result<LatestPrice> }) {
  const { data, problem, stale } = useLatestPrice(initial);
  const now = useNow();
  if (!data) {
    return (
      <Link href="/prices" className={PILL}>
        <i aria-hidden="true" className={cx('size-2 rounded-full', problem ? 'bg-down' : 'bg-line')} />
        {problem ? 'No price now' : 'Price …'}
      </Link>
    );
  }
  // how old the price is: when the feed that gives it was last updated
  const feed = data.feeds.find(({ source }) => source === data.source);
  const at = Date.parse(feed?.updatedAt ?? data.observation?.at ?? data.at);
  return (
    <Link href="/prices" className={PILL}>
      <i
        aria-hidden="true"
        className={cx('size-2 rounded-full', stale ? 'border border-edge' : DOTS[MODE_TONES[data.mode]])}
      />
      {data.mode !== 'Halted' && (
        <span className="font-semibold text-ink">
          {formatUsd(BigInt(data.usdPerGram))}
          <span className="sr-only"> per gram</span>
        </span>
      )}
      <span>
        {stale ? 'Not answering' : MODE_WORDS[data.mode]}
        <span className="max-lg:hidden">
          {data.source !== 'None' && ` · ${SOURCE_WORDS[data.source]}`}, {formatAgo(at, now)}
        </span>
      </span>
    </Link>
  );
}
