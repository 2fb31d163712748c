import type { KycCase } from '@e-aurum/sdk/rest';
import type { Queryable } from '../platform/database/database.ts';

export interface KycCaseRow {
  id: string;
  account: string;
  application: Buffer | null;
  submitted_at: Date;
  decision: 'approve' | 'reject' | 'revoke' | null;
  tier: number | null;
  expires_at: Date | null;
  reason: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  /** From the view: a decision counts once the chain says the same. */
  state: KycCase['state'];
}

/** One at a time for an account: two submissions at once cannot both find no open case. */
export async function lockAccount(tx: Queryable, account: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`kyc ${account}`]);
}

export async function insertCase(tx: Queryable, account: string, application: Buffer): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    'INSERT INTO kyc_case (account, application) VALUES ($1, $2) RETURNING id',
    [account, application],
  );
  return rows[0]!.id;
}

export async function newestCaseOf(db: Queryable, account: string): Promise<KycCaseRow | null> {
  const { rows } = await db.query<KycCaseRow>(
    'SELECT * FROM kyc_case_view WHERE account = $1 ORDER BY submitted_at DESC LIMIT 1',
    [account],
  );
  return rows[0] ?? null;
}

export async function caseById(db: Queryable, id: string): Promise<KycCaseRow | null> {
  const { rows } = await db.query<KycCaseRow>('SELECT * FROM kyc_case_view WHERE id = $1', [id]);
  return rows[0] ?? null;
}

/** Locks a case, so that two decisions at once are one after the other. */
export async function lockCase(tx: Queryable, id: string): Promise<KycCaseRow | null> {
  const { rows } = await tx.query('SELECT id FROM kyc_case WHERE id = $1 FOR UPDATE', [id]);
  return rows[0] ? caseById(tx, id) : null;
}

/** Newest first; `before` is the last case of the page before. */
export async function listCases(
  db: Queryable,
  state: KycCase['state'] | undefined,
  before: string | undefined,
  limit: number,
): Promise<KycCaseRow[]> {
  const { rows } = await db.query<KycCaseRow>(
    `SELECT * FROM kyc_case_view
      WHERE ($1::text IS NULL OR state = $1)
        AND ($2::uuid IS NULL
             OR (submitted_at, id) < (SELECT submitted_at, id FROM kyc_case WHERE id = $2))
      ORDER BY submitted_at DESC, id DESC LIMIT $3`,
    [state ?? null, before ?? null, limit],
  );
  return rows;
}

export async function decideCase(
  tx: Queryable,
  id: string,
  decision: {
    decision: 'approve' | 'reject' | 'revoke';
    tier: number | null;
    expiresAt: Date | null;
    reason: string | null;
    decidedBy: string;
  },
): Promise<void> {
  await tx.query(
    `UPDATE kyc_case SET decision = $2, tier = $3, expires_at = $4, reason = $5, decided_by = $6, decided_at = now()
      WHERE id = $1`,
    [id, decision.decision, decision.tier, decision.expiresAt, decision.reason, decision.decidedBy],
  );
}

export async function countWaitingCases(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ count: number }>('SELECT count(*) FROM kyc_case WHERE decision IS NULL');
  return rows[0]!.count;
}

/** An approved case of development's seed: once for an account. */
export async function importCase(
  tx: Queryable,
  seeded: {
    account: string;
    application: Buffer;
    tier: number;
    decidedAt: Date;
    expiresAt: Date;
    decidedBy: string;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO kyc_case (account, application, submitted_at, decision, tier, expires_at, decided_by, decided_at)
     SELECT $1, $2, $3, 'approve', $4, $5, $6, $3
      WHERE NOT EXISTS (SELECT 1 FROM kyc_case WHERE account = $1)`,
    [seeded.account, seeded.application, seeded.decidedAt, seeded.tier, seeded.expiresAt, seeded.decidedBy],
  );
}
