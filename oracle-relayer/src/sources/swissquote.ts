import { z } from 'zod';
import { parseExactJson } from '../platform/exact-json.ts';
import { type Quote, type SourceAdapter, SourceError, usdPerOunce } from './source.ts';

/** One entry a venue; each quotes the same market to several client profiles, whose names come in any order. */
const venues = z.array(
  z.object({
    topo: z.object({ platform: z.string(), server: z.string() }),
    spreadProfilePrices: z.array(z.object({ spreadProfile: z.string(), bid: usdPerOunce, ask: usdPerOunce })),
    /** Unix milliseconds. */
    ts: z.coerce.number().int().positive(),
  }),
);

type Venue = z.infer<typeof venues>[number];

/** The profile with the narrowest spread is nearest to the market; an inverted one is kept only if there is no other. */
function narrowest({ topo, spreadProfilePrices, ts }: Venue): Quote[] {
  const width = ({ bid, ask }: { bid: bigint; ask: bigint }): bigint => ask - bid;
  const inOrder = spreadProfilePrices.filter((profile) => width(profile) >= 0n);
  const candidates = inOrder.length > 0 ? inOrder : spreadProfilePrices;
  const [first, ...rest] = candidates;
  if (!first) return [];
  const { bid, ask } = rest.reduce((best, profile) => (width(profile) < width(best) ? profile : best), first);
  return [{ venue: `${topo.platform}/${topo.server}`, bid, ask, quotedAtMs: ts }];
}

/** https://forex-data-feed.swissquote.com/public-quotes/bboquotes/instrument/XAU/USD */
export const swissquote: SourceAdapter = {
  kind: 'spot',
  parse(body) {
    const quotes = venues.parse(parseExactJson(body)).flatMap(narrowest);
    if (quotes.length === 0) throw new SourceError('missing', 'no venue quotes gold');
    return quotes;
  },
};
