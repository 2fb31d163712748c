import type { SentTransaction } from '@e-aurum/sdk/rest';
import { TimeAgo } from '@/shared/time/TimeAgo';
import { Hash } from '@/shared/ui/Hash';
import { Tag, type Tone } from '@/shared/ui/Tag';

const WORDS: Record<SentTransaction['state'], string> = {
  received: 'Waiting to be signed',
  signed: 'Signed, not sent yet',
  broadcast: 'Sent, waiting for a block',
  mined: 'In a block, waiting to be final',
  finalized: 'Final',
  failed: 'Failed',
  replaced: 'Replaced',
};
const TONES: Partial<Record<SentTransaction['state'], Tone>> = {
  finalized: 'up',
  failed: 'down',
  replaced: 'plain',
};

const PURPOSES: Record<string, string> = {
  'redemptions.accept': 'Set the bars aside',
  'redemptions.ship': 'Tell the chain that it was shipped',
  'redemptions.prove': 'Prove the delivery',
  'redemptions.complete': 'Complete the redemption',
};

export const isUnderWay = (job: SentTransaction | null | undefined): boolean =>
  job != null && !['finalized', 'failed', 'replaced'].includes(job.state);

/** A transaction that the service sends for an operator, followed to its end. */
export function JobState({ job }: { job: SentTransaction }) {
  return (
    <div role="status" className="border-y border-line py-3 text-[14px]">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <span className="font-semibold">{PURPOSES[job.purpose] ?? 'Tell the registry on the chain'}</span>
        <Tag tone={TONES[job.state] ?? 'warn'}>{WORDS[job.state]}</Tag>
      </div>
      <p className="mt-1 text-[13.5px] text-ink-2">
        <TimeAgo at={job.updatedAt} fromLeft />
        {job.hash && (
          <>
            , transaction <Hash value={job.hash} label="transaction hash" />
          </>
        )}
        {job.nonce !== null && <>, nonce {job.nonce}</>}
      </p>
      {job.error && <p className="mt-1 text-down">{job.error}</p>}
    </div>
  );
}
