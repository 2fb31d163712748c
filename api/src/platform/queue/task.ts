import type { Transaction } from '../database/database.ts';

/**
 * What the worker does for an outbox row. The handler's writes and the row's being done are one transaction; it may
 * run again after a crash, so what it does outside the database must bear being done twice.
 */
export interface Task {
  kind: string;
  /** @param subject the id that the row carries */
  handle(tx: Transaction, subject: string): Promise<void>;
}
