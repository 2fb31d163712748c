'use client';

import { cx } from './cx';

interface SegmentsProps<K extends string> {
  label: string;
  options: readonly { key: K; title: string }[];
  selected: K;
  onSelect: (key: K) => void;
}

/** One choice of a few that changes what is shown: ranges, filters. */
export function Segments<K extends string>({ label, options, selected, onSelect }: SegmentsProps<K>) {
  return (
    <fieldset className="flex flex-wrap gap-1">
      <legend className="sr-only">{label}</legend>
      {options.map(({ key, title }) => (
        <button
          key={key}
          type="button"
          aria-pressed={key === selected}
          onClick={() => onSelect(key)}
          className={cx(
            'min-h-9 rounded-md px-3 text-[13.5px]',
            key === selected ? 'bg-ink font-semibold text-paper' : 'text-ink-2 hover:bg-sunk hover:text-ink',
          )}
        >
          {title}
        </button>
      ))}
    </fieldset>
  );
}
