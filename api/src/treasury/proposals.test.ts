import { describe, expect, it } from 'vitest';
import { progressOf, stateOf } from './proposals.ts';
import type { OperationEventRow } from './store.ts';
import { proposalRow } from './testing.ts';

const READY = new Date(1_000_000_000);
const DAY_MS = 86_400_000;
const OPERATION = proposalRow().operation_id;

const event = (
  name: 'Scheduled' | 'Executed' | 'Canceled',
  blockNumber: number,
  operationId = OPERATION,
): OperationEventRow => ({
  operation_id: operationId,
  event: `Operation${name}`,
  ready_at: name === 'Scheduled' ? READY : null,
  at: new Date(0),
  block_number: blockNumber,
  transaction_hash: `0x${String(blockNumber).padStart(64, '0')}`,
});
const proposed = (block: number) => proposalRow({ created_block: block });

describe('progress of a proposal', () => {
  it('is what happened to its own operation since it was made', () => {
    const other = `0x${'cd'.repeat(32)}`;
    const events = [event('Scheduled', 90), event('Executed', 95), event('Scheduled', 120, other)];
    expect(progressOf(proposed(100), events)).toEqual({ scheduled: undefined, ended: undefined });
    const scheduled = event('Scheduled', 130);
    expect(progressOf(proposed(100), [...events, scheduled])).toEqual({ scheduled, ended: undefined });
    const ended = event('Canceled', 131);
    expect(progressOf(proposed(100), [...events, scheduled, ended])).toEqual({ scheduled, ended });
  });

  it('ends with its first round: what follows is of the proposal that came later', () => {
    const events = [
      event('Scheduled', 110),
      event('Executed', 120),
      event('Scheduled', 150),
      event('Canceled', 160),
    ];
    expect(progressOf(proposed(100), events).ended).toBe(events[1]);
    expect(progressOf(proposed(140), events)).toEqual({ scheduled: events[2], ended: events[3] });
  });

  it('of one that expired has no end, whatever became of the call when it was scheduled again', () => {
    const events = [event('Scheduled', 110), event('Scheduled', 150), event('Executed', 160)];
    expect(progressOf(proposed(100), events)).toEqual({ scheduled: events[0], ended: undefined });
  });

  it('tells the events of one block apart by their order', () => {
    const events = [event('Scheduled', 110), event('Canceled', 110), event('Scheduled', 110)];
    expect(progressOf(proposed(100), events).ended).toBe(events[1]);
  });
});

describe('state of a proposal', () => {
  const scheduled = event('Scheduled', 110);
  const at = (ms: number) => stateOf({ scheduled, ended: undefined }, false, ms);

  it('follows signatures until it is scheduled', () => {
    const none = { scheduled: undefined, ended: undefined };
    expect(stateOf(none, false, 0)).toBe('collecting');
    expect(stateOf(none, true, 0)).toBe('schedulable');
    expect(stateOf({ scheduled, ended: undefined }, true, 0)).toBe('scheduled');
  });

  it('follows the chain’s clock to the second, as the manager does', () => {
    expect(at(READY.getTime() - 1000)).toBe('scheduled');
    expect(at(READY.getTime())).toBe('executable');
    expect(at(READY.getTime() + 7 * DAY_MS - 1000)).toBe('executable');
    expect(at(READY.getTime() + 7 * DAY_MS)).toBe('expired');
  });

  it('has one end, whatever the clock says', () => {
    const later = READY.getTime() + 30 * DAY_MS;
    expect(stateOf({ scheduled, ended: event('Executed', 120) }, false, later)).toBe('executed');
    expect(stateOf({ scheduled, ended: event('Canceled', 120) }, false, 0)).toBe('vetoed');
  });
});
