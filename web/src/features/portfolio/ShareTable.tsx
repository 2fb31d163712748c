'use client';

import type { Portfolio } from '@e-aurum/sdk/rest';
import { useState } from 'react';
import { FineWeight } from '@/shared/ui/Amount';
import { Button } from '@/shared/ui/Button';
import { BarName } from '@/shared/ui/Hallmark';
import { Link } from '@/shared/ui/Link';
import { Table } from '@/shared/ui/Table';

type Share = Portfolio['bars'][number];
const FIRST = 8;

export function ShareTable({ bars }: { bars: readonly Share[] }) {
  const [all, setAll] = useState(false);
  return (
    <>
      <Table
        caption="Your part of each active bar"
        rows={all ? bars : bars.slice(0, FIRST)}
        keyOf={({ barId }) => barId}
        columns={[
          {
            key: 'bar',
            head: 'Bar',
            phone: 'a',
            cell: ({ barId, refiner, serial, year }) => (
              <Link
                href={`/reserve/${barId}`}
                className="underline decoration-transparent underline-offset-4 hover:decoration-gold"
              >
                <BarName refiner={refiner} serial={serial} year={year} />
              </Link>
            ),
          },
          { key: 'vault', head: 'Vault', phone: 'c', cell: ({ vault }) => vault },
          {
            key: 'weight',
            head: 'Fine weight',
            right: true,
            phone: 'd',
            cell: ({ fineWeightMg }) => <FineWeight mg={fineWeightMg} />,
          },
          {
            key: 'share',
            head: 'Your part',
            right: true,
            phone: 'b',
            cell: ({ shareMg }) => (
              <b className="font-semibold">
                <FineWeight mg={shareMg} />
              </b>
            ),
          },
        ]}
      />
      {!all && bars.length > FIRST && (
        <Button small className="mt-3" onClick={() => setAll(true)}>
          Show all {bars.length} bars
        </Button>
      )}
    </>
  );
}
