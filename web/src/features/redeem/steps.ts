import type { RedemptionState } from './words';

/** RedemptionDesk.Redemption as far as its deadlines and what can be done depend on it. Unix seconds; 0: not yet. */
export interface DeskRedemption {
  state: RedemptionState;
  shipBy: number;
  deliverBy: number;
  provenAt: number;
  attestedAt: number;
  attestBy: number;
  disputeWindow: number;
  decideBy: number;
}

export interface Possible {
  cancel: boolean;
  confirm: boolean;
  dispute: boolean;
  reclaim: boolean;
  complete: boolean;
}

/** The moment that counts now, and who has to act until then. */
export interface Deadline {
  /** Unix seconds; its second still belongs to the one who has to act. */
  at: number;
  passed: boolean;
  kind: 'ship' | 'deliver' | 'attest' | 'dispute' | 'decide';
}

/** As RedemptionDesk decides about its deadlines. Null once it has ended. */
export function deadlineOf(redemption: DeskRedemption, nowSeconds: number): Deadline | null {
  const until = (kind: Deadline['kind'], at: number): Deadline => ({ kind, at, passed: nowSeconds > at });
  switch (redemption.state) {
    case 'Requested':
    case 'Accepted':
      return until('ship', redemption.shipBy);
    case 'Shipped':
      if (redemption.attestedAt !== 0)
        return until('dispute', redemption.attestedAt + redemption.disputeWindow);
      return redemption.provenAt === 0
        ? until('deliver', redemption.deliverBy)
        : until('attest', redemption.attestBy);
    case 'Disputed':
      return until('decide', redemption.decideBy);
    default:
      return null;
  }
}

/** What the desk would take now: the first three from the holder, the others from anyone. */
export function possibleNow(redemption: DeskRedemption, nowSeconds: number): Possible {
  const deadline = deadlineOf(redemption, nowSeconds);
  const { state } = redemption;
  const windowOver = deadline?.kind === 'dispute' && deadline.passed;
  return {
    cancel: state === 'Requested',
    confirm: state === 'Shipped' || state === 'Disputed',
    dispute: state === 'Shipped' && redemption.provenAt !== 0 && !windowOver,
    reclaim: deadline !== null && deadline.kind !== 'dispute' && deadline.passed,
    complete: windowOver,
  };
}
