'use client';

import { bytesToAscii } from '@e-aurum/sdk';
import { goldReserveAbi } from '@e-aurum/sdk/abi';
import { useQuery } from '@tanstack/react-query';
import type { Address, Hex } from 'viem';
import { type Config, useConfig } from 'wagmi';
import { readContract } from 'wagmi/actions';
import { useContract, useDeployment } from '@/chain/deployment';
import { explainError } from '@/chain/transaction/explain';
import type { BarState } from '@/shared/reserve/bar-words';

const PAGE = 200n;
const REFRESH_MS = 5_000;

/** GoldReserve.BarState, in the order of its interface. */
const STATES: readonly (BarState | null)[] = [
  null,
  'Pending',
  'Active',
  'Suspended',
  'Committed',
  'Delivered',
  'Cancelled',
  'Lost',
];

export interface ChainBar {
  barId: bigint;
  refiner: string;
  serial: string;
  year: number;
  grossWeightMg: bigint;
  /** parts in ten thousand */
  fineness: number;
  fineWeightMg: bigint;
  vault: string;
  state: BarState | null;
  documentsHash: Hex;
}

export interface BarList {
  bars: ChainBar[];
  /** GoldReserve.listVersion, read before the bars: an attestation of a list that changed since is refused. */
  version: bigint;
}

/** Every bar that was ever booked, from the reserve itself. */
export async function readBarList(config: Config, chainId: number, reserve: Address): Promise<BarList> {
  const contract = { chainId, address: reserve, abi: goldReserveAbi } as const;
  const version = await readContract(config, { ...contract, functionName: 'listVersion' });
  const bars: ChainBar[] = [];
  for (let offset = 0n; ; offset += PAGE) {
    const [ids, page] = await readContract(config, {
      ...contract,
      functionName: 'barsPage',
      args: [offset, PAGE],
    });
    for (const [at, bar] of page.entries())
      bars.push({
        barId: ids[at] as bigint,
        refiner: bytesToAscii(bar.refiner),
        serial: bytesToAscii(bar.serial),
        year: bar.year,
        grossWeightMg: BigInt(bar.grossWeightMg),
        fineness: bar.fineness,
        fineWeightMg: BigInt(bar.fineWeightMg),
        vault: bytesToAscii(bar.vault),
        state: STATES[bar.state] ?? null,
        documentsHash: bar.documentsHash,
      });
    if (BigInt(page.length) < PAGE) return { bars, version };
  }
}

export function useBars() {
  const config = useConfig();
  const { chainId } = useDeployment();
  const reserve = useContract('GoldReserve');
  const { data, error, refetch } = useQuery({
    queryKey: ['bars', chainId, reserve],
    queryFn: () => readBarList(config, chainId, reserve),
    refetchInterval: REFRESH_MS,
  });
  return { list: data, refusal: error && !data ? explainError(error) : null, refetch };
}
