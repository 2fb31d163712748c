import type { Bar, PriceMode, PriceSource } from '@e-aurum/sdk/rest';
import type { z } from 'zod';

// In the order of the contracts' enums.
const MODES: readonly z.infer<typeof PriceMode>[] = ['Halted', 'Normal', 'Degraded', 'AfterHours'];
const SOURCES: readonly z.infer<typeof PriceSource>[] = ['None', 'Main', 'Pivot', 'Fallback'];
const BAR_STATES: readonly ('None' | Bar['state'])[] = [
  'None',
  'Pending',
  'Active',
  'Suspended',
  'Committed',
  'Delivered',
  'Cancelled',
  'Lost',
];

function named<T>(names: readonly T[], value: bigint | number): T {
  const name = names[Number(value)];
  if (name === undefined) throw new RangeError(`the contract has no enum value ${value}`);
  return name;
}

/** PriceOracle.Mode */
export const modeOf = (value: bigint | number) => named(MODES, value);
export const modeNumber = (mode: z.infer<typeof PriceMode>): number => MODES.indexOf(mode);
/** PriceOracle.Source */
export const sourceOf = (value: bigint | number) => named(SOURCES, value);
/** GoldReserve.BarState of a bar that exists */
export function barStateOf(value: bigint | number): Bar['state'] {
  const state = named(BAR_STATES, value);
  if (state === 'None') throw new RangeError('the bar does not exist');
  return state;
}

/** Unix seconds -> ISO 8601, UTC. */
export const isoTime = (seconds: bigint | number): string => new Date(Number(seconds) * 1000).toISOString();
/** The same, null for 0, which the contracts use for "never". */
export const isoTimeOrNull = (seconds: bigint | number): string | null =>
  Number(seconds) === 0 ? null : isoTime(seconds);
