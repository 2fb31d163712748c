import type { Bar } from '@e-aurum/sdk/rest';
import type { Tone } from '../ui/Tag';

export type BarState = Bar['state'];

export const BAR_WORDS: Record<BarState, string> = {
  Pending: 'Pending',
  Active: 'Active',
  Suspended: 'Suspended',
  Committed: 'Set aside',
  Delivered: 'Delivered',
  Cancelled: 'Cancelled',
  Lost: 'Lost',
};

export const BAR_TONES: Record<BarState, Tone> = {
  Pending: 'plain',
  Active: 'up',
  Suspended: 'down',
  Committed: 'warn',
  Delivered: 'plain',
  Cancelled: 'plain',
  Lost: 'down',
};

export const BAR_MEANING: Record<BarState, string> = {
  Pending: 'Booked by the custodian, not yet endorsed by the auditor. It backs nothing.',
  Active: 'In the vault, booked and endorsed. It backs EAU in circulation.',
  Suspended: 'A guardian doubted it. It backs nothing until the doubt is settled.',
  Committed: 'Set aside for a redemption. It backs only the grams that wait in escrow for it.',
  Delivered: 'Handed over; its certificate belongs to whoever received it. It backs nothing any more.',
  Cancelled: 'Booked by mistake, or withdrawn from the reserve. It backs nothing.',
  Lost: 'Lost on its way. It backs nothing.',
};

const EVENT_WORDS: Record<string, string> = {
  BarBooked: 'Booked by the custodian',
  BarEndorsed: 'Endorsed by the auditor',
  BarCancelled: 'Booking cancelled',
  BarSuspended: 'Suspended by a guardian',
  BarReinstated: 'Reinstated',
  BarWithdrawn: 'Withdrawn from the reserve',
  BarCommitted: 'Set aside for a redemption',
  BarReleased: 'Released again',
  BarDelivered: 'Delivered',
  BarLost: 'Lost on its way',
  ReassayProposed: 'New weight proposed by the custodian',
  BarReassayed: 'New weight endorsed by the auditor',
};

/** A bar's event in words; one that is not known here is taken apart: "BarSeen" is "Bar seen". */
export function barEventWords(event: string): string {
  if (Object.hasOwn(EVENT_WORDS, event)) return EVENT_WORDS[event] as string;
  const words = event.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
