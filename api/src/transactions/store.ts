import type { SentTransaction } from '@e-aurum/sdk/rest';
import type { Queryable } from '../platform/database/database.ts';

export type TransactionState = SentTransaction['state'];

/** A transaction that the services send. */
export interface TransactionRow {
  id: string;
  chain_id: number;
  signer: string;
  purpose: string;
  subject: string;
  to_address: string;
  data: string;
  state: TransactionState;
  nonce: number | null;
  gas_limit: bigint | null;
  hash: string | null;
  block_number: number | null;
  error: string | null;
  created_at: Date;
  updated_at: Date;
}

/** One set of signed bytes of a transaction. */
export interface AttemptRow {
  hash: string;
  transaction_id: string;
  raw: string;
  max_fee_wei: bigint;
  priority_fee_wei: bigint;
  created_at: Date;
  broadcast_at: Date | null;
}

/** What a feature asks to be sent. */
export interface TransactionRequest {
  chainId: number;
  /** Address of the signer. */
  signer: string;
  purpose: string;
  subject: string;
  /** The same key is the same transaction, however often it is asked for. */
  dedupeKey: string;
  to: string;
  data: string;
}

export async function insertTransaction(db: Queryable, request: TransactionRequest): Promise<void> {
  const { chainId, signer, purpose, subject, dedupeKey, to, data } = request;
  await db.query(
    `INSERT INTO sent_transaction (chain_id, signer, purpose, subject, dedupe_key, to_address, data)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (dedupe_key) DO NOTHING`,
    [chainId, signer, purpose, subject, dedupeKey, to, data],
  );
}

export async function openTransactions(
  db: Queryable,
  chainId: number,
  signer: string,
): Promise<TransactionRow[]> {
  const { rows } = await db.query<TransactionRow>(
    `SELECT * FROM sent_transaction
      WHERE chain_id = $1 AND signer = $2 AND state IN ('received', 'signed', 'broadcast', 'mined')
      ORDER BY nonce NULLS LAST, created_at, id`,
    [chainId, signer],
  );
  return rows;
}

export async function attemptsOf(db: Queryable, transactionId: string): Promise<AttemptRow[]> {
  const { rows } = await db.query<AttemptRow>(
    'SELECT * FROM sent_transaction_attempt WHERE transaction_id = $1 ORDER BY created_at DESC, max_fee_wei DESC',
    [transactionId],
  );
  return rows;
}

/** Locks the signer's counter for the transaction, so that no two take one nonce. @returns the next free one */
export async function lockNonce(db: Queryable, chainId: number, signer: string): Promise<number> {
  await db.query(
    'INSERT INTO signer_nonce (chain_id, signer, next_nonce) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING',
    [chainId, signer],
  );
  const { rows } = await db.query<{ next_nonce: number }>(
    'SELECT next_nonce FROM signer_nonce WHERE chain_id = $1 AND signer = $2 FOR UPDATE',
    [chainId, signer],
  );
  return rows[0]!.next_nonce;
}

export async function setNextNonce(
  db: Queryable,
  chainId: number,
  signer: string,
  next: number,
): Promise<void> {
  await db.query('UPDATE signer_nonce SET next_nonce = $3 WHERE chain_id = $1 AND signer = $2', [
    chainId,
    signer,
    next,
  ]);
}

export async function storeAttempt(
  db: Queryable,
  attempt: Omit<AttemptRow, 'created_at' | 'broadcast_at'>,
): Promise<void> {
  await db.query(
    `INSERT INTO sent_transaction_attempt (hash, transaction_id, raw, max_fee_wei, priority_fee_wei)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (hash) DO NOTHING`,
    [attempt.hash, attempt.transaction_id, attempt.raw, attempt.max_fee_wei, attempt.priority_fee_wei],
  );
}

export async function noteBroadcast(db: Queryable, hash: string): Promise<void> {
  await db.query('UPDATE sent_transaction_attempt SET broadcast_at = now() WHERE hash = $1', [hash]);
}

/** Moves a transaction on; fields that are not given stay as they are. */
export async function updateTransaction(
  db: Queryable,
  id: string,
  change: Partial<Pick<TransactionRow, 'state' | 'nonce' | 'gas_limit' | 'hash' | 'block_number' | 'error'>>,
): Promise<void> {
  const names = Object.keys(change);
  const assignments = names.map((name, index) => `${name} = $${index + 2}`);
  await db.query(
    `UPDATE sent_transaction SET ${[...assignments, 'updated_at = now()'].join(', ')} WHERE id = $1`,
    [id, ...Object.values(change)],
  );
}

/** Every stored transaction of the signer from a nonce on, whatever became of it. */
export async function transactionsFromNonce(
  db: Queryable,
  chainId: number,
  signer: string,
  nonce: number,
): Promise<TransactionRow[]> {
  const { rows } = await db.query<TransactionRow>(
    'SELECT * FROM sent_transaction WHERE chain_id = $1 AND signer = $2 AND nonce >= $3 ORDER BY nonce',
    [chainId, signer, nonce],
  );
  return rows;
}

export async function signersWithWork(db: Queryable, chainId: number): Promise<string[]> {
  const { rows } = await db.query<{ signer: string }>(
    `SELECT DISTINCT signer FROM sent_transaction
      WHERE chain_id = $1 AND state IN ('received', 'signed', 'broadcast', 'mined')`,
    [chainId],
  );
  return rows.map((row) => row.signer);
}

/** The newest transaction for a row of a feature. */
export async function latestTransaction(
  db: Queryable,
  purposes: readonly string[],
  subject: string,
): Promise<TransactionRow | null> {
  const { rows } = await db.query<TransactionRow>(
    `SELECT * FROM sent_transaction WHERE purpose = ANY($1) AND subject = $2
      ORDER BY created_at DESC, id LIMIT 1`,
    [purposes, subject],
  );
  return rows[0] ?? null;
}

/** The newest transaction of each subject. */
export async function latestTransactions(
  db: Queryable,
  purposes: readonly string[],
  subjects: readonly string[],
): Promise<Map<string, TransactionRow>> {
  const { rows } = await db.query<TransactionRow>(
    `SELECT DISTINCT ON (subject) * FROM sent_transaction WHERE purpose = ANY($1) AND subject = ANY($2)
      ORDER BY subject, created_at DESC, id`,
    [purposes, subjects],
  );
  return new Map(rows.map((row) => [row.subject, row]));
}

export async function countOpenTransactions(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `SELECT count(*) FROM sent_transaction WHERE state IN ('received', 'signed', 'broadcast', 'mined')`,
  );
  return rows[0]!.count;
}

/**
 * The chain was put back to `block`: what had been mined after it is to be sent again, as the same bytes.
 * @returns the transactions concerned
 */
export async function reopenTransactionsAfter(
  db: Queryable,
  chainId: number,
  block: number,
): Promise<{ id: string; purpose: string; hash: string }[]> {
  const { rows } = await db.query<{ id: string; purpose: string; hash: string }>(
    `UPDATE sent_transaction SET state = 'broadcast', block_number = NULL, error = NULL, updated_at = now()
      WHERE chain_id = $1 AND block_number > $2 AND nonce IS NOT NULL AND state <> 'replaced'
      RETURNING id, purpose, hash`,
    [chainId, block],
  );
  return rows;
}

/** As the caller of the interface follows it. */
export function presentTransaction(row: TransactionRow | null | undefined): SentTransaction | null {
  if (!row) return null;
  return {
    id: row.id,
    purpose: row.purpose,
    state: row.state,
    hash: row.hash,
    nonce: row.nonce,
    signer: row.signer,
    error: row.error,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
