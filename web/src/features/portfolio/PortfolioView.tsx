'use client';

import type { Portfolio } from '@e-aurum/sdk/rest';
import { useCoins } from '@/chain/deployment';
import { RedemptionList } from '@/features/redeem/RedemptionList';
import { TradeTable } from '@/features/trade/TradeTable';
import { useApi } from '@/shared/api/use-api';
import { formatCount, formatSignedUsd, formatUsd } from '@/shared/format/money';
import { TimeAgo } from '@/shared/time/TimeAgo';
import { Grams, Usd } from '@/shared/ui/Amount';
import { ButtonLink } from '@/shared/ui/Button';
import { cx } from '@/shared/ui/cx';
import { Section } from '@/shared/ui/Section';
import { Empty, Failed, SkeletonRows, Stale } from '@/shared/ui/State';
import { Certificates } from './Certificates';
import { Holdings } from './Holdings';
import { ShareTable } from './ShareTable';

const REFRESH_MS = 6_000;

export function PortfolioView() {
  const { data, problem, stale, refetch } = useApi<Portfolio>('/v1/portfolio', { refreshMs: REFRESH_MS });
  const coins = useCoins();
  if (problem) return <Failed what="your portfolio" problem={problem} retry={refetch} />;
  if (!data) return <SkeletonRows rows={6} label="Your portfolio is loading" />;
  const empty = BigInt(data.total) === 0n;
  if (empty && data.trades.length === 0 && data.certificates.length === 0) {
    return (
      <Empty
        title="No gold yet"
        action={
          <ButtonLink href="/trade" kind="gold">
            Buy gold
          </ButtonLink>
        }
      >
        What you buy stands here, with the bars behind it.
      </Empty>
    );
  }
  return (
    <>
      {stale && <Stale>The service does not answer; these are the last figures we had.</Stale>}
      <Value portfolio={data} />
      <Holdings portfolio={data} />
      {data.bars.length > 0 && (
        <Section title="The bars behind your grams" className="pt-10">
          <p className="mb-2 max-w-[66ch] text-[14px] text-ink-2">
            All EAU is backed by all active bars together. This is your part of each, by weight.
          </p>
          <ShareTable bars={data.bars} />
        </Section>
      )}
      {BigInt(data.escrowed) > 0n && (
        <Section title="Bars on their way to you">
          <RedemptionList openOnly />
        </Section>
      )}
      <Certificates bars={data.certificates} />
      <Section title="Your trades">
        {data.trades.length > 0 ? (
          <TradeTable trades={data.trades} coins={coins} />
        ) : (
          <p className="text-ink-2">You have not traded yet.</p>
        )}
      </Section>
      <p className="text-[13px] text-ink-2">
        Read from the contracts at block {formatCount(data.blockNumber)}, <TimeAgo at={data.at} fromLeft />.
        Costs come from your trades, by average.
      </p>
    </>
  );
}

function Value({ portfolio }: { portfolio: Portfolio }) {
  const gain = portfolio.gainUsd === null ? null : BigInt(portfolio.gainUsd);
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-10 gap-y-5 pb-8">
      <div>
        <p className="text-[12.5px] font-semibold text-ink-2">You own</p>
        <p className="display-serif text-[52px] sm:text-[64px]">
          <Grams wei={portfolio.total} places={4} fromLeft />
        </p>
        <p className="text-ink-2">
          {portfolio.valueUsd === null ? (
            'There is no price now, so no value either. The grams are yours all the same.'
          ) : (
            <>
              worth <Usd value={portfolio.valueUsd} className="text-ink" /> · cost{' '}
              {formatUsd(BigInt(portfolio.costUsd))}
              {gain !== null && (
                <>
                  {' · '}
                  <span className={cx('whitespace-nowrap', gain < 0n ? 'text-down' : 'text-up')}>
                    {gain < 0n ? 'loss' : 'gain'} {formatSignedUsd(gain)}
                  </span>
                </>
              )}
            </>
          )}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <ButtonLink href="/trade" kind="gold">
          Buy or sell
        </ButtonLink>
        <ButtonLink href="/stake">Stake</ButtonLink>
        <ButtonLink href="/redeem">Have a bar sent</ButtonLink>
      </div>
    </div>
  );
}
