import type { Observation } from '@e-aurum/sdk/rest';
import type { z } from 'zod';
import { modeOf, sourceOf } from '../platform/chain/enums.ts';
import type { ObservationRow } from './store.ts';

export function presentObservation(row: ObservationRow): z.input<typeof Observation> {
  return {
    sequence: String(row.sequence),
    at: row.at.toISOString(),
    usdPerGram: String(row.usd_per_gram),
    lowUsdPerGram: String(row.low_usd_per_gram),
    highUsdPerGram: String(row.high_usd_per_gram),
    mode: modeOf(row.mode),
    source: sourceOf(row.source),
    blockNumber: row.block_number,
    transactionHash: row.transaction_hash,
  };
}
