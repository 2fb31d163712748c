'use client';

import { formatFineness } from '@e-aurum/sdk';
import type { Bar } from '@e-aurum/sdk/rest';
import type { ReactNode } from 'react';
import { BarTag } from '@/shared/reserve/BarTag';
import { FineWeight } from '@/shared/ui/Amount';
import { BarName } from '@/shared/ui/Hallmark';
import { Hash } from '@/shared/ui/Hash';
import { Link } from '@/shared/ui/Link';
import { type Column, Table } from '@/shared/ui/Table';
import type { Sorting, SortKey } from './bar-list';

interface BarTableProps {
  bars: readonly Bar[];
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
}

export function BarTable({ bars, sorting, onSort }: BarTableProps) {
  const sortable = (key: SortKey, title: string): Pick<Column<Bar>, 'head' | 'sorted'> => {
    const here = sorting.key === key;
    return {
      sorted: here ? (sorting.descending ? 'descending' : 'ascending') : 'none',
      head: (
        <SortButton
          mark={here ? (sorting.descending ? '↓' : '↑') : ''}
          onClick={() => onSort({ key, descending: here && !sorting.descending })}
        >
          {title}
        </SortButton>
      ),
    };
  };
  return (
    <Table
      caption="Every bar of the reserve"
      rows={bars}
      keyOf={({ barId }) => barId}
      columns={[
        {
          key: 'bar',
          ...sortable('bar', 'Bar'),
          phone: 'a',
          cell: (bar) => (
            <Link
              href={`/reserve/${bar.barId}`}
              className="underline decoration-transparent underline-offset-4 hover:decoration-gold"
            >
              <BarName refiner={bar.refiner} serial={bar.serial} year={bar.year} />
            </Link>
          ),
        },
        { key: 'vault', ...sortable('vault', 'Vault'), phone: 'c', cell: ({ vault }) => vault },
        {
          key: 'fineness',
          ...sortable('fineness', 'Fineness'),
          right: true,
          phone: 'none',
          cell: ({ fineness }) => formatFineness(fineness),
        },
        {
          key: 'fineWeight',
          ...sortable('fineWeight', 'Fine weight'),
          right: true,
          phone: 'd',
          cell: ({ fineWeightMg }) => <FineWeight mg={fineWeightMg} />,
        },
        {
          key: 'documents',
          head: 'Documents',
          right: true,
          phone: 'none',
          cell: ({ documentsHash }) => <Hash value={documentsHash} label="hash of the documents" />,
        },
        {
          key: 'state',
          ...sortable('state', 'State'),
          right: true,
          phone: 'b',
          cell: ({ state }) => <BarTag state={state} />,
        },
      ]}
    />
  );
}

interface SortButtonProps {
  mark: string;
  onClick: () => void;
  children: ReactNode;
}

/** Heads stand on wide screens; on a phone they are only there for screen readers, and one sorts by the list above. */
function SortButton({ mark, onClick, children }: SortButtonProps) {
  return (
    <>
      <button type="button" onClick={onClick} className="relative font-semibold hover:text-ink max-sm:hidden">
        {children}
        <span aria-hidden="true" className="absolute left-full pl-0.5">
          {mark}
        </span>
      </button>
      <span className="sm:hidden">{children}</span>
    </>
  );
}
