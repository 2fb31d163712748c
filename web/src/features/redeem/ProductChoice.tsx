'use client';

import type { Product } from '@e-aurum/sdk/rest';
import { useId } from 'react';
import { formatGrams, formatMg } from '@/shared/format/money';
import { formatPeriod } from '@/shared/format/time';
import { cx } from '@/shared/ui/cx';
import { Hash } from '@/shared/ui/Hash';
import { Tag } from '@/shared/ui/Tag';
import { bars } from './words';

interface ProductChoiceProps {
  products: readonly Product[];
  selected: number | null;
  onSelect: (productId: number) => void;
}

/** The bars that can be had, each with what it weighs, costs and takes. */
export function ProductChoice({ products, selected, onSelect }: ProductChoiceProps) {
  const name = useId();
  return (
    <fieldset className="border-t border-line">
      <legend className="sr-only">Which bar</legend>
      {products.map((product) => {
        const { productId, active, barsAvailable } = product;
        const chosen = productId === selected;
        return (
          <div key={productId} className={cx('border-b border-line py-4', chosen && 'bg-wash')}>
            <label className={cx('flex gap-3.5 px-1', active ? 'cursor-pointer' : 'cursor-not-allowed')}>
              <input
                type="radio"
                name={name}
                value={productId}
                checked={chosen}
                disabled={!active}
                onChange={() => onSelect(productId)}
                className="mt-1.5 size-[18px] shrink-0 accent-gold"
              />
              <span className="min-w-0 flex-1">
                <span className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
                  <span className="display-serif text-[23px]">{product.name}</span>
                  <Tag tone={!active ? 'plain' : barsAvailable > 0 ? 'up' : 'warn'}>
                    {!active
                      ? 'Closed'
                      : barsAvailable > 0
                        ? `${bars(barsAvailable)} in the vault`
                        : 'None in the vault now'}
                  </Tag>
                </span>
                <span className="mt-1 block text-[14px] text-ink-2">{product.terms}</span>
              </span>
            </label>
            <dl className="mt-2.5 grid gap-x-6 gap-y-1 pr-1 pl-[37px] text-[13.5px] sm:grid-cols-2">
              <Fact label="Fine weight">
                {formatMg(BigInt(product.minFineWeightMg))} to {formatMg(BigInt(product.maxFineWeightMg))}
              </Fact>
              <Fact label="Fee for each">{formatGrams(BigInt(product.feePerBar), 3)}</Fact>
              <Fact label="Ships within">{formatPeriod(product.shipWithinSeconds)}</Fact>
              <Fact label="Delivered within">{formatPeriod(product.deliverWithinSeconds)}</Fact>
              {chosen && (
                <Fact label="Terms, hash on the chain">
                  <Hash value={product.termsHash} label="hash of the terms" />
                </Fact>
              )}
            </dl>
          </div>
        );
      })}
    </fieldset>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap gap-x-2">
      <dt className="text-ink-2">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
