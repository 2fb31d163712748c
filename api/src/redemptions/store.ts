import type { Redemption } from '@e-aurum/sdk/rest';
import type { Queryable } from '../platform/database/database.ts';

export interface RedemptionRow {
  id: bigint;
  holder: string;
  state: Redemption['state'];
  product_id: number;
  count: number;
  escrow: bigint;
  fee: bigint;
  delivery_ref: string;
  requested_at: Date;
  ship_by: Date;
  deliver_by: Date;
  tracking_hash: string | null;
  proof_hash: string | null;
  proven_at: Date | null;
  attested_at: Date | null;
}

export interface DeliveryDetailsRow {
  delivery_ref: string;
  account: string;
  sealed: Buffer;
}

export async function redemptionById(db: Queryable, id: string): Promise<RedemptionRow | null> {
  const { rows } = await db.query<RedemptionRow>('SELECT * FROM redemption WHERE id = $1', [id]);
  return rows[0] ?? null;
}

/** Newest first, before an id; of one holder, or of all. */
export async function listRedemptions(
  db: Queryable,
  filter: {
    holder?: string | undefined;
    state?: string | undefined;
    before?: string | undefined;
    limit: number;
  },
): Promise<RedemptionRow[]> {
  const { rows } = await db.query<RedemptionRow>(
    `SELECT * FROM redemption
      WHERE ($1::text IS NULL OR holder = $1) AND ($2::text IS NULL OR state = $2)
        AND ($3::numeric IS NULL OR id < $3)
      ORDER BY id DESC LIMIT $4`,
    [filter.holder ?? null, filter.state ?? null, filter.before ?? null, filter.limit],
  );
  return rows;
}

/** Bars of each redemption, by its id. */
export async function barIdsOf(db: Queryable, ids: readonly bigint[]): Promise<Map<string, bigint[]>> {
  const { rows } = await db.query<{ redemption_id: bigint; bar_id: bigint }>(
    'SELECT redemption_id, bar_id FROM redemption_bar WHERE redemption_id = ANY($1::numeric[]) ORDER BY bar_id',
    [ids.map(String)],
  );
  const bars = new Map<string, bigint[]>();
  for (const row of rows) {
    const key = String(row.redemption_id);
    bars.set(key, [...(bars.get(key) ?? []), row.bar_id]);
  }
  return bars;
}

/** @param at the chain's time */
export async function countRedemptions(db: Queryable, at: Date): Promise<{ open: number; late: number }> {
  const { rows } = await db.query<{ open: number; late: number }>(
    `SELECT count(*) AS open,
            count(*) FILTER (WHERE (state IN ('Requested', 'Accepted') AND ship_by < $1)
                                OR (state = 'Shipped' AND deliver_by < $1 AND proven_at IS NULL)) AS late
       FROM redemption WHERE state IN ('Requested', 'Accepted', 'Shipped', 'Disputed')`,
    [at],
  );
  return rows[0]!;
}

export async function openRedemptionIdsOf(db: Queryable, holder: string): Promise<bigint[]> {
  const { rows } = await db.query<{ id: bigint }>(
    `SELECT id FROM redemption WHERE holder = $1 AND state IN ('Requested', 'Accepted', 'Shipped', 'Disputed')`,
    [holder],
  );
  return rows.map((row) => row.id);
}

export async function insertDeliveryDetails(tx: Queryable, row: DeliveryDetailsRow): Promise<void> {
  await tx.query(
    `INSERT INTO delivery_details (delivery_ref, account, sealed) VALUES ($1, $2, $3)
     ON CONFLICT (delivery_ref) DO NOTHING`,
    [row.delivery_ref, row.account, row.sealed],
  );
}

/** Only the details that the redemption's own holder gave: a reference copied from the chain shows nobody else's. */
export async function deliveryDetailsFor(
  db: Queryable,
  redemption: Pick<RedemptionRow, 'delivery_ref' | 'holder'>,
): Promise<DeliveryDetailsRow | null> {
  const { rows } = await db.query<DeliveryDetailsRow>(
    'SELECT * FROM delivery_details WHERE delivery_ref = $1 AND account = $2',
    [redemption.delivery_ref, redemption.holder],
  );
  return rows[0] ?? null;
}

/** Which of these references are known, given by these holders. */
export async function knownDeliveryRefs(db: Queryable, rows: readonly RedemptionRow[]): Promise<Set<string>> {
  const found = await db.query<{ delivery_ref: string }>(
    `SELECT d.delivery_ref FROM delivery_details d
       JOIN unnest($1::text[], $2::text[]) AS r (delivery_ref, holder)
         ON d.delivery_ref = r.delivery_ref AND d.account = r.holder`,
    [rows.map((row) => row.delivery_ref), rows.map((row) => row.holder)],
  );
  return new Set(found.rows.map((row) => row.delivery_ref));
}

/** Carrier and number of each redemption whose hash the chain has, by the redemption's id. */
export async function shipmentsOf(
  db: Queryable,
  ids: readonly bigint[],
): Promise<Map<string, { carrier: string; tracking_number: string }>> {
  const { rows } = await db.query<{ redemption_id: bigint; carrier: string; tracking_number: string }>(
    `SELECT s.redemption_id, s.carrier, s.tracking_number
       FROM redemption_shipment s
       JOIN redemption r ON r.id = s.redemption_id AND r.tracking_hash = s.tracking_hash
      WHERE s.redemption_id = ANY($1::numeric[])`,
    [ids.map(String)],
  );
  return new Map(rows.map((row) => [String(row.redemption_id), row]));
}

export interface ShipmentRow {
  redemption_id: bigint;
  tracking_hash: string;
  carrier: string;
  tracking_number: string;
  shipped_by: string | null;
  salt: string | null;
}

export async function insertShipment(tx: Queryable, row: ShipmentRow): Promise<void> {
  await tx.query(
    `INSERT INTO redemption_shipment (redemption_id, tracking_hash, carrier, tracking_number, shipped_by, salt)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [row.redemption_id, row.tracking_hash, row.carrier, row.tracking_number, row.shipped_by, row.salt],
  );
}
