import { isError, keccak256, Transaction } from 'ethers';
import type { Logger } from 'pino';
import type { BlockTag } from '../chain/contracts.ts';
import type { RpcPool, SendOutcome } from '../chain/rpc-pool.ts';
import type { DigestSigner } from '../platform/signer.ts';
import { type FeeRules, type Fees, offeredFees, raiseFees } from './fees.ts';
import { type SendFault, sendFault } from './send-error.ts';
import type { AccountState } from './state.ts';

/** What a transaction is for. `cancel` gives nothing to ourselves, only to use up a nonce that is stuck. */
export type Purpose = 'round' | 'record' | 'cancel';

export interface Call {
  purpose: Purpose;
  /** Why now, for logs and metrics. */
  reason: string;
  to: string;
  data: string;
}

export type SlotStatus =
  /** Nothing of ours waits. */
  | 'free'
  /** A transaction waits, and not for long yet. */
  | 'waiting'
  /** It waits for too long: send the nonce again with a higher fee. */
  | 'stuck';

export interface SenderEvents {
  mined(purpose: Purpose, succeeded: boolean): void;
  sent(purpose: Purpose, reason: string): void;
  raised(capped: boolean): void;
  refused(fault: SendFault): void;
}

export interface SenderOptions {
  rpc: RpcPool;
  chainId: number;
  signer: DigestSigner;
  rules: FeeRules;
  raiseAfterMs: number;
  /** The block that gas is estimated on. */
  tag: BlockTag;
  log: Logger;
  events: SenderEvents;
}

interface Attempt {
  hash: string;
  raw: string;
  call: Call;
  fees: Fees;
  gasLimit: bigint;
  /** Whether a node said that it has it. If none did, one may have it all the same: its answer was lost. */
  accepted: boolean;
}

/** The one nonce under way. Without attempts it was found waiting at the start: an earlier process sent it. */
interface Slot {
  nonce: number;
  attempts: Attempt[];
  lastSentAtMs: number;
}

export interface Sender {
  /** Looks at what is under way, given what the chain says of our account. */
  check(account: AccountState): Promise<SlotStatus>;
  /** Sends a call at the account's next nonce. Only when the slot is free. */
  send(call: Call, account: AccountState): Promise<void>;
  /** Sends the stuck nonce again: with a call that is due now, else with the same call, else with nothing to ourselves. */
  replace(call: Call | undefined): Promise<void>;
  /** Milliseconds that the transaction under way has waited since it was last sent. */
  waitingMs(): number | undefined;
}

/** An estimate may fall short: prices of storage change between the estimate and the block. */
const GAS_MARGIN_PERCENT = 30n;
const PLAIN_TRANSFER_GAS = 21_000n;
/** Tries to outbid an unknown transaction at our nonce within one turn. */
const MAX_RAISES = 24;

/**
 * Keeps at most one transaction under way, without any state on disk: the nonce is always the number of our mined
 * transactions, so whatever a killed process had sent, and whatever two processes send at once, only one transaction a
 * nonce can be mined.
 */
