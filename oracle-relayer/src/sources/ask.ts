import { prettifyError, ZodError } from 'zod';
import type { ObservationConfig, SourceConfig } from '../config/schema.ts';
import type { Clock } from '../platform/clock.ts';
import { getText, HttpError } from '../platform/http-client.ts';
import { adapters } from './index.ts';
import { type Dropped, screen } from './screen.ts';
import { type DropReason, type Quote, SourceError, type SourceKind } from './source.ts';

/** What came of asking one source. Prices: US dollars per troy ounce, 8 decimals. */
export type SourceReading = { name: string; kind: SourceKind; latencyMs: number } & (
  | { price: bigint; quotedAtMs: number }
  | { dropped: DropReason; detail: string }
);

export type PricedReading = Extract<SourceReading, { price: bigint }>;

export const isPriced = (reading: SourceReading): reading is PricedReading => 'price' in reading;

/** A second try makes sense only with this share of the time left. */
const RETRY_SHARE = 1 / 3;

async function fetchBody({ url, headers, timeoutMs }: SourceConfig): Promise<string> {
  const deadline = performance.now() + timeoutMs;
  try {
    return await getText(url, { timeoutMs, headers });
  } catch (error) {
    const left = Math.floor(deadline - performance.now());
    // A refusal stays one, and a body that is too large too; what may pass by itself gets one more try.
    const passing = error instanceof HttpError && error.failure !== 'too-large';
    if (!passing || left < timeoutMs * RETRY_SHARE) throw error;
    return getText(url, { timeoutMs: left, headers });
  }
}

function reasonOf(error: unknown): Dropped {
  if (error instanceof HttpError) return { reason: error.failure, detail: error.message };
  if (error instanceof SourceError) return { reason: error.reason, detail: error.message };
  if (error instanceof ZodError) return { reason: 'malformed', detail: prettifyError(error).slice(0, 300) };
  if (error instanceof SyntaxError) return { reason: 'malformed', detail: 'the answer is not JSON' };
  throw error;
}

export interface AskOptions {
  clock: Clock;
  rules: Pick<ObservationConfig, 'minUsdPerOunce' | 'maxUsdPerOunce' | 'maxSpreadBps'>;
}

/** Asks one source, within its time, and screens what it says. Never throws for what a source does. */
export async function askSource(
  name: string,
  source: SourceConfig,
  { clock, rules }: AskOptions,
): Promise<SourceReading> {
  const adapter = adapters[source.adapter];
  const startedAt = performance.now();
  let result: ReturnType<typeof screen>;
  try {
    const quotes: Quote[] = adapter.parse(await fetchBody(source));
    result = screen(quotes, { ...rules, maxAgeS: source.maxAgeS, nowMs: clock.nowMs() });
  } catch (error) {
    result = reasonOf(error);
  }
  const head = { name, kind: adapter.kind, latencyMs: Math.round(performance.now() - startedAt) };
  return 'reason' in result
    ? { ...head, dropped: result.reason, detail: result.detail }
    : { ...head, ...result };
}
