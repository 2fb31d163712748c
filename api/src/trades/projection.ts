import { type ChainEvent, integer, type Projection, text, tuple } from '../indexer/projection.ts';

interface Fields {
  side: 'buy' | 'sell' | 'settle';
  account: string;
  coin: string | null;
  coinAmount: bigint;
  usd: bigint | null;
  usdPerCoin: bigint | null;
}

function fieldsOf(event: ChainEvent): Fields {
  switch (event.event) {
    case 'Bought':
      return {
        side: 'buy',
        account: text(event, 'buyer'),
        coin: text(event, 'coin'),
        coinAmount: integer(event, 'coinIn'),
        usd: null,
        usdPerCoin: integer(event, 'usdPerCoin'),
      };
    case 'Sold':
      return {
        side: 'sell',
        account: text(event, 'seller'),
        coin: text(event, 'coin'),
        coinAmount: integer(event, 'coinOut'),
        usd: null,
        usdPerCoin: integer(event, 'usdPerCoin'),
      };
    case 'OrderSettled':
      return {
        side: 'settle',
        account: text(event, 'to'),
        coin: null,
        coinAmount: 0n,
        usd: integer(event, 'usd'),
        usdPerCoin: null,
      };
    default:
      throw new TypeError(`${event.event} is no trade`);
  }
}

/** Every trade of the desk. */
export const tradesProjection: Projection = {
  name: 'trades',
  version: 1,
  tables: ['trade'],
  appendOnly: true,
  events: { GoldDesk: ['Bought', 'Sold', 'OrderSettled'] },
  async apply(tx, event) {
    const { side, account, coin, coinAmount, usd, usdPerCoin } = fieldsOf(event);
    await tx.query(
      `INSERT INTO trade (block_number, log_index, transaction_hash, at, side, account, coin, coin_amount, grams,
                          fee_grams, usd, usd_per_coin, usd_per_gram, observation, mode)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        event.blockNumber,
        event.logIndex,
        event.transactionHash,
        event.at,
        side,
        account,
        coin,
        coinAmount,
        integer(event, 'grams'),
        integer(event, 'feeGrams'),
        usd,
        usdPerCoin,
        integer(event, 'usdPerGram'),
        text(event, 'observation'),
        Number(tuple(event, 'observed').mode),
      ],
    );
  },
};
