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
