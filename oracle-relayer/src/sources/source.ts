import { REPORT_DECIMALS } from '@e-aurum/sdk';
import { z } from 'zod';
import { decimalToUnits } from '../platform/exact-json.ts';

/** Spot gold, or a token of gold, which trades when spot does not and at a premium of its own. */
export type SourceKind = 'spot' | 'tokenised';

/** What one venue quotes: US dollars per troy ounce, 8 decimals. */
export interface Quote {
  /** Named in details and logs, where a source has several. */
  venue?: string;
  bid?: bigint;
  ask?: bigint;
  /** The last or only price, where there is no bid and ask. */
  last?: bigint;
  /** When the venue quoted it, unix milliseconds; absent where the source does not say. */
  quotedAtMs?: number;
}

/** Why a source or a quote does not count, as a metric's label. */
export type DropReason =
  | 'timeout'
  | 'unreachable'
  | 'status'
  | 'too-large'
  | 'malformed'
  | 'refused'
  | 'missing'
  | 'stale'
  | 'future'
  | 'inverted'
  | 'wide'
  | 'absurd'
  | 'off';

/** A source answered, and not with a price. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly reason: DropReason;

  constructor(reason: DropReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Reads one kind of answer. `parse` is pure, so that it can be tested on recorded ones. */
export interface SourceAdapter {
  kind: SourceKind;
  /** @throws SourceError, ZodError or SyntaxError when the body is not a price */
  parse(body: string): Quote[];
}

/** A price in an answer parsed by `parseExactJson`: the text of a number -> 8 decimals. */
export const usdPerOunce = z.string().transform((text, context) => {
  try {
    return decimalToUnits(text, REPORT_DECIMALS);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a decimal number' });
    return z.NEVER;
  }
});
