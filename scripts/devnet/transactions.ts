/**
 * Transactions of accounts whose keys anvil holds, or that it impersonates. While the chain's history is being written they
 * are mined here, afterwards by the chain's supervisor.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { isHistoryComplete } from './history-mark.ts';
import { quantity, rpc, rpcBatch } from './rpc.ts';

const RECEIPT_TIMEOUT_MS = 60_000;
/** Enough for each of our calls; anvil's block holds 30 million. */
const GAS = 6_000_000;

export interface DevTransaction {
  from: string;
  /** Left out for a deployment. */
  to?: string;
  data?: string;
  valueWei?: bigint;
  /** If the usual limit does not do. */
  gas?: number;
  /** What it does, for the error if it fails. */
  label: string;
}

export interface Receipt {
  transactionHash: string;
  status: string;
  blockNumber: string;
  contractAddress: string | null;
  logs: { address: string; topics: string[]; data: string }[];
}

export class DevTransactionError extends Error {}

function toRpc({ from, to, data, valueWei, gas = GAS }: DevTransaction) {
  return { from, to, data, value: valueWei ? quantity(valueWei) : undefined, gas: quantity(gas) };
}

/** Puts transactions into the pool in their order, without mining. */
export function sendToPool(url: string, transactions: DevTransaction[]): Promise<string[]> {
  return rpcBatch<string>(
    url,
    transactions.map((transaction) => ({ method: 'eth_sendTransaction', params: [toRpc(transaction)] })),
  );
}

/** The receipts of mined transactions. Throws {@link DevTransactionError} with the node's reason if one failed. */
export async function receiptsOf(
  url: string,
  transactions: DevTransaction[],
  hashes: string[],
): Promise<Receipt[]> {
  const receipts = await rpcBatch<Receipt | null>(
    url,
    hashes.map((hash) => ({ method: 'eth_getTransactionReceipt', params: [hash] })),
  );
  for (const [i, receipt] of receipts.entries()) {
    const transaction = transactions[i]!;
    if (!receipt) throw new DevTransactionError(`${transaction.label}: was not mined`);
    if (receipt.status === '0x1') continue;
    throw new DevTransactionError(`${transaction.label}: ${await whyItFailed(url, transaction, receipt)}`);
  }
  return receipts as Receipt[];
}

async function whyItFailed(url: string, transaction: DevTransaction, receipt: Receipt): Promise<string> {
  try {
    await rpc(url, 'eth_call', [toRpc(transaction), receipt.blockNumber]);
    return 'failed in its block, for no reason that a call repeats';
  } catch (error) {
    const { message, data } = error as { message: string; data?: unknown };
    return `${message}${typeof data === 'string' ? ` (${data})` : ''}`;
  }
}

/** Sends, and returns when all are mined. Throws {@link DevTransactionError} if one fails or a minute passes. */
export async function send(url: string, transactions: DevTransaction[]): Promise<Receipt[]> {
  if (transactions.length === 0) return [];
  const weMine = !(await isHistoryComplete(url));
  const hashes = await sendToPool(url, transactions);
  const deadline = Date.now() + RECEIPT_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (weMine) await rpc(url, 'evm_mine');
    const last = await rpc(url, 'eth_getTransactionReceipt', [hashes.at(-1)]);
    if (last) return receiptsOf(url, transactions, hashes);
    if (!weMine) await sleep(50);
  }
  throw new DevTransactionError(`${transactions.at(-1)!.label}: not mined within a minute`);
}

/** Sends as an account whose key nobody here has, such as the owner of a contract on a forked chain. */
export async function sendAs(url: string, from: string, transactions: Omit<DevTransaction, 'from'>[]) {
  await rpc(url, 'anvil_impersonateAccount', [from]);
  const balance = BigInt(await rpc<string>(url, 'eth_getBalance', [from, 'latest']));
  if (balance < 10n ** 18n) await rpc(url, 'anvil_setBalance', [from, quantity(10n ** 19n)]);
  try {
    return await send(
      url,
      transactions.map((transaction) => ({ ...transaction, from })),
    );
  } finally {
    await rpc(url, 'anvil_stopImpersonatingAccount', [from]);
  }
}
