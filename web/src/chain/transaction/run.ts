import { erc20Abi } from '@e-aurum/sdk/abi';
import { type Abi, type Address, type Hex, parseSignature, type TransactionReceipt } from 'viem';
import type { Config } from 'wagmi';
import {
  getAccount,
  getBytecode,
  getPublicClient,
  readContract,
  signTypedData,
  simulateContract,
  switchChain,
  waitForTransactionReceipt,
  writeContract,
} from 'wagmi/actions';
import { deadlineIn } from '../deadline';
import type { Stage } from './use-transaction';

/** A call to one of our contracts. */
export interface ContractCall {
  address: Address;
  abi: Abi | readonly unknown[];
  functionName: string;
  args: readonly unknown[];
  value?: bigint;
}

export interface PermitSignature {
  deadline: bigint;
  v: number;
  r: Hex;
  s: Hex;
}

/** A token that the call takes: exactly that amount is approved, never more. */
export interface Approval {
  token: Address;
  symbol: string;
  spender: Address;
  amount: bigint;
  /** The call that brings a permit along; used where the token has EIP-2612 and the account is a plain key. */
  withPermit?: (signature: PermitSignature) => ContractCall;
  permitDeadline?: bigint;
}

/** What is to be done, prepared: checked, approved and sent by {@link runTransaction}. */
export interface TransactionPlan {
  /** What the button said: "Buy 17.8306 g". */
  title: string;
  call: ContractCall;
  approval?: Approval;
  onDone?: (receipt: TransactionReceipt) => void;
}

const PERMIT_LIFE_SECONDS = 20 * 60;
const CONFIRMATION_TIMEOUT_MS = 90_000;
const permitTypes = {
  Permit: [
    { name: 'owner', type: 'address' },
    { name: 'spender', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
} as const;
const permitAbi = [
  {
    type: 'function',
    name: 'nonces',
    stateMutability: 'view',
    inputs: [{ name: 'owner', type: 'address' }],
    outputs: [{ name: '', type: 'uint256' }],
  },
  {
    type: 'function',
    name: 'eip712Domain',
    stateMutability: 'view',
    inputs: [],
    outputs: [
      { name: 'fields', type: 'bytes1' },
      { name: 'name', type: 'string' },
      { name: 'version', type: 'string' },
      { name: 'chainId', type: 'uint256' },
      { name: 'verifyingContract', type: 'address' },
      { name: 'salt', type: 'bytes32' },
      { name: 'extensions', type: 'uint256[]' },
    ],
  },
] as const;

interface Run {
  config: Config;
  chainId: number;
  owner: Address;
  go: (stage: Stage) => void;
}

/** The token's permit domain and the owner's nonce, or null where a permit can't be used. */
async function permitOf({ config, chainId, owner }: Run, token: Address) {
  try {
    const [domain, nonce, code] = await Promise.all([
      readContract(config, { chainId, address: token, abi: permitAbi, functionName: 'eip712Domain' }),
      readContract(config, {
        chainId,
        address: token,
        abi: permitAbi,
        functionName: 'nonces',
        args: [owner],
      }),
      getBytecode(config, { chainId, address: owner }),
    ]);
    // a contract's signature has no v, r, s
    if (code && code !== '0x') return null;
    const [, name, version, domainChainId, verifyingContract] = domain;
    return { domain: { name, version, chainId: Number(domainChainId), verifyingContract }, nonce };
  } catch {
    return null;
  }
}

async function approve(run: Run, approval: Approval): Promise<void> {
  const { config, chainId, owner, go } = run;
  go({ name: 'approving', how: 'approve' });
  const { request } = await simulateContract(config, {
    chainId,
    account: owner,
    address: approval.token,
    abi: erc20Abi,
    functionName: 'approve',
    args: [approval.spender, approval.amount],
  });
  const hash = await writeContract(config, request as never);
  go({ name: 'approving', how: 'approve', hash });
  const receipt = await waitForTransactionReceipt(config, {
    chainId,
    hash,
    timeout: CONFIRMATION_TIMEOUT_MS,
  });
  if (receipt.status !== 'success')
    throw new Error(`The approval of ${approval.symbol} failed. Nothing else was sent.`);
}

/** The call to make, after its token may be taken: by what was approved before, a permit, or an approval. */
async function allow(run: Run, plan: TransactionPlan): Promise<ContractCall> {
  const { approval, call } = plan;
  if (!approval || approval.amount === 0n) return call;
  const { config, chainId, owner, go } = run;
  const allowance = await readContract(config, {
    chainId,
    address: approval.token,
    abi: erc20Abi,
    functionName: 'allowance',
    args: [owner, approval.spender],
  });
  if ((allowance as bigint) >= approval.amount) return call;
  const permit = approval.withPermit ? await permitOf(run, approval.token) : null;
  if (!permit || !approval.withPermit) {
    await approve(run, approval);
    return call;
  }
  go({ name: 'approving', how: 'permit' });
  const deadline = approval.permitDeadline ?? (await deadlineIn(config, PERMIT_LIFE_SECONDS));
  const signature = await signTypedData(config, {
    account: owner,
    domain: permit.domain,
    types: permitTypes,
    primaryType: 'Permit',
    message: { owner, spender: approval.spender, value: approval.amount, nonce: permit.nonce, deadline },
  });
  const { r, s, v, yParity } = parseSignature(signature);
  return approval.withPermit({ deadline, v: Number(v ?? BigInt(yParity + 27)), r, s });
}

/** Why a mined transaction failed: the same call again, at the state before it. */
async function reasonOf(run: Run, call: ContractCall, receipt: TransactionReceipt): Promise<never> {
  const client = getPublicClient(run.config, { chainId: run.chainId });
  await client?.simulateContract({
    ...call,
    account: run.owner,
    blockNumber: receipt.blockNumber - 1n,
  } as never);
  throw new Error(
    'The chain took it and undid it, since something changed just before. Nothing moved; try again.',
  );
}

/**
 * Does what the plan says: right network, approval, a simulation of the very call, the wallet, the receipt.
 * @throws what the wallet, the chain or the contract said; {@link explainError} puts it in words
 */
export async function runTransaction(
  config: Config,
  chainId: number,
  plan: TransactionPlan,
  go: (stage: Stage) => void,
): Promise<TransactionReceipt> {
  const { address: owner, chainId: walletChain } = getAccount(config);
  if (!owner) throw new Error('Connect a wallet first.');
  if (walletChain !== chainId) await switchChain(config, { chainId });
  const run: Run = { config, chainId, owner, go };
  const call = await allow(run, plan);
  const { request } = await simulateContract(config, { ...call, chainId, account: owner } as never);
  go({ name: 'confirming' });
  const hash = await writeContract(config, request as never);
  go({ name: 'pending', hash });
  const receipt = await waitForTransactionReceipt(config, {
    chainId,
    hash,
    timeout: CONFIRMATION_TIMEOUT_MS,
  });
  if (receipt.status !== 'success') await reasonOf(run, call, receipt);
  go({ name: 'done', hash: receipt.transactionHash, receipt });
  return receipt;
}
