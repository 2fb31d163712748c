'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useReducer, useRef } from 'react';
import type { Hex, TransactionReceipt } from 'viem';
import { type Config, useConfig } from 'wagmi';
import { useDeployment } from '../deployment';
import { explainError } from './explain';
import type { Refusal } from './refusals';
import { runTransaction, type TransactionPlan } from './run';

/** Where a transaction is. The same stages everywhere, whatever it does. */
export type Stage =
  | { name: 'idle' }
  | { name: 'checking' }
  | { name: 'approving'; how: 'permit' | 'approve'; hash?: Hex }
  | { name: 'confirming' }
  | { name: 'pending'; hash: Hex }
  | { name: 'done'; hash: Hex; receipt: TransactionReceipt }
  | { name: 'failed'; refusal: Refusal; hash?: Hex };

export interface TransactionFlow {
  stage: Stage;
  plan: TransactionPlan | null;
  /** True from the check until it is done or failed. */
  running: boolean;
  /** A plan, or what makes it when it needs to ask the chain first. */
  run: (
    plan: TransactionPlan | ((config: Config) => Promise<TransactionPlan>),
  ) => Promise<TransactionReceipt | null>;
  /** Back to the form. What was sent stays sent. */
  reset: () => void;
}

export function useTransaction(): TransactionFlow {
  const config = useConfig();
  const client = useQueryClient();
  const { chainId } = useDeployment();
  const [stage, enter] = useReducer((_: Stage, next: Stage) => next, { name: 'idle' });
  const plan = useRef<TransactionPlan | null>(null);
  // a run that was left must not move the stage of the one after it
  const current = useRef(0);

  const run: TransactionFlow['run'] = async (wanted) => {
    const own = ++current.current;
    let sent: Hex | undefined;
    const go = (to: Stage) => {
      if (to.name === 'pending') sent = to.hash;
      if (own === current.current) enter(to);
    };
    try {
      go({ name: 'checking' });
      const next = typeof wanted === 'function' ? await wanted(config) : wanted;
      if (own === current.current) plan.current = next;
      const receipt = await runTransaction(config, chainId, next, go);
      // figures that come from the chain or the service are old now
      await client.invalidateQueries();
      next.onDone?.(receipt);
      return receipt;
    } catch (error) {
      go({ name: 'failed', refusal: explainError(error), ...(sent ? { hash: sent } : {}) });
      return null;
    }
  };

  return {
    stage,
    plan: plan.current,
    running: !['idle', 'done', 'failed'].includes(stage.name),
    run,
    reset: () => {
      current.current++;
      enter({ name: 'idle' });
    },
  };
}
