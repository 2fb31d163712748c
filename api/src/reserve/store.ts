import type { Bar } from '@e-aurum/sdk/rest';
import type { Queryable } from '../platform/database/database.ts';

export interface BarRow {
  bar_id: bigint;
  refiner: string;
  serial: string;
  year: number;
  gross_weight_mg: bigint;
  fineness: number;
  fine_weight_mg: bigint;
  vault: string;
  documents_hash: string;
  state: Bar['state'];
  holder: string | null;
  redemption_id: bigint | null;
  booked_at: Date;
  endorsed_at: Date | null;
}

export function presentBar(row: BarRow): Bar {
  return {
    barId: String(row.bar_id),
    refiner: row.refiner,
    serial: row.serial,
    year: row.year,
    grossWeightMg: String(row.gross_weight_mg),
    fineness: row.fineness,
    fineWeightMg: String(row.fine_weight_mg),
    vault: row.vault,
    state: row.state,
    documentsHash: row.documents_hash,
    holder: row.holder,
    redemptionId: row.redemption_id === null ? null : String(row.redemption_id),
    bookedAt: row.booked_at.toISOString(),
    endorsedAt: row.endorsed_at?.toISOString() ?? null,
  };
}

/** In the order of booking, after a bar. */
export async function listBars(
  db: Queryable,
  filter: { state?: string | undefined; after?: string | undefined; limit: number },
): Promise<BarRow[]> {
  const { rows } = await db.query<BarRow>(
    `SELECT * FROM bar
      WHERE ($1::text IS NULL OR state = $1)
        AND ($2::numeric IS NULL
             OR (booked_block, booked_log, bar_id) > (SELECT booked_block, booked_log, bar_id FROM bar WHERE bar_id = $2))
      ORDER BY booked_block, booked_log, bar_id LIMIT $3`,
    [filter.state ?? null, filter.after ?? null, filter.limit],
  );
  return rows;
}

export async function barById(db: Queryable, barId: string): Promise<BarRow | null> {
  const { rows } = await db.query<BarRow>('SELECT * FROM bar WHERE bar_id = $1', [barId]);
  return rows[0] ?? null;
}

export async function barsByIds(db: Queryable, barIds: readonly (string | bigint)[]): Promise<BarRow[]> {
  const { rows } = await db.query<BarRow>('SELECT * FROM bar WHERE bar_id = ANY($1::numeric[])', [
    barIds.map(String),
  ]);
  return rows;
}

export async function barsInState(db: Queryable, state: Bar['state']): Promise<BarRow[]> {
  const { rows } = await db.query<BarRow>(
    'SELECT * FROM bar WHERE state = $1 ORDER BY booked_block, booked_log, bar_id',
    [state],
  );
  return rows;
}

/** Bars that an account holds the certificate of. */
export async function certificatesOf(db: Queryable, holder: string): Promise<BarRow[]> {
  const { rows } = await db.query<BarRow>(
    'SELECT * FROM bar WHERE holder = $1 ORDER BY booked_block, booked_log',
    [holder],
  );
  return rows;
}

/** Active bars whose fine weight lies in a range, the lightest first: what a product can be served with. */
export async function activeBarsBetween(
  db: Queryable,
  minFineWeightMg: bigint,
  maxFineWeightMg: bigint,
): Promise<BarRow[]> {
  const { rows } = await db.query<BarRow>(
    `SELECT * FROM bar WHERE state = 'Active' AND fine_weight_mg BETWEEN $1 AND $2
      ORDER BY fine_weight_mg, booked_block, booked_log, bar_id`,
    [minFineWeightMg, maxFineWeightMg],
  );
  return rows;
}
