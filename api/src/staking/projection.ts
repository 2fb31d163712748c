import { integer, type Projection, text } from '../indexer/projection.ts';

/** Every fee that was given to the stakers. */
export const stakingProjection: Projection = {
  name: 'staking',
  version: 1,
  tables: ['staking_fee'],
  appendOnly: true,
  events: { StakedGold: ['FeesGiven'] },
  async apply(tx, event) {
    await tx.query(
      'INSERT INTO staking_fee (block_number, log_index, at, payer, amount) VALUES ($1, $2, $3, $4, $5)',
      [event.blockNumber, event.logIndex, event.at, text(event, 'payer'), integer(event, 'amount')],
    );
  },
};
