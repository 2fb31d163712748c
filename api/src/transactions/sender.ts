import { randomUUID } from 'node:crypto';
import type { Wallet } from 'ethers';
import type { Chain } from '../platform/chain/chain.ts';
import { revertOf } from '../platform/chain/revert.ts';
import type { Database, Transaction } from '../platform/database/database.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import { raisedFees } from './fees.ts';
import { refusalOf } from './node-errors.ts';
import { GAP_PURPOSE, type Head, readHead, signAttempt, signGap, signNext } from './signing.ts';
import {
  type AttemptRow,
  attemptsOf,
  insertTransaction,
  lockNonce,
  noteBroadcast,
  openTransactions,
  signersWithWork,
  type TransactionRow,
  transactionsFromNonce,
  updateTransaction,
} from './store.ts';

export interface SenderOptions {
  db: Database;
  chain: Chain;
  log: Log;
  metrics: Metrics;
  wallets: readonly Wallet[];
  fees: { priorityFeeWei: bigint; maxFeeWei: bigint };
  stuckAfterMs: number;
}

const REBROADCAST_AFTER_MS = 5_000;
/** How often signers without open work are looked at: a chain that was put back may have lost theirs. */
const IDLE_CHECK_MS = 10_000;

/** The advisory lock that makes one process at a time speak for a signer. */
export const senderLock = (chainId: number, signer: string): string => `sender ${chainId} ${signer}`;

/**
 * Moves the services' transactions from `received` to their end. Any number of workers may run one: a signer is
 * moved by one at a time, and what a killed one left is taken up from the database, where the signed bytes stood
 * before they were broadcast.
 */
export function createSender(options: SenderOptions): { tick(): Promise<void> } {
  const { db, chain, log, wallets } = options;
  const bySigner = new Map(wallets.map((wallet) => [wallet.address, wallet]));
  let idleCheckAt = 0;

  return {
    async tick() {
      const everyone = Date.now() >= idleCheckAt;
      if (everyone) idleCheckAt = Date.now() + IDLE_CHECK_MS;
      const signers = everyone ? [...bySigner.keys()] : await signersWithWork(db, chain.chainId);
      for (const signer of signers) {
        const wallet = bySigner.get(signer);
        if (!wallet) {
          log.warn({ signer }, 'transactions wait for a signer whose key this worker does not have');
          continue;
        }
        await db.withLock(senderLock(chain.chainId, signer), () => advance(options, wallet));
      }
    },
  };
}

async function advance(options: SenderOptions, wallet: Wallet): Promise<void> {
  const { db, chain, log } = options;
  const head = await readHead(chain, wallet.address);
  await fillGaps(options, wallet, head);
  for (const row of await openTransactions(db, chain.chainId, wallet.address)) {
    try {
      await step(options, wallet, head, row);
    } catch (error) {
      log.warn({ err: error, transaction: row.id, state: row.state }, 'a transaction could not be moved on');
    }
  }
}

async function step(options: SenderOptions, wallet: Wallet, head: Head, row: TransactionRow): Promise<void> {
  if (row.state === 'received') {
    const signed = await signOrFail(options, wallet, head, row);
    if (signed) await broadcast(options, wallet, head, signed);
  } else if (row.state === 'signed') await broadcast(options, wallet, head, row);
  else await follow(options, wallet, head, row);
}

/** Estimates and signs; a call that the contract refuses fails here and takes no nonce. */
async function signOrFail(
  options: SenderOptions,
  wallet: Wallet,
  head: Head,
  row: TransactionRow,
): Promise<TransactionRow | null> {
  let gas: bigint;
  try {
    gas = await options.chain.provider.estimateGas({ from: row.signer, to: row.to_address, data: row.data });
  } catch (error) {
    const revert = revertOf(error);
    if (!revert) throw error;
    await settle(options, row, { state: 'failed', error: revert.text });
    return null;
  }
  return options.db.transaction((tx) => signNext(tx, options, wallet, head, row, gas + gas / 4n));
}

/** Sends the newest signed bytes. Sending them twice is harmless: they are the same transaction. */
async function broadcast(
  options: SenderOptions,
  wallet: Wallet,
  head: Head,
  row: TransactionRow,
): Promise<void> {
  const [attempt] = await attemptsOf(options.db, row.id);
  if (!attempt) throw new Error('a signed transaction has no stored bytes');
  try {
    await options.chain.provider.send('eth_sendRawTransaction', [attempt.raw]);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === 'underpriced') return escalate(options, wallet, head, row, attempt);
    if (refusal === 'no-funds') {
      await updateTransaction(options.db, row.id, { error: `the signer ${row.signer} has no funds for gas` });
      throw error;
    }
    if (refusal === 'other') throw error; // the network: these bytes are sent again
    // already known: it is there. nonce used: this one or another was mined, and following it tells which
  }
  await noteBroadcast(options.db, attempt.hash);
  if (row.state === 'signed') await move(options, row, 'broadcast');
}

async function escalate(
  options: SenderOptions,
  wallet: Wallet,
  head: Head,
  row: TransactionRow,
  last: AttemptRow,
): Promise<void> {
  const { priorityFeeWei, maxFeeWei } = options.fees;
  const fees = raisedFees(
    { maxFeeWei: last.max_fee_wei, priorityFeeWei: last.priority_fee_wei },
    head.baseFeeWei,
    priorityFeeWei,
    maxFeeWei,
  );
  if (!fees) {
    options.log.warn({ transaction: row.id }, 'stuck, and its fees are at the cap (MAX_FEE_WEI)');
    await noteBroadcast(options.db, last.hash);
    return;
  }
  const signed = await options.db.transaction((tx) => signAttempt(tx, options.chain, wallet, row, fees));
  options.log.info(
    { transaction: row.id, nonce: row.nonce, hash: signed.hash },
    'fees raised on the same nonce',
  );
  await options.chain.provider.send('eth_sendRawTransaction', [signed.raw]);
  await noteBroadcast(options.db, signed.hash);
  if (row.state === 'signed') await move(options, row, 'broadcast');
}

