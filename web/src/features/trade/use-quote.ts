'use client';

import { goldDeskAbi } from '@e-aurum/sdk/abi';
import type { LatestPrice } from '@e-aurum/sdk/rest';
import { keepPreviousData } from '@tanstack/react-query';
import { useReadContract, useReadContracts } from 'wagmi';
import { type Coin, useContract, useDeployment } from '@/chain/deployment';
import { modeOf, sourceOf } from '@/chain/enums';
import { explainError } from '@/chain/transaction/explain';
import type { Refusal } from '@/chain/transaction/refusals';

export type Side = 'buy' | 'sell';

const REFRESH_MS = 3_000;

/** What the desk would do now, by the code that will do it. */
export interface Quote {
  grams: bigint;
  feeGrams: bigint;
  coinAmount: bigint;
  usdPerGram: bigint;
  usdPerCoin: bigint;
  spreadBps: number;
  feeBps: number;
  observed: {
    usdPerGram: bigint;
    lowUsdPerGram: bigint;
    highUsdPerGram: bigint;
    mode: LatestPrice['mode'];
    source: LatestPrice['source'];
  };
}

export interface QuoteState {
  quote: Quote | null;
  refusal: Refusal | null;
  loading: boolean;
}

/** GoldDesk.quoteBuy or quoteSell, asked again every few seconds. `amount`: coin units to pay, or wei of EAU to give. */
export function useQuote(side: Side, coin: Coin, amount: bigint | null): QuoteState {
  const { chainId } = useDeployment();
  const { data, error, isPending, isPlaceholderData } = useReadContract({
    chainId,
    address: useContract('GoldDesk'),
    abi: goldDeskAbi,
    functionName: side === 'buy' ? 'quoteBuy' : 'quoteSell',
    args: amount === null ? undefined : [coin.address, amount],
    query: {
      enabled: amount !== null,
      refetchInterval: REFRESH_MS,
      retry: false,
      placeholderData: keepPreviousData,
    },
  });
  if (amount === null) return { quote: null, refusal: null, loading: false };
  const quote =
    data && !error
      ? {
          ...data,
          observed: {
            ...data.observed,
            mode: modeOf(data.observed.mode),
            source: sourceOf(data.observed.source),
          },
        }
      : null;
  return { quote, refusal: error ? explainError(error) : null, loading: isPending || isPlaceholderData };
}

export interface Limits {
  /** Most grams in one trade now, wei of EAU; undefined while loading. 0 when nothing can be traded. */
  buyable: bigint | undefined;
  sellable: bigint | undefined;
}

/** How much can be bought and sold now, as the desk says. */
export function useLimits(coin: Coin): Limits {
  const { chainId } = useDeployment();
  const desk = { chainId, address: useContract('GoldDesk'), abi: goldDeskAbi } as const;
  const { data } = useReadContracts({
    contracts: [
      { ...desk, functionName: 'buyable' },
      { ...desk, functionName: 'sellable', args: [coin.address] },
    ],
    query: { refetchInterval: REFRESH_MS * 2 },
  });
  return { buyable: data?.[0].result, sellable: data?.[1].result };
}
