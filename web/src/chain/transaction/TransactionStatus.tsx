'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import type { TransactionReceipt } from 'viem';
import { Button } from '@/shared/ui/Button';
import { cx } from '@/shared/ui/cx';
import { Hash } from '@/shared/ui/Hash';
import type { Stage, TransactionFlow } from './use-transaction';

interface Step {
  key: string;
  title: string;
}

const ORDER = ['checking', 'approving', 'confirming', 'pending', 'done'];

function stepsOf(flow: TransactionFlow): Step[] {
  const approval = flow.plan?.approval;
  return [
    { key: 'checking', title: 'Check it against the chain' },
    ...(approval ? [{ key: 'approving', title: `Allow exactly this amount of ${approval.symbol}` }] : []),
    { key: 'confirming', title: 'Confirm in your wallet' },
    { key: 'pending', title: 'Wait for the chain' },
  ];
}

const WORDS: Record<Stage['name'], string> = {
  idle: '',
  checking: 'Checking it against the chain.',
  approving: 'Waiting for your wallet: allow this amount.',
  confirming: 'Waiting for your wallet: confirm.',
  pending: 'Sent. Waiting for the chain.',
  done: 'Done.',
  failed: '',
};

function Steps({ flow }: { flow: TransactionFlow }) {
  const at = ORDER.indexOf(flow.stage.name);
  return (
    <ol className="border-t border-line text-[14px]">
      {stepsOf(flow).map(({ key, title }) => {
        const own = ORDER.indexOf(key);
        const state = own < at ? 'done' : own === at ? 'now' : 'later';
        return (
          <li
            key={key}
            aria-current={state === 'now' ? 'step' : undefined}
            className="flex items-center gap-3 border-b border-line py-2.5"
          >
            <i
              aria-hidden="true"
              className={cx(
                'size-2.5 shrink-0 rounded-full',
                state === 'done' ? 'bg-up' : state === 'now' ? 'bg-gold-fill' : 'border border-edge',
              )}
            />
            <span
              className={state === 'later' ? 'text-ink-2' : state === 'now' ? 'font-semibold' : undefined}
            >
              {title}
            </span>
            <span className="sr-only">{state === 'done' ? '(done)' : ''}</span>
          </li>
        );
      })}
    </ol>
  );
}

interface TransactionStatusProps {
  flow: TransactionFlow;
  /** What to say when it is done, from its receipt. */
  done: (receipt: TransactionReceipt) => ReactNode;
  /** The button that leads back to the form: "Buy more". */
  again?: string;
  /** More to do when it failed: a link to verification. */
  help?: ReactNode;
}

/** One look for every transaction, from the check to its end, with a way back. Shows nothing while idle. */
export function TransactionStatus({ flow, done, again = 'Back', help }: TransactionStatusProps) {
  const { stage, plan } = flow;
  const box = useRef<HTMLDivElement>(null);
  const idle = stage.name === 'idle';
  // the form that had the focus has given way to this
  useEffect(() => {
    if (!idle) box.current?.focus({ preventScroll: true });
  }, [idle]);
  if (idle) return null;
  const hash = 'hash' in stage ? stage.hash : undefined;
  return (
    <div ref={box} tabIndex={-1} data-stage={stage.name} className="outline-none">
      <p role="status" className="sr-only">
        {stage.name === 'failed' ? `${stage.refusal.title}. ${stage.refusal.detail}` : WORDS[stage.name]}
      </p>
      {flow.running && (
        <>
          <p className="display-serif mb-3 text-[24px]">{plan?.title}</p>
          <Steps flow={flow} />
          {stage.name === 'pending' && (
            <p className="mt-3 text-[13px] text-ink-2">You can leave this page; what was sent goes on.</p>
          )}
        </>
      )}
      {stage.name === 'done' && done(stage.receipt)}
      {stage.name === 'failed' && (
        <div className="rounded-r-lg border-l-[3px] border-down bg-wash-down px-4 py-3 text-[14px]">
          <strong className="font-semibold">{stage.refusal.title}.</strong> {stage.refusal.detail}
          {help && <div className="mt-2">{help}</div>}
        </div>
      )}
      {hash && (
        <p className="mt-3 text-[13px] text-ink-2">
          Transaction <Hash value={hash} label="transaction hash" />
        </p>
      )}
      {!flow.running && (
        <Button className="mt-4" wide onClick={flow.reset}>
          {stage.name === 'failed' ? 'Back to the form' : again}
        </Button>
      )}
    </div>
  );
}
