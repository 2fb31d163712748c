/**
 * Five reporter processes and a transmitter against a real chain with the real contracts: what they do while reporters
 * die and lie, the transmitter is killed, RPC endpoints go, and transactions get stuck.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { priceOracleAbi, signedPriceFeedAbi } from '@e-aurum/sdk/abi';
import { Interface } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { devAccount, devGroup } from '../../scripts/devnet/accounts.ts';
import { tradingOffsetSeconds } from '../../scripts/devnet/clock.ts';
import {
  CHAIN_ID,
  type Chain,
  createDoor,
  type Door,
  MAX_SPAN_BPS,
  startChain,
  THRESHOLD,
} from './relayer/chain.ts';
import {
  HEARTBEAT_S,
  metric,
  REPORTERS,
  type Running,
  reporterPort,
  type Setup,
  startReporter,
  startTransmitter,
  TRANSMITTER_PORT,
  TWIN_PORT,
  until,
  writeConfig,
  writeTwinConfig,
} from './relayer/processes.ts';
import { type SourceWorld, startSources } from './relayer/sources.ts';

/** Longer than a heartbeat: in it a round must come, or must not. */
const QUIET_MS = (HEARTBEAT_S + 2) * 1_000;
const OPEN = 0n;
const CLOSED = 1n;
const NORMAL = 1n;
const AFTER_HOURS = 3n;

const transmitterAddress = devAccount('transmitter').address;
const events = [new Interface(signedPriceFeedAbi), new Interface(priceOracleAbi)];

let chain: Chain;
let doors: [Door, Door];
let sources: SourceWorld;
let setup: Setup;
let configFile: string;
let transmitter: Running;
const reporters = new Map<string, Running>();

const dollars = (price: bigint): number => Number(price) / 1e8;
const latestRoundId = (): Promise<bigint> => chain.feed.getFunction('latestRound')();
const roundAt = (id: bigint) => chain.feed.getFunction('round')(id);

/** What these tests read of a reporter's answer. */
interface ReportAnswer {
  chainId: number;
  report: { configId: string; price: string; session: string };
  signature: { r: string };
  sources: { kind: string; used: boolean; reason?: string }[];
}

const report = async (name: string): Promise<ReportAnswer> => {
  const response = await fetch(
    `http://127.0.0.1:${reporterPort(REPORTERS.indexOf(name as 'reporter1'))}/v1/report`,
  );
  return (await response.json()) as ReportAnswer;
};

/** Waits until `count` more rounds than now are there, and answers the latest. */
async function roundsLater(count: number, withinMs = 30_000) {
  const before = await latestRoundId();
  const id = await until(
    `${count} more rounds`,
    async () => {
      const now = await latestRoundId();
      return now >= before + BigInt(count) && now;
    },
    withinMs,
  );
  return roundAt(id);
}

/** Moves spot and Chainlink together. */
async function moveMarket(usdPerOunce: number): Promise<void> {
  sources.usdPerOunce = usdPerOunce;
  await chain.setChainlink(usdPerOunce);
}

interface Waiting {
  hash: string;
  nonce: string;
  maxFeePerGas: string;
}

/** What of the transmitter's waits in the node's pool. */
async function pendingOfTransmitter(): Promise<Waiting[]> {
  const pool: { pending: Record<string, Record<string, Waiting>> } = await chain.provider.send(
    'txpool_content',
    [],
  );
  return Object.values(
    pool.pending[transmitterAddress] ?? pool.pending[transmitterAddress.toLowerCase()] ?? {},
  );
}

/** The chain takes transactions and mines none, as long as `act` takes. */
async function whileNothingIsMined(act: () => Promise<void>): Promise<void> {
  await chain.provider.send('evm_setIntervalMining', [0]);
  try {
    await act();
  } finally {
    await chain.provider.send('evm_setIntervalMining', [1]);
  }
}

/** Every transaction that the transmitter got mined up to a block, with its logs. */
async function minedByTransmitter(head: number) {
  const found = [];
  for (let number = 0; number <= head; number++) {
    const block = await chain.provider.getBlock(number, true);
    for (const { hash, from } of block?.prefetchedTransactions ?? [])
      if (from === transmitterAddress) found.push((await chain.provider.getTransactionReceipt(hash))!);
  }
  return found;
}

