import type { Observation } from '@e-aurum/sdk/rest';

export const RANGES = [
  { key: '1', title: '24 hours', days: 1 },
  { key: '7', title: '7 days', days: 7 },
  { key: '30', title: '30 days', days: 30 },
  { key: '90', title: '90 days', days: 90 },
  { key: '365', title: '1 year', days: 365 },
] as const;
export type RangeKey = (typeof RANGES)[number]['key'];
export const DEFAULT_RANGE: RangeKey = '30';

const POINTS = 400;
export const historyPath = (range: RangeKey): string => `/v1/prices/history?days=${range}&points=${POINTS}`;

export interface ObservationPage {
  items: Observation[];
  next: string | null;
}

const PAGE_SIZE = 25;

/** Newest first; `mode` null: all of them. */
export function observationsPath(mode: Observation['mode'] | null, cursor: string | null): string {
  const query = new URLSearchParams({ limit: String(PAGE_SIZE) });
  if (mode) query.set('mode', mode);
  if (cursor) query.set('cursor', cursor);
  return `/v1/prices/observations?${query}`;
}

export const csvPath = (mode: Observation['mode'] | null): string =>
  `/v1/prices/observations.csv${mode ? `?mode=${mode}` : ''}`;
