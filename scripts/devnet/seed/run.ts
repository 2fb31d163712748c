/**
 * Writes the devnet's small believable past: ninety days of real prices with what people did in them, block by block. A run that
 * is killed goes on where it was; on a chain whose past is complete it writes nothing.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { toUtf8Bytes } from 'ethers';
import type { Deployment } from '../../deploy/index.ts';
import { createPrices, GRAMS_PER_OUNCE } from '../../market/prices.ts';
import { type DevAccountName, devAccount } from '../accounts.ts';
import { now } from '../clock.ts';
import { giveCoins } from '../coins.ts';
import { isHistoryComplete, markHistoryComplete } from '../history-mark.ts';
import { rpc } from '../rpc.ts';
import { type DevTransaction, receiptsOf, send, sendToPool } from '../transactions.ts';
import { bindContracts, type Contracts } from './contracts.ts';
import { exportSeed, type SeedFile } from './export.ts';
import { readRoundConfig } from './observations.ts';
import { FUNDS } from './people.ts';
import { observationBlocks, type PlanInput, planHistory, ROUND_BEFORE_S, type SeedBlock } from './plan.ts';
import { LIVE_REDEMPTIONS, LIVE_SCRIPT, REDEMPTIONS, type SeedRedemption } from './script.ts';
import { setupBlocks } from './setup.ts';

const HOUR_S = 3_600;
const WEI = 10n ** 18n;

/** Told how much is done, 0 to 1, and what comes next. */
type Progress = (part: number, title: string) => void;

export interface SeedOptions {
  url: string;
  deployment: Deployment;
  onProgress?: Progress;
}

/** Blocks written so far: the historian sends one transaction in each. */
async function blocksWritten(url: string): Promise<number> {
  const { address } = devAccount('historian');
  return Number(await rpc<string>(url, 'eth_getTransactionCount', [address, 'latest']));
}

function markOf(title: string): DevTransaction {
  const { address } = devAccount('historian');
  const data = `0x${Buffer.from(toUtf8Bytes(title)).toString('hex')}`;
  return { from: address, to: address, data, label: 'mark the block' };
}

/** Mines one block of the past with its transactions and the historian's mark: all of it is kept, or nothing. */
async function writeBlock(url: string, block: SeedBlock): Promise<void> {
  const transactions = [...(await block.build()), markOf(block.title)];
  const hashes = await sendToPool(url, transactions);
  await rpc(url, 'evm_setNextBlockTimestamp', [block.at]);
  await rpc(url, 'evm_mine');
  await receiptsOf(url, transactions, hashes);
}

/** Everybody has money before the past begins; running it twice would only give more. */
async function fund(url: string, { coins }: Contracts): Promise<void> {
  for (const [who, funds] of Object.entries(FUNDS) as [DevAccountName, { USDT: bigint; USDC: bigint }][]) {
    const { address } = devAccount(who);
    for (const symbol of ['USDT', 'USDC'] as const) {
      const [balance] = await coins[symbol].read('balanceOf', [address]);
      if (balance === 0n) await giveCoins(url, symbol, [address], funds[symbol] * WEI);
    }
  }
}

async function planInput(url: string, deployment: Deployment, contracts: Contracts): Promise<PlanInput> {
  const genesis = await rpc<{ timestamp: string }>(url, 'eth_getBlockByNumber', ['0x0', false]);
  return {
    contracts,
    deployment,
    prices: createPrices(),
    roundConfig: await readRoundConfig(contracts),
    genesis: Number(genesis.timestamp),
  };
}

/** Observations from the end of the ninety days to the clock, and the clock itself. */
async function catchUp(url: string, input: PlanInput): Promise<void> {
  const head = async () =>
    Number((await rpc<{ timestamp: string }>(url, 'eth_getBlockByNumber', ['latest', false])).timestamp);
  let turn = await blocksWritten(url);
  for (let at = (await head()) + HOUR_S; at < now() - 60; at += HOUR_S) {
    for (const block of observationBlocks(input, at, turn++)) await writeBlock(url, block);
  }
  // The last one is of now, or of a moment later where the history ends just now.
  const at = Math.max(now(), (await head()) + 2 * ROUND_BEFORE_S);
  while (now() < at) await sleep(200);
  for (const block of observationBlocks(input, at, turn)) await writeBlock(url, block);
  await rpc(url, 'evm_setTime', [Math.max(now(), at + 1)]);
}

/** Writes the ninety days, from the block that an earlier run reached. */
async function writeHistory(url: string, input: PlanInput, onProgress: Progress): Promise<void> {
  const blocks = planHistory(input);
  for (let i = await blocksWritten(url); i < blocks.length; i++) {
    onProgress(i / blocks.length, blocks[i]!.title);
    await writeBlock(url, blocks[i]!);
  }
  await catchUp(url, input);
  await markHistoryComplete(url);
}

/**
 * On a chain without a past (a fork): the setup, an observation, and what can be done now. Without a price, as on a weekend
 * that follows nothing, nobody deals.
 */
async function seedNow(url: string, input: PlanInput, onProgress: Progress): Promise<void> {
  const { contracts, deployment, prices } = input;
  const setup = setupBlocks(contracts);
  const steps = [
    ...setup.map(({ title, build }) => ({ title, build: () => build(now()) })),
    ...[0, 1].map((part) => ({
      title: 'the price is observed',
      build: () => observationBlocks(input, now() + (part === 0 ? ROUND_BEFORE_S : 0), 0)[part]!.build(),
    })),
    ...LIVE_SCRIPT.map(({ title, build }) => ({
      title,
      build: async () => {
        const [quote] = await contracts.oracle.read('quote');
        if (quote.mode === 0n) return [];
        const at = now();
        return build({ contracts, deployment, usdPerGram: prices.spotAt(at) / GRAMS_PER_OUNCE, at });
      },
    })),
  ];
  for (let i = await blocksWritten(url); i < steps.length; i++) {
    const { title, build } = steps[i]!;
    onProgress(i / steps.length, title);
    await send(url, [...(await build()), markOf(title)]);
  }
}

/**
 * Brings the chain from its deployment to now. Returns what the API's database is to know besides; throws if a transaction
 * of the past fails.
 */
export async function runSeed({
  url,
  deployment,
  onProgress = () => undefined,
}: SeedOptions): Promise<SeedFile> {
  const contracts = bindContracts(url, deployment);
  const forked = await isForked(url);
  if (forked || !(await isHistoryComplete(url))) {
    const input = await planInput(url, deployment, contracts);
    if ((await blocksWritten(url)) === 0) await fund(url, contracts);
    await (forked ? seedNow : writeHistory)(url, input, onProgress);
    onProgress(1, forked ? 'the fork is ready' : 'the past is written');
  }
  const [made] = await contracts.redemption.read('redemptionCount');
  const redemptions: SeedRedemption[] = Object.values(forked ? LIVE_REDEMPTIONS : REDEMPTIONS);
  return exportSeed(
    contracts,
    deployment.chainId,
    redemptions.filter(({ id }) => BigInt(id) <= made),
  );
}

/** True on a fork of another chain, which has a past of its own. */
async function isForked(url: string): Promise<boolean> {
  const info = await rpc<{ forkConfig?: { forkUrl?: string | null } }>(url, 'anvil_nodeInfo');
  return Boolean(info.forkConfig?.forkUrl);
}
