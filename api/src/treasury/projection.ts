import { instant, type Projection, text } from '../indexer/projection.ts';

/** Every delayed operation's events, as the AccessManager wrote them. */
export const operationsProjection: Projection = {
  name: 'operations',
  version: 1,
  tables: ['operation_event'],
  appendOnly: true,
  events: { AccessManager: ['OperationScheduled', 'OperationExecuted', 'OperationCanceled'] },
  async apply(tx, event) {
    const readyAt = event.event === 'OperationScheduled' ? instant(text(event, 'schedule')) : null;
    await tx.query(
      `INSERT INTO operation_event (operation_id, event, ready_at, at, block_number, log_index, transaction_hash)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        text(event, 'operationId'),
        event.event,
        readyAt,
        event.at,
        event.blockNumber,
        event.logIndex,
        event.transactionHash,
      ],
    );
  },
};
