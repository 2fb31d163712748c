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

/** Fees for a tip, within floor and cap: room for two doublings of the base fee, which is 0 on BSC. */
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

export interface Offers {
  /** For a first try: the floor, over what the base fee may become. Cheap, and taken while there is room in the blocks. */
  first: Fees;
  /** For a nonce that is stuck: what the network says is paid now. */
  pressing: Fees;
}

/**
 * Asks the network. A first try never follows the network's gas price: on a quiet chain that is what we paid ourselves
 * last, and one raise would lift every fee after it.
 */
export async function offeredFees(rpc: RpcPool, rules: FeeRules): Promise<Offers> {
  const [block, gasPrice] = await Promise.all([
    rpc.request('eth_getBlockByNumber', ['latest', false]) as Promise<{ baseFeePerGas?: string }>,
    rpc.request('eth_gasPrice', []) as Promise<string>, // eth_maxPriorityFeePerGas is not known to every node
  ]);
  const baseFee = BigInt(block.baseFeePerGas ?? 0);
  const tip = max(BigInt(gasPrice) - baseFee, 0n);
  return { first: suggestFees(baseFee, rules.floor, rules), pressing: suggestFees(baseFee, tip, rules) };
}
