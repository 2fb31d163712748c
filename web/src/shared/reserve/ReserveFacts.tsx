import type { Reserve } from '@e-aurum/sdk/rest';
import { TimeAgo } from '../time/TimeAgo';
import { FineWeight, Grams } from '../ui/Amount';
import { FactBand } from '../ui/Section';

const BACKING_STATES = ['Active', 'Committed'] as const;

export function ReserveFacts({ reserve }: { reserve: Reserve }) {
  const bars = BACKING_STATES.reduce((sum, state) => sum + (reserve.bars[state] ?? 0), 0);
  const gold = BigInt(reserve.backingMg) + BigInt(reserve.committedMg);
  return (
    <FactBand
      facts={[
        { label: 'EAU in existence', value: <Grams wei={reserve.supply} fromLeft /> },
        { label: `fine gold in ${bars} ${bars === 1 ? 'bar' : 'bars'}`, value: <FineWeight mg={gold} /> },
        { label: 'set aside for delivery', value: <FineWeight mg={reserve.committedMg} /> },
        {
          label:
            reserve.attestation && !reserve.attestation.fresh
              ? 'last attestation: too old to mint on'
              : 'last attestation, by the auditor',
          value: reserve.attestation ? <TimeAgo at={reserve.attestation.at} fromLeft /> : 'none yet',
        },
      ]}
    />
  );
}
