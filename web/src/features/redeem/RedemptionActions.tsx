'use client';

import { type ReactNode, useState } from 'react';
import { ConnectButton } from '@/chain/account/AccountButton';
import { useAccount } from '@/chain/account/use-account';
import { useContract } from '@/chain/deployment';
import type { TransactionPlan } from '@/chain/transaction/run';
import { TransactionStatus } from '@/chain/transaction/TransactionStatus';
import { useTransaction } from '@/chain/transaction/use-transaction';
import { useChainNow } from '@/chain/use-chain-now';
import { formatGrams } from '@/shared/format/money';
import { Button } from '@/shared/ui/Button';
import { TextAreaField } from '@/shared/ui/Field';
import { planCancel, planComplete, planConfirm, planDispute, planReclaim } from './plan';
import { possibleNow } from './steps';
import type { OnChain } from './use-redemption';
import { bars } from './words';

const SHORTEST_REASON = 10;

interface ActionsProps {
  id: bigint;
  redemption: OnChain;
  isHolder: boolean;
}

/** What can be done with it now; nothing that the desk would refuse. */
export function RedemptionActions({ id, redemption, isHolder }: ActionsProps) {
  const desk = useContract('RedemptionDesk');
  const { blockSeconds } = useChainNow();
  const { connected, wrongNetwork, switchNetwork } = useAccount();
  const flow = useTransaction();
  const can = possibleNow(redemption, blockSeconds);
  const anyone = can.reclaim || can.complete;
  const holders = isHolder && (can.cancel || can.confirm || can.dispute);

  if (flow.stage.name !== 'idle')
    return (
      <Panel>
        <TransactionStatus
          flow={flow}
          again="Back to the redemption"
          done={() => (
            <p className="display-serif text-[24px]">Done. It shows here as soon as the block is final.</p>
          )}
        />
      </Panel>
    );
  if (redemption.escrow === 0n) return null;
  if (!anyone && !holders)
    return (
      <Panel>
        <NothingToDo redemption={redemption} isHolder={isHolder} />
      </Panel>
    );
  if (!connected)
    return (
      <Panel>
        <ConnectButton wide />
      </Panel>
    );
  if (wrongNetwork)
    return (
      <Panel>
        <Button kind="gold" wide onClick={switchNetwork}>
          Switch your wallet’s network
        </Button>
      </Panel>
    );
  const run = (plan: TransactionPlan) => () => flow.run(plan);
  const { escrow, count } = redemption;
  return (
    <Panel>
      {can.reclaim && (
        <Action
          text={
            isHolder
              ? 'The deadline has passed. The whole escrow comes back to you, the fee included.'
              : 'The deadline has passed. Anyone may send the escrow back to its holder; it goes to nobody else.'
          }
        >
          <Button kind="gold" wide onClick={run(planReclaim(desk, id, escrow))}>
            {isHolder ? `Take ${formatGrams(escrow)} back` : `Send ${formatGrams(escrow)} back to the holder`}
          </Button>
        </Action>
      )}
      {can.complete && (
        <Action text="The delivery was proved and attested, and nobody disputed it in time. Anyone may complete it: the escrow is burned, the certificates go to the holder.">
          <Button kind="gold" wide onClick={run(planComplete(desk, id))}>
            Complete the redemption
          </Button>
        </Action>
      )}
      {isHolder && can.confirm && (
        <Action text={receiptWords(redemption)}>
          <Button kind={can.reclaim ? 'line' : 'gold'} wide onClick={run(planConfirm(desk, id, count))}>
            Confirm that you received {bars(count)}
          </Button>
        </Action>
      )}
      {isHolder && can.dispute && <Dispute onDispute={(reason) => flow.run(planDispute(desk, id, reason))} />}
      {isHolder && can.cancel && (
        <Action text="As long as no bar is set aside for you, you can change your mind. It costs only the network’s fee.">
          <Button wide onClick={run(planCancel(desk, id, escrow))}>
            Cancel, and get {formatGrams(escrow)} back
          </Button>
        </Action>
      )}
    </Panel>
  );
}

function Panel({ children }: { children: ReactNode }) {
  return (
    <div className="grid gap-5 rounded-[14px] border border-line bg-surface p-5 sm:p-[22px]">{children}</div>
  );
}

function NothingToDo({ redemption, isHolder }: Pick<ActionsProps, 'redemption' | 'isHolder'>) {
  return (
    <p className="text-[14px] text-ink-2">
      {redemption.state === 'Accepted'
        ? 'Bars are set aside, so it can’t be cancelled any more. Its next step is the vault’s.'
        : isHolder
          ? 'There is nothing for you to do now.'
          : 'It belongs to another account. Only its holder can cancel, confirm or dispute it.'}
    </p>
  );
}

/** What the receipt does: what stands for the bars is burned, the fee goes to stakers. */
function receiptWords({ escrow, fee, count }: OnChain): string {
  const one = count === 1;
  return `Only when you hold the ${one ? 'bar' : 'bars'} in your hands: ${formatGrams(escrow - fee)} are burned, the fee of ${formatGrams(fee)} goes to stakers, the ${one ? 'certificate is' : 'certificates are'} yours, and it can’t be undone.`;
}

function Action({ text, children }: { text: string; children: ReactNode }) {
  return (
    <div>
      {children}
      <p className="mt-2 text-[13px] text-ink-2">{text}</p>
    </div>
  );
}

function Dispute({ onDispute }: { onDispute: (reason: string) => void }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  if (!open)
    return (
      <Action text="The vault says that it was delivered. If it was not, say so before the window ends; an arbiter decides, and without a decision the escrow comes back to you.">
        <Button kind="danger" wide onClick={() => setOpen(true)}>
          I did not receive it
        </Button>
      </Action>
    );
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onDispute(reason);
      }}
    >
      <TextAreaField
        label="What happened"
        hint="Keep this text: the chain gets its hash, by which you can show later that you said it."
        value={reason}
        required
        minLength={SHORTEST_REASON}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button type="submit" kind="danger" wide disabled={reason.trim().length < SHORTEST_REASON}>
        Dispute the delivery
      </Button>
      <Button kind="quiet" wide onClick={() => setOpen(false)}>
        Not now
      </Button>
    </form>
  );
}
