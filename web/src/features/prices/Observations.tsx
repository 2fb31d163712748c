'use client';

import type { Observation } from '@e-aurum/sdk/rest';
import { useState } from 'react';
import type { Result } from '@/shared/api/problem';
import { useApi } from '@/shared/api/use-api';
import { formatCount } from '@/shared/format/money';
import { formatExactTime } from '@/shared/format/time';
import { MODE_TONES, MODE_WORDS, SOURCE_WORDS } from '@/shared/price/words';
import { Usd } from '@/shared/ui/Amount';
import { Button } from '@/shared/ui/Button';
import { Hash } from '@/shared/ui/Hash';
import { Section } from '@/shared/ui/Section';
import { Segments } from '@/shared/ui/Segments';
import { Empty, Failed, SkeletonRows, Stale } from '@/shared/ui/State';
import { type Column, Table } from '@/shared/ui/Table';
import { Tag } from '@/shared/ui/Tag';
import { csvPath, type ObservationPage, observationsPath } from './paths';

const REFRESH_MS = 10_000;
const FILTERS = [
  { key: 'all', title: 'All' },
  ...(['Normal', 'Degraded', 'AfterHours', 'Halted'] as const).map((key) => ({
    key,
    title: MODE_WORDS[key],
  })),
] as const;
type Filter = (typeof FILTERS)[number]['key'];

const COLUMNS: Column<Observation>[] = [
  { key: 'sequence', head: 'Sequence', phone: 'c', cell: ({ sequence }) => `#${formatCount(sequence)}` },
  {
    key: 'at',
    head: 'Time',
    phone: 'd',
    cell: ({ at }) => <time dateTime={at}>{formatExactTime(Date.parse(at))}</time>,
  },
  {
    key: 'price',
    head: 'Price per g',
    right: true,
    phone: 'a',
    cell: ({ usdPerGram, mode }) => (mode === 'Halted' ? 'none' : <Usd value={usdPerGram} places={4} />),
  },
  {
    key: 'range',
    head: 'Low to high',
    right: true,
    phone: 'none',
    cell: ({ lowUsdPerGram, highUsdPerGram, mode }) =>
      mode === 'Halted' ? (
        ''
      ) : (
        <>
          <Usd value={lowUsdPerGram} places={4} /> to <Usd value={highUsdPerGram} places={4} />
        </>
      ),
  },
  { key: 'source', head: 'Source', phone: 'none', cell: ({ source }) => SOURCE_WORDS[source] },
  {
    key: 'mode',
    head: 'Mode',
    right: true,
    phone: 'b',
    cell: ({ mode }) => <Tag tone={MODE_TONES[mode]}>{MODE_WORDS[mode]}</Tag>,
  },
  {
    key: 'transaction',
    head: 'Transaction',
    right: true,
    phone: 'none',
    cell: ({ transactionHash }) => <Hash value={transactionHash} label="transaction hash" />,
  },
];

export function Observations({ initial }: { initial: Result<ObservationPage> }) {
  const [filter, setFilter] = useState<Filter>('all');
  // the cursors of the pages before this one; the first page has none
  const [trail, setTrail] = useState<string[]>([]);
  const cursor = trail.at(-1) ?? null;
  const mode = filter === 'all' ? null : filter;
  const first = cursor === null && mode === null;
  const { data, problem, stale, refetch, isPlaceholderData } = useApi<ObservationPage>(
    observationsPath(mode, cursor),
    {
      ...(first ? { initial } : {}),
      ...(cursor === null ? { refreshMs: REFRESH_MS } : {}),
      keepPrevious: true,
    },
  );
  return (
    <Section
      title="Every observation"
      aside={
        <a
          href={csvPath(mode)}
          download
          className="text-[14px] underline decoration-edge underline-offset-4 hover:decoration-gold"
        >
          Download as CSV
        </a>
      }
    >
      <p className="mb-3 max-w-[66ch] text-[14px] text-ink-2">
        The oracle writes down every price it gives out, with its source and mode. Every trade names the
        observation it was priced with.
      </p>
      <Segments
        label="Mode"
        options={FILTERS}
        selected={filter}
        onSelect={(next) => {
          setFilter(next);
          setTrail([]);
        }}
      />
      {stale && <Stale>The service does not answer; this is the last list we had.</Stale>}
      {problem ? (
        <Failed what="the observations" problem={problem} retry={refetch} />
      ) : !data ? (
        <SkeletonRows rows={8} label="The observations are loading" />
      ) : data.items.length === 0 ? (
        <Empty title="None yet">
          {mode ? 'There was no observation in this mode.' : 'The first price will stand here.'}
        </Empty>
      ) : (
        <Table
          caption="Observations of the price oracle, newest first"
          columns={COLUMNS}
          rows={data.items}
          keyOf={({ sequence }) => sequence}
          busy={isPlaceholderData}
        />
      )}
      <nav aria-label="Pages of observations" className="mt-4 flex items-center justify-between">
        <Button small disabled={trail.length === 0} onClick={() => setTrail((pages) => pages.slice(0, -1))}>
          Newer
        </Button>
        <span className="text-[13.5px] text-ink-2">Page {trail.length + 1}</span>
        <Button
          small
          disabled={!data?.next || isPlaceholderData}
          onClick={() => data?.next && setTrail((pages) => [...pages, data.next as string])}
        >
          Older
        </Button>
      </nav>
    </Section>
  );
}
