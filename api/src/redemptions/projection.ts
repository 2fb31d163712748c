import { type ChainEvent, instant, integer, type Projection, text } from '../indexer/projection.ts';
import type { Transaction } from '../platform/database/database.ts';

type Apply = (tx: Transaction, event: ChainEvent) => Promise<unknown>;

const request: Apply = (tx, event) =>
  tx.query(
    `INSERT INTO redemption (id, holder, state, product_id, count, escrow, fee, delivery_ref, requested_at, ship_by,
                             deliver_by)
     VALUES ($1, $2, 'Requested', $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      integer(event, 'id'),
      text(event, 'holder'),
      Number(integer(event, 'productId')),
      Number(integer(event, 'count')),
      integer(event, 'escrow'),
      integer(event, 'fee'),
      text(event, 'deliveryRef'),
      event.at,
      instant(text(event, 'shipBy')),
      instant(text(event, 'deliverBy')),
    ],
  );

const accept: Apply = async (tx, event) => {
  await tx.query(`UPDATE redemption SET state = 'Accepted', escrow = escrow - $2 WHERE id = $1`, [
    integer(event, 'id'),
    integer(event, 'excessReturned'),
  ]);
  await tx.query(
    `INSERT INTO redemption_bar (redemption_id, bar_id) SELECT $1::numeric, unnest($2::numeric[])`,
    [integer(event, 'id'), event.args.barIds],
  );
};

const ship: Apply = (tx, event) =>
  tx.query(`UPDATE redemption SET state = 'Shipped', tracking_hash = $2 WHERE id = $1`, [
    integer(event, 'id'),
    text(event, 'trackingHash'),
  ]);

const prove: Apply = (tx, event) =>
  tx.query('UPDATE redemption SET proven_at = $2, proof_hash = $3 WHERE id = $1', [
    integer(event, 'id'),
    event.at,
    text(event, 'proofHash'),
  ]);

const attest: Apply = (tx, event) =>
  tx.query('UPDATE redemption SET attested_at = $2 WHERE id = $1', [integer(event, 'id'), event.at]);

const dispute: Apply = (tx, event) =>
  tx.query(`UPDATE redemption SET state = 'Disputed' WHERE id = $1`, [integer(event, 'id')]);

/** Every end empties the escrow: burned, or back with the holder. */
const end =
  (state: string): Apply =>
  (tx, event) =>
    tx.query('UPDATE redemption SET state = $2, escrow = 0 WHERE id = $1', [integer(event, 'id'), state]);

const HANDLERS: Record<string, Apply> = {
  RedemptionRequested: request,
  RedemptionAccepted: accept,
  RedemptionShipped: ship,
  DeliveryProved: prove,
  DeliveryAttested: attest,
  RedemptionDisputed: dispute,
  RedemptionCompleted: end('Completed'),
  RedemptionCancelled: end('Cancelled'),
  RedemptionReclaimed: end('Reclaimed'),
};

/** Every redemption, as of its last event. */
export const redemptionsProjection: Projection = {
  name: 'redemptions',
  version: 1,
  tables: ['redemption', 'redemption_bar'],
  appendOnly: false,
  events: { RedemptionDesk: Object.keys(HANDLERS) },
  async apply(tx, event) {
    await HANDLERS[event.event]!(tx, event);
  },
};
