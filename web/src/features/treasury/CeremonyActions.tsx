'use client';

import { aurumAccessManagerAbi } from '@e-aurum/sdk/abi';
import type { Proposal, Treasury } from '@e-aurum/sdk/rest';
import { type Address, decodeFunctionData, type Hex } from 'viem';
import { ConnectButton } from '@/chain/account/AccountButton';
import { useAccount } from '@/chain/account/use-account';
import { explainError } from '@/chain/transaction/explain';
import type { TransactionPlan } from '@/chain/transaction/run';
import { TransactionStatus } from '@/chain/transaction/TransactionStatus';
import { type TransactionFlow, useTransaction } from '@/chain/transaction/use-transaction';
import { useChainNow } from '@/chain/use-chain-now';
import { formatPeriod } from '@/shared/format/time';
import { Countdown } from '@/shared/time/Countdown';
import { TimeAgo } from '@/shared/time/TimeAgo';
import { Button } from '@/shared/ui/Button';
import { cx } from '@/shared/ui/cx';
import { Hash } from '@/shared/ui/Hash';
import { Note } from '@/shared/ui/Note';
import { Tag } from '@/shared/ui/Tag';
import { planExecution } from './safe';
import { useSign } from './use-sign';
import { type CeremonyName, openCeremony, sameAddress } from './words';

interface ActionsProps {
  proposal: Proposal;
  treasury: Pick<Treasury, 'owners' | 'guardians' | 'safe'>;
}

/** The two ceremonies, the delay between them, and the guardians' veto. */
export function CeremonyActions({ proposal, treasury }: ActionsProps) {
  const flow = useTransaction();
  const { address } = useAccount();
  const isGuardian = treasury.guardians.some((guardian) => sameAddress(guardian, address));
  const open = openCeremony(proposal.state);
  if (flow.stage.name !== 'idle')
    return (
      <Panel>
        <TransactionStatus
          flow={flow}
          again="Back to the proposal"
          done={() => (
            <p className="display-serif text-[24px]">Done. It shows here as soon as the block is final.</p>
          )}
        />
      </Panel>
    );
  return (
    <Panel>
      <CeremonyPart name="schedule" proposal={proposal} treasury={treasury} flow={flow} />
      <Delay proposal={proposal} />
      <CeremonyPart name="execute" proposal={proposal} treasury={treasury} flow={flow} />
      {proposal.veto && (
        <Veto veto={proposal.veto} isGuardian={isGuardian} onVeto={(plan) => flow.run(plan)} />
      )}
      {open && !address && <ConnectButton wide />}
    </Panel>
  );
}

interface PartProps extends ActionsProps {
  name: CeremonyName;
  flow: TransactionFlow;
}

const TITLES: Record<CeremonyName, string> = {
  schedule: 'First: schedule it',
  execute: 'Second: execute it',
};

function CeremonyPart({ name, proposal, treasury, flow }: PartProps) {
  const ceremony = proposal[name];
  const isOpen = openCeremony(proposal.state) === name;
  const done = ceremony.transactionHash !== null;
  return (
    <section aria-label={TITLES[name]} className={cx(!isOpen && !done && 'text-ink-2')}>
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="display-serif text-[23px]">{TITLES[name]}</h2>
        {done ? (
          <Tag tone="up">Done</Tag>
        ) : (
          <span className="text-[13.5px] text-ink-2">
            {ceremony.signatures.length} of {ceremony.threshold} signatures
          </span>
        )}
      </div>
      <ul className="mt-2">
        {ceremony.signatures.map(({ signer, at }) => (
          <li key={signer} className="flex justify-between gap-3 py-1 text-[13.5px]">
            <span>
              <span aria-hidden="true" className="mr-2 text-up">
                ✓
              </span>
              <Hash value={signer} label="signer" />
            </span>
            <TimeAgo at={at} />
          </li>
        ))}
      </ul>
      {done && ceremony.transactionHash && (
        <p className="text-[13px] text-ink-2">
          Transaction <Hash value={ceremony.transactionHash} label="transaction hash" />
        </p>
      )}
      {isOpen && <OpenCeremony name={name} proposal={proposal} treasury={treasury} flow={flow} />}
    </section>
  );
}

