import type { SafeTransaction } from '@e-aurum/sdk/governance';
import { AbiCoder, keccak256, toBeHex } from 'ethers';
import type { Chain } from '../platform/chain/chain.ts';
import { interfaces } from '../platform/chain/contracts.ts';
import { decodeRevert } from '../platform/chain/revert.ts';
import type { ProposalRow } from './store.ts';

/** Where AccessManager (OpenZeppelin 5) keeps `_schedules`: mapping(bytes32 operationId => (uint48 timepoint, uint32 nonce)). */
const SCHEDULES_SLOT = 2n;

function scheduleSlot(operationId: string): string {
  return keccak256(AbiCoder.defaultAbiCoder().encode(['bytes32', 'uint256'], [operationId, SCHEDULES_SLOT]));
}

interface RpcError {
  error?: { data?: string; message?: string };
  info?: { error?: { data?: string; message?: string } };
  data?: string;
}

type StateOverride = Record<string, { stateDiff?: Record<string, string>; code?: string }>;

/** @returns why the call would fail; null when it would not */
async function refusal(
  chain: Chain,
  call: { from: string; to: string; data: string },
  override: StateOverride,
): Promise<string | null> {
  try {
    await chain.provider.send('eth_call', [call, 'latest', override]);
    return null;
  } catch (error) {
    const { error: direct, info, data } = error as RpcError;
    const reason = direct ?? info?.error;
    const revert = decodeRevert(typeof data === 'string' ? data : reason?.data);
    return revert?.text ?? reason?.message ?? 'the contract refuses it';
  }
}

/**
 * Runs the second ceremony by eth_call at the newest block as if its delay were over: the manager's entry for the
 * operation is set to now for this call alone. Nothing on the chain changes.
 * @param ceremony the Safe transaction that would be executed
 */
export async function simulate(
  chain: Chain,
  proposal: ProposalRow,
  ceremony: SafeTransaction,
): Promise<{ ok: boolean; detail: string }> {
  const { Safe, AccessManager } = chain.addresses;
  const { timestamp } = await chain.newestBlock();
  const schedule = toBeHex(BigInt(timestamp) | (1n << 48n), 32);
  const scheduled: StateOverride = {
    [AccessManager]: { stateDiff: { [scheduleSlot(proposal.operation_id)]: schedule } },
  };
  const data = interfaces.AccessManager.encodeFunctionData('execute', [proposal.target, proposal.call_data]);
  const reason = await refusal(chain, { from: Safe, to: AccessManager, data }, scheduled);
  if (reason !== null) return { ok: false, detail: `The call would fail: ${reason}.` };
  if (ceremony.operation === 1) {
    // A batch runs as the Safe's own code does: by delegatecall. It keeps no reason, so the call went alone before.
    const asSafe = { ...scheduled, [Safe]: { code: await chain.provider.getCode(ceremony.to) } };
    if ((await refusal(chain, { from: Safe, to: Safe, data: ceremony.data }, asSafe)) !== null)
      return {
        ok: false,
        detail:
          'The call alone would succeed, but name, supply, balances, roles or authority would not be as before, so the batch undoes it.',
      };
  }
  return {
    ok: true,
    detail: 'It was simulated at the newest block, as if its delay were over, and succeeds.',
  };
}
