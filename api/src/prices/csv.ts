import { once } from 'node:events';
import type { Response } from 'express';
import type { Queryable } from '../platform/database/database.ts';
import { presentObservation } from './present.ts';
import { type ObservationFilter, observationsBefore } from './store.ts';

const PAGE = 1_000;
const COLUMNS = [
  'sequence',
  'at',
  'usdPerGram',
  'lowUsdPerGram',
  'highUsdPerGram',
  'mode',
  'source',
  'blockNumber',
  'transactionHash',
] as const;

/** Writes all observations of the filter, newest first, a page at a time and no faster than they are read. */
export async function streamObservations(
  db: Queryable,
  filter: ObservationFilter,
  response: Response,
): Promise<void> {
  response.type('text/csv').attachment('eau-price-observations.csv');
  response.write(`${COLUMNS.join(',')}\r\n`);
  let before: number | undefined;
  while (!response.destroyed) {
    const rows = await observationsBefore(db, filter, before, PAGE);
    const lines = rows.map((row) => {
      const observation = presentObservation(row);
      return `${COLUMNS.map((column) => observation[column]).join(',')}\r\n`;
    });
    if (!response.write(lines.join('')))
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
    if (rows.length < PAGE) break;
    before = rows[rows.length - 1]!.sequence;
  }
  response.end();
}
