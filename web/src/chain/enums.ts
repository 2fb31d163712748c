import type { LatestPrice } from '@e-aurum/sdk/rest';

/** PriceOracle's enums, in the order of its interface. */
const MODES = ['Halted', 'Normal', 'Degraded', 'AfterHours'] as const;
const SOURCES = ['None', 'Main', 'Pivot', 'Fallback'] as const;

export const modeOf = (value: number): LatestPrice['mode'] => MODES[value] ?? 'Halted';
export const sourceOf = (value: number): LatestPrice['source'] => SOURCES[value] ?? 'None';
