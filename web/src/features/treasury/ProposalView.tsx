'use client';

import type { Proposal, Treasury } from '@e-aurum/sdk/rest';
import type { Result } from '@/shared/api/problem';
import { useApi } from '@/shared/api/use-api';
import { formatPeriod } from '@/shared/format/time';
import { TimeAgo } from '@/shared/time/TimeAgo';
import { ButtonLink } from '@/shared/ui/Button';
import { Hash } from '@/shared/ui/Hash';
import { Link } from '@/shared/ui/Link';
import { Note } from '@/shared/ui/Note';
import { Empty, Failed, SkeletonRows, Stale } from '@/shared/ui/State';
import { Tag, type Tone } from '@/shared/ui/Tag';
import { CeremonyActions } from './CeremonyActions';
import { CeremonyHashes } from './CeremonyHashes';
import { DecodedCalls } from './DecodedCalls';
import { signatureWords } from './ProposalList';
import { CodeStep, Step, StorageStep } from './UpgradeSteps';
import { type CeremonyName, isOpen, openCeremony, STATE_TONES, STATE_WORDS, TREASURY_PATH } from './words';

const REFRESH_MS = 3_000;

interface ProposalViewProps {
  id: string;
  initial: Result<Proposal>;
  treasury: Result<Treasury>;
}

/** One proposal, to be understood before it is signed. */
export function ProposalView({ id, initial, treasury: initialTreasury }: ProposalViewProps) {
  const { data, problem, stale, refetch } = useApi<Proposal>(`${TREASURY_PATH}/proposals/${id}`, {
    initial,
    refreshMs: REFRESH_MS,
  });
  const { data: treasury } = useApi<Treasury>(TREASURY_PATH, { initial: initialTreasury });
  if (problem?.status === 404 || problem?.status === 400)
    return (
      <div className="pt-14">
        <Empty
          title="There is no such proposal"
          action={<ButtonLink href="/treasury">All proposals</ButtonLink>}
        >
          Perhaps its address was cut off.
        </Empty>
      </div>
    );
  if (problem)
    return (
      <div className="pt-14">
        <Failed what="this proposal" problem={problem} retry={refetch} />
      </div>
    );
  if (!data || !treasury)
    return (
      <div className="pt-14">
        <SkeletonRows rows={8} label="The proposal is loading" />
      </div>
    );
  return (
    <>
      <Head proposal={data} />
      {stale && <Stale>The service does not answer; this is the last state we had.</Stale>}
      <div className="grid items-start gap-10 lg:grid-cols-[minmax(0,1fr)_380px] lg:gap-[52px]">
        <Reading proposal={data} />
        <CeremonyActions proposal={data} treasury={treasury} />
      </div>
    </>
  );
}

function Head({ proposal }: { proposal: Proposal }) {
  const open = isOpen(proposal.state);
  return (
    <div className="pt-10 pb-7 sm:pt-14">
      <p className="mb-3 text-[14px] text-ink-2">
        <Link href="/treasury" className="underline decoration-edge underline-offset-4 hover:decoration-gold">
          Treasury
        </Link>
      </p>
      <h1 className="display-serif text-[38px] sm:text-[46px]">{proposal.title}</h1>
      <p className="mt-3 flex flex-wrap items-baseline gap-x-3 gap-y-1 text-[14.5px] text-ink-2">
        <Tag tone={STATE_TONES[proposal.state]}>{STATE_WORDS[proposal.state]}</Tag>
        <span>
          Proposed by <Hash value={proposal.proposer} label="proposer" /> <TimeAgo at={proposal.createdAt} />
        </span>
        {open && <span>{signatureWords(proposal)}</span>}
        <span>runs {formatPeriod(proposal.delaySeconds)} after it is scheduled</span>
      </p>
      <p className="mt-3 max-w-[70ch] text-[16px]">{proposal.reason}</p>
    </div>
  );
}

type Tagged = { tone: Tone; word: string };

function simulationTag({ simulation }: Proposal): Tagged | undefined {
  if (!simulation) return undefined;
  return simulation.ok ? { tone: 'up', word: 'Simulated' } : { tone: 'down', word: 'Would fail' };
}

const HASH_TITLES: Record<CeremonyName, string> = {
  schedule: 'Compare this hash with your device: scheduling',
  execute: 'Compare this hash with your device: executing',
};

function Reading({ proposal }: { proposal: Proposal }) {
  const { upgrade, simulation } = proposal;
  const name = openCeremony(proposal.state);
  // what never ran is read by what scheduled it
  const shown = name ?? (proposal.state === 'executed' ? 'execute' : 'schedule');
  const other: CeremonyName = shown === 'schedule' ? 'execute' : 'schedule';
  const hashNumber = upgrade ? 4 : 2;
  return (
    <div className="min-w-0">
      <ol className="border-t border-line">
        <Step number={1} title="What it does" tag={simulationTag(proposal)}>
          <DecodedCalls calls={proposal[shown].calls} />
          {simulation && <p className="mt-2 text-[13.5px]">{simulation.detail}</p>}
          {simulation && !simulation.ok && (
            <div className="mt-2">
              <Note tone="down" title="It would undo itself.">
                As things stand now this changes nothing. Find out why before you sign.
              </Note>
            </div>
          )}
        </Step>
        {upgrade && (
          <>
            <StorageStep number={2} storage={upgrade.storage} />
            <CodeStep number={3} upgrade={upgrade} />
          </>
        )}
        <Step
          number={hashNumber}
          title={name ? HASH_TITLES[name] : 'Its Safe transaction'}
          {...(name ? { tag: { tone: 'warn', word: 'You' } as const } : {})}
        >
          <CeremonyHashes ceremony={proposal[shown]} />
        </Step>
      </ol>
      {name === 'schedule' && (
        <details className="mt-5">
          <summary className="text-ink-2 hover:text-ink">What the second ceremony will do</summary>
          <div className="mt-3">
            <DecodedCalls calls={proposal[other].calls} />
          </div>
        </details>
      )}
      <p className="mt-5 text-[13px] text-ink-2">
        Operation <Hash value={proposal.operationId} label="operation id" /> of the access manager, on{' '}
        {proposal.target.contract} <Hash value={proposal.target.address} label="target" />
      </p>
    </div>
  );
}
