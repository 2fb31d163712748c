import {
  goldDeskAbi,
  goldReserveAbi,
  goldTokenAbi,
  priceOracleAbi,
  redemptionDeskAbi,
  signedPriceFeedAbi,
  stakedGoldAbi,
} from '@e-aurum/sdk/abi';
import { Interface, type InterfaceAbi, type JsonRpcProvider, type Result } from 'ethers';
import type { Place } from './report.ts';

const ABIS = {
  GoldToken: goldTokenAbi,
  GoldReserve: goldReserveAbi,
  PriceOracle: priceOracleAbi,
  SignedPriceFeed: signedPriceFeedAbi,
  GoldDesk: goldDeskAbi,
  RedemptionDesk: redemptionDeskAbi,
  StakedGold: stakedGoldAbi,
} as const;

export type AuditedContract = keyof typeof ABIS;
export const AUDITED = Object.keys(ABIS) as AuditedContract[];

export const interfaceOf = (contract: AuditedContract) =>
  new Interface(ABIS[contract] as unknown as InterfaceAbi);

export interface ChainEvent {
  contract: AuditedContract;
  name: string;
  args: Result;
  place: Place;
  logIndex: number;
  /** unix seconds of its block */
  time: number;
}

interface RawLog {
  address: string;
  topics: string[];
  data: string;
  blockNumber: string;
  logIndex: string;
  transactionHash: string;
  blockTimestamp?: string;
}

const RANGE = 50_000;

/** Every event of our contracts from the deployment to `toBlock`, in the order of the chain. Ranges shrink when a node refuses. */
export async function loadEvents(
  provider: JsonRpcProvider,
  addresses: Record<AuditedContract, string>,
  fromBlock: number,
  toBlock: number,
): Promise<ChainEvent[]> {
  const byAddress = new Map(
    AUDITED.map((contract) => [
      addresses[contract].toLowerCase(),
      { contract, coder: interfaceOf(contract) },
    ]),
  );
  const logs: RawLog[] = [];
  let range = RANGE;
  for (let from = fromBlock; from <= toBlock; ) {
    const to = Math.min(from + range - 1, toBlock);
    try {
      logs.push(...(await provider.send('eth_getLogs', [filter(Object.values(addresses), from, to)])));
      from = to + 1;
    } catch (error) {
      if (range === 1) throw error;
      range = Math.max(1, Math.floor(range / 4));
    }
  }
  const times = await timesOf(provider, logs);
  const events: ChainEvent[] = [];
  for (const log of logs) {
    const known = byAddress.get(log.address.toLowerCase());
    const parsed = known?.coder.parseLog(log);
    if (!known || !parsed) continue; // events of the proxy itself (Upgraded) and of initialisers
    const block = Number(log.blockNumber);
    events.push({
      contract: known.contract,
      name: parsed.name,
      args: parsed.args,
      place: { block, transaction: log.transactionHash },
      logIndex: Number(log.logIndex),
      time: times.get(block) as number,
    });
  }
  return events.sort((a, b) => a.place.block - b.place.block || a.logIndex - b.logIndex);
}

function filter(address: string[], from: number, to: number) {
  return { address, fromBlock: `0x${from.toString(16)}`, toBlock: `0x${to.toString(16)}` };
}

/** Times of the blocks: nodes that put them into the log save us a request for each block. */
async function timesOf(provider: JsonRpcProvider, logs: RawLog[]): Promise<Map<number, number>> {
  const times = new Map<number, number>();
  for (const log of logs)
    if (log.blockTimestamp) times.set(Number(log.blockNumber), Number(log.blockTimestamp));
  const missing = [...new Set(logs.map((log) => Number(log.blockNumber)))].filter(
    (block) => !times.has(block),
  );
  for (let i = 0; i < missing.length; i += 50) {
    const blocks = await Promise.all(missing.slice(i, i + 50).map((block) => provider.getBlock(block)));
    for (const block of blocks) if (block) times.set(block.number, block.timestamp);
  }
  return times;
}
