import { ZeroAddress } from 'ethers';
import { type ChainEvent, integer, type Projection, text, tuple } from '../indexer/projection.ts';
import type { Transaction } from '../platform/database/database.ts';
import { asciiOf } from './ascii.ts';

type Apply = (tx: Transaction, event: ChainEvent) => Promise<unknown>;

const setState =
  (state: string, redemption: 'keep' | 'set' | 'clear' = 'keep'): Apply =>
  (tx, event) =>
    tx.query(
      `UPDATE bar SET state = $2,
              redemption_id = CASE $3 WHEN 'set' THEN $4::numeric WHEN 'clear' THEN NULL ELSE redemption_id END
        WHERE bar_id = $1`,
      [
        integer(event, 'barId'),
        state,
        redemption,
        redemption === 'set' ? integer(event, 'redemptionId') : null,
      ],
    );

const book: Apply = (tx, event) => {
  const bar = tuple(event, 'bar');
  return tx.query(
    `INSERT INTO bar (bar_id, refiner, serial, year, gross_weight_mg, fineness, fine_weight_mg, vault, documents_hash,
                      state, booked_at, booked_block, booked_log)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'Pending', $10, $11, $12)
     ON CONFLICT (bar_id) DO UPDATE SET
       gross_weight_mg = excluded.gross_weight_mg, fineness = excluded.fineness,
       fine_weight_mg = excluded.fine_weight_mg, vault = excluded.vault, documents_hash = excluded.documents_hash,
       state = 'Pending', booked_at = excluded.booked_at, endorsed_at = NULL, redemption_id = NULL`,
    [
      integer(event, 'barId'),
      asciiOf(String(bar.refiner)),
      asciiOf(String(bar.serial)),
      Number(bar.year),
      String(bar.grossWeightMg),
      Number(bar.fineness),
      integer(event, 'fineWeightMg'),
      asciiOf(String(bar.vault)),
      String(bar.documentsHash),
      event.at,
      event.blockNumber,
      event.logIndex,
    ],
  );
};

const endorse: Apply = (tx, event) =>
  tx.query(`UPDATE bar SET state = 'Active', endorsed_at = $2 WHERE bar_id = $1`, [
    integer(event, 'barId'),
    event.at,
  ]);

const deliver: Apply = (tx, event) =>
  tx.query(`UPDATE bar SET state = 'Delivered', holder = $2, redemption_id = $3 WHERE bar_id = $1`, [
    integer(event, 'barId'),
    text(event, 'to'),
    integer(event, 'redemptionId'),
  ]);

const proposeReassay: Apply = (tx, event) =>
  tx.query(
    `UPDATE bar SET reassay_gross_weight_mg = $2, reassay_fineness = $3, reassay_documents_hash = $4
      WHERE bar_id = $1`,
    [
      integer(event, 'barId'),
      integer(event, 'grossWeightMg'),
      Number(integer(event, 'fineness')),
      text(event, 'documentsHash'),
    ],
  );

const dropReassay: Apply = (tx, event) =>
  tx.query(
    `UPDATE bar SET reassay_gross_weight_mg = NULL, reassay_fineness = NULL, reassay_documents_hash = NULL
      WHERE bar_id = $1`,
    [integer(event, 'barId')],
  );

const reassay: Apply = (tx, event) =>
  tx.query(
    `UPDATE bar SET fine_weight_mg = $2,
            gross_weight_mg = coalesce(reassay_gross_weight_mg, gross_weight_mg),
            fineness = coalesce(reassay_fineness, fineness),
            documents_hash = coalesce(reassay_documents_hash, documents_hash),
            reassay_gross_weight_mg = NULL, reassay_fineness = NULL, reassay_documents_hash = NULL
      WHERE bar_id = $1`,
    [integer(event, 'barId'), integer(event, 'newFineWeightMg')],
  );

/** A certificate changes hands. While it is locked in the reserve nobody else's, the holder stays null. */
const transfer: Apply = (tx, event) => {
  const to = text(event, 'to');
  return tx.query(`UPDATE bar SET holder = $2 WHERE bar_id = $1 AND state = 'Delivered'`, [
    integer(event, 'tokenId'),
    to === ZeroAddress ? null : to,
  ]);
};

const HANDLERS: Record<string, Apply> = {
  BarBooked: book,
  BarEndorsed: endorse,
  BarCancelled: setState('Cancelled'),
  BarWithdrawn: setState('Cancelled'),
  BarSuspended: setState('Suspended'),
  BarReinstated: setState('Active'),
  BarCommitted: setState('Committed', 'set'),
  BarReleased: setState('Active', 'clear'),
  BarDelivered: deliver,
  BarLost: setState('Lost'),
  ReassayProposed: proposeReassay,
  ReassayCancelled: dropReassay,
  BarReassayed: reassay,
  Transfer: transfer,
};

/** Every bar, as of its last event. */
export const reserveProjection: Projection = {
  name: 'reserve',
  version: 1,
  tables: ['bar'],
  appendOnly: false,
  events: { GoldReserve: Object.keys(HANDLERS) },
  async apply(tx, event) {
    await HANDLERS[event.event]!(tx, event);
  },
};
