import { parseUnits } from 'ethers';
import type { RpcPool } from '../chain/rpc-pool.ts';
import type { TransmitterConfig } from '../config/schema.ts';

/** EIP-1559 fees in wei per gas. */
export interface Fees {
  maxFeePerGas: bigint;
  maxPriorityFeePerGas: bigint;
}

export interface FeeRules {
  floor: bigint;
  cap: bigint;
  raisePercent: bigint;
}

/** The config's gwei as wei. */
export function feeRules({ floorGwei, capGwei, raisePercent }: TransmitterConfig['fees']): FeeRules {
  const wei = (gwei: number): bigint => parseUnits(gwei.toFixed(9), 'gwei');
  return { floor: wei(floorGwei), cap: wei(capGwei), raisePercent: BigInt(raisePercent) };
}

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** What the network wants now, within floor and cap: room for two doublings of the base fee, which is 0 on BSC. */
export function suggestFees(baseFee: bigint, tip: bigint, { floor, cap }: FeeRules): Fees {
  const maxPriorityFeePerGas = min(max(tip, floor), cap);
  return { maxPriorityFeePerGas, maxFeePerGas: min(max(2n * baseFee + maxPriorityFeePerGas, floor), cap) };
}

/**
 * Fees that a node takes in place of `before`: both raised by the percentage, rounded up, and at least what the network
 * wants now. Undefined when the cap leaves no room for a raise.
 */
export function raiseFees(before: Fees, wanted: Fees, { cap, raisePercent }: FeeRules): Fees | undefined {
  const raised = (fee: bigint): bigint => (fee * (100n + raisePercent) + 99n) / 100n;
  const maxFeePerGas = min(max(raised(before.maxFeePerGas), wanted.maxFeePerGas), cap);
  const maxPriorityFeePerGas = min(
    max(raised(before.maxPriorityFeePerGas), wanted.maxPriorityFeePerGas),
    maxFeePerGas,
  );
  const enough = (now: bigint, then: bigint): boolean => now * 100n >= then * 110n; // nodes want a tenth more
  if (
    !enough(maxFeePerGas, before.maxFeePerGas) ||
    !enough(maxPriorityFeePerGas, before.maxPriorityFeePerGas)
  )
    return undefined;
  return { maxFeePerGas, maxPriorityFeePerGas };
}

/** Asks the network. By its gas price rather than eth_maxPriorityFeePerGas, which not every node has. */
export async function wantedFees(rpc: RpcPool, rules: FeeRules): Promise<Fees> {
  const [block, gasPrice] = await Promise.all([
    rpc.request('eth_getBlockByNumber', ['latest', false]) as Promise<{ baseFeePerGas?: string }>,
    rpc.request('eth_gasPrice', []) as Promise<string>,
  ]);
  const baseFee = BigInt(block.baseFeePerGas ?? 0);
  return suggestFees(baseFee, max(BigInt(gasPrice) - baseFee, 0n), rules);
}
