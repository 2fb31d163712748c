'use client';

import { redemptionDeskAbi } from '@e-aurum/sdk/abi';
import type { Product, Redemption } from '@e-aurum/sdk/rest';
import type { Address } from 'viem';
import { useReadContract } from 'wagmi';
import { useAccount } from '@/chain/account/use-account';
import { useSession } from '@/chain/account/use-session';
import { useContract, useDeployment } from '@/chain/deployment';
import { explainError } from '@/chain/transaction/explain';
import type { Refusal } from '@/chain/transaction/refusals';
import { useApi } from '@/shared/api/use-api';
import type { DeskRedemption } from './steps';
import { stateOf } from './words';

const REFRESH_MS = 3_000;

/** What {@link Escrow} asks the desk: the amount that the request would take. Wei of EAU. */
export interface Escrow {
  escrow: bigint | undefined;
  fee: bigint | undefined;
  refusal: Refusal | null;
}

export function useEscrow(product: Pick<Product, 'productId'>, count: number): Escrow {
  const { chainId } = useDeployment();
  const { data, error } = useReadContract({
    chainId,
    address: useContract('RedemptionDesk'),
    abi: redemptionDeskAbi,
    functionName: 'escrowFor',
    args: [product.productId, count],
    query: { refetchInterval: REFRESH_MS * 4 },
  });
  return { escrow: data?.[0], fee: data?.[1], refusal: error ? explainError(error) : null };
}

/** A redemption as the desk has it now: public, and what every deadline and button goes by. */
export interface OnChain extends DeskRedemption {
  holder: Address;
  productId: number;
  count: number;
  /** Wei of EAU held now, fee included. */
  escrow: bigint;
  fee: bigint;
  requestedAt: number;
  barIds: readonly bigint[];
  proofHash: `0x${string}`;
}

export interface FollowedRedemption {
  /** Undefined while it loads, null when there is none of this number. */
  onChain: OnChain | null | undefined;
  refusal: Refusal | null;
  /** The service's view, for its holder alone: bars, tracking, history. */
  details: Redemption | undefined;
  isHolder: boolean;
  /** The holder is connected but has not signed in. */
  needsSignIn: boolean;
}

export function useRedemptionOnChain(id: bigint) {
  const { chainId } = useDeployment();
  const { data, error } = useReadContract({
    chainId,
    address: useContract('RedemptionDesk'),
    abi: redemptionDeskAbi,
    functionName: 'redemption',
    args: [id],
    query: { refetchInterval: REFRESH_MS },
  });
  const state = data && stateOf(data.state);
  const onChain: OnChain | null | undefined = data && (state ? { ...data, state } : null);
  return { onChain, refusal: error && !data ? explainError(error) : null };
}

/** Follows a redemption, live. */
export function useRedemption(id: bigint): FollowedRedemption {
  const { onChain, refusal } = useRedemptionOnChain(id);
  const { address } = useAccount();
  const { me, loading } = useSession();
  const isHolder = onChain != null && address?.toLowerCase() === onChain.holder.toLowerCase();
  const { data: details } = useApi<Redemption>(isHolder && me ? `/v1/redemptions/${id}` : null, {
    refreshMs: REFRESH_MS,
  });
  return { onChain, refusal, details, isHolder, needsSignIn: isHolder && !me && !loading };
}
