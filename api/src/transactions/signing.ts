import { keccak256, type Wallet } from 'ethers';
import type { Chain } from '../platform/chain/chain.ts';
import type { Transaction } from '../platform/database/database.ts';
import { type Fees, firstFees } from './fees.ts';
import {
  insertTransaction,
  lockNonce,
  setNextNonce,
  storeAttempt,
  type TransactionRow,
  updateTransaction,
} from './store.ts';

export const GAP_PURPOSE = 'transactions.gap';
const TRANSFER_GAS = 21_000n;

/** The chain as one step of the sender sees it. Read before any receipt. */
export interface Head {
  baseFeeWei: bigint;
  finalizedBlock: number;
  /** The signer's next nonce by mined, and by finalized transactions. */
  minedNonce: number;
  finalizedNonce: number;
}

interface SigningOptions {
  chain: Chain;
  fees: { priorityFeeWei: bigint; maxFeeWei: bigint };
}

export async function readHead(chain: Chain, signer: string): Promise<Head> {
  const finalized = await chain.finalizedBlock();
  const [newest, minedNonce, finalizedNonce] = await Promise.all([
    chain.newestBlock(),
    chain.provider.getTransactionCount(signer, 'latest'),
    chain.provider.getTransactionCount(signer, finalized.number),
  ]);
  return {
    baseFeeWei: newest.baseFeePerGas ?? 0n,
    finalizedBlock: finalized.number,
    minedNonce,
    finalizedNonce,
  };
}

const feesNow = (head: Head, { fees }: SigningOptions): Fees =>
  firstFees(head.baseFeeWei, fees.priorityFeeWei, fees.maxFeeWei);

/** Signs the transaction at its nonce with the fees given, and stores the bytes. Broadcasting comes after the commit. */
export async function signAttempt(
  tx: Transaction,
  chain: Chain,
  wallet: Wallet,
  row: TransactionRow,
  fees: Fees,
): Promise<{ hash: string; raw: string }> {
  const raw = await wallet.signTransaction({
    type: 2,
    chainId: chain.chainId,
    nonce: row.nonce!,
    to: row.to_address,
    data: row.data,
    gasLimit: row.gas_limit!,
    maxFeePerGas: fees.maxFeeWei,
    maxPriorityFeePerGas: fees.priorityFeeWei,
  });
  const hash = keccak256(raw);
  await storeAttempt(tx, {
    hash,
    transaction_id: row.id,
    raw,
    max_fee_wei: fees.maxFeeWei,
    priority_fee_wei: fees.priorityFeeWei,
  });
  await updateTransaction(tx, row.id, { hash, nonce: row.nonce, gas_limit: row.gas_limit });
  return { hash, raw };
}

/** Takes the next nonce under the counter's row lock and signs: received -> signed, in one transaction. */
export async function signNext(
  tx: Transaction,
  options: SigningOptions,
  wallet: Wallet,
  head: Head,
  row: TransactionRow,
  gasLimit: bigint,
): Promise<TransactionRow> {
  const stored = await lockNonce(tx, options.chain.chainId, row.signer);
  // the key was used elsewhere as well: never under what the chain has
  const nonce = Math.max(stored, head.minedNonce);
  await setNextNonce(tx, options.chain.chainId, row.signer, nonce + 1);
  const placed: TransactionRow = { ...row, nonce, gas_limit: gasLimit };
  const { hash } = await signAttempt(tx, options.chain, wallet, placed, feesNow(head, options));
  await updateTransaction(tx, row.id, { state: 'signed' });
  return { ...placed, hash, state: 'signed' };
}

/** An empty transaction to ourselves at a nonce that nothing is stored for. */
export async function signGap(
  tx: Transaction,
  options: SigningOptions,
  wallet: Wallet,
  head: Head,
  nonce: number,
): Promise<void> {
  const { chainId } = options.chain;
  const dedupeKey = `gap ${chainId} ${wallet.address} ${nonce}`;
  await insertTransaction(tx, {
    chainId,
    signer: wallet.address,
    purpose: GAP_PURPOSE,
    subject: String(nonce),
    dedupeKey,
    to: wallet.address,
    data: '0x',
  });
  const { rows } = await tx.query<TransactionRow>('SELECT * FROM sent_transaction WHERE dedupe_key = $1', [
    dedupeKey,
  ]);
  const row: TransactionRow = { ...rows[0]!, nonce, gas_limit: TRANSFER_GAS };
  await signAttempt(tx, options.chain, wallet, row, feesNow(head, options));
  await updateTransaction(tx, row.id, { state: 'signed' });
}
