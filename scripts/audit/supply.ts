import { ZeroAddress } from 'ethers';
import type { ChainEvent } from './events.ts';
import type { Report } from './report.ts';
import { coveredWei, type ReserveLedger } from './reserve.ts';

/** Supply and balances of EAU, rebuilt from transfers alone. */
export interface SupplyLedger {
  supply: bigint;
  balances: Map<string, bigint>;
  balanceOf(account: string): bigint;
  apply(event: ChainEvent): void;
}

export function createSupplyLedger(report: Report, reserve: ReserveLedger): SupplyLedger {
  const balances = new Map<string, bigint>();
  let maxAttestationAge = 0;
  const ledger: SupplyLedger = {
    supply: 0n,
    balances,
    balanceOf: (account) => balances.get(account.toLowerCase()) ?? 0n,
    apply,
  };

  function add(account: string, value: bigint): bigint {
    const balance = ledger.balanceOf(account) + value;
    balances.set(account.toLowerCase(), balance);
    return balance;
  }

  function transfer({ args, place, time }: ChainEvent): void {
    const [from, to, value] = args as unknown as [string, string, bigint];
    if (from === ZeroAddress) {
      ledger.supply += value;
      const covered = coveredWei(reserve);
      report.check(
        'backing at every mint',
        ledger.supply <= covered,
        () => `after minting ${value} wei the supply is ${ledger.supply} wei, the bars cover ${covered} wei`,
        place,
      );
      const age = time - reserve.attestedAt;
      report.check(
        'attestation at every mint',
        reserve.attestedAt > 0 && age <= maxAttestationAge,
        () => `the reserve was attested ${age} s before, ${maxAttestationAge} s are allowed`,
        place,
      );
    } else {
      const left = add(from, -value);
      report.check('no balance below zero', left >= 0n, () => `${from} has ${left} wei`, place);
    }
    if (to === ZeroAddress) ledger.supply -= value;
    else add(to, value);
  }

  function apply(event: ChainEvent): void {
    if (event.name === 'Transfer') transfer(event);
    else if (event.name === 'MaxAttestationAgeChanged') maxAttestationAge = Number(event.args.newAge);
  }
  return ledger;
}
