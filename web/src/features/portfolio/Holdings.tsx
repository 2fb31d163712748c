import { usdValue } from '@e-aurum/sdk';
import type { Portfolio } from '@e-aurum/sdk/rest';
import { Grams, Usd } from '@/shared/ui/Amount';
import { FactBand } from '@/shared/ui/Section';

const share = (part: bigint, whole: bigint): number =>
  whole === 0n ? 0 : Number((part * 10_000n) / whole) / 100;

/** Where the grams are: in the account, staked, in escrow. */
export function Holdings({ portfolio }: { portfolio: Portfolio }) {
  const total = BigInt(portfolio.total);
  const parts = [
    { label: 'in your account', wei: BigInt(portfolio.balance), className: 'bg-gold-fill' },
    { label: 'staked', wei: BigInt(portfolio.staked), className: 'bg-up' },
    {
      label: 'in escrow for delivery',
      wei: BigInt(portfolio.escrowed),
      className: 'bg-[repeating-linear-gradient(45deg,var(--gold-fill)_0_2px,transparent_2px_6px)]',
    },
  ];
  return (
    <div>
      <FactBand
        facts={[
          ...parts.map(({ label, wei }) => ({ label, value: <Grams wei={wei} places={4} fromLeft /> })),
          {
            label: 'your stake is worth',
            value:
              portfolio.usdPerGram === null ? (
                'no price'
              ) : (
                <Usd value={usdValue(BigInt(portfolio.staked), BigInt(portfolio.usdPerGram))} fromLeft />
              ),
          },
        ]}
      />
      <div
        aria-hidden="true"
        className="mt-3 flex h-2.5 overflow-hidden rounded-md border border-line bg-sunk"
      >
        {parts.map(({ label, wei, className }) => (
          <i key={label} className={className} style={{ width: `${share(wei, total)}%` }} />
        ))}
      </div>
    </div>
  );
}
