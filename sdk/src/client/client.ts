import { z } from 'zod';
import * as rest from '../rest/index.ts';
import { type ClientOptions, createTransport, type Query } from './transport.ts';

type Page<T> = { items: T[]; next: string | null };

/** Every item of a list, page after page, as they are asked for. */
export async function* allPages<T>(
  page: (cursor: string | undefined) => Promise<Page<T>>,
): AsyncGenerator<T> {
  let cursor: string | undefined;
  do {
    const { items, next } = await page(cursor);
    yield* items;
    cursor = next ?? undefined;
  } while (cursor !== undefined);
}

type Input<Schema extends z.ZodType> = z.input<Schema>;

/**
 * The REST interface, typed by the schemas it is made from. What a signed-in account may ask needs {@link signIn} first.
 * Amounts are decimal strings, as they travel: `BigInt(price.usdPerGram)`.
 *
 * @throws ApiProblem for every refusal, UnexpectedAnswer when the server is not this API
 */
export function createApiClient(options: ClientOptions) {
  const { get, post } = createTransport(options);
  const list = <Schema extends z.ZodType>(path: string, item: Schema, query: Query) =>
    get(path, rest.pageOf(item), query);

  return {
    deployment: () => get('/v1/deployment', rest.Deployment),

    signIn: {
      nonce: () => get('/v1/auth/nonce', rest.NonceResponse),
      verify: (signed: Input<typeof rest.VerifyRequest>) => post('/v1/auth/verify', rest.Me, signed),
      out: () => post('/v1/auth/sign-out', z.object({ signedOut: z.literal(true) })),
      me: () => get('/v1/me', rest.Me),
    },

    prices: {
      latest: () => get('/v1/prices/latest', rest.LatestPrice),
      history: (query: { days?: number; points?: number } = {}) =>
        get('/v1/prices/history', rest.PriceHistory, query),
      observations: (query: Input<typeof rest.ObservationsQuery> & Query = {}) =>
        list('/v1/prices/observations', rest.Observation, query),
    },

    quote: (query: Input<typeof rest.QuoteQuery>) => get('/v1/quotes', rest.Quote, query),
    trades: (query: { cursor?: string | undefined; limit?: number } = {}) =>
      list('/v1/trades', rest.Trade, query),
    portfolio: () => get('/v1/portfolio', rest.Portfolio),
    staking: () => get('/v1/staking', rest.Staking),

    reserve: {
      now: () => get('/v1/reserve', rest.Reserve),
      bars: (query: { state?: rest.Bar['state']; cursor?: string | undefined; limit?: number } = {}) =>
        list('/v1/reserve/bars', rest.Bar, query),
      bar: (barId: string) => get(`/v1/reserve/bars/${encodeURIComponent(barId)}`, rest.BarDetail),
    },

    kyc: {
      case: () => get('/v1/kyc/case', rest.KycCase),
      submit: (application: Input<typeof rest.KycApplication>, idempotencyKey?: string) =>
        post('/v1/kyc/case', rest.KycCase, application, idempotencyKey),
    },

    redemptions: {
      products: () => get('/v1/redemptions/products', z.array(rest.Product)),
      deliveryDetails: (details: Input<typeof rest.DeliveryDetails>, idempotencyKey?: string) =>
        post('/v1/redemptions/delivery-details', rest.DeliveryReference, details, idempotencyKey),
      list: (query: { cursor?: string | undefined; limit?: number } = {}) =>
        list('/v1/redemptions', rest.Redemption, query),
      one: (id: string) => get(`/v1/redemptions/${encodeURIComponent(id)}`, rest.Redemption),
    },
  };
}

export type ApiClient = ReturnType<typeof createApiClient>;
