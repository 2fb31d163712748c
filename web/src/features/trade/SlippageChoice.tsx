'use client';

import { Segments } from '@/shared/ui/Segments';

const CHOICES = [
  { key: '10', title: '0.10%' },
  { key: '30', title: '0.30%' },
  { key: '100', title: '1.00%' },
] as const;

interface SlippageChoiceProps {
  selected: number;
  onSelect: (bps: number) => void;
}

/** How far the price may move before the trade does not happen. */
export function SlippageChoice({ selected, onSelect }: SlippageChoiceProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-3 text-[13px] text-ink-2">
      <span aria-hidden="true">The price may move by</span>
      <Segments
        label="How far the price may move before the trade stops"
        options={CHOICES}
        selected={String(selected) as (typeof CHOICES)[number]['key']}
        onSelect={(key) => onSelect(Number(key))}
      />
    </div>
  );
}
