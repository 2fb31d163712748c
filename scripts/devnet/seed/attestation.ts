/** The auditor's attestation of the reserve. */
import { barListRoot } from '@e-aurum/sdk';
import { keccak256 } from 'ethers';
import type { DevTransaction } from '../transactions.ts';
import type { Contracts } from './contracts.ts';

const ACTIVE = 2n;
const COMMITTED = 4n;
const PAGE = 200;

/** An attestation of what the reserve holds now, as of the newest block's second. */
export async function attestTransaction({ reserve }: Contracts, asOf: number): Promise<DevTransaction> {
  const [barIds, bars] = await reserve.read('barsPage', [0, PAGE]);
  const [version] = await reserve.read('listVersion');
  const counted = (bars as { state: bigint; fineWeightMg: bigint }[])
    .map(({ state, fineWeightMg }, i) => ({ barId: barIds[i] as bigint, state, fineWeightMg }))
    .filter(({ state }) => state === ACTIVE || state === COMMITTED);
  const attestation = {
    root: barListRoot(counted, keccak256),
    fineWeightMg: counted.reduce((sum, { fineWeightMg }) => sum + fineWeightMg, 0n),
    bars: counted.length,
    asOf,
    uri: 'devnet:synthetic-bar-list',
  };
  return reserve.send('auditor', 'attest', [attestation, version]);
}
