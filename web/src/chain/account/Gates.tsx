'use client';

import type { Capacity } from '@e-aurum/sdk/rest';
import type { ReactNode } from 'react';
import { Button, ButtonLink } from '@/shared/ui/Button';
import { Note } from '@/shared/ui/Note';
import { Empty, Skeleton } from '@/shared/ui/State';
import { explainError } from '../transaction/explain';
import { ConnectButton } from './AccountButton';
import { useAccount } from './use-account';
import { useSession } from './use-session';

interface GateProps {
  /** What is behind it: "your portfolio". */
  what: string;
  children: ReactNode;
}

/** Shows its children to a connected wallet on the right network, and the way there to anybody else. */
export function WalletGate({ what, children }: GateProps) {
  const { connected, reconnecting, wrongNetwork, switchNetwork } = useAccount();
  if (reconnecting) return <Skeleton className="h-40" />;
  if (!connected) {
    return (
      <Empty title="Connect a wallet" action={<ConnectButton />}>
        Connect the wallet that holds your gold, or will, to see {what}.
      </Empty>
    );
  }
  if (wrongNetwork) {
    return (
      <Empty
        title="Your wallet is on another network"
        action={
          <Button kind="gold" onClick={switchNetwork}>
            Switch network
          </Button>
        }
      >
        Switch it to go on; nothing is sent by that.
      </Empty>
    );
  }
  return children;
}

/** As {@link WalletGate}, and signed in: for what only this account may see, or only some may. */
export function SessionGate({ what, capacity, children }: GateProps & { capacity?: Capacity | Capacity[] }) {
  return (
    <WalletGate what={what}>
      <SignedIn what={what} capacity={capacity}>
        {children}
      </SignedIn>
    </WalletGate>
  );
}

function SignedIn({ what, capacity, children }: GateProps & { capacity?: Capacity | Capacity[] }) {
  const { me, loading, signIn, signingIn, error, can } = useSession();
  if (loading) return <Skeleton className="h-40" />;
  if (!me) {
    return (
      <Empty
        title="Sign in"
        action={
          <Button kind="gold" disabled={signingIn} onClick={() => signIn().catch(() => undefined)}>
            {signingIn ? 'Waiting for your wallet …' : 'Sign in with this wallet'}
          </Button>
        }
      >
        <p>
          Sign a message to show that this wallet is yours, to see {what}. It costs nothing and moves nothing.
        </p>
        {error && (
          <div className="mt-4 text-left">
            <Note tone="down" live title={`${explainError(error).title}.`}>
              {explainError(error).detail}
            </Note>
          </div>
        )}
      </Empty>
    );
  }
  const wanted = capacity === undefined ? [] : [capacity].flat();
  if (wanted.length > 0 && !wanted.some(can)) {
    return (
      <Empty
        title="This is not for this account"
        action={<ButtonLink href="/portfolio">Open your portfolio</ButtonLink>}
      >
        Only accounts with the role {wanted.join(' or ')} can see {what}. Connect another account to go on.
      </Empty>
    );
  }
  return children;
}
