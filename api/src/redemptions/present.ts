import type { Redemption } from '@e-aurum/sdk/rest';
import type { ChainEvent } from '../indexer/projection.ts';
import { eventsAboutMany } from '../indexer/store.ts';
import type { Queryable } from '../platform/database/database.ts';
import { barsByIds, presentBar } from '../reserve/store.ts';
import { latestTransactions, presentTransaction } from '../transactions/store.ts';
import type { ProductState } from './products.ts';
import { REDEMPTION_PURPOSES } from './steps.ts';
import { barIdsOf, knownDeliveryRefs, type RedemptionRow, shipmentsOf } from './store.ts';

/** What an event says beyond its name, in a few words. */
function noteOf({ event, args }: ChainEvent, hadBars: boolean): string | null {
  switch (event) {
    case 'RedemptionAccepted':
      return `${(args.barIds as string[]).length} bar(s) set aside`;
    case 'RedemptionReclaimed':
      if (!hadBars) return null;
      return args.barsReleased ? 'the bars back the token again' : 'the bars were lost on their way';
    case 'BarsUnsettled':
    case 'BarsSettled':
      return args.lost ? 'lost' : 'released';
    default:
      return null;
  }
}

function presentTimeline(event: ChainEvent, hadBars: boolean): Redemption['timeline'][number] {
  return {
    event: event.event,
    at: event.at.toISOString(),
    blockNumber: event.blockNumber,
    transactionHash: event.transactionHash,
    note: noteOf(event, hadBars),
  };
}

/** Redemptions as everybody concerned sees them: the projection, their bars, their history, and work in progress. */
export async function presentRedemptions(
  db: Queryable,
  products: readonly ProductState[],
  rows: readonly RedemptionRow[],
): Promise<Redemption[]> {
  const ids = rows.map((row) => row.id);
  const subjects = ids.map(String);
  // one after the other: `db` may be the one connection of a transaction
  const barIds = await barIdsOf(db, ids);
  const shipments = await shipmentsOf(db, ids);
  const known = await knownDeliveryRefs(db, rows);
  const events = await eventsAboutMany(db, 'RedemptionDesk', 'id', subjects);
  const jobs = await latestTransactions(db, REDEMPTION_PURPOSES, subjects);
  const bars = new Map(
    (await barsByIds(db, [...barIds.values()].flat())).map((bar) => [bar.bar_id, presentBar(bar)]),
  );
  const names = new Map(products.map((product) => [product.productId, product.name]));
  return rows.map((row) => {
    const key = String(row.id);
    return {
      id: key,
      holder: row.holder,
      state: row.state,
      productId: row.product_id,
      productName: names.get(row.product_id) ?? `Product ${row.product_id}`,
      count: row.count,
      escrow: String(row.escrow),
      fee: String(row.fee),
      deliveryRef: row.delivery_ref,
      requestedAt: row.requested_at.toISOString(),
      shipBy: row.ship_by.toISOString(),
      deliverBy: row.deliver_by.toISOString(),
      provenAt: row.proven_at?.toISOString() ?? null,
      attestedAt: row.attested_at?.toISOString() ?? null,
      bars: (barIds.get(key) ?? []).flatMap((id) => bars.get(id) ?? []),
      carrier: shipments.get(key)?.carrier ?? null,
      trackingNumber: shipments.get(key)?.tracking_number ?? null,
      timeline: (events.get(key) ?? []).map((event) => presentTimeline(event, barIds.has(key))),
      job: presentTransaction(jobs.get(key)),
      deliveryDetailsKnown: known.has(row.delivery_ref),
    };
  });
}
