import type { Bar } from '@e-aurum/sdk/rest';

export interface BarPage {
  items: Bar[];
  next: string | null;
}

export const BARS_PATH = '/v1/reserve/bars?limit=500';

export const SORT_TITLES = {
  bar: 'Bar',
  vault: 'Vault',
  fineness: 'Fineness',
  fineWeight: 'Fine weight',
  state: 'State',
} as const;
export type SortKey = keyof typeof SORT_TITLES;

export interface Sorting {
  key: SortKey;
  descending: boolean;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const COMPARE: Record<SortKey, (a: Bar, b: Bar) => number> = {
  bar: (a, b) => compareText(`${a.refiner}${a.serial}${a.year}`, `${b.refiner}${b.serial}${b.year}`),
  vault: (a, b) => compareText(a.vault, b.vault),
  fineness: (a, b) => a.fineness - b.fineness,
  fineWeight: (a, b) => Number(BigInt(a.fineWeightMg) - BigInt(b.fineWeightMg)),
  state: (a, b) => compareText(a.state, b.state),
};

/** The bars whose state is wanted (null: all) and whose name, vault or id holds the text, in order. */
export function selectBars(
  bars: readonly Bar[],
  state: Bar['state'] | null,
  search: string,
  { key, descending }: Sorting,
): Bar[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = bars.filter((bar) => {
    if (state !== null && bar.state !== state) return false;
    const text = `${bar.refiner} ${bar.serial} ${bar.year} ${bar.vault} ${bar.barId}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  found.sort((a, b) => (descending ? -1 : 1) * (COMPARE[key](a, b) || COMPARE.bar(a, b)));
  return found;
}
