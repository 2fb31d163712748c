/**
 * The devnet's market as an HTTP server: price sources in their real shapes, the keeper that writes the Chainlink feeds, and
 * a switchboard at /control. Development only.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { nowMs as devnetNowMs } from '../devnet/clock.ts';
import { FEED_NAMES } from '../devnet/feeds.ts';
import { type ControlView, controlPage } from './control-page.ts';
import { CONTROLLED_FEEDS, FEED_STATES, openControlState } from './control-state.ts';
import { isSpotMarketOpen } from './hours.ts';
import { type Keeper, startKeeper } from './keeper.ts';
import { createMarketClosure, type MarketClosure, MarketClosureError } from './market-closure.ts';
import { createPrices } from './prices.ts';
import { goldApi, kraken, type SourceMoment, swissquote } from './sources.ts';

/** How old the sources' last answer is when they are switched to stale, seconds. */
const SOURCES_STALE_S = 15 * 60;
const WRONG_FACTOR = 1.1;
const MAX_BODY_BYTES = 4_096;
const DEFAULT_CLOSURE_S = 86_400;

const Command = z.union([
  z.strictObject({ feed: z.enum(CONTROLLED_FEEDS), state: z.enum(FEED_STATES) }),
  z.strictObject({
    market: z.enum(['open', 'closed']),
    seconds: z.coerce.number().int().min(60).max(604_800).default(DEFAULT_CLOSURE_S),
  }),
  z.strictObject({ speed: z.coerce.number().positive().max(3_600) }),
]);
type Command = z.infer<typeof Command>;

export interface MarketOptions {
  /** The chain whose feeds are driven; without one only the sources answer. */
  rpcUrl?: string;
  /** The deployment record, needed to close and reopen the market. */
  deploymentFile?: string;
  /** Where the switches are kept. */
  stateFile?: string;
  /** The devnet's clock. */
  nowMs?: () => number;
  log?: (line: string) => void;
}

export interface Market {
  /** Not listening yet. */
  server: Server;
  stop(): Promise<void>;
}

export function createMarket(options: MarketOptions = {}): Market {
  const { rpcUrl, deploymentFile, stateFile, nowMs = devnetNowMs, log = () => undefined } = options;
  const now = (): number => Math.floor(nowMs() / 1000);
  const control = openControlState(stateFile);
  const prices = createPrices(() => control.segments);
  const keeper: Keeper | undefined = rpcUrl ? startKeeper({ rpcUrl, prices, control, now, log }) : undefined;
  const closure: MarketClosure | undefined =
    rpcUrl && deploymentFile ? createMarketClosure({ rpcUrl, deploymentFile, control, now }) : undefined;
  const closureTimer = setInterval(
    () =>
      void closure?.tick().catch((error: Error) => log(`the market could not be reopened: ${error.message}`)),
    1_000,
  );

  function sourceMoment(): SourceMoment | undefined {
    const { state, since } = control.feed('signed');
    if (state === 'dead') return undefined;
    return {
      at: state === 'stale' ? since - SOURCES_STALE_S : now(),
      factor: state === 'wrong' ? WRONG_FACTOR : 1,
    };
  }

  function answerSource(path: string, query: URLSearchParams, moment: SourceMoment): unknown {
    if (path === '/public-quotes/bboquotes/instrument/XAU/USD') return swissquote(prices, moment);
    if (path === '/price/XAU') return goldApi(prices, moment);
    if (path === '/0/public/Ticker') return kraken(prices, moment, query.get('pair'));
    return undefined;
  }

  async function view(): Promise<ControlView> {
    const at = now();
    const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
    const closedUntil = (await closure?.closedUntil()) ?? 0;
    // A chain that is down leaves the switches readable.
    const readings = await keeper?.read().catch(() => undefined);
    const feeds = CONTROLLED_FEEDS.map((feed) => {
      const { state, since } = control.feed(feed);
      const reading = feed === 'signed' ? undefined : readings?.[feed];
      const written = reading && {
        answerUsd: Number(reading.answer) / 1e8,
        updatedAt: iso(reading.updatedAt),
        dead: reading.dead,
      };
      return [feed, { state, since: since ? iso(since) : undefined, ...written }];
    });
    return {
      now: iso(at),
      marketOpen: isSpotMarketOpen(at) && closedUntil === 0,
      closedByGuardianUntil: closedUntil ? iso(closedUntil) : undefined,
      reopensAt: control.reopening ? iso(control.reopening.readyAt) : undefined,
      speed: control.speed,
      spotUsdPerOunce: prices.spotAt(at),
      paxgUsdPerOunce: prices.paxgAt(at),
      feeds: Object.fromEntries(feeds) as ControlView['feeds'],
    };
  }

  /** Does it, and returns when the chain shows it; a reopening takes effect after the treasury's delay. */
  async function obey(command: Command): Promise<void> {
    if ('speed' in command) control.setSpeed(command.speed, now());
    if ('feed' in command) {
      control.setFeed(command.feed, command.state, now());
      if ((FEED_NAMES as readonly string[]).includes(command.feed)) await keeper?.tick();
    }
    if ('market' in command) {
      if (!closure) throw new MarketClosureError('This market was started without a chain.');
      if (command.market === 'closed') await closure.close(command.seconds);
      else await closure.reopen();
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://market');
    if (pathname === '/health') return sendJson(response, 200, { status: 'ok' });
    if (pathname === '/control') return handleControl(request, response);
    const moment = sourceMoment();
    if (!moment) return sendJson(response, 503, { error: 'service unavailable' });
    const answer = answerSource(pathname, searchParams, moment);
    sendJson(response, answer === undefined ? 404 : 200, answer ?? { error: 'not found' });
  }

  async function handleControl(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const wantsJson = /json/.test(`${request.headers.accept} ${request.headers['content-type']}`);
    if (request.method === 'POST') {
      if (isForeign(request)) return sendJson(response, 403, { error: 'not from another site' });
      const parsed = Command.safeParse(parseBody(await readBody(request)));
      if (!parsed.success) return sendJson(response, 400, { error: z.prettifyError(parsed.error) });
      await obey(parsed.data);
      if (!wantsJson) return void response.writeHead(303, { location: '/control' }).end();
    } else if (request.method !== 'GET') {
      return sendJson(response, 405, { error: 'GET or POST' });
    }
    const state = await view();
    if (wantsJson) return sendJson(response, 200, state);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(controlPage(state));
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: Error) => {
      const status = error instanceof MarketClosureError ? 409 : error instanceof BodyError ? 400 : 502;
      if (status === 502) log(`${request.method} ${request.url}: ${error.message}`);
      if (!response.headersSent) sendJson(response, status, { error: error.message });
      else response.destroy();
    });
  });

  return {
    server,
    async stop() {
      clearInterval(closureTimer);
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await keeper?.stop();
    },
  };
}

class BodyError extends Error {}

/** True for a form that another site's page sends: the switches are for whoever sits at this machine. */
function isForeign({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined && URL.parse(headers.origin)?.host !== headers.host;
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(text);
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
    if (body.length > MAX_BODY_BYTES) throw new BodyError('the body is too long');
  }
  return body;
}

/** JSON, or a form as the page sends it. */
function parseBody(body: string): unknown {
  if (!body.trimStart().startsWith('{')) return Object.fromEntries(new URLSearchParams(body));
  try {
    return JSON.parse(body);
  } catch {
    throw new BodyError('the body is not JSON');
  }
}
