import { barListRoot, WEI_PER_MG } from '@e-aurum/sdk';
import { keccak256, Result, ZeroAddress } from 'ethers';
import { describe, expect, it } from 'vitest';
import type { AuditedContract, ChainEvent } from './events.ts';
import { createRedemptionLedger } from './redemptions.ts';
import { createReport } from './report.ts';
import { createReserveLedger } from './reserve.ts';
import { createSupplyLedger } from './supply.ts';
import { createTradeLedger } from './trades.ts';

const place = { block: 7, transaction: `0x${'ab'.repeat(32)}` };
const NOW = 1_790_000_000;

function event(
  contract: AuditedContract,
  name: string,
  args: Record<string, unknown>,
  time = NOW,
): ChainEvent {
  const result = Result.fromItems(Object.values(args), Object.keys(args));
  return { contract, name, args: result, place, logIndex: 0, time };
}

const root = barListRoot([{ barId: 1n, fineWeightMg: 99_990n }], keccak256);

/** A reserve of one Active bar of 99,990 mg, attested. */
function reserveOf() {
  const report = createReport();
  const reserve = createReserveLedger(report);
  const barId = 1n;
  const bar = { grossWeightMg: 100_000n, fineness: 9999n };
  reserve.apply(event('GoldReserve', 'BarBooked', { barId, bar, fineWeightMg: 99_990n }));
  reserve.apply(event('GoldReserve', 'BarEndorsed', { barId, fineWeightMg: 99_990n }));
  reserve.apply(event('GoldReserve', 'BackingChanged', { backingMg: 99_990n, committedMg: 0n }));
  reserve.apply(
    event('GoldReserve', 'ReserveAttested', { root, fineWeightMg: 99_990n, bars: 1n, asOf: BigInt(NOW) }),
  );
  return { report, reserve, barId };
}

const problems = (report: ReturnType<typeof createReport>) => report.findings().map(({ problem }) => problem);

describe('the reserve', () => {
  it('fits when the chain says what the bars say', () => {
    expect(reserveOf().report.findings()).toEqual([]);
  });

  it('finds a bar that is heavier than gross x fineness', () => {
    const { report, reserve } = reserveOf();
    const bar = { grossWeightMg: 100_000n, fineness: 9999n };
    reserve.apply(event('GoldReserve', 'BarBooked', { barId: 2n, bar, fineWeightMg: 99_991n }));
    expect(problems(report)).toEqual([expect.stringContaining('99991')]);
    expect(report.findings()[0]?.place).toEqual(place);
  });

  it('finds a backing that is not the sum of the bars', () => {
    const { report, reserve } = reserveOf();
    reserve.apply(event('GoldReserve', 'BackingChanged', { backingMg: 99_991n, committedMg: 0n }));
    expect(problems(report)).toEqual([expect.stringContaining('sum up to')]);
  });

  it('finds a bar delivered that was never set aside, and one booked twice', () => {
    const { report, reserve, barId } = reserveOf();
    reserve.apply(event('GoldReserve', 'BarDelivered', { barId, redemptionId: 1n }));
    const bar = { grossWeightMg: 100_000n, fineness: 9999n };
    reserve.apply(event('GoldReserve', 'BarBooked', { barId, bar, fineWeightMg: 99_990n }));
    expect(problems(report)).toHaveLength(2);
  });

  it('finds an attestation of more than there is', () => {
    const { report, reserve } = reserveOf();
    reserve.apply(
      event('GoldReserve', 'ReserveAttested', { root, fineWeightMg: 100_000n, bars: 1n, asOf: BigInt(NOW) }),
    );
    expect(problems(report)).toEqual([expect.stringContaining('attested 100000 mg')]);
  });
});

describe('the attested list', () => {
  it('is found to be another than that of the bars', () => {
    const { report, reserve } = reserveOf();
    const other = barListRoot([{ barId: 2n, fineWeightMg: 99_990n }], keccak256);
    const asOf = BigInt(NOW);
    reserve.apply(
      event('GoldReserve', 'ReserveAttested', { root: other, fineWeightMg: 99_990n, bars: 1n, asOf }),
    );
    expect(problems(report)).toEqual([expect.stringContaining(`root ${other}`)]);
  });
});

describe('the supply', () => {
  const transfer = (from: string, to: string, value: bigint, time = NOW) =>
    event('GoldToken', 'Transfer', { from, to, value }, time);
  const HOLDER = `0x${'11'.repeat(20)}`;

  function tokenOf() {
    const { report, reserve } = reserveOf();
    const supply = createSupplyLedger(report, reserve);
    supply.apply(event('GoldToken', 'MaxAttestationAgeChanged', { oldAge: 0n, newAge: 3_600n }));
    return { report, supply };
  }

  it('fits up to the last milligram', () => {
    const { report, supply } = tokenOf();
    supply.apply(transfer(ZeroAddress, HOLDER, 99_990n * WEI_PER_MG));
    expect(report.findings()).toEqual([]);
    expect(supply.balanceOf(HOLDER)).toBe(supply.supply);
  });

  it('finds one wei too many', () => {
    const { report, supply } = tokenOf();
    supply.apply(transfer(ZeroAddress, HOLDER, 99_990n * WEI_PER_MG + 1n));
    expect(problems(report)).toEqual([expect.stringContaining('the bars cover')]);
  });

  it('finds a mint on an attestation that is too old', () => {
    const { report, supply } = tokenOf();
    supply.apply(transfer(ZeroAddress, HOLDER, 1n, NOW + 3_601));
    expect(problems(report)).toEqual([expect.stringContaining('3601 s before')]);
  });

  it('finds tokens that come from nowhere', () => {
    const { report, supply } = tokenOf();
    supply.apply(transfer(HOLDER, `0x${'22'.repeat(20)}`, 1n));
    expect(problems(report)).toEqual([expect.stringContaining('-1 wei')]);
  });
});