beforeAll(async () => {
  const offsetS = tradingOffsetSeconds(Math.floor(Date.now() / 1_000), 1);
  sources = await startSources(4220, () => Date.now() + offsetS * 1_000);
  chain = await startChain(8620, offsetS);
  doors = [createDoor(8621, chain.url), createDoor(8622, chain.url)];
  await Promise.all(doors.map((door) => door.open()));
  setup = {
    dir: mkdtempSync(join(tmpdir(), 'aurum-relayer-')),
    rpcUrls: doors.map(({ url }) => url),
    sourcesUrl: sources.url,
    feed: String(chain.feed.target),
    oracle: String(chain.oracle.target),
    chainId: CHAIN_ID,
    offsetS,
  };
  configFile = writeConfig(setup);
  for (const name of REPORTERS) reporters.set(name, startReporter(name, configFile, setup));
  transmitter = startTransmitter(configFile, setup);
});

afterAll(async () => {
  await Promise.all([...reporters.values(), transmitter].map((running) => running?.kill()));
  await Promise.all((doors ?? []).map((door) => door.shut().catch(() => undefined)));
  await sources?.close();
  await chain?.stop();
});

describe('rounds', () => {
  it('arrive, at the price that the sources show, signed as the contract hashes it', async () => {
    const round = await until('the first round', async () => (await latestRoundId()) > 0n && roundAt(1n));
    expect(dollars(round.price)).toBeCloseTo(4_000, 0);
    expect(round.session).toBe(OPEN);
    expect(round.reports).toBe(BigInt(THRESHOLD));
    const { report: signed, signature, sources: asked, chainId } = await report('reporter1');
    expect(chainId).toBe(CHAIN_ID);
    expect(signature.r).toMatch(/^0x[0-9a-f]{64}$/);
    expect(signed.session).toBe('Open');
    expect(asked).toHaveLength(3);
    const token = asked.find(({ kind }) => kind === 'tokenised');
    expect(token).toMatchObject({ used: false, reason: 'left out while the market is Open' });
  });

  it('keep the heartbeat while the price stands still', async () => {
    const round = await roundsLater(2, 25_000);
    const before = await roundAt((await latestRoundId()) - 1n);
    expect(Number(round.updatedAt - before.updatedAt)).toBeLessThanOrEqual(HEARTBEAT_S + 4);
  });

  it('come at once when the price moves, and the oracle writes down what it makes of them', async () => {
    await until(
      'a Normal observation',
      async () => (await chain.oracle.getFunction('latest')()).mode === NORMAL,
    );
    await moveMarket(4_040);
    const movedAt = Date.now();
    await until(
      'a round at the new price',
      async () => dollars((await roundAt(await latestRoundId())).price) > 4_035,
      10_000,
    );
    expect(Date.now() - movedAt).toBeLessThan(5_000);
    const observation = await until('an observation of it', async () => {
      const latest = await chain.oracle.getFunction('latest')();
      return latest.mode === NORMAL && Number(latest.usdPerGram) / 1e18 > 4_035 / 31.1034768 && latest;
    });
    expect(Number(observation.usdPerGram) / 1e18).toBeCloseTo(4_040 / 31.1034768, 4);
  });
});

describe('with reporters that are dead or lie', () => {
  it('goes on at the true price with two of five gone wrong', async () => {
    await reporters.get('reporter5')!.kill();
    sources.lies.set('reporter4', 1.2);
    await until('the lie', async () => Number((await report('reporter4')).report.price) > 4_500e8);
    const round = await roundsLater(2);
    expect(dollars(round.price)).toBeCloseTo(4_040, -1);
    expect(
      await metric('aurum_transmitter_reports_total', 'reporter="reporter5",outcome="unreachable"'),
    ).toBeGreaterThan(0);
  });

  it('sends nothing when fewer than the threshold agree, and recovers', async () => {
    sources.lies.set('reporter3', 0.9);
    await until('the lie', async () => Number((await report('reporter3')).report.price) < 3_800e8);
    const held = await latestRoundId();
    await sleep(QUIET_MS);
    expect(await latestRoundId()).toBeLessThanOrEqual(held + 1n); // one may have been under way
    sources.lies.clear();
    reporters.set('reporter5', startReporter('reporter5', configFile, setup));
    const round = await roundsLater(2);
    expect(dollars(round.price)).toBeCloseTo(4_040, 0);
  });
});

