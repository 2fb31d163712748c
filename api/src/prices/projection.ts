import { instant, integer, type Projection, text } from '../indexer/projection.ts';

/** Every observation that the oracle recorded. */
export const pricesProjection: Projection = {
  name: 'prices',
  version: 1,
  tables: ['price_observation'],
  appendOnly: true,
  events: { PriceOracle: ['Observed'] },
  async apply(tx, event) {
    await tx.query(
      `INSERT INTO price_observation (sequence, at, usd_per_gram, low_usd_per_gram, high_usd_per_gram, source, mode,
                                      block_number, transaction_hash)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        text(event, 'sequence'),
        instant(text(event, 'time')),
        integer(event, 'usdPerGram'),
        integer(event, 'lowUsdPerGram'),
        integer(event, 'highUsdPerGram'),
        Number(integer(event, 'source')),
        Number(integer(event, 'mode')),
        event.blockNumber,
        event.transactionHash,
      ],
    );
  },
};