function OpenCeremony({ name, proposal, treasury, flow }: PartProps) {
  const { address, wrongNetwork, switchNetwork } = useAccount();
  const sign = useSign(proposal, name);
  const { signatures, threshold, executionData } = proposal[name];
  const isOwner = treasury.owners.some((owner) => sameAddress(owner, address));
  const signed = signatures.some(({ signer }) => sameAddress(signer, address));
  const tooSoon = name === 'execute' && proposal.state === 'scheduled';
  if (!address) return null;
  if (wrongNetwork)
    return (
      <Button kind="gold" wide className="mt-2" onClick={switchNetwork}>
        Switch your wallet’s network
      </Button>
    );
  const missing = threshold - signatures.length;
  const send = () => {
    if (!executionData) return;
    const title = name === 'schedule' ? 'Schedule it' : 'Execute it';
    flow.run(planExecution(treasury.safe as Address, title, executionData));
  };
  return (
    <div className="mt-2 grid gap-2.5">
      {isOwner && !signed && (
        <Button
          kind={executionData ? 'line' : 'gold'}
          wide
          disabled={sign.isPending}
          onClick={() => sign.mutate()}
        >
          {sign.isPending ? 'Waiting for your wallet …' : `Sign to ${name} it`}
        </Button>
      )}
      {signed && missing > 0 && (
        <p className="text-[13.5px] text-ink-2">
          You signed. {missing} more {missing === 1 ? 'signature is' : 'signatures are'} needed.
        </p>
      )}
      {!isOwner && missing > 0 && (
        <p className="text-[13.5px] text-ink-2">
          Only a signer of the Safe can sign this; connect one of {treasury.owners.length} accounts listed on
          the treasury page.
        </p>
      )}
      {sign.error && (
        <Note tone="down" live title={`${explainError(sign.error).title}.`}>
          {explainError(sign.error).detail}
        </Note>
      )}
      {executionData && (
        <>
          <Button kind="gold" wide disabled={tooSoon} onClick={send}>
            {tooSoon
              ? 'Not before its delay is over'
              : name === 'schedule'
                ? 'Schedule it now'
                : 'Execute it now'}
          </Button>
          <p className="text-[13px] text-ink-2">
            There are enough signatures: any account may send it to the Safe, and pays the network’s fee.
          </p>
        </>
      )}
    </div>
  );
}

function Delay({ proposal }: { proposal: Proposal }) {
  const { nowMs } = useChainNow();
  const { state, executableAt, expiresAt, delaySeconds } = proposal;
  const from = executableAt ? Date.parse(executableAt) : null;
  const until = expiresAt ? Date.parse(expiresAt) : null;
  return (
    <div className="border-y border-line py-3 text-[14px]">
      {from === null && (
        <>Then it waits {formatPeriod(delaySeconds)}. Until it runs, a guardian can veto it.</>
      )}
      {from !== null && state === 'scheduled' && (
        <p role="status">
          It can run in <Countdown toMs={from} nowMs={nowMs} />. Until then, and until it runs, a guardian can
          veto it.
        </p>
      )}
      {until !== null && state === 'executable' && (
        <p role="status">
          Its delay is over. It has to run within <Countdown toMs={until} nowMs={nowMs} />, or it expires.
        </p>
      )}
      {state === 'executed' && <>It waited {formatPeriod(delaySeconds)}, and ran.</>}
      {state === 'vetoed' && <span className="text-down">A guardian vetoed it. It will never run.</span>}
      {state === 'expired' && (
        <>It was not executed within a week after its delay, and expired. Propose it again.</>
      )}
      {state === 'failed' && <span className="text-down">It ran and failed. Nothing changed.</span>}
    </div>
  );
}

interface VetoProps {
  veto: { to: string; data: string };
  isGuardian: boolean;
  onVeto: (plan: TransactionPlan) => void;
}

function planVeto({ to, data }: VetoProps['veto']): TransactionPlan {
  const { functionName, args } = decodeFunctionData({ abi: aurumAccessManagerAbi, data: data as Hex });
  return {
    title: 'Veto this proposal',
    call: {
      address: to as Address,
      abi: aurumAccessManagerAbi,
      functionName,
      args: (args ?? []) as readonly unknown[],
    },
  };
}

function Veto({ veto, isGuardian, onVeto }: VetoProps) {
  if (!isGuardian)
    return (
      <p className="text-[13px] text-ink-2">
        A guardian can veto it here, with one transaction of their own.
      </p>
    );
  return (
    <div>
      <Button kind="danger" wide onClick={() => onVeto(planVeto(veto))}>
        Veto this proposal
      </Button>
      <p className="mt-2 text-[13px] text-ink-2">
        You are a guardian. It takes effect at once; the signers would have to begin again.
      </p>
    </div>
  );
}

function Panel({ children }: { children: React.ReactNode }) {
  return (
    <div className="grid gap-5 rounded-[14px] border border-line bg-surface p-5 sm:p-[22px]">{children}</div>
  );
}
