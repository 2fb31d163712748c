import { goldApi } from './gold-api.ts';
import { krakenPaxg } from './kraken-paxg.ts';
import type { SourceAdapter } from './source.ts';
import { swissquote } from './swissquote.ts';

export const ADAPTER_NAMES = ['swissquote', 'gold-api', 'kraken-paxg'] as const;
export type AdapterName = (typeof ADAPTER_NAMES)[number];

export const adapters: Record<AdapterName, SourceAdapter> = {
  swissquote,
  'gold-api': goldApi,
  'kraken-paxg': krakenPaxg,
};
