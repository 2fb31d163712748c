import type { ContractName } from '../platform/chain/contracts.ts';
import type { Transaction } from '../platform/database/database.ts';

/** What stands in an event's arguments: integers are decimal strings, tuples are objects by name. */
export type EventValue = string | boolean | EventValue[] | { [name: string]: EventValue };

/** An event of one of our contracts in a finalized block. */
export interface ChainEvent {
  blockNumber: number;
  logIndex: number;
  blockHash: string;
  at: Date;
  transactionHash: string;
  contract: ContractName;
  event: string;
  args: Record<string, EventValue>;
}

/**
 * What a feature keeps of the chain. A projection is a function of the events alone: it reads and writes its own
 * tables only, so that it can be made again from the events at any time.
 */
export interface Projection {
  name: string;
  /** Raise it when `apply` or the tables change: the projection is then made again. */
  version: number;
  /** The tables that it writes, each emptied before it is made again. */
  tables: readonly string[];
  /**
   * True if every table has a `block_number` and a row is never changed after it was written: a rewind then only
   * deletes, instead of making the projection again.
   */
  appendOnly: boolean;
  /** Which events it wants: contract -> event names. */
  events: Readonly<Partial<Record<ContractName, readonly string[]>>>;
  /** Takes one event, in the order of the chain, in the transaction that moves the checkpoint. */
  apply(tx: Transaction, event: ChainEvent): Promise<void>;
}

export const wants = (projection: Projection, event: Pick<ChainEvent, 'contract' | 'event'>): boolean =>
  projection.events[event.contract]?.includes(event.event) ?? false;

/** Reads an argument that is a string by its type: address, bytes, or an integer as digits. */
export function text(event: ChainEvent, name: string): string {
  const value = event.args[name];
  if (typeof value !== 'string') throw new TypeError(`${event.contract}.${event.event} has no ${name}`);
  return value;
}

export const integer = (event: ChainEvent, name: string): bigint => BigInt(text(event, name));

/** A tuple argument. */
export function tuple(event: ChainEvent, name: string): Record<string, EventValue> {
  const value = event.args[name];
  if (typeof value !== 'object' || Array.isArray(value))
    throw new TypeError(`${event.contract}.${event.event} has no tuple ${name}`);
  return value;
}

/** Unix seconds of the chain as a Date; null for 0, which the contracts use for "never". */
export function instant(seconds: string | bigint | number): Date | null {
  const value = Number(seconds);
  return value === 0 ? null : new Date(value * 1000);
}
