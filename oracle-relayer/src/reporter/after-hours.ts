/**
 * The price while spot gold does not trade, after Chainlink's 24/7 blended metals feeds: the last close, moved by a part
 * of what tokenised gold moved since, and never further than a clamp. All integers; shares are parts per billion (ppb).
 */
const PPB = 1_000_000_000n;
const BPS = 10_000n;

/** A moving average and the moment (unix seconds) up to which it was moved. */
export interface Average {
  ppb: bigint;
  at: number;
}

/**
 * Moves an average towards a sample by dt / (dt + timeConstant): the exponential average in a form that integers carry,
 * and that no gap between samples can make overshoot. The first sample is the average.
 */
export function moveAverage(
  average: Average | undefined,
  sample: bigint,
  at: number,
  timeConstantS: number,
): Average {
  if (!average) return { ppb: sample, at };
  const dt = BigInt(Math.max(0, at - average.at));
  return {
    ppb: average.ppb + ((sample - average.ppb) * dt) / (dt + BigInt(timeConstantS)),
    at: Math.max(at, average.at),
  };
}

/** How far a price lies above a base (negative: below), in ppb. */
export const abovePpb = (price: bigint, base: bigint): bigint => ((price - base) * PPB) / base;

/** What a token's price says of spot, given the premium at which it trades. */
export const spotEquivalent = (tokenPrice: bigint, premiumPpb: bigint): bigint =>
  (tokenPrice * PPB) / (PPB + premiumPpb);

export interface BlendRules {
  weightBps: number;
  maxBelowCloseBps: number;
  maxAboveCloseBps: number;
}

/**
 * The close, moved by the weighted share of the averaged move, clamped.
 * @param close US dollars per troy ounce, 8 decimals
 * @param movePpb averaged move of spot-equivalent prices since the close
 */
export function blend(
  close: bigint,
  movePpb: bigint,
  { weightBps, maxBelowCloseBps, maxAboveCloseBps }: BlendRules,
): bigint {
  const moved = (movePpb * BigInt(weightBps)) / BPS;
  const lowest = (-BigInt(maxBelowCloseBps) * PPB) / BPS;
  const highest = (BigInt(maxAboveCloseBps) * PPB) / BPS;
  const clamped = moved < lowest ? lowest : moved > highest ? highest : moved;
  return (close * (PPB + clamped)) / PPB;
}

/** The move that a blended price was made of: what a reporter that starts in closed hours continues from. */
export function moveOf(blended: bigint, close: bigint, weightBps: number): bigint {
  return weightBps === 0 ? 0n : (abovePpb(blended, close) * BPS) / BigInt(weightBps);
}
