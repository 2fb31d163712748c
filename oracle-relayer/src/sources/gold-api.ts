import { z } from 'zod';
import { parseExactJson } from '../platform/exact-json.ts';
import { type SourceAdapter, SourceError, usdPerOunce } from './source.ts';

const answer = z.object({
  currency: z.string(),
  symbol: z.string(),
  price: usdPerOunce,
  updatedAt: z.iso.datetime({ offset: true }),
});

const refusal = z.object({ error: z.union([z.string(), z.object({ message: z.string() })]) });

/** https://api.gold-api.com/price/XAU */
export const goldApi: SourceAdapter = {
  kind: 'spot',
  parse(body) {
    const content = parseExactJson(body);
    const refused = refusal.safeParse(content);
    if (refused.success) {
      const { error } = refused.data;
      throw new SourceError('refused', typeof error === 'string' ? error : error.message);
    }
    const { currency, symbol, price, updatedAt } = answer.parse(content);
    if (currency !== 'USD' || symbol !== 'XAU')
      throw new SourceError('missing', `quotes ${symbol} in ${currency}, not XAU in USD`);
    return [{ last: price, quotedAtMs: Date.parse(updatedAt) }];
  },
};