/** Looks for what became of a broadcast transaction, whichever of its attempts was mined. */
async function follow(
  options: SenderOptions,
  wallet: Wallet,
  head: Head,
  row: TransactionRow,
): Promise<void> {
  const { db, chain } = options;
  const attempts = await attemptsOf(db, row.id);
  for (const attempt of attempts) {
    const receipt = await chain.provider.getTransactionReceipt(attempt.hash);
    if (!receipt) continue;
    const block = { hash: attempt.hash, block_number: receipt.blockNumber };
    if (receipt.blockNumber > head.finalizedBlock) {
      if (row.state !== 'mined') await move(options, row, 'mined', block);
    } else if (receipt.status === 1)
      await settle(options, row, { state: 'finalized', error: null, ...block });
    else
      await settle(options, row, {
        state: 'failed',
        error: await reasonOf(chain, row, receipt.blockNumber),
        ...block,
      });
    return;
  }
  // counts were read before the receipts, so a final nonce without a receipt went to somebody else's transaction
  if (head.finalizedNonce > row.nonce!) return replace(options, row);
  if (row.state === 'mined') await move(options, row, 'broadcast', { block_number: null });
  const [newest] = attempts;
  if (Date.now() - newest!.created_at.getTime() > options.stuckAfterMs && head.minedNonce === row.nonce) {
    await escalate(options, wallet, head, row, newest!);
  } else if (Date.now() - (newest!.broadcast_at?.getTime() ?? 0) > REBROADCAST_AFTER_MS) {
    await broadcast(options, wallet, head, row);
  }
}

/** Why a mined transaction reverted, asked again at its block; the endpoint may have forgotten that state. */
async function reasonOf(chain: Chain, row: TransactionRow, blockTag: number): Promise<string> {
  try {
    await chain.provider.call({ from: row.signer, to: row.to_address, data: row.data, blockTag });
    return 'reverted when it was mined';
  } catch (error) {
    return revertOf(error)?.text ?? 'reverted; the endpoint does not tell why';
  }
}

/** Another transaction took the nonce: these bytes can never be mined, so the wish is safely sent anew. */
async function replace(options: SenderOptions, row: TransactionRow): Promise<void> {
  await settle(
    options,
    row,
    { state: 'replaced', error: 'another transaction of this signer took the nonce' },
    (tx) =>
      row.purpose === GAP_PURPOSE
        ? Promise.resolve()
        : insertTransaction(tx, {
            chainId: row.chain_id,
            signer: row.signer,
            purpose: row.purpose,
            subject: row.subject,
            dedupeKey: `${row.id} again ${randomUUID()}`,
            to: row.to_address,
            data: row.data,
          }),
  );
}

/**
 * Every nonce from the chain's next one up to ours must be on its way, or what comes after waits for ever. A stored
 * transaction that the chain no longer has (it was put back) is opened again, as the same bytes; a nonce nothing
 * is stored for gets an empty transaction to ourselves.
 */
async function fillGaps(options: SenderOptions, wallet: Wallet, head: Head): Promise<void> {
  const { db, chain, log } = options;
  await db.transaction(async (tx) => {
    const next = await lockNonce(tx, chain.chainId, wallet.address);
    const stored = await transactionsFromNonce(tx, chain.chainId, wallet.address, head.minedNonce);
    const byNonce = new Map(stored.map((row) => [row.nonce!, row]));
    for (let nonce = head.minedNonce; nonce < next; nonce++) {
      const row = byNonce.get(nonce);
      if (!row) {
        log.warn({ signer: wallet.address, nonce }, 'a gap in the nonces is filled');
        await signGap(tx, options, wallet, head, nonce);
      } else if (row.state === 'finalized' || row.state === 'failed' || row.state === 'replaced') {
        log.warn({ transaction: row.id, nonce }, 'the chain lost a transaction: it is broadcast again');
        await updateTransaction(tx, row.id, { state: 'broadcast', block_number: null, error: null });
      }
    }
  });
}

async function move(
  options: SenderOptions,
  row: TransactionRow,
  state: TransactionRow['state'],
  more: Partial<TransactionRow> = {},
): Promise<void> {
  await updateTransaction(options.db, row.id, { state, ...more });
  options.metrics.transactions.inc({ purpose: row.purpose, state });
  options.log.info(
    { transaction: row.id, purpose: row.purpose, state, nonce: row.nonce },
    'transaction moved on',
  );
}

async function settle(
  options: SenderOptions,
  row: TransactionRow,
  change: Partial<TransactionRow> & Pick<TransactionRow, 'state'>,
  more?: (tx: Transaction) => Promise<void>,
): Promise<void> {
  await options.db.transaction(async (tx) => {
    await updateTransaction(tx, row.id, change);
    await more?.(tx);
  });
  const { state, error } = change;
  options.metrics.transactions.inc({ purpose: row.purpose, state });
  options.log.info(
    { transaction: row.id, purpose: row.purpose, state, reason: error },
    'transaction settled',
  );
}
