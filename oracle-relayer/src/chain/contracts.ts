import { priceOracleAbi, signedPriceFeedAbi } from '@e-aurum/sdk/abi';
import { Interface } from 'ethers';
import type { RpcPool } from './rpc-pool.ts';

export const signedPriceFeed = new Interface(signedPriceFeedAbi);
export const priceOracle = new Interface(priceOracleAbi);

export type BlockTag = 'latest' | 'pending';

export interface ContractCall {
  to: string;
  contract: Interface;
  method: string;
  args?: readonly unknown[];
}

/**
 * Calls a view, or simulates a transaction `from` an account.
 * @throws as RpcPool.request does; a revert is a CALL_EXCEPTION with its data
 */
export async function callContract(
  rpc: RpcPool,
  { to, contract, method, args = [] }: ContractCall,
  { from, tag = 'latest' }: { from?: string; tag?: BlockTag } = {},
) {
  const data = contract.encodeFunctionData(method, args);
  const answer = (await rpc.request('eth_call', [{ to, data, ...(from ? { from } : {}) }, tag])) as string;
  return contract.decodeFunctionResult(method, answer);
}

/** What a contract meant when it reverted: "RoundTooWide(12, 10)", or the node's words if it is none of its errors. */
export function describeRevert(contract: Interface, error: unknown): string {
  const { data } = error as { data?: unknown };
  if (typeof data === 'string' && data.length >= 10) {
    const parsed = contract.parseError(data);
    if (parsed) return `${parsed.name}(${parsed.args.map(String).join(', ')})`;
    return `unknown error ${data.slice(0, 10)}`;
  }
  return error instanceof Error ? error.message : String(error);
}
