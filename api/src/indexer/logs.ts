import { type Log as EthersLog, getAddress, type ParamType, type Result } from 'ethers';
import type { Chain } from '../platform/chain/chain.ts';
import { CONTRACT_NAMES, type ContractName, interfaces } from '../platform/chain/contracts.ts';
import type { ChainEvent, EventValue } from './projection.ts';

/** A log as the endpoint gives it; newer nodes say the block's time with it. */
interface RawLog {
  address: string;
  topics: string[];
  data: string;
  blockNumber: string;
  blockHash: string;
  blockTimestamp?: string;
  logIndex: string;
  transactionHash: string;
}

function plain(value: unknown, type: ParamType): EventValue {
  if (type.isArray()) return [...(value as Result)].map((item) => plain(item, type.arrayChildren));
  if (type.isTuple()) return namedValues(value as Result, type.components);
  if (typeof value === 'boolean') return value;
  return String(value);
}

function namedValues(values: Result, types: readonly ParamType[]): Record<string, EventValue> {
  return Object.fromEntries(
    types.map((type, index) => [type.name || String(index), plain(values[index], type)]),
  );
}

function nameByAddress(chain: Chain): Map<string, ContractName> {
  return new Map(CONTRACT_NAMES.map((name) => [chain.addresses[name], name]));
}

/** A call of the endpoint that failed because the range was too much for it, or for another reason: the caller halves. */
async function rawLogs(chain: Chain, fromBlock: number, toBlock: number): Promise<RawLog[]> {
  return chain.provider.send('eth_getLogs', [
    {
      address: Object.values(chain.addresses),
      fromBlock: `0x${fromBlock.toString(16)}`,
      toBlock: `0x${toBlock.toString(16)}`,
    },
  ]);
}

async function timesOf(chain: Chain, logs: readonly RawLog[]): Promise<Map<string, Date>> {
  const times = new Map<string, Date>();
  for (const log of logs) {
    if (times.has(log.blockHash)) continue;
    if (log.blockTimestamp) {
      times.set(log.blockHash, new Date(Number(log.blockTimestamp) * 1000));
      continue;
    }
    const block = await chain.provider.getBlock(log.blockHash);
    if (!block) throw new Error(`block ${log.blockHash} of a log is unknown to the endpoint`);
    times.set(log.blockHash, new Date(block.timestamp * 1000));
  }
  return times;
}

/** The events of our contracts in a range of blocks, in their order. Logs that no ABI of ours knows are left out. */
export async function readEvents(chain: Chain, fromBlock: number, toBlock: number): Promise<ChainEvent[]> {
  const logs = await rawLogs(chain, fromBlock, toBlock);
  const times = await timesOf(chain, logs);
  const names = nameByAddress(chain);
  const events: ChainEvent[] = [];
  for (const log of logs) {
    const contract = names.get(getAddress(log.address));
    if (!contract) continue;
    const parsed = interfaces[contract].parseLog(log as unknown as EthersLog);
    if (!parsed) continue;
    events.push({
      blockNumber: Number(log.blockNumber),
      logIndex: Number(log.logIndex),
      blockHash: log.blockHash,
      at: times.get(log.blockHash)!,
      transactionHash: log.transactionHash,
      contract,
      event: parsed.name,
      args: namedValues(parsed.args, parsed.fragment.inputs),
    });
  }
  return events.sort((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex);
}
