import type { Session } from '@e-aurum/sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VerifiedReport } from './gather.ts';
import { type Candidate, chooseRound } from './select.ts';

const rules = { threshold: 3, maxSpanBps: 100, notBefore: 0 };
const report = (
  price: number,
  observedAt = 100,
  session: Session = 'Open',
  signer = `0x${price}`,
): VerifiedReport => ({
  signer,
  price: BigInt(price),
  observedAt,
  session,
  r: '0x',
  vs: '0x',
});
const pricesOf = (candidate: Candidate | string): unknown =>
  typeof candidate === 'string' ? candidate : candidate.reports.map(({ price }) => Number(price));

describe('choosing a round', () => {
  it('takes as few as are needed, those closest together, in the order of their prices', () => {
    const found = chooseRound(
      [40_100, 40_010, 40_000, 40_300, 40_005].map((price) => report(price)),
      rules,
    );
    expect(pricesOf(found)).toEqual([40_000, 40_005, 40_010]);
    expect(found).toMatchObject({ price: 40_005n, session: 'Open', updatedAt: 100 });
  });

  it('takes an odd number, even if the threshold is not', () => {
    const reports = [1, 2, 3, 4, 5].map((n) => report(40_000 + n));
    expect(pricesOf(chooseRound(reports, { ...rules, threshold: 4 }))).toHaveLength(5);
    expect(chooseRound(reports.slice(1), { ...rules, threshold: 4 })).toBe('too-few');
  });

  it('prefers the fresher of groups that are equally close', () => {
    const reports = [report(40_000, 50), report(40_001, 90), report(40_002, 90), report(40_003, 90)];
    expect(chooseRound(reports, rules)).toMatchObject({ updatedAt: 90 });
  });

  it('leaves out what is older than the last round', () => {
    const reports = [report(40_000, 50), report(40_001, 90), report(40_002, 90)];
    expect(chooseRound(reports, { ...rules, notBefore: 51 })).toBe('too-few');
    expect(pricesOf(chooseRound(reports, { ...rules, notBefore: 50 }))).toHaveLength(3);
  });

  it('makes no round of prices too far apart', () => {
    expect(chooseRound([report(40_000), report(40_200), report(40_401)], rules)).toBe('too-wide');
    expect(pricesOf(chooseRound([report(40_000), report(40_200), report(40_400)], rules))).toHaveLength(3);
  });

  it('never mixes sessions: the more numerous counts', () => {
    const open = [report(40_000), report(40_001), report(40_002)];
    const closed = [report(39_000, 100, 'Closed'), report(39_001, 100, 'Closed')];
    expect(chooseRound([...open, ...closed], rules)).toMatchObject({ session: 'Open' });
    expect(chooseRound([...open.slice(1), ...closed, report(39_002, 100, 'Closed')], rules)).toMatchObject({
      session: 'Closed',
    });
  });

  it('lies within the honest prices while liars are fewer than the threshold and fewer than the honest', () => {
    const honest = fc.array(fc.integer({ min: 40_000, max: 40_050 }), { minLength: 3, maxLength: 3 });
    const lies = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { maxLength: 2 });
    fc.assert(
      fc.property(honest, lies, (truths, liars) => {
        const reports = [...truths, ...liars].map((price, index) => report(price, 100, 'Open', `0x${index}`));
        const found = chooseRound(reports, rules);
        if (typeof found === 'string') throw new Error('three honest reporters make a round');
        const distance = truths.map((price) => Math.abs(price - Number(found.price)));
        // The closest group holds an honest price, and is no wider than the honest are among themselves.
        expect(Math.min(...distance)).toBeLessThanOrEqual(Math.max(...truths) - Math.min(...truths));
      }),
    );
  });

  it('keeps the contract’s order whatever comes in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 40_000, max: 40_300 }), { minLength: 3, maxLength: 9 }),
        (all) => {
          const found = chooseRound(
            all.map((price, index) => report(price, 100, 'Open', `0x${index}`)),
            rules,
          );
          if (typeof found === 'string') return;
          const chosen = found.reports.map(({ price }) => price);
          expect(chosen).toEqual([...chosen].sort((a, b) => Number(a - b)));
          expect(new Set(found.reports.map(({ signer }) => signer)).size).toBe(chosen.length);
          expect(found.price).toBe(chosen[1]);
        },
      ),
    );
  });
});
