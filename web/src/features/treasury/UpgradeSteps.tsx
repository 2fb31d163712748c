import type { Proposal } from '@e-aurum/sdk/rest';
import type { ReactNode } from 'react';
import { Hash } from '@/shared/ui/Hash';
import { Tag, type Tone } from '@/shared/ui/Tag';

interface StepProps {
  number: number;
  title: string;
  tag?: { tone: Tone; word: string };
  children: ReactNode;
}

/** One of the things to read before signing. */
export function Step({ number, title, tag, children }: StepProps) {
  return (
    <li className="grid grid-cols-[30px_minmax(0,1fr)] gap-x-2 border-b border-line py-4">
      <span aria-hidden="true" className="display-serif text-[20px] text-gold">
        {number}
      </span>
      <div className="min-w-0">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <h2 className="font-semibold">{title}</h2>
          {tag && <Tag tone={tag.tone}>{tag.word}</Tag>}
        </div>
        <div className="mt-1 text-ink-2">{children}</div>
      </div>
    </li>
  );
}

type Upgrade = NonNullable<Proposal['upgrade']>;

export function StorageStep({ number, storage }: { number: number; storage: Upgrade['storage'] }) {
  const tag =
    storage.compatible === null
      ? ({ tone: 'down', word: 'Not comparable' } as const)
      : storage.compatible
        ? ({ tone: 'up', word: 'Compatible' } as const)
        : ({ tone: 'down', word: 'Not compatible' } as const);
  return (
    <Step number={number} title="Storage" tag={tag}>
      {storage.changes.length === 0 ? (
        <p>No slot is added, moved or removed.</p>
      ) : (
        <ul className="grid gap-0.5">
          {storage.changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      )}
    </Step>
  );
}

export function CodeStep({ number, upgrade }: { number: number; upgrade: Upgrade }) {
  const { build, codeHash } = upgrade;
  return (
    <Step
      number={number}
      title="Code"
      tag={build ? { tone: 'up', word: 'Same' } : { tone: 'down', word: 'Unknown' }}
    >
      <p>
        {build ? (
          <>
            The code at the new address equals the build <b className="text-ink">{build.name}</b> of this
            repository.
          </>
        ) : (
          'The code at the new address is no build of this repository. Ask who made it, and from what.'
        )}
      </p>
      <p className="mt-1 text-[13.5px]">
        Code hash <Hash value={codeHash} label="code hash" />
      </p>
      <div className="mt-3 overflow-x-auto rounded-lg border border-line bg-sunk px-3.5 py-2.5 font-mono text-[13px] leading-6">
        <p className="text-down">
          − implementation{' '}
          <Hash value={upgrade.oldImplementation} label="old implementation" className="text-down" />
          {upgrade.oldVersion && `  ${upgrade.oldVersion}`}
        </p>
        <p className="text-up">
          + implementation{' '}
          <Hash value={upgrade.newImplementation} label="new implementation" className="text-up" />
          {upgrade.newVersion && `  ${upgrade.newVersion}`}
        </p>
      </div>
    </Step>
  );
}
