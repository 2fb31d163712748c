/**
 * Writes the devnet's small believable past: ninety days of real prices with what people did in them, block by block. A run that
 * is killed goes on where it was; on a chain whose past is complete it writes nothing.
 */
import { toUtf8Bytes } from 'ethers';
import type { Deployment } from '../../deploy/index.ts';
import { createPrices } from '../../market/prices.ts';
import { type DevAccountName, devAccount } from '../accounts.ts';
import { now } from '../clock.ts';
import { giveCoins } from '../coins.ts';
import { isHistoryComplete, markHistoryComplete } from '../history-mark.ts';
import { rpc } from '../rpc.ts';
import { type DevTransaction, receiptsOf, sendToPool } from '../transactions.ts';
import { bindContracts, type Contracts } from './contracts.ts';
import { exportSeed, type SeedFile } from './export.ts';
import { readRoundConfig } from './observations.ts';
import { FUNDS } from './people.ts';
import { observationBlocks, type PlanInput, planHistory, ROUND_BEFORE_S, type SeedBlock } from './plan.ts';

const HOUR_S = 3_600;
const WEI = 10n ** 18n;

export interface SeedOptions {
  url: string;
  deployment: Deployment;
  /** Told about the progress, 0 to 1. */
  onProgress?: (part: number, title: string) => void;
}

/** Blocks written so far: the historian sends one transaction in each. */
async function blocksWritten(url: string): Promise<number> {
  const { address } = devAccount('historian');
  return Number(await rpc<string>(url, 'eth_getTransactionCount', [address, 'latest']));
}

function markOf(block: SeedBlock): DevTransaction {
  const { address } = devAccount('historian');
  const data = `0x${Buffer.from(toUtf8Bytes(block.title)).toString('hex')}`;
  return { from: address, to: address, data, label: 'mark the block' };
}

/** Mines one block of the past with its transactions and the historian's mark: all of it is kept, or nothing. */
async function writeBlock(url: string, block: SeedBlock): Promise<void> {
  const transactions = [...(await block.build()), markOf(block)];
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
  const at = Math.max(now(), (await head()) + 2 * ROUND_BEFORE_S);
  for (const block of observationBlocks(input, at, turn)) await writeBlock(url, block);
  await rpc(url, 'evm_setTime', [Math.max(now(), at + 1)]);
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
  if (!(await isHistoryComplete(url))) {
    const input = await planInput(url, deployment, contracts);
    if ((await blocksWritten(url)) === 0) await fund(url, contracts);
    const blocks = planHistory(input);
    for (let i = await blocksWritten(url); i < blocks.length; i++) {
      onProgress(i / blocks.length, blocks[i]!.title);
      await writeBlock(url, blocks[i]!);
    }
    await catchUp(url, input);
    onProgress(1, 'the past is written');
    await markHistoryComplete(url);
  }
  return exportSeed(contracts, deployment.chainId);
}
