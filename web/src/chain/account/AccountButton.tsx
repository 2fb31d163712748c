'use client';

import { useState } from 'react';
import { Button } from '@/shared/ui/Button';
import { Dialog } from '@/shared/ui/Dialog';
import { shortenHex } from '@/shared/ui/Hash';
import { AccountPanel } from './AccountPanel';
import { PersonaList } from './PersonaList';
import { useAccount } from './use-account';
import { useConnecting } from './use-connect';

/** The way to a wallet: real ones through RainbowKit, and on development builds the people of the devnet. */
export function ConnectButton({ wide, small }: { wide?: boolean; small?: boolean }) {
  const { openWallets, personas, become } = useConnecting();
  const { reconnecting } = useAccount();
  const [open, setOpen] = useState(false);
  const start = () => (personas.length > 0 ? setOpen(true) : openWallets());
  return (
    <>
      <Button kind="gold" wide={wide} small={small} onClick={start} disabled={reconnecting}>
        {reconnecting ? 'Connecting …' : small ? 'Connect' : 'Connect a wallet'}
      </Button>
      <Dialog title="Connect" open={open} onClose={() => setOpen(false)}>
        <PersonaList
          personas={personas}
          current={null}
          onChoose={async (persona) => {
            await become(persona);
            setOpen(false);
          }}
        />
        <p className="mt-5 mb-2 text-[13.5px] text-ink-2">Or use your own:</p>
        <Button
          wide
          onClick={() => {
            setOpen(false);
            openWallets();
          }}
        >
          Another wallet
        </Button>
      </Dialog>
    </>
  );
}

/** In the header: connect, or the account with everything about it behind it. */
export function AccountButton() {
  const { address, wrongNetwork, switchNetwork, switching } = useAccount();
  const { persona } = useConnecting();
  const [open, setOpen] = useState(false);
  if (!address) return <ConnectButton small />;
  if (wrongNetwork) {
    return (
      <Button kind="danger" small onClick={switchNetwork} disabled={switching}>
        Switch network
      </Button>
    );
  }
  return (
    <>
      <Button small aria-haspopup="dialog" onClick={() => setOpen(true)} data-testid="account">
        {persona ? persona.name : shortenHex(address)}
        <span className="sr-only">, your account</span>
      </Button>
      <Dialog title="Your account" open={open} onClose={() => setOpen(false)}>
        <AccountPanel address={address} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}
