import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastOpenRound, type RoundView } from './last-close.ts';

/** Rounds 1, 2, 3 ... with these sessions, and how often they were read. */
function history(sessions: string) {
  let reads = 0;
  const readRound = async (roundId: bigint): Promise<RoundView> => {
    reads++;
    const letter = sessions[Number(roundId) - 1];
    if (!letter) throw new Error(`round ${roundId} does not exist`);
    return {
      roundId,
      price: roundId,
      updatedAt: Number(roundId),
      session: letter === 'o' ? 'Open' : 'Closed',
    };
  };
  return { readRound, latest: BigInt(sessions.length), reads: () => reads };
}

const find = async (sessions: string): Promise<bigint | undefined> => {
  const { readRound, latest } = history(sessions);
  return (await lastOpenRound(latest, readRound))?.roundId;
};

describe('the last open round', () => {
  it('is the latest, or the one before the present run of closed ones', async () => {
    expect(await find('')).toBeUndefined();
    expect(await find('c')).toBeUndefined();
    expect(await find('cccccc')).toBeUndefined();
    expect(await find('o')).toBe(1n);
    expect(await find('ooo')).toBe(3n);
    expect(await find('oc')).toBe(1n);
    expect(await find('ooccc')).toBe(2n);
  });

  it('is found after any weekend', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 0, max: 300 }),
        async (open, closed) => {
          // Longer open than closed, as every week is: then no stride can jump over the whole of it.
          const week = 'o'.repeat(open + closed) + 'c'.repeat(closed);
          expect(await find(week)).toBe(BigInt(open + closed));
        },
      ),
    );
  });

  it('costs a few calls, not one a round', async () => {
    const { readRound, latest, reads } = history('o'.repeat(9_000) + 'c'.repeat(3_000));
    expect((await lastOpenRound(latest, readRound))?.roundId).toBe(9_000n);
    expect(reads()).toBeLessThan(30);
  });
});