describe('trades', () => {
  const ONE = 10n ** 18n;
  const observed = {
    usdPerGram: 60n * ONE,
    lowUsdPerGram: 60n * ONE,
    highUsdPerGram: 61n * ONE,
    mode: 1n,
    source: 1n,
  };

  function deskOf() {
    const report = createReport();
    const trades = createTradeLedger(report);
    trades.apply(event('GoldDesk', 'TermsChanged', { mode: 1n, terms: { spreadBps: 30n } }));
    trades.apply(event('GoldDesk', 'FeeChanged', { oldBps: 0n, newBps: 10n }));
    trades.apply(event('GoldDesk', 'CoinChanged', { coin: 'USDT', config: { decimals: 18n } }));
    trades.apply(event('PriceOracle', 'Observed', { sequence: 1n, time: BigInt(NOW), ...observed }));
    return { report, trades };
  }

  function buy(change: Record<string, unknown> = {}) {
    const rate = (61n * ONE * 10_030n + 9_999n) / 10_000n;
    const gross = (1_000n * ONE * ONE) / rate;
    const feeGrams = (gross * 10n + 9_999n) / 10_000n;
    return event('GoldDesk', 'Bought', {
      coin: 'USDT',
      observation: 1n,
      coinIn: 1_000n * ONE,
      grams: gross - feeGrams,
      feeGrams,
      usdPerGram: rate,
      usdPerCoin: ONE,
      observed,
      ...change,
    });
  }

  it('fits at high plus spread, less the fee', () => {
    const { report, trades } = deskOf();
    trades.apply(buy());
    expect(report.findings()).toEqual([]);
  });

  it.each([
    ['a gram too many', { grams: 17n * ONE }, 'recomputed'],
    ['a better rate', { usdPerGram: 61n * ONE }, 'recomputed'],
    [
      'another price than its observation',
      { observed: { ...observed, usdPerGram: 59n * ONE } },
      'something else',
    ],
    ['an observation that was never made', { observation: 9n }, 'something else'],
    ['a coin above its peg', { usdPerCoin: ONE + 1n }, 'more than a dollar'],
  ])('finds %s', (_what, change, words) => {
    const { report, trades } = deskOf();
    trades.apply(buy(change));
    expect(problems(report).join('\n')).toContain(words);
  });

  it('finds a gap in the observations', () => {
    const { report, trades } = deskOf();
    trades.apply(event('PriceOracle', 'Observed', { sequence: 3n, time: BigInt(NOW), ...observed }));
    expect(problems(report)).toEqual([expect.stringContaining('observation 3')]);
  });
});

describe('redemptions', () => {
  it('finds a redemption that is completed without its bar', () => {
    const { report, reserve, barId } = reserveOf();
    const ledger = createRedemptionLedger(report, reserve);
    const product = { minFineWeightMg: 99_000n, maxFineWeightMg: 101_000n, feePerBar: 5n };
    ledger.apply(event('RedemptionDesk', 'ProductChanged', { productId: 1n, product }));
    const escrow = 101_000n * WEI_PER_MG + 5n;
    const times = { shipBy: BigInt(NOW + 10), deliverBy: BigInt(NOW + 20) };
    ledger.apply(
      event('RedemptionDesk', 'RedemptionRequested', {
        id: 1n,
        holder: 'H',
        productId: 1n,
        count: 1n,
        escrow,
        fee: 5n,
        ...times,
      }),
    );
    reserve.apply(event('GoldReserve', 'BarCommitted', { barId, redemptionId: 1n }));
    const excess = (101_000n - 99_990n) * WEI_PER_MG;
    ledger.apply(
      event('RedemptionDesk', 'RedemptionAccepted', {
        id: 1n,
        barIds: [barId],
        fineWeightMg: 99_990n,
        excessReturned: excess,
      }),
    );
    expect(report.findings()).toEqual([]);
    ledger.apply(
      event('RedemptionDesk', 'RedemptionCompleted', { id: 1n, burned: 99_990n * WEI_PER_MG, fee: 5n }),
    );
    expect(problems(report)).toEqual([expect.stringContaining('not all its bars are delivered')]);
    ledger.apply(event('RedemptionDesk', 'RedemptionCancelled', { id: 1n, returned: escrow }));
    expect(problems(report).join('\n')).toContain('which is not open');
  });
});
