import { WEI_PER_MG } from '@e-aurum/sdk';
import type { Reserve } from '@e-aurum/sdk/rest';
import { formatGrams } from '../format/money';

const share = (part: bigint, whole: bigint): number =>
  whole === 0n ? 0 : Number((part * 100_000n) / whole) / 1_000;

const atLeastZero = (value: bigint): bigint => (value > 0n ? value : 0n);

interface CoverBarProps {
  reserve: Pick<Reserve, 'supply' | 'backingMg' | 'committedMg' | 'mintable'>;
}

/** Supply against the gold behind it: solid is covered, hatched waits for delivery, red would be missing. */
export function CoverBar({ reserve }: CoverBarProps) {
  const supply = BigInt(reserve.supply);
  const setAside = BigInt(reserve.committedMg) * WEI_PER_MG;
  const gold = BigInt(reserve.backingMg) * WEI_PER_MG + setAside;
  const missing = atLeastZero(supply - gold);
  const covered = atLeastZero((supply < gold ? supply : gold) - setAside);
  const whole = missing > 0n ? supply : gold;
  const words =
    gold === 0n && supply === 0n
      ? 'There is no gold and no EAU yet.'
      : missing > 0n
        ? `${formatGrams(missing, 3)} in circulation are not covered. Nothing can be minted until they are.`
        : `Every gram in circulation is covered. ${formatGrams(BigInt(reserve.mintable), 3)} can still be minted.`;
  return (
    <div>
      <div
        role="img"
        aria-label={words}
        className="mt-3 mb-2 flex h-2.5 overflow-hidden rounded-md border border-line bg-sunk"
      >
        <i className="bg-gold-fill" style={{ width: `${share(covered, whole)}%` }} />
        <i
          className="bg-[repeating-linear-gradient(45deg,var(--gold-fill)_0_2px,transparent_2px_6px)]"
          style={{ width: `${share(setAside, whole)}%` }}
        />
        <i className="bg-down" style={{ width: `${share(missing, whole)}%` }} />
      </div>
      <p className={missing > 0n ? 'text-[13.5px] font-semibold text-down' : 'text-[13.5px] text-ink-2'}>
        {words}
      </p>
    </div>
  );
}
