import type { Queryable } from '../platform/database/database.ts';

export type CeremonyName = 'schedule' | 'execute';

export interface ProposalRow {
  id: string;
  kind: 'upgrade' | 'call';
  title: string;
  reason: string;
  proposer: string;
  target: string;
  call_data: string;
  operation_id: string;
  old_implementation: string | null;
  new_implementation: string | null;
  checked_accounts: string[];
  created_block: number;
  created_at: Date;
}

export interface SignatureRow {
  proposal_id: string;
  ceremony: CeremonyName;
  safe_nonce: number;
  safe_tx_hash: string;
  signer: string;
  signature: string;
  created_at: Date;
}

export interface OperationEventRow {
  operation_id: string;
  event: 'OperationScheduled' | 'OperationExecuted' | 'OperationCanceled';
  ready_at: Date | null;
  at: Date;
  block_number: number;
  transaction_hash: string;
}

export type NewProposalRow = Omit<ProposalRow, 'id' | 'created_at'>;

export async function insertProposal(tx: Queryable, row: NewProposalRow): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO proposal (kind, title, reason, proposer, target, call_data, operation_id, old_implementation,
                           new_implementation, checked_accounts, created_block)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id`,
    [
      row.kind,
      row.title,
      row.reason,
      row.proposer,
      row.target,
      row.call_data,
      row.operation_id,
      row.old_implementation,
      row.new_implementation,
      row.checked_accounts,
      row.created_block,
    ],
  );
  return rows[0]!.id;
}

export async function proposalById(db: Queryable, id: string): Promise<ProposalRow | null> {
  const { rows } = await db.query<ProposalRow>('SELECT * FROM proposal WHERE id = $1', [id]);
  return rows[0] ?? null;
}

export async function newestProposalFor(db: Queryable, operationId: string): Promise<ProposalRow | null> {
  const { rows } = await db.query<ProposalRow>(
    'SELECT * FROM proposal WHERE operation_id = $1 ORDER BY created_at DESC, id LIMIT 1',
    [operationId],
  );
  return rows[0] ?? null;
}

export async function hasProposalFor(db: Queryable, operationId: string): Promise<boolean> {
  const { rows } = await db.query('SELECT FROM proposal WHERE operation_id = $1', [operationId]);
  return rows.length > 0;
}

export async function listProposals(db: Queryable, limit: number): Promise<ProposalRow[]> {
  const { rows } = await db.query<ProposalRow>(
    'SELECT * FROM proposal ORDER BY created_at DESC, id LIMIT $1',
    [limit],
  );
  return rows;
}

export async function signaturesOf(db: Queryable, ids: readonly string[]): Promise<SignatureRow[]> {
  const { rows } = await db.query<SignatureRow>(
    'SELECT * FROM proposal_signature WHERE proposal_id = ANY($1::uuid[]) ORDER BY created_at, signer',
    [ids],
  );
  return rows;
}

export async function insertSignature(tx: Queryable, row: Omit<SignatureRow, 'created_at'>): Promise<void> {
  await tx.query(
    `INSERT INTO proposal_signature (proposal_id, ceremony, safe_nonce, safe_tx_hash, signer, signature)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (proposal_id, ceremony, safe_nonce, signer)
     DO UPDATE SET safe_tx_hash = excluded.safe_tx_hash, signature = excluded.signature,
                   created_at = now()`,
    [row.proposal_id, row.ceremony, row.safe_nonce, row.safe_tx_hash, row.signer, row.signature],
  );
}

export async function operationEvents(
  db: Queryable,
  operationIds: readonly string[],
): Promise<OperationEventRow[]> {
  const { rows } = await db.query<OperationEventRow>(
    `SELECT * FROM operation_event WHERE operation_id = ANY($1) ORDER BY block_number, log_index`,
    [operationIds],
  );
  return rows;
}
