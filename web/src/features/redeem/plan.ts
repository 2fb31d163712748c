import { redemptionDeskAbi } from '@e-aurum/sdk/abi';
import type { Address, Hex } from 'viem';
import { keccak256, toBytes } from 'viem';
import type { ContractCall, TransactionPlan } from '@/chain/transaction/run';
import { formatGrams } from '@/shared/format/money';
import { bars } from './words';

export interface RedeemWish {
  desk: Address;
  token: Address;
  productId: number;
  count: number;
  /** Wei of EAU, fee included. */
  escrow: bigint;
  deliveryRef: Hex;
  /** Of the terms that were shown: the desk refuses the request when they have changed since. */
  termsHash: Hex;
}

/** What the button says. */
export const redeemTitle = (escrow: bigint, count: number): string =>
  `Escrow ${formatGrams(escrow)} for ${bars(count)}`;

const call = (address: Address, functionName: string, args: readonly unknown[]): ContractCall => ({
  address,
  abi: redemptionDeskAbi,
  functionName,
  args,
});

export function planRequest(wish: RedeemWish): TransactionPlan {
  const { desk, token, productId, count, escrow, deliveryRef, termsHash } = wish;
  const request = [productId, count, deliveryRef, termsHash] as const;
  return {
    title: redeemTitle(escrow, count),
    call: call(desk, 'request', request),
    approval: {
      token,
      symbol: 'EAU',
      spender: desk,
      amount: escrow,
      withPermit: ({ deadline, v, r, s }) => call(desk, 'requestWithPermit', [...request, deadline, v, r, s]),
    },
  };
}

export const planCancel = (desk: Address, id: bigint, escrow: bigint): TransactionPlan => ({
  title: `Cancel, and get ${formatGrams(escrow)} back`,
  call: call(desk, 'cancel', [id]),
});

export const planConfirm = (desk: Address, id: bigint, count: number): TransactionPlan => ({
  title: `Confirm that you received ${bars(count)}`,
  call: call(desk, 'confirmReceipt', [id]),
});

/** The reason itself stays off the chain; its hash lets the holder show later that it was this one. */
export const planDispute = (desk: Address, id: bigint, reason: string): TransactionPlan => ({
  title: 'Dispute the delivery',
  call: call(desk, 'dispute', [id, keccak256(toBytes(reason.trim()))]),
});

export const planReclaim = (desk: Address, id: bigint, escrow: bigint): TransactionPlan => ({
  title: `Send ${formatGrams(escrow)} back to the holder`,
  call: call(desk, 'reclaim', [id]),
});

export const planComplete = (desk: Address, id: bigint): TransactionPlan => ({
  title: 'Complete the redemption',
  call: call(desk, 'complete', [id]),
});
