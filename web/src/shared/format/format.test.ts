import { describe, expect, it } from 'vitest';
import { formatBps, formatCount, formatMg, formatSignedUsd, formatUsd, formatUsdPerOunce } from './money.ts';
import { formatAgo, formatExactTime, formatNewYork, formatSpan } from './time.ts';

describe('money', () => {
  it('cuts dollars off and never rounds up', () => {
    expect(formatUsd(55_519_999_000_000_000_000n)).toBe('$55.51');
    expect(formatUsd(55_519_999_000_000_000_000n, 4)).toBe('$55.5199');
  });
  it('writes a real minus and an explicit plus', () => {
    expect(formatSignedUsd(-410_000_000_000_000_000n)).toBe('\u2212$0.41');
    expect(formatSignedUsd(410_000_000_000_000_000n)).toBe('+$0.41');
    expect(formatBps(-73)).toBe('\u22120.73%');
    expect(formatBps(250, { signed: true })).toBe('+2.50%');
    expect(formatBps(30)).toBe('0.30%');
  });
  it('turns a gram into an ounce of 31.1034768 g', () => {
    expect(formatUsdPerOunce(100n * 10n ** 18n)).toBe('$3,110.34');
  });
  it('writes weights and counts as the field does', () => {
    expect(formatMg(12_423_975n)).toBe('12,423.975 g');
    expect(formatCount('18204')).toBe('18,204');
  });
});

describe('time', () => {
  it('says a span in one unit', () => {
    expect(formatSpan(12_900)).toBe('12 s');
    expect(formatSpan(4 * 60_000)).toBe('4 min');
    expect(formatSpan(3 * 3_600_000)).toBe('3 h');
    expect(formatSpan(47 * 3_600_000)).toBe('47 h');
    expect(formatSpan(49 * 3_600_000)).toBe('2 days');
  });
  it('knows before and after', () => {
    expect(formatAgo(0, 12_000)).toBe('12 s ago');
    expect(formatAgo(0, 300)).toBe('now');
    expect(formatAgo(60_000, 0)).toBe('in 1 min');
  });
  it('is exact in UTC, and in New York for the market', () => {
    const sunday = Date.UTC(2026, 10, 22, 23, 0, 5);
    expect(formatExactTime(sunday)).toBe('22 Nov 2026, 23:00:05 UTC');
    expect(formatNewYork(sunday)).toBe('Sunday 18:00 in New York');
  });
});
