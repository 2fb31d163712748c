/** A trade as the cost basis sees it; EAU in wei, dollars with 18 decimals. */
export interface CostedTrade {
  side: 'buy' | 'sell' | 'settle';
  /** Bought or settled: net of the fee. Sold: what was given, fee included. */
  grams: bigint;
  usd: bigint;
}

/**
 * What the grams an account holds did cost, by average cost over its own trades.
 *
 * - A buy, or a settled order, adds its grams and its dollars.
 * - A sale takes its grams out at the average cost so far (rounded up, so that what stays is never overstated).
 * - Grams that came otherwise, by a transfer or as the stakers' fees, cost nothing; grams that left otherwise, by a
 *   transfer or a delivery, take their average cost with them: the cost is that of at most `held` grams.
 *
 * @param held wei of EAU that the account has now: balance, stake and escrow
 * @returns dollars, 18 decimals, rounded down
 */
export function costOf(trades: readonly CostedTrade[], held: bigint): bigint {
  let grams = 0n;
  let cost = 0n;
  for (const trade of trades) {
    if (trade.side !== 'sell') {
      grams += trade.grams;
      cost += trade.usd;
      continue;
    }
    const sold = trade.grams < grams ? trade.grams : grams;
    if (sold > 0n) cost -= (cost * sold + grams - 1n) / grams;
    grams -= sold;
    if (grams === 0n) cost = 0n;
  }
  if (grams === 0n) return 0n;
  return held >= grams ? cost : (cost * held) / grams;
}
