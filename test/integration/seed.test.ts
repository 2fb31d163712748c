/** The devnet's past: written on a real chain, killed on the way, gone on with, and left alone once it is complete. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { barListRoot } from '@e-aurum/sdk';
import { goldReserveAbi, priceOracleAbi, safeAbi } from '@e-aurum/sdk/abi';
import { Interface, keccak256, recoverAddress, ZeroAddress } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Deployment } from '../../scripts/deploy/index.ts';
import { devAccount, devGroup } from '../../scripts/devnet/accounts.ts';
import { type Chain, startChain } from '../../scripts/devnet/chain.ts';
import { coinAddresses, placeCoins } from '../../scripts/devnet/coins.ts';
import { HISTORY_DAYS, isHistoryComplete } from '../../scripts/devnet/history-mark.ts';
import { prepare } from '../../scripts/devnet/prepare.ts';
import { rpc } from '../../scripts/devnet/rpc.ts';
import { placeSafe } from '../../scripts/devnet/safe.ts';
import { seedBars } from '../../scripts/devnet/seed/bars.ts';
import { bindContracts, type Contracts } from '../../scripts/devnet/seed/contracts.ts';
import type { SeedFile } from '../../scripts/devnet/seed/export.ts';
import { observationTimes, placeEvents, placeIncidents } from '../../scripts/devnet/seed/plan.ts';
import { openControlState } from '../../scripts/market/control-state.ts';
import { isSpotMarketOpen } from '../../scripts/market/hours.ts';
import { createMarketClosure, MarketClosureError } from '../../scripts/market/market-closure.ts';

const PORT = 8616;
const DAY_S = 86_400;
const DEPLOYED_BY = 'contracts deployed';

interface Block {
  number: string;
  timestamp: string;
  hash: string;
}
const headOf = (url: string) => rpc<Block>(url, 'eth_getBlockByNumber', ['latest', false]);
const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

describe('the plan of the past', () => {
  it('finds a place for everything, whenever it is made', () => {
    const start = Date.parse('2026-11-20T10:00:00Z') / 1000;
    for (let hour = 0; hour < 366 * 24; hour += 31) {
      const genesis = start + hour * 3_600;
      const end = genesis + HISTORY_DAYS * DAY_S;
      const times = observationTimes(genesis);
      expect(times.at(-1)!).toBeLessThanOrEqual(end);
      const events = placeEvents(times, end);
      const requests: string[] = [];
      for (const at of times) {
        for (const { title, when } of events.get(at) ?? []) {
          if (when !== 'either') expect(isSpotMarketOpen(at), title).toBe(when !== 'closed');
          if (title.endsWith('request')) requests.push(title);
        }
      }
      expect(requests).toEqual([1, 2, 3, 4, 5, 6, 7].map((id) => `redemption ${id}: request`));
      const incidents = placeIncidents(times, end, events);
      expect(incidents.size).toBe(3);
      for (const at of incidents.keys()) expect(events.has(at)).toBe(false);
    }
  });
});

let dir: string;
let chain: Chain;
let contracts: Contracts;
let seed: SeedFile;
let files: { deploymentFile: string; seedFile: string };
const said: string[] = [];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'aurum-seed-'));
  files = { deploymentFile: join(dir, 'deployment.json'), seedFile: join(dir, 'seed.json') };
  chain = await startChain({ port: PORT, dir });
  const { url } = chain;

  // The first run is killed at a third of the way, the second at a half, and then everything is stopped.
  const killAt = (percent: string) => (line: string) => {
    if (line.startsWith(percent)) throw new Error('killed');
  };
  await expect(prepare({ url, ...files, say: killAt('30%') })).rejects.toThrow('killed');
  await expect(prepare({ url, ...files, say: killAt('50%') })).rejects.toThrow('killed');
  await chain.stop();

  chain = await startChain({ port: PORT, dir });
  expect(await isHistoryComplete(url)).toBe(false);
  expect(Number((await headOf(url)).number)).toBeGreaterThan(500);
  await prepare({ url, ...files, say: (line) => said.push(line) });
  contracts = bindContracts(url, readJson<Deployment>(files.deploymentFile));
  seed = readJson<SeedFile>(files.seedFile);
});
afterAll(async () => {
  await chain?.stop();
  rmSync(dir, { recursive: true, force: true });
});

describe('the past', () => {
  it('goes on where a killed run was', () => {
    expect(said.some((line) => line.startsWith(DEPLOYED_BY))).toBe(false);
    expect(said.at(-1)).toMatch(/^100%/);
  });

  it('ends at the clock, in a market that has a price', async () => {
    expect(await isHistoryComplete(chain.url)).toBe(true);
    expect(Math.abs(Number((await headOf(chain.url)).timestamp) - Date.now() / 1000)).toBeLessThan(30);
    const [quote] = await contracts.oracle.read('quote');
    const now = Math.floor(Date.now() / 1000);
    expect(quote.mode).toBe(isSpotMarketOpen(now) ? 1n : 3n);
  });

  it('has ninety days of observations, of every mode', async () => {
    const oracle = new Interface(priceOracleAbi);
    const [topic] = oracle.encodeFilterTopics('Observed', []);
    const filter = {
      address: contracts.oracle.address,
      topics: [topic],
      fromBlock: '0x0',
      toBlock: 'latest',
    };
    const logs = await rpc<{ topics: string[]; data: string }[]>(chain.url, 'eth_getLogs', [filter]);
    const observed = logs.map((log) => oracle.parseLog(log)!.args);
    expect(observed.length).toBeGreaterThan(540);
    expect(new Set(observed.map(({ mode }) => mode))).toEqual(new Set([0n, 1n, 2n, 3n]));
    expect(new Set(observed.map(({ source }) => source))).toEqual(new Set([0n, 1n, 2n]));
    const span = Number(observed.at(-1)!.time - observed[0]!.time);
    expect(span).toBeGreaterThan(90 * DAY_S);
    observed.forEach(({ sequence }, i) => {
      expect(sequence).toBe(BigInt(i + 1));
    });
  });

  it('has a dozen bars that cover the supply, and an attestation of exactly these', async () => {
    const [barIds, bars] = await contracts.reserve.read('barsPage', [0, 100]);
    expect(bars.length).toBe(seedBars().length);
    const states = bars.map((bar: { state: bigint }) => Number(bar.state));
    const count = (state: number) => states.filter((s: number) => s === state).length;
    // Pending 1, Active 2, Committed 4, Delivered 5
    expect([count(1), count(4), count(5)]).toEqual([1, 3, 1]);
    expect(count(2)).toBe(bars.length - 5);
    const [backing] = await contracts.reserve.read('backing');
    const [committed] = await contracts.reserve.read('committed');
    const [supply] = await contracts.token.read('totalSupply');
    expect(supply).toBeGreaterThan(0n);
    expect(supply).toBeLessThanOrEqual((backing + committed) * 10n ** 15n);

    const [attested] = await contracts.reserve.read('lastAttestation');
    const reserve = new Interface(goldReserveAbi);
    expect(reserve.getFunction('attest')).not.toBeNull();
    const counted = barIds
      .map((barId: bigint, i: number) => ({ barId, fineWeightMg: bars[i].fineWeightMg, state: states[i] }))
      .filter(({ state }: { state: number }) => state === 2 || state === 4);
    expect(attested.root).toBe(barListRoot(counted, keccak256));
    expect(attested.fineWeightMg).toBe(backing + committed);
  });

  it('has one redemption in each state, with what the API is to know of it', async () => {
    const [made] = await contracts.redemption.read('redemptionCount');
    const states: number[] = [];
    for (let id = 1n; id <= made; id++) {
      const [found] = await contracts.redemption.read('redemption', [id]);
      states.push(Number(found.state));
      const known = seed.redemptions.find((redemption) => BigInt(redemption.id) === id)!;
      expect(known.deliveryRef).toBe(found.deliveryRef);
      expect(known.account).toBe(found.holder);
      if (known.shipment) expect(known.shipment.trackingHash).toBe(found.trackingHash);
      if (known.proof) expect(known.proof.proofHash).toBe(found.proofHash);
    }
    // Requested 1, Accepted 2, Shipped 3, Disputed 4, Completed 5, Cancelled 6, Reclaimed 7
    expect([...states].sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('has four investors with holdings, and a newcomer with money only', async () => {
    expect(seed.investors.map(({ account }) => account)).toEqual(
      devGroup('investor').map(({ address }) => address),
    );
    for (const { account, tier } of seed.investors) {
      expect((await contracts.registry.read('isEligible', [account]))[0]).toBe(true);
      expect(Number((await contracts.registry.read('statusOf', [account]))[0].tier)).toBe(tier);
      expect((await contracts.token.read('balanceOf', [account]))[0]).toBeGreaterThan(10n ** 18n);
    }
    expect((await contracts.staking.read('totalAssets'))[0]).toBeGreaterThan(500n * 10n ** 18n);
    const { address } = devAccount('newcomer');
    expect((await contracts.registry.read('isEligible', [address]))[0]).toBe(false);
    expect((await contracts.coins.USDT.read('balanceOf', [address]))[0]).toBe(25_000n * 10n ** 18n);
  });

  it('has an upgrade that one of two signers has signed, as the Safe hashes it', async () => {
    const [proposal] = seed.proposals;
    const { nonce, safeTransactionHash, signatures } = proposal!.schedule;
    const { accessManager } = contracts;
    const schedule = accessManager.encode('schedule', [proposal!.target, proposal!.targetData, 0]);
    const args = [accessManager.address, 0, schedule, 0, 0, 0, 0, ZeroAddress, ZeroAddress, nonce];
    const data = new Interface(safeAbi).encodeFunctionData('getTransactionHash', args);
    const call = { to: contracts.safe.address, data };
    expect(await rpc(chain.url, 'eth_call', [call, 'latest'])).toBe(safeTransactionHash);
    expect(recoverAddress(safeTransactionHash, signatures[0]!.signature)).toBe(
      devAccount('treasury1').address,
    );
    expect(await rpc(chain.url, 'eth_getCode', [proposal!.implementation, 'latest'])).not.toBe('0x');
  });

  it('is left alone by a second run', async () => {
    const before = { head: await headOf(chain.url), ...files };
    const nonces = () =>
      Promise.all(
        ['deployer', 'historian', 'custodian', 'auditor', 'transmitter', 'marketKeeper'].map((name) =>
          rpc(chain.url, 'eth_getTransactionCount', [devAccount(name as 'deployer').address, 'latest']),
        ),
      );
    const noncesBefore = await nonces();
    const deployment = readFileSync(files.deploymentFile, 'utf8');
    await prepare({ url: chain.url, ...files });
    expect(await nonces()).toEqual(noncesBefore);
    expect(readFileSync(files.deploymentFile, 'utf8')).toBe(deployment);
    expect(readJson<SeedFile>(files.seedFile)).toEqual(seed);
    const again = await rpc<Block>(chain.url, 'eth_getBlockByNumber', [before.head.number, false]);
    expect(again.hash).toBe(before.head.hash);
  });
});

describe('the gold market on the chain', () => {
  it('is closed at once by a guardian, and reopens when the treasury’s delay is over', async () => {
    let shiftS = 0;
    const now = () => Math.floor(Date.now() / 1000) + shiftS;
    const control = openControlState();
    const rpcUrl = chain.url;
    const closure = createMarketClosure({ rpcUrl, deploymentFile: files.deploymentFile, control, now });
    const modeNow = async () => (await contracts.oracle.read('quote'))[0].mode as bigint;

    await closure.close(3_600);
    expect(await closure.closedUntil()).toBeGreaterThan(now() + 3_500);
    expect(await modeNow()).toBe(3n);
    await expect(closure.close(600)).rejects.toThrow(MarketClosureError);

    const readyAt = await closure.reopen();
    expect(readyAt).toBeGreaterThan(now() + 55);
    expect(await closure.reopen()).toBe(readyAt);
    await closure.tick();
    expect(await closure.closedUntil()).toBeGreaterThan(0);

    shiftS = 70;
    await rpc(rpcUrl, 'evm_increaseTime', [shiftS]);
    await closure.tick();
    expect(await closure.closedUntil()).toBe(0);
    expect(control.reopening).toBeUndefined();
    expect(await closure.reopen()).toBeLessThanOrEqual(now());
  });
});

describe('on a fork', () => {
  it('everything is made now, on what stands there', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'aurum-fork-'));
    const chains: Chain[] = [];
    const launch = async (options: Parameters<typeof startChain>[0]): Promise<Chain> => {
      const started = await startChain(options);
      chains.unshift(started);
      return started;
    };
    try {
      const real = await launch({ port: PORT + 2, dir: join(dir, 'real'), historyDays: 0 });
      await placeSafe(real.url);
      await placeCoins(real.url);
      const fork = await launch({ port: PORT + 1, dir: join(dir, 'fork'), forkUrl: real.url });
      const files = { deploymentFile: join(dir, 'deployment.json'), seedFile: join(dir, 'seed.json') };
      await prepare({ url: fork.url, ...files });
      const { head } = { head: await headOf(fork.url) };
      await prepare({ url: fork.url, ...files });
      expect(Number((await headOf(fork.url)).number) - Number(head.number)).toBeLessThan(8);

      const contracts = bindContracts(fork.url, readJson<Deployment>(files.deploymentFile));
      const seed = readJson<SeedFile>(files.seedFile);
      expect((await contracts.reserve.read('barCount'))[0]).toBe(BigInt(seedBars().length));
      const [mode] = await contracts.oracle.read('quote').then(([quote]) => [quote.mode]);
      const isOpen = isSpotMarketOpen(Math.floor(Date.now() / 1000));
      expect(mode).toBe(isOpen ? 1n : 0n);
      expect(seed.redemptions.length).toBe(isOpen ? 2 : 0);
      expect(await rpc(real.url, 'eth_getCode', [contracts.token.address, 'latest'])).toBe('0x');
      expect(contracts.coins.USDT.address).toBe(coinAddresses().USDT);
    } finally {
      for (const started of chains) await started.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
