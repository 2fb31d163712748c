import { barListRoot, fineWeightMgOf, WEI_PER_MG } from '@e-aurum/sdk';
import { keccak256 } from 'ethers';
import type { ChainEvent } from './events.ts';
import type { Report } from './report.ts';

type BarState = 'Pending' | 'Active' | 'Suspended' | 'Committed' | 'Delivered' | 'Cancelled' | 'Lost';

export interface AuditedBar {
  fineWeightMg: bigint;
  state: BarState;
  redemptionId?: bigint;
}

/** The reserve, rebuilt from its events alone. */
export interface ReserveLedger {
  bars: Map<bigint, AuditedBar>;
  backingMg: bigint;
  committedMg: bigint;
  attestedAt: number;
  apply(event: ChainEvent): void;
}

const sum = (bars: Iterable<AuditedBar>, state: BarState) =>
  [...bars].reduce((total, bar) => (bar.state === state ? total + bar.fineWeightMg : total), 0n);

/** Which state an event leads to, and from which. */
const STEPS: Record<string, { from: BarState[]; to: BarState }> = {
  BarEndorsed: { from: ['Pending'], to: 'Active' },
  BarCancelled: { from: ['Pending'], to: 'Cancelled' },
  BarWithdrawn: { from: ['Active', 'Suspended'], to: 'Cancelled' },
  BarSuspended: { from: ['Active'], to: 'Suspended' },
  BarReinstated: { from: ['Suspended'], to: 'Active' },
  BarCommitted: { from: ['Active'], to: 'Committed' },
  BarReleased: { from: ['Committed'], to: 'Active' },
  BarDelivered: { from: ['Committed'], to: 'Delivered' },
  BarLost: { from: ['Committed'], to: 'Lost' },
};

export function createReserveLedger(report: Report): ReserveLedger {
  const bars = new Map<bigint, AuditedBar>();
  const ledger: ReserveLedger = { bars, backingMg: 0n, committedMg: 0n, attestedAt: 0, apply };

  function book({ args, place }: ChainEvent): void {
    const expected = fineWeightMgOf(args.bar.grossWeightMg, Number(args.bar.fineness));
    report.check(
      'fine weight of every bar',
      args.fineWeightMg === expected,
      () => `bar ${args.barId}: the chain says ${args.fineWeightMg} mg, gross x fineness is ${expected} mg`,
      place,
    );
    const known = bars.get(args.barId);
    report.check(
      'one bar, one certificate',
      !known || known.state === 'Cancelled',
      () => `bar ${args.barId} was booked twice`,
      place,
    );
    bars.set(args.barId, { fineWeightMg: args.fineWeightMg, state: 'Pending' });
  }

  function step({ name, args, place }: ChainEvent): void {
    const { from, to } = STEPS[name] as { from: BarState[]; to: BarState };
    const bar = bars.get(args.barId);
    report.check(
      'states of every bar',
      bar !== undefined && from.includes(bar.state),
      () => `${name} on bar ${args.barId}, which was ${bar?.state ?? 'unknown'}`,
      place,
    );
    if (!bar) return;
    bar.state = to;
    if (name === 'BarCommitted') bar.redemptionId = args.redemptionId;
  }

  function reassay({ args, place }: ChainEvent): void {
    const bar = bars.get(args.barId);
    report.check(
      'fine weight of every bar',
      bar?.fineWeightMg === args.oldFineWeightMg,
      () =>
        `re-assay of bar ${args.barId} starts from ${args.oldFineWeightMg} mg, it had ${bar?.fineWeightMg} mg`,
      place,
    );
    if (bar) bar.fineWeightMg = args.newFineWeightMg;
  }

  function compareSums({ args, place }: ChainEvent): void {
    ledger.backingMg = sum(bars.values(), 'Active');
    ledger.committedMg = sum(bars.values(), 'Committed');
    report.check(
      'backing is the sum of the bars',
      args.backingMg === ledger.backingMg && args.committedMg === ledger.committedMg,
      () =>
        `the chain says ${args.backingMg} + ${args.committedMg} mg, the bars sum up to ${ledger.backingMg} + ${ledger.committedMg} mg`,
      place,
    );
  }

  function attest({ args, place, time }: ChainEvent): void {
    const counted = [...bars]
      .filter(([, { state }]) => state === 'Active' || state === 'Committed')
      .map(([barId, { fineWeightMg }]) => ({ barId, fineWeightMg }));
    const listed = counted.length;
    const root = barListRoot(counted, keccak256);
    report.check(
      'attestations',
      args.root === root,
      () => `the attested list has the root ${args.root}, the bars give ${root}`,
      place,
    );
    const total = ledger.backingMg + ledger.committedMg;
    report.check(
      'attestations',
      args.fineWeightMg === total && Number(args.bars) === listed && Number(args.asOf) <= time,
      () =>
        `attested ${args.fineWeightMg} mg in ${args.bars} bars as of ${args.asOf}, the reserve had ${total} mg in ${listed} bars`,
      place,
    );
    ledger.attestedAt = Number(args.asOf);
  }

  function apply(event: ChainEvent): void {
    if (event.name === 'BarBooked') book(event);
    else if (event.name in STEPS) step(event);
    else if (event.name === 'BarReassayed') reassay(event);
    else if (event.name === 'BackingChanged') compareSums(event);
    else if (event.name === 'ReserveAttested') attest(event);
    else if (event.name === 'AttestationRevoked') ledger.attestedAt = 0;
  }
  return ledger;
}

/** Wei of EAU that the reserve covers. */
export const coveredWei = (ledger: ReserveLedger) => (ledger.backingMg + ledger.committedMg) * WEI_PER_MG;
