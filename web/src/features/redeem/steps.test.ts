import { describe, expect, it } from 'vitest';
import { type DeskRedemption, deadlineOf, possibleNow } from './steps.ts';

const requested: DeskRedemption = {
  state: 'Requested',
  shipBy: 100,
  deliverBy: 200,
  provenAt: 0,
  attestedAt: 0,
  attestBy: 300,
  disputeWindow: 50,
  decideBy: 0,
};
const names = (redemption: DeskRedemption, now: number): string[] =>
  Object.entries(possibleNow(redemption, now))
    .filter(([, can]) => can)
    .map(([name]) => name);

describe('what can be done with a redemption', () => {
  it('lets the holder cancel a request, and anyone reclaim it after the second of its deadline', () => {
    expect(names(requested, 100)).toEqual(['cancel']);
    expect(names(requested, 101)).toEqual(['cancel', 'reclaim']);
  });

  it('lets nobody cancel bars that are set aside', () => {
    expect(names({ ...requested, state: 'Accepted' }, 100)).toEqual([]);
    expect(names({ ...requested, state: 'Accepted' }, 101)).toEqual(['reclaim']);
  });

  it('lets the holder confirm what was shipped, and dispute only what was proved', () => {
    const shipped: DeskRedemption = { ...requested, state: 'Shipped' };
    expect(names(shipped, 150)).toEqual(['confirm']);
    expect(names(shipped, 201)).toEqual(['confirm', 'reclaim']);
    expect(names({ ...shipped, provenAt: 150 }, 250)).toEqual(['confirm', 'dispute']);
    expect(names({ ...shipped, provenAt: 150 }, 301)).toEqual(['confirm', 'dispute', 'reclaim']);
  });

  it('lets anyone complete after the window of an attested delivery, and nobody reclaim it any more', () => {
    const attested: DeskRedemption = { ...requested, state: 'Shipped', provenAt: 150, attestedAt: 160 };
    expect(names(attested, 210)).toEqual(['confirm', 'dispute']);
    expect(names(attested, 211)).toEqual(['confirm', 'complete']);
    expect(deadlineOf(attested, 211)).toEqual({ kind: 'dispute', at: 210, passed: true });
  });

  it('gives a dispute that is not decided back to the holder', () => {
    const disputed: DeskRedemption = { ...requested, state: 'Disputed', provenAt: 150, decideBy: 400 };
    expect(names(disputed, 400)).toEqual(['confirm']);
    expect(names(disputed, 401)).toEqual(['confirm', 'reclaim']);
  });

  it('has nothing to do once it ended', () => {
    for (const state of ['Completed', 'Cancelled', 'Reclaimed'] as const) {
      expect(names({ ...requested, state }, 999)).toEqual([]);
      expect(deadlineOf({ ...requested, state }, 999)).toBeNull();
    }
  });
});
