import type { Portfolio } from '@e-aurum/sdk/rest';
import { BarTag } from '@/shared/reserve/BarTag';
import { FineWeight } from '@/shared/ui/Amount';
import { BarName } from '@/shared/ui/Hallmark';
import { Link } from '@/shared/ui/Link';
import { Section } from '@/shared/ui/Section';
import { Table } from '@/shared/ui/Table';

/** Bars that were delivered to this account: their certificates are its own. */
export function Certificates({ bars }: { bars: Portfolio['certificates'] }) {
  if (bars.length === 0) return null;
  return (
    <Section title="Your bars">
      <p className="mb-2 max-w-[66ch] text-[14px] text-ink-2">
        Delivered to you. Each certificate is a token in your account; it says which bar is yours.
      </p>
      <Table
        caption="Bars that were delivered to you"
        rows={bars}
        keyOf={({ barId }) => barId}
        columns={[
          {
            key: 'bar',
            head: 'Bar',
            phone: 'a',
            cell: ({ barId, refiner, serial, year }) => (
              <Link
                href={`/reserve/${barId}`}
                className="underline decoration-edge underline-offset-4 hover:decoration-gold"
              >
                <BarName refiner={refiner} serial={serial} year={year} />
              </Link>
            ),
          },
          {
            key: 'weight',
            head: 'Fine weight',
            right: true,
            phone: 'd',
            cell: ({ fineWeightMg }) => <FineWeight mg={fineWeightMg} />,
          },
          {
            key: 'state',
            head: 'State',
            right: true,
            phone: 'b',
            cell: ({ state }) => <BarTag state={state} />,
          },
        ]}
      />
    </Section>
  );
}
