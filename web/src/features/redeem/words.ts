import type { Redemption } from '@e-aurum/sdk/rest';
import type { Tone } from '@/shared/ui/Tag';

export type RedemptionState = Redemption['state'];

export const STATE_WORDS: Record<RedemptionState, string> = {
  Requested: 'Requested',
  Accepted: 'Bars set aside',
  Shipped: 'On its way',
  Disputed: 'Disputed',
  Completed: 'Delivered',
  Cancelled: 'Cancelled',
  Reclaimed: 'Escrow returned',
};

export const STATE_TONES: Record<RedemptionState, Tone> = {
  Requested: 'warn',
  Accepted: 'warn',
  Shipped: 'gold',
  Disputed: 'down',
  Completed: 'up',
  Cancelled: 'plain',
  Reclaimed: 'plain',
};

/** RedemptionDesk.State, in the order of its interface; null for a redemption that does not exist. */
const STATES: readonly (RedemptionState | null)[] = [
  null,
  'Requested',
  'Accepted',
  'Shipped',
  'Disputed',
  'Completed',
  'Cancelled',
  'Reclaimed',
];
export const stateOf = (value: number): RedemptionState | null => STATES[value] ?? null;

const EVENT_WORDS: Record<string, string> = {
  RedemptionRequested: 'Requested; the grams are in escrow',
  RedemptionAccepted: 'Bars set aside, the excess returned',
  RedemptionShipped: 'Handed to the carrier',
  DeliveryProved: 'Delivery proved by the vault',
  DeliveryAttested: 'Delivery attested by the auditor',
  RedemptionDisputed: 'Disputed by the holder',
  RedemptionCompleted: 'Completed: escrow burned, certificates handed over',
  RedemptionCancelled: 'Cancelled, the escrow returned',
  RedemptionReclaimed: 'Reclaimed, the escrow returned',
  BarsUnsettled: 'The reserve could not be told of the bars yet',
  BarsSettled: 'The reserve was told of the bars',
};
export const eventWords = (event: string): string => EVENT_WORDS[event] ?? event;

export const bars = (count: number): string => `${count} ${count === 1 ? 'bar' : 'bars'}`;