export function createSender(options: SenderOptions): Sender {
  const { rpc, chainId, signer, rules, raiseAfterMs, tag, log, events } = options;
  let slot: Slot | undefined;

  async function estimateGas(call: Call): Promise<bigint> {
    if (call.purpose === 'cancel') return PLAIN_TRANSFER_GAS;
    const transaction = { from: signer.address, to: call.to, data: call.data };
    const estimate = BigInt((await rpc.request('eth_estimateGas', [transaction, tag])) as string);
    return (estimate * (100n + GAS_MARGIN_PERCENT)) / 100n;
  }

  async function sign(call: Call, nonce: number, fees: Fees, gasLimit: bigint): Promise<Attempt> {
    const { to, data } = call;
    const transaction = Transaction.from({ type: 2, chainId, nonce, to, data, ...fees, gasLimit });
    transaction.signature = await signer.signDigest(transaction.unsignedHash);
    const raw = transaction.serialized;
    return { hash: keccak256(raw), raw, call, fees, gasLimit, accepted: false };
  }

  /** What the endpoints made of it together: accepted if one of them has it. */
  function verdict(outcomes: SendOutcome[]): SendFault | 'accepted' {
    const faults = outcomes.map((outcome) => (outcome.accepted ? 'accepted' : sendFault(outcome.error)));
    const best = (['accepted', 'known', 'nonce-used', 'underpriced', 'no-funds', 'nonce-gap'] as const).find(
      (kind) => faults.includes(kind),
    );
    return best === 'known' ? 'accepted' : (best ?? 'other');
  }

  /** The slot of a nonce, with an attempt in it. Signing is deterministic: the same bytes may come twice, and stay one. */
  function remember(attempt: Attempt, nonce: number): Attempt {
    if (slot?.nonce !== nonce) slot = { nonce, attempts: [], lastSentAtMs: 0 };
    const known = slot.attempts.find(({ hash }) => hash === attempt.hash);
    if (!known) slot.attempts.push(attempt);
    slot.lastSentAtMs = performance.now();
    return known ?? attempt;
  }

  /** Broadcasts, and remembers before it does what any node may hold after it. */
  async function broadcast(signed: Attempt, nonce: number): Promise<SendFault | 'accepted'> {
    const attempt = remember(signed, nonce);
    const outcomes = await rpc.broadcast(attempt.raw);
    const result = verdict(outcomes);
    const { purpose, reason } = attempt.call;
    if (result === 'accepted') {
      attempt.accepted = true;
      log.info(
        { purpose, reason, nonce, hash: attempt.hash, tipWei: attempt.fees.maxPriorityFeePerGas.toString() },
        'sent',
      );
      events.sent(purpose, reason);
      return result;
    }
    events.refused(result);
    const errors = outcomes.map((outcome) =>
      outcome.accepted ? '' : `${outcome.endpoint}: ${String(outcome.error).slice(0, 200)}`,
    );
    log.warn({ purpose, reason, nonce, fault: result, errors }, 'a transaction was refused');
    return result;
  }

  /**
   * Signs and broadcasts a call at a nonce, and outbids what stands there already, up to the cap. An attempt that every
   * node refused is forgotten; one whose fate is open ("other") stays, and is looked after at the next turn.
   */
  async function occupy(call: Call, nonce: number, from: Fees, gasLimit: bigint): Promise<void> {
    let fees: Fees | undefined = from;
    for (let tries = 0; fees && tries < MAX_RAISES; tries++) {
      const attempt = await sign(call, nonce, fees, gasLimit);
      const result = await broadcast(attempt, nonce);
      if (result === 'accepted' || result === 'other') return;
      if (slot) slot.attempts = slot.attempts.filter(({ hash }) => hash !== attempt.hash);
      if (result !== 'underpriced') return;
      fees = raiseFees(fees, fees, rules);
      events.raised(fees === undefined);
    }
  }

  async function settle(found: Slot): Promise<void> {
    for (const { hash, call } of found.attempts) {
      const receipt = (await rpc.request('eth_getTransactionReceipt', [hash])) as { status: string } | null;
      if (!receipt) continue;
      const succeeded = Number(receipt.status) === 1;
      log[succeeded ? 'info' : 'warn'](
        { purpose: call.purpose, hash, nonce: found.nonce, succeeded },
        'mined',
      );
      events.mined(call.purpose, succeeded);
      return;
    }
    log.info({ nonce: found.nonce }, 'the nonce was used by a transaction that is not of this process');
  }

  async function repeatOrCancel(last: Attempt | undefined): Promise<Call> {
    const cancel: Call = { purpose: 'cancel', reason: 'stuck', to: signer.address, data: '0x' };
    if (!last || last.call.purpose === 'cancel') return cancel;
    // Simulated on the latest block: the pending one already holds the transaction that is stuck.
    const { to, data } = last.call;
    try {
      await rpc.request('eth_call', [{ from: signer.address, to, data }, 'latest']);
      return last.call;
    } catch (error) {
      if (isError(error, 'CALL_EXCEPTION')) return cancel;
      throw error;
    }
  }

  return {
    async check({ nonce, pendingNonce }) {
      if (slot && nonce > slot.nonce) {
        const done = slot;
        slot = undefined;
        await settle(done);
      }
      // Every attempt was refused, or an earlier process's transaction was dropped: the nonce is ours to use.
      if (slot && slot.attempts.length === 0 && pendingNonce <= nonce) slot = undefined;
      if (!slot && pendingNonce > nonce) {
        log.info({ nonce }, 'a transaction of an earlier process waits at our nonce');
        slot = { nonce, attempts: [], lastSentAtMs: performance.now() };
      }
      if (!slot) return 'free';
      const waitedLong = performance.now() - slot.lastSentAtMs >= raiseAfterMs;
      if (nonce < slot.nonce && waitedLong) {
        log.warn(
          { nonce, expected: slot.nonce },
          'the chain went back behind our nonce: starting from there',
        );
        slot = undefined;
        return 'free';
      }
      const last = slot.attempts.at(-1);
      return waitedLong || (last && !last.accepted) ? 'stuck' : 'waiting';
    },

    async send(call, { nonce }) {
      if (slot) throw new Error(`nonce ${slot.nonce} is still under way`);
      const [{ first }, gasLimit] = await Promise.all([offeredFees(rpc, rules), estimateGas(call)]);
      await occupy(call, nonce, first, gasLimit);
    },

    async replace(call) {
      if (!slot) return;
      const { nonce } = slot;
      const last = slot.attempts.at(-1);
      const next = call ?? (await repeatOrCancel(last));
      const gasLimit = next === last?.call ? last.gasLimit : await estimateGas(next);
      const { first, pressing } = await offeredFees(rpc, rules);
      // What no node is known to have needs no higher fee; should one have it after all, it says so.
      const fees = last?.accepted ? raiseFees(last.fees, pressing, rules) : last ? first : pressing;
      if (last?.accepted) events.raised(fees === undefined);
      if (fees) return occupy(next, nonce, fees, gasLimit);
      log.error(
        { nonce, capWei: rules.cap.toString() },
        'stuck at the fee cap: sending the same bytes again',
      );
      await broadcast(last!, nonce);
    },

    waitingMs: () => (slot ? performance.now() - slot.lastSentAtMs : undefined),
  };
}
