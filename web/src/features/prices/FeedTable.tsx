import type { LatestPrice } from '@e-aurum/sdk/rest';
import { formatSpan } from '@/shared/format/time';
import { TimeAgo } from '@/shared/time/TimeAgo';
import { Usd } from '@/shared/ui/Amount';
import { Hash } from '@/shared/ui/Hash';
import { Section } from '@/shared/ui/Section';
import { Table } from '@/shared/ui/Table';
import { Tag } from '@/shared/ui/Tag';

const ROLE_WORDS: Record<string, string> = {
  Main: 'gives the price',
  Pivot: 'must agree, or stands in',
  Fallback: 'a wider check',
};

/** What each feed says now, and whether it counts. */
export function FeedTable({ feeds }: { feeds: LatestPrice['feeds'] }) {
  return (
    <Section title="The feeds" className="pt-10">
      <Table
        caption="The price feeds now"
        rows={feeds}
        keyOf={({ source }) => source}
        columns={[
          {
            key: 'feed',
            head: 'Feed',
            phone: 'a',
            cell: ({ name, source }) => (
              <>
                {name} <span className="text-[13.5px] text-ink-2 max-sm:hidden">{ROLE_WORDS[source]}</span>
              </>
            ),
          },
          {
            key: 'price',
            head: 'Says',
            right: true,
            phone: 'c',
            cell: ({ usdPerGram }) =>
              usdPerGram === '0' ? (
                'nothing'
              ) : (
                <>
                  <Usd value={usdPerGram} places={4} /> per g
                </>
              ),
          },
          {
            key: 'updated',
            head: 'Updated',
            right: true,
            phone: 'd',
            cell: ({ updatedAt }) => (updatedAt ? <TimeAgo at={updatedAt} /> : 'never'),
          },
          {
            key: 'heartbeat',
            head: 'Dead after',
            right: true,
            phone: 'none',
            cell: ({ heartbeatSeconds }) => formatSpan(heartbeatSeconds * 1_000),
          },
          {
            key: 'address',
            head: 'Contract',
            right: true,
            phone: 'none',
            cell: ({ address }) => <Hash value={address} label="address of the feed" />,
          },
          {
            key: 'live',
            head: 'State',
            right: true,
            phone: 'b',
            cell: ({ live }) => (live ? <Tag tone="up">Live</Tag> : <Tag tone="down">Dead</Tag>),
          },
        ]}
      />
      <p className="mt-3 max-w-[66ch] text-[13px] text-ink-2">
        A feed counts as live when it answers, within bounds, and not older than its heartbeat. While the gold
        market is closed, Chainlink’s feed sleeps and counts as dead. When two feeds agree there is a price;
        when none agree, there is none.
      </p>
    </Section>
  );
}
