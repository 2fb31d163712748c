import type { Queryable } from '../platform/database/database.ts';

/** Wei of EAU that stakers were given since a time. */
export async function feesSince(db: Queryable, from: Date): Promise<bigint> {
  const { rows } = await db.query<{ total: bigint }>(
    'SELECT coalesce(sum(amount), 0) AS total FROM staking_fee WHERE at >= $1',
    [from],
  );
  return rows[0]!.total;
}
