/**
 * The typed data that a reporter signs, as `contracts/interfaces/ISignedPriceFeed.sol` hashes it (EIP-712).
 * Prices are US dollars per troy ounce with 8 decimals.
 */

export const SIGNED_PRICE_FEED_NAME = 'e-Aurum SignedPriceFeed';
export const SIGNED_PRICE_FEED_VERSION = '1';

/** Decimals of a report's price. */
export const REPORT_DECIMALS = 8;

/** A report may not be dated further ahead of the block that brings it, in seconds. */
export const MAX_REPORT_AHEAD_S = 3;

/** In this order in `ISignedPriceFeed.Session`. */
export const SESSIONS = ['Open', 'Closed'] as const;
export type Session = (typeof SESSIONS)[number];

/** The number that stands for a session on the chain. */
export const sessionCode = (session: Session): 0 | 1 => (session === 'Open' ? 0 : 1);

/**
 * The session that a number on the chain stands for.
 * @throws RangeError when it stands for none
 */
export function sessionFromCode(code: number | bigint): Session {
  const session = SESSIONS[Number(code)];
  if (!session) throw new RangeError(`${code} is no session: 0 is Open, 1 is Closed`);
  return session;
}

export const priceReportTypes = {
  PriceReport: [
    { name: 'configId', type: 'bytes32' },
    { name: 'feedId', type: 'bytes32' },
    { name: 'price', type: 'uint128' },
    { name: 'observedAt', type: 'uint48' },
    { name: 'session', type: 'uint8' },
  ],
} as const;

export interface PriceReport {
  configId: string;
  feedId: string;
  /** US dollars per troy ounce, 8 decimals. */
  price: bigint;
  /** Unix seconds at which the reporter saw it. */
  observedAt: number;
  session: Session;
}

export interface SignedPriceFeedDomain {
  name: typeof SIGNED_PRICE_FEED_NAME;
  version: typeof SIGNED_PRICE_FEED_VERSION;
  chainId: number;
  verifyingContract: string;
}

/** The EIP-712 domain of one SignedPriceFeed (its proxy) on one chain. */
export function signedPriceFeedDomain(chainId: number, verifyingContract: string): SignedPriceFeedDomain {
  return {
    name: SIGNED_PRICE_FEED_NAME,
    version: SIGNED_PRICE_FEED_VERSION,
    chainId,
    verifyingContract,
  };
}

/** The message as typed-data libraries want it: the session as its number. */
export function priceReportMessage(report: PriceReport) {
  return { ...report, session: sessionCode(report.session) };
}
