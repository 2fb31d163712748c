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

/**
 * Runs the delayed call by eth_call at the newest block as if its delay were over: the manager's entry for the operation is
 * set to now for this call alone. Nothing on the chain changes.
 */
export async function simulate(
  chain: Chain,
  proposal: ProposalRow,
): Promise<{ ok: boolean; detail: string }> {
  const { timestamp } = await chain.newestBlock();
  const schedule = toBeHex(BigInt(timestamp) | (1n << 48n), 32);
  const call = {
    from: chain.addresses.Safe,
    to: chain.addresses.AccessManager,
    data: interfaces.AccessManager.encodeFunctionData('execute', [proposal.target, proposal.call_data]),
  };
  const override = {
    [chain.addresses.AccessManager]: { stateDiff: { [scheduleSlot(proposal.operation_id)]: schedule } },
  };
  try {
    await chain.provider.send('eth_call', [call, 'latest', override]);
    return {
      ok: true,
      detail: 'The call was simulated at the newest block, as if its delay were over, and succeeds.',
    };
  } catch (error) {
    const { error: direct, info, data } = error as RpcError;
    const reason = direct ?? info?.error;
    const revert = decodeRevert(typeof data === 'string' ? data : reason?.data);
    return {
      ok: false,
      detail: `The call would fail: ${revert?.text ?? reason?.message ?? 'the contract refuses it'}.`,
    };
  }
}