describe('the transmitter', () => {
  it('loses nothing and does nothing twice when it is killed at any moment', async () => {
    for (let kills = 0; kills < 5; kills++) {
      await moveMarket(4_040 + 20 * (kills + 1));
      await sleep(300 + Math.random() * 1_500);
      await transmitter.kill();
      transmitter = startTransmitter(configFile, setup);
      await until(
        'its start',
        async () => (await fetch(`http://127.0.0.1:${TRANSMITTER_PORT}/health/ready`)).ok,
      );
    }
    const round = await roundsLater(2);
    expect(dollars(round.price)).toBeCloseTo(4_140, 0);
  });

  it('goes on when an RPC endpoint dies, waits when all do, and comes back with them', async () => {
    await doors[0].shut();
    await roundsLater(2);
    expect(await metric('aurum_transmitter_rpc_quarantined', '0:127.0.0.1')).toBe(1);
    await doors[1].shut();
    await sleep(500);
    const held = await latestRoundId();
    await sleep(QUIET_MS);
    expect(await latestRoundId()).toBeLessThanOrEqual(held + 1n);
    const health = (await (await fetch(`http://127.0.0.1:${TRANSMITTER_PORT}/health`)).json()) as {
      live: boolean;
    };
    expect(health.live).toBe(true);
    await Promise.all(doors.map((door) => door.open()));
    await roundsLater(2);
  });

  it('raises the fee of a stuck transaction on the same nonce, up to the cap, and never beyond', async () => {
    await whileNothingIsMined(async () => {
      const nonce = await chain.provider.getTransactionCount(transmitterAddress);
      sources.usdPerOunce = 4_200;
      const isCapped = async () => (await metric('aurum_transmitter_fee_raises_total', 'capped')) > 0;
      await until('the cap', isCapped, 60_000);
      const [stuck, ...more] = await pendingOfTransmitter();
      expect(more).toHaveLength(0);
      expect(Number(stuck!.nonce)).toBe(nonce);
      expect(BigInt(stuck!.maxFeePerGas)).toBeGreaterThan(3_000_000_000n);
      expect(BigInt(stuck!.maxFeePerGas)).toBeLessThanOrEqual(4_000_000_000n);
    });
    const round = await roundsLater(2, 40_000);
    expect(dollars(round.price)).toBeCloseTo(4_200, 0);
  });

  it('finds what it had sent before it was killed, and uses that nonce once', async () => {
    await whileNothingIsMined(async () => {
      const nonce = await chain.provider.getTransactionCount(transmitterAddress);
      sources.usdPerOunce = 4_250;
      const sent = await until('a transaction that waits', async () => (await pendingOfTransmitter())[0]);
      await transmitter.kill();
      transmitter = startTransmitter(configFile, setup);
      const replaced = await until('its replacement', async () => {
        const [waiting] = await pendingOfTransmitter();
        return waiting && waiting.hash !== sent.hash && waiting;
      });
      expect(await pendingOfTransmitter()).toHaveLength(1);
      expect(Number(replaced.nonce)).toBe(nonce);
      expect(BigInt(replaced.maxFeePerGas)).toBeGreaterThan(BigInt(sent.maxFeePerGas));
    });
    const round = await roundsLater(2, 40_000);
    expect(dollars(round.price)).toBeCloseTo(4_250, 0);
  });

  it('goes over to a new configuration by itself', async () => {
    const [, , , ...kept] = devGroup('reporter').map(({ address }) => address);
    const first = devGroup('reporter')
      .slice(0, 3)
      .map(({ address }) => address);
    const before = await chain.feed.getFunction('configId')();
    const sent = await chain.feed.getFunction('setConfig')([...kept, ...first], THRESHOLD, MAX_SPAN_BPS);
    await sent.wait();
    const after = await chain.feed.getFunction('configId')();
    expect(after).not.toBe(before);
    await roundsLater(2);
    expect((await report('reporter2')).report.configId).toBe(after);
  });
});

