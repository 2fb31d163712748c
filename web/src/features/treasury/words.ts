import type { Proposal } from '@e-aurum/sdk/rest';
import type { Tone } from '@/shared/ui/Tag';

export type ProposalState = Proposal['state'];
export type CeremonyName = 'schedule' | 'execute';

export const STATE_WORDS: Record<ProposalState, string> = {
  collecting: 'Collecting signatures',
  schedulable: 'Ready to schedule',
  scheduled: 'Waiting out its delay',
  executable: 'Can be executed',
  executed: 'Executed',
  vetoed: 'Vetoed',
  expired: 'Expired',
  failed: 'Failed',
};

export const STATE_TONES: Record<ProposalState, Tone> = {
  collecting: 'warn',
  schedulable: 'gold',
  scheduled: 'warn',
  executable: 'gold',
  executed: 'up',
  vetoed: 'down',
  expired: 'plain',
  failed: 'down',
};

/** The ceremony that is open for signatures; null once it has ended. */
export function openCeremony(state: ProposalState): CeremonyName | null {
  if (state === 'collecting' || state === 'schedulable') return 'schedule';
  if (state === 'scheduled' || state === 'executable') return 'execute';
  return null;
}

export const isOpen = (state: ProposalState): boolean => openCeremony(state) !== null;

export const TREASURY_PATH = '/v1/treasury';

export const sameAddress = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && a.toLowerCase() === b.toLowerCase();
