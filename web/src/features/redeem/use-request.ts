'use client';

import type { DeliveryReference, Product } from '@e-aurum/sdk/rest';
import { useRef } from 'react';
import type { Hex } from 'viem';
import type { z } from 'zod';
import { useSession } from '@/chain/account/use-session';
import { useContract } from '@/chain/deployment';
import { type TransactionFlow, useTransaction } from '@/chain/transaction/use-transaction';
import { fieldErrors } from '@/shared/api/field-errors';
import type { ApiProblem } from '@/shared/api/problem';
import { useApiPost } from '@/shared/api/use-api';
import type { Delivery } from './DeliveryFields';
import { planRequest } from './plan';

interface RequestWish {
  product: Product;
  count: number;
  escrow: bigint;
  delivery: Delivery;
}

export interface RedeemRequest {
  flow: TransactionFlow;
  /** Signs in if need be, hands the address in, then escrows on the chain. */
  submit: (wish: RequestWish) => Promise<void>;
  handingIn: boolean;
  problem: ApiProblem | Error | null;
  errors: Record<string, string>;
}

/** Address first, encrypted, for a reference; then the request on the chain, which carries that reference alone. */
export function useRedeemRequest(): RedeemRequest {
  const desk = useContract('RedemptionDesk');
  const token = useContract('GoldToken');
  const { me, signIn, signingIn, error: signInError } = useSession();
  const post = useApiPost<z.infer<typeof DeliveryReference>>();
  const flow = useTransaction();
  // a second try with the same address needs no second record of it
  const handedIn = useRef<{ what: string; deliveryRef: Hex } | null>(null);

  const handIn = async (account: string, delivery: Delivery): Promise<Hex> => {
    const { instructions, ...rest } = delivery;
    const body = instructions.trim() === '' ? rest : delivery;
    const what = JSON.stringify([account, body]);
    if (handedIn.current?.what === what) return handedIn.current.deliveryRef;
    const answer = await post.mutateAsync({ path: '/v1/redemptions/delivery-details', body });
    handedIn.current = { what, deliveryRef: answer.deliveryRef as Hex };
    return handedIn.current.deliveryRef;
  };

  const submit = async ({ product, count, escrow, delivery }: RequestWish): Promise<void> => {
    let deliveryRef: Hex;
    try {
      const { account } = me ?? (await signIn());
      deliveryRef = await handIn(account, delivery);
    } catch {
      return; // shown where it belongs: at the field, or above the button
    }
    const { productId, termsHash } = product;
    const receipt = await flow.run(
      planRequest({ desk, token, productId, count, escrow, deliveryRef, termsHash: termsHash as Hex }),
    );
    if (receipt) handedIn.current = null;
  };

  return {
    flow,
    submit,
    handingIn: signingIn || post.isPending,
    problem: post.error ?? (me ? null : signInError),
    errors: fieldErrors(post.error),
  };
}
