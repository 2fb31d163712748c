import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { goldApi } from './gold-api.ts';
import { krakenPaxg } from './kraken-paxg.ts';
import { SourceError } from './source.ts';
import { swissquote } from './swissquote.ts';

const sample = (name: string): string => readFileSync(new URL(`./samples/${name}`, import.meta.url), 'utf8');

const thrown = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('Swissquote', () => {
  it('reads a recorded answer: the narrowest profile of the venue', () => {
    expect(swissquote.parse(sample('swissquote.json'))).toEqual([
      {
        venue: 'SwissquoteLtd/Live5',
        bid: 438_912_800_000n,
        ask: 438_963_200_000n,
        quotedAtMs: 1_787_059_781_075,
      },
    ]);
  });

  const venue = (profiles: object[], ts = 1_787_059_781_075) => ({
    topo: { platform: 'AT', server: 'AT' },
    spreadProfilePrices: profiles,
    ts,
  });
  const profile = (spreadProfile: string, bid: number, ask: number) => ({ spreadProfile, bid, ask });

  it('takes the profiles in any order, and every venue', () => {
    const prime = profile('prime', 4_389, 4_390);
    const elite = profile('elite', 4_389.25, 4_389.75);
    for (const order of [
      [prime, elite],
      [elite, prime],
    ]) {
      const quotes = swissquote.parse(JSON.stringify([venue(order), venue([prime])]));
      expect(quotes.map(({ bid }) => bid)).toEqual([438_925_000_000n, 438_900_000_000n]);
    }
  });

  it('prefers a profile in order over an inverted one, and passes on an inverted one alone', () => {
    const inverted = profile('elite', 4_390, 4_389);
    const good = profile('prime', 4_389, 4_390);
    expect(swissquote.parse(JSON.stringify([venue([inverted, good])]))[0]!.bid).toBe(438_900_000_000n);
    const [only] = swissquote.parse(JSON.stringify([venue([inverted])]));
    expect(only!.bid! > only!.ask!).toBe(true);
  });

  it('refuses an answer that breaks off, an empty one, and another shape', () => {
    expect(thrown(() => swissquote.parse(sample('swissquote-cut-off.json.txt')))).toBeInstanceOf(SyntaxError);
    expect(thrown(() => swissquote.parse('[]'))).toMatchObject({ reason: 'missing' });
    expect(thrown(() => swissquote.parse(JSON.stringify([venue([])])))).toMatchObject({ reason: 'missing' });
    expect(thrown(() => swissquote.parse('{"status":"failure"}'))).toBeInstanceOf(ZodError);
    expect(
      thrown(() => swissquote.parse(JSON.stringify([venue([{ spreadProfile: 'x', bid: 'n/a', ask: 1 }])]))),
    ).toBeInstanceOf(ZodError);
  });
});

describe('gold-api.com', () => {
  it('reads a recorded answer', () => {
    expect(goldApi.parse(sample('gold-api.json'))).toEqual([
      { last: 439_200_000_000n, quotedAtMs: Date.parse('2026-08-18T13:29:35Z') },
    ]);
  });

  const answer = (change: object): string =>
    JSON.stringify({ ...JSON.parse(sample('gold-api.json')), ...change });

  it('keeps every decimal that was written', () => {
    expect(goldApi.parse(answer({}).replace('4392', '4392.12345678901'))[0]!.last).toBe(439_212_345_678n);
  });

  it('refuses an error that comes with status 200, another metal, another currency, and a missing price', () => {
    expect(thrown(() => goldApi.parse('{"error":"Too many requests"}'))).toMatchObject({
      reason: 'refused',
      message: 'Too many requests',
    });
    expect(thrown(() => goldApi.parse('{"error":{"message":"no plan"}}'))).toMatchObject({
      reason: 'refused',
    });
    expect(thrown(() => goldApi.parse(answer({ symbol: 'XAG' })))).toMatchObject({ reason: 'missing' });
    expect(thrown(() => goldApi.parse(answer({ currency: 'EUR' })))).toMatchObject({ reason: 'missing' });
    expect(thrown(() => goldApi.parse(answer({ price: null })))).toBeInstanceOf(ZodError);
    expect(thrown(() => goldApi.parse(answer({ updatedAt: 'just now' })))).toBeInstanceOf(ZodError);
  });
});

describe('Kraken PAXG', () => {
  it('reads the real shape: bid and ask as strings, no time', () => {
    expect(krakenPaxg.parse(sample('kraken-paxg.json'))).toEqual([
      { venue: 'Kraken', bid: 205_478_000_000n, ask: 205_515_000_000n },
    ]);
  });

  it('is tokenised gold, never spot', () => {
    expect(krakenPaxg.kind).toBe('tokenised');
    expect([swissquote.kind, goldApi.kind]).toEqual(['spot', 'spot']);
  });

  it('refuses an error that comes with status 200, and another pair', () => {
    const refused = thrown(() => krakenPaxg.parse('{"error":["EQuery:Unknown asset pair"]}'));
    expect(refused).toBeInstanceOf(SourceError);
    expect(refused).toMatchObject({ reason: 'refused', message: 'EQuery:Unknown asset pair' });
    const other = sample('kraken-paxg.json').replace('PAXGUSD', 'PAXGEUR');
    expect(thrown(() => krakenPaxg.parse(other))).toMatchObject({ reason: 'missing' });
    expect(thrown(() => krakenPaxg.parse('{"error":[],"result":{"PAXGUSD":{}}}'))).toBeInstanceOf(ZodError);
  });
});
