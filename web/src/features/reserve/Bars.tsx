'use client';

import { useDeferredValue, useMemo, useState } from 'react';
import type { Result } from '@/shared/api/problem';
import { useApi } from '@/shared/api/use-api';
import { BAR_WORDS } from '@/shared/reserve/bar-words';
import { Button } from '@/shared/ui/Button';
import { SelectField, TextField } from '@/shared/ui/Field';
import { Section } from '@/shared/ui/Section';
import { Segments } from '@/shared/ui/Segments';
import { Empty, Failed, SkeletonRows, Stale } from '@/shared/ui/State';
import { BarTable } from './BarTable';
import { BARS_PATH, type BarPage, SORT_TITLES, type Sorting, type SortKey, selectBars } from './bar-list';

const REFRESH_MS = 30_000;
const FILTERS = [
  { key: 'all', title: 'All' },
  ...(['Active', 'Committed', 'Pending', 'Suspended', 'Delivered'] as const).map((key) => ({
    key,
    title: BAR_WORDS[key],
  })),
] as const;
type Filter = (typeof FILTERS)[number]['key'];

export function Bars({ initial }: { initial: Result<BarPage> }) {
  const [more, setMore] = useState<BarPage[]>([]);
  const [filter, setFilter] = useState<Filter>('all');
  const [search, setSearch] = useState('');
  const [sorting, setSorting] = useState<Sorting>({ key: 'fineWeight', descending: true });
  const wanted = useDeferredValue(search);
  const { data, problem, stale, refetch } = useApi<BarPage>(BARS_PATH, { initial, refreshMs: REFRESH_MS });
  const next = (more.at(-1) ?? data)?.next ?? null;
  const bars = useMemo(() => [...(data?.items ?? []), ...more.flatMap(({ items }) => items)], [data, more]);
  const found = useMemo(
    () => selectBars(bars, filter === 'all' ? null : filter, wanted, sorting),
    [bars, filter, wanted, sorting],
  );
  return (
    <Section
      title="Every bar"
      aside={
        <span role="status" className="text-[13.5px] text-ink-2">
          {data && `${found.length} of ${bars.length}${next ? '+' : ''} bars`}
        </span>
      }
    >
      {problem ? (
        <Failed what="the bars" problem={problem} retry={refetch} />
      ) : !data ? (
        <SkeletonRows rows={8} label="The bars are loading" />
      ) : bars.length === 0 ? (
        <Empty title="No bars yet">
          The custodian books bars, the auditor endorses them; then they stand here.
        </Empty>
      ) : (
        <>
          <div className="mb-2 flex flex-wrap items-end justify-between gap-3">
            <Segments label="State" options={FILTERS} selected={filter} onSelect={setFilter} />
            <TextField
              label="Find a bar"
              type="search"
              placeholder="serial, refiner, vault"
              value={search}
              onChange={(event) => setSearch(event.target.value)}
              className="w-full sm:w-60"
            />
          </div>
          <SelectField
            label="Sort by"
            className="mb-3 sm:hidden"
            value={sorting.key}
            onChange={(event) => {
              const key = event.target.value as SortKey;
              setSorting({ key, descending: key === 'fineWeight' || key === 'fineness' });
            }}
          >
            {Object.entries(SORT_TITLES).map(([key, title]) => (
              <option key={key} value={key}>
                {title}
              </option>
            ))}
          </SelectField>
          {stale && <Stale>The service does not answer; this is the last list we had.</Stale>}
          {found.length > 0 ? (
            <BarTable bars={found} sorting={sorting} onSort={setSorting} />
          ) : (
            <Empty
              title="No bar like that"
              action={
                <Button
                  onClick={() => {
                    setSearch('');
                    setFilter('all');
                  }}
                >
                  Show all bars
                </Button>
              }
            />
          )}
          {next && <MoreBars cursor={next} onLoaded={(page) => setMore((pages) => [...pages, page])} />}
        </>
      )}
    </Section>
  );
}

function MoreBars({ cursor, onLoaded }: { cursor: string; onLoaded: (page: BarPage) => void }) {
  const [wanted, setWanted] = useState(false);
  const { data, isFetching } = useApi<BarPage>(wanted ? `${BARS_PATH}&cursor=${cursor}` : null);
  return (
    <div className="mt-4 text-center">
      <Button
        disabled={isFetching}
        onClick={() => {
          if (data) onLoaded(data);
          else setWanted(true);
        }}
      >
        {isFetching ? 'Loading …' : data ? `Show ${data.items.length} more bars` : 'Load more bars'}
      </Button>
    </div>
  );
}
