'use client';

import type { NewProposal, Proposal } from '@e-aurum/sdk/rest';
import { type ManagedContract, PROXIED_CONTRACTS } from '@e-aurum/sdk/roles';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { encodeFunctionData } from 'viem';
import { useDeployment } from '@/chain/deployment';
import { fieldErrors } from '@/shared/api/field-errors';
import { useApiPost } from '@/shared/api/use-api';
import { Button } from '@/shared/ui/Button';
import { SelectField, TextAreaField, TextField } from '@/shared/ui/Field';
import { Hash } from '@/shared/ui/Hash';
import { Note } from '@/shared/ui/Note';
import { Tabs } from '@/shared/ui/Tabs';
import { ArgumentFields } from './ArgumentFields';
import { addressOf, CONTRACTS, callablesOf } from './contracts';
import { readArguments, type Typed } from './typed-arguments';
import { TREASURY_PATH } from './words';

type Kind = NewProposal['kind'];
const KINDS = [
  { key: 'upgrade', title: 'Upgrade a contract' },
  { key: 'call', title: 'Call a function' },
] as const;

/** Two kinds of proposals; neither does anything before enough signers agreed and its delay is over. */
export default function ProposeForm() {
  const [kind, setKind] = useState<Kind>('upgrade');
  return (
    <Tabs label="What to propose" tabs={KINDS} selected={kind} onSelect={setKind}>
      <div className="max-w-[640px] pt-6">{kind === 'upgrade' ? <UpgradeForm /> : <CallForm />}</div>
    </Tabs>
  );
}

interface FrameProps {
  children: ReactNode;
  /** Null while something is missing. */
  proposal: ((words: { title: string; reason: string }) => unknown) | null;
  onAttempt: () => void;
}

/** What both kinds have: title, reason, the button, and what the service says of it. */
function Frame({ children, proposal, onAttempt }: FrameProps) {
  const router = useRouter();
  const post = useApiPost<Proposal>([TREASURY_PATH]);
  const [title, setTitle] = useState('');
  const [reason, setReason] = useState('');
  const errors = fieldErrors(post.error);
  const submit = () => {
    onAttempt();
    if (!proposal) return;
    post.mutate(
      { path: `${TREASURY_PATH}/proposals`, body: proposal({ title, reason }) },
      { onSuccess: ({ id }) => router.push(`/treasury/${id}`) },
    );
  };
  return (
    <form
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextField
        label="Title"
        hint="What it does, in a few words"
        value={title}
        required
        minLength={5}
        maxLength={120}
        error={errors.title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <TextAreaField
        label="Reason"
        hint="Why it should be done, for those who sign and for everybody who reads it"
        value={reason}
        required
        minLength={5}
        maxLength={2000}
        error={errors.reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {children}
      {post.error && (
        <Note tone="down" live title={`${post.error.problem.title}.`}>
          {post.error.problem.detail}
        </Note>
      )}
      <div>
        <Button type="submit" kind="gold" disabled={post.isPending}>
          {post.isPending ? 'Checking it against the chain …' : 'Propose it'}
        </Button>
        <p className="mt-2 text-[13px] text-ink-2">
          Proposing costs nothing and sends nothing. You sign on the next page, after you have read what it
          does.
        </p>
      </div>
    </form>
  );
}

const isAddress = (text: string): boolean => /^0x[0-9a-fA-F]{40}$/.test(text);
const isBytes = (text: string): boolean => /^0x([0-9a-fA-F]{2})*$/.test(text);

function UpgradeForm() {
  const { contracts } = useDeployment();
  const [contract, setContract] = useState<string>('GoldToken');
  const [implementation, setImplementation] = useState('');
  const [callData, setCallData] = useState('');
  const [attempted, setAttempted] = useState(false);
  const data = callData.trim() === '' ? '0x' : callData.trim();
  const ready = isAddress(implementation.trim()) && isBytes(data);
  const now = contracts[contract]?.implementation;
  return (
    <Frame
      onAttempt={() => setAttempted(true)}
      proposal={
        ready
          ? (words) => ({
              kind: 'upgrade',
              contract,
              implementation: implementation.trim(),
              callData: data,
              ...words,
            })
          : null
      }
    >
      <SelectField label="Contract" value={contract} onChange={(event) => setContract(event.target.value)}>
        {PROXIED_CONTRACTS.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </SelectField>
      {now && (
        <p className="-mt-3 text-[13px] text-ink-2">
          As it was deployed: <Hash value={now} label="implementation at deployment" />
        </p>
      )}
      <TextField
        label="New implementation"
        hint="The address of the code that was deployed for it"
        value={implementation}
        required
        autoComplete="off"
        spellCheck={false}
        error={
          attempted && !isAddress(implementation.trim())
            ? 'Write an address: 0x and 40 hex digits.'
            : undefined
        }
        onChange={(event) => setImplementation(event.target.value)}
      />
      <TextAreaField
        label="Call after the upgrade (optional)"
        hint="Calldata of a reinitialiser, as 0x and hex digits; empty for none"
        value={callData}
        spellCheck={false}
        error={attempted && !isBytes(data) ? 'Write bytes as 0x and pairs of hex digits.' : undefined}
        onChange={(event) => setCallData(event.target.value)}
      />
    </Frame>
  );
}

function CallForm() {
  const deployment = useDeployment();
  const [contract, setContract] = useState<ManagedContract>('GoldDesk');
  const [name, setName] = useState('');
  const [typed, setTyped] = useState<Typed>({});
  const [attempted, setAttempted] = useState(false);
  const callables = callablesOf(contract);
  const chosen = callables.find(({ fn }) => fn.name === name) ?? callables[0];
  if (!chosen) throw new Error(`Nothing of ${contract} can be proposed`);
  const { fn, role } = chosen;
  const { values, errors } = readArguments(fn.inputs, typed);
  const callData = values && encodeFunctionData({ abi: [fn], functionName: fn.name, args: values });
  const target = addressOf(deployment, contract);

  const choose = (next: ManagedContract, fnName: string) => {
    setContract(next);
    setName(fnName);
    setTyped({});
    setAttempted(false);
  };
  return (
    <Frame
      onAttempt={() => setAttempted(true)}
      proposal={callData ? (words) => ({ kind: 'call', target, callData, ...words }) : null}
    >
      <SelectField
        label="Contract"
        value={contract}
        onChange={(event) => choose(event.target.value as ManagedContract, '')}
      >
        {CONTRACTS.map((key) => (
          <option key={key} value={key}>
            {key}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Function"
        value={fn.name}
        hint={`Needs the role ${role}, which the Safe holds with a delay`}
        onChange={(event) => choose(contract, event.target.value)}
      >
        {callables.map(({ fn: { name: key } }) => (
          <option key={key} value={key}>
            {key}
          </option>
        ))}
      </SelectField>
      <ArgumentFields
        parameters={fn.inputs}
        typed={typed}
        errors={attempted ? errors : {}}
        onType={(place, text) => setTyped((before) => ({ ...before, [place]: text }))}
      />
      {callData && (
        <div className="min-w-0">
          <p className="text-[13px] text-ink-2">Calldata</p>
          <Hash whole value={callData} label="calldata" className="text-[12.5px]" />
        </div>
      )}
    </Frame>
  );
}
