import { z } from 'zod';
import { parseExactJson } from '../platform/exact-json.ts';
import { type SourceAdapter, SourceError, usdPerOunce } from './source.ts';

/** Price, whole lot volume, lot volume. */
const level = z.tuple([usdPerOunce], z.string());

const answer = z.object({
  error: z.array(z.string()),
  result: z.record(z.string(), z.object({ a: level, b: level })).optional(),
});

const PAIR = /^PAXG(Z?USD)$/;

/** https://api.kraken.com/0/public/Ticker?pair=PAXGUSD. It sends no time: the quote is of the moment it is read. */
export const krakenPaxg: SourceAdapter = {
  kind: 'tokenised',
  parse(body) {
    const { error, result } = answer.parse(parseExactJson(body));
    if (error.length > 0) throw new SourceError('refused', error.join(', '));
    const ticker = Object.entries(result ?? {}).find(([pair]) => PAIR.test(pair))?.[1];
    if (!ticker) throw new SourceError('missing', 'the answer has no PAXGUSD');
    return [{ venue: 'Kraken', bid: ticker.b[0], ask: ticker.a[0] }];
  },
};
