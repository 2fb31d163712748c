'use client';

import { ConnectButton } from '@/chain/account/AccountButton';
import { useAccount } from '@/chain/account/use-account';
import { Button, ButtonLink } from '@/shared/ui/Button';
import { tradeTitle } from './plan';
import type { Quote, Side } from './use-quote';

interface TradeActionProps {
  side: Side;
  quote: Quote | null;
  /** What was typed; null: nothing yet. */
  amount: bigint | null;
  /** The desk refuses this amount; the reason stands above the button. */
  refused: boolean;
  /** There is no price, whatever the amount. */
  halted: boolean;
  ready: boolean;
  eligible: boolean;
  eligibilityLoading: boolean;
}

/** The one thing to do next: connect, switch, get verified, or trade. */
export function TradeAction({
  side,
  quote,
  amount,
  refused,
  halted,
  ready,
  eligible,
  eligibilityLoading,
}: TradeActionProps) {
  const { connected, wrongNetwork, switchNetwork, switching } = useAccount();
  if (!connected) return <ConnectButton wide />;
  if (wrongNetwork) {
    return (
      <Button kind="gold" wide onClick={switchNetwork} disabled={switching}>
        Switch your wallet’s network
      </Button>
    );
  }
  if (!eligible && !eligibilityLoading) {
    return (
      <>
        <ButtonLink href="/onboarding" kind="gold" wide>
          Get verified to {side}
        </ButtonLink>
        <p className="text-[13px] text-ink-2">
          Only verified investors can deal. It is one form, checked by a person; you do it once.
        </p>
      </>
    );
  }
  const waiting = halted
    ? 'Dealing is halted'
    : amount === null
      ? 'Write an amount'
      : refused
        ? `You can’t ${side} this now`
        : 'One moment …';
  return (
    <>
      <Button type="submit" kind="gold" wide disabled={!ready || halted}>
        {quote && !halted ? tradeTitle(side, quote) : waiting}
      </Button>
      {quote && (
        <p className="text-[13px] text-ink-2">
          The amount is what the contract will give. The trade itself is simulated before it is sent.
        </p>
      )}
    </>
  );
}
