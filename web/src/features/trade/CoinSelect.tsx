'use client';

import type { Coin } from '@/chain/deployment';

interface CoinSelectProps {
  coins: readonly Coin[];
  selected: number;
  onSelect: (index: number) => void;
}

export function CoinSelect({ coins, selected, onSelect }: CoinSelectProps) {
  return (
    <select
      aria-label="Coin"
      value={selected}
      onChange={(event) => onSelect(Number(event.target.value))}
      className="min-h-9 rounded-md bg-paper px-1 text-right font-semibold text-ink"
    >
      {coins.map(({ symbol, address }, index) => (
        <option key={address} value={index}>
          {symbol}
        </option>
      ))}
    </select>
  );
}
