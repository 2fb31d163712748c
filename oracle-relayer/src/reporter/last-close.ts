import type { Session } from '@e-aurum/sdk';

/** A round of the signed feed. `price`: US dollars per troy ounce, 8 decimals; `updatedAt`: unix seconds. */
export interface RoundView {
  roundId: bigint;
  price: bigint;
  updatedAt: number;
  session: Session;
}

/**
 * The last round of an open session: the newest of all, or the one before the present run of closed ones. Steps back in
 * doubling strides until it meets an open round, then halves the distance, so that a weekend of rounds costs a dozen calls.
 * @returns undefined when no open round is met within `maxRounds`
 */
export async function lastOpenRound(
  latestRound: bigint,
  readRound: (roundId: bigint) => Promise<RoundView>,
  maxRounds = 1_000_000n,
): Promise<RoundView | undefined> {
  if (latestRound === 0n) return undefined;
  let closed = latestRound + 1n; // the oldest known not to be open, or none yet
  let open: RoundView | undefined;
  for (let stride = 0n; stride < maxRounds; stride = stride === 0n ? 1n : stride * 2n) {
    const roundId = latestRound - stride > 1n ? latestRound - stride : 1n;
    const round = await readRound(roundId);
    if (round.session === 'Open') {
      open = round;
      break;
    }
    closed = roundId;
    if (roundId === 1n) return undefined;
  }
  while (open && closed - open.roundId > 1n) {
    const middle = await readRound((open.roundId + closed) / 2n);
    if (middle.session === 'Open') open = middle;
    else closed = middle.roundId;
  }
  return open;
}
