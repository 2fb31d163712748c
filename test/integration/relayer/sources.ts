/** The sources that reporters ask, in their real shapes, with a market that a test moves. */
import { createServer } from 'node:http';

export interface SourceWorld {
  url: string;
  /** Dollars per ounce of spot. */
  usdPerOunce: number;
  /** What tokenised gold trades at over spot, as a factor. */
  tokenFactor: number;
  /** Reporters whose spot sources lie, and by which factor. */
  lies: Map<string, number>;
  close(): Promise<void>;
}

const decimals = (value: number, digits: number): number => Number(value.toFixed(digits));

function swissquote(price: number, nowMs: number): unknown {
  const profile = (spreadProfile: string, half: number) => ({
    spreadProfile,
    bidSpread: half * 50,
    askSpread: half * 50,
    bid: decimals(price - half, 3),
    ask: decimals(price + half, 3),
  });
  return [
    {
      topo: { platform: 'SwissquoteLtd', server: 'Live5' },
      spreadProfilePrices: [profile('premium', 0.331), profile('elite', 0.252)],
      ts: nowMs - 400,
    },
    {
      topo: { platform: 'AT', server: 'AT' },
      spreadProfilePrices: [profile('elite', 0.26), profile('standard', 0.35)],
      ts: nowMs - 900,
    },
  ];
}

function goldApi(price: number, nowMs: number): unknown {
  return {
    currency: 'USD',
    currencySymbol: '$',
    exchangeRate: 1.0,
    name: 'Gold',
    price: decimals(price, 2),
    symbol: 'XAU',
    updatedAt: new Date(nowMs - 1_000).toISOString().replace(/\.\d+Z$/, 'Z'),
    updatedAtReadable: 'a few seconds ago',
  };
}

function kraken(price: number): unknown {
  const text = (value: number): string => value.toFixed(6);
  const ticker = {
    a: [text(price + 0.2), '1', '1.000'],
    b: [text(price - 0.2), '1', '1.000'],
    c: [text(price), '0.01'],
  };
  return { error: [], result: { PAXGUSD: ticker } };
}

/** Each reporter asks under its own name (`/reporter1/...`), so that one of them can be lied to. */
export async function startSources(port: number, nowMs: () => number): Promise<SourceWorld> {
  const world: SourceWorld = {
    url: `http://127.0.0.1:${port}`,
    usdPerOunce: 4_000,
    tokenFactor: 1.002,
    lies: new Map(),
    close: () => new Promise((resolve) => void server.close(() => resolve()).closeAllConnections()),
  };
  const server = createServer((request, response) => {
    const [, reporter = '', source] = (request.url ?? '').split('/');
    const spot = world.usdPerOunce * (world.lies.get(reporter) ?? 1);
    const bodies: Record<string, () => unknown> = {
      swissquote: () => swissquote(spot, nowMs()),
      'gold-api': () => goldApi(spot, nowMs()),
      kraken: () => kraken(world.usdPerOunce * world.tokenFactor),
    };
    const body = bodies[source ?? '']?.();
    response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? { error: 'not found' }));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return world;
}