describe('while the gold market is closed', () => {
  it('reports the last close, moved by tokenised gold, flagged as such', async () => {
    await moveMarket(4_200);
    await until('a Normal price', async () => (await chain.oracle.getFunction('quote')()).mode === NORMAL);
    const now = (await chain.provider.getBlock('latest'))!.timestamp;
    const sent = await chain.oracle.getFunction('closeMarket')(now + 3_600);
    await sent.wait();
    const round = await until('a closed round', async () => {
      const latest = await roundAt(await latestRoundId());
      return latest.session === CLOSED && latest;
    });
    expect(dollars(round.price)).toBeCloseTo(4_200, -1);
    // Tokenised gold rises by 1%: seven tenths of it are believed.
    sources.tokenFactor *= 1.01;
    await until(
      'the blend',
      async () => Math.abs(dollars((await roundAt(await latestRoundId())).price) - 4_200 * 1.007) < 4,
      40_000,
    );
    await chain.setChainlink(4_230); // FALLBACK agrees; MAIN counts as dead
    const quote = await until('AfterHours', async () => {
      const found = await chain.oracle.getFunction('quote')();
      return found.mode === AFTER_HOURS && found;
    });
    expect(Number(quote.usdPerGram) / 1e18).toBeCloseTo((4_200 * 1.007) / 31.1034768, 0);
  });

  it('goes on from the chain when every reporter starts anew', async () => {
    const before = dollars((await roundAt(await latestRoundId())).price);
    for (const name of REPORTERS) {
      await reporters.get(name)!.kill();
      reporters.set(name, startReporter(name, configFile, setup));
    }
    const round = await roundsLater(2, 60_000);
    expect(round.session).toBe(CLOSED);
    expect(dollars(round.price) / before).toBeCloseTo(1, 3);
  });
});

describe('after all that', () => {
  it('nothing was sent in vain, and every round is newer than the one before', async () => {
    const head = await chain.provider.getBlockNumber();
    const mined = await minedByTransmitter(head);
    expect(mined.length).toBeGreaterThan(20);
    expect(mined.filter(({ status }) => status !== 1)).toHaveLength(0);
    const names = mined.map(({ logs }) =>
      logs.flatMap((log) => events.map((known) => known.parseLog(log)?.name)),
    );
    const rounds = names.filter((found) => found.includes('RoundAccepted'));
    expect(BigInt(rounds.length)).toBe(await chain.feed.getFunction('latestRound')({ blockTag: head }));
    const all = await Promise.all(rounds.map((_, index) => roundAt(BigInt(index + 1))));
    all.slice(1).forEach((round, index) => {
      const before = all[index];
      expect(round.updatedAt).toBeGreaterThanOrEqual(before.updatedAt);
      // Every round had a reason: a heartbeat (a block's clock may be a second behind), a move, another session.
      const moved = Math.abs(dollars(round.price) / dollars(before.price) - 1) >= 0.002;
      const due =
        round.submittedAt - before.updatedAt >= BigInt(HEARTBEAT_S - 1) || round.session !== before.session;
      expect(moved || due, `round ${index + 2}`).toBe(true);
    });
  });

  it('a second transmitter with a key of its own does no harm', async () => {
    const twin = startTransmitter(writeTwinConfig(configFile, setup), setup, 'twin');
    try {
      await until('its start', async () => (await fetch(`http://127.0.0.1:${TWIN_PORT}/health/ready`)).ok);
      sources.tokenFactor *= 1.005;
      const round = await roundsLater(4, 40_000);
      expect(round.session).toBe(CLOSED);
      for (const port of [TRANSMITTER_PORT, TWIN_PORT])
        expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
    } finally {
      await twin.kill();
    }
  });

  it('stops in order on SIGTERM', async () => {
    expect(await transmitter.terminate()).toBe(0);
    expect(await reporters.get('reporter1')!.terminate()).toBe(0);
  });
});
