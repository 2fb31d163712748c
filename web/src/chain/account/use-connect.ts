'use client';

import { useConnections, useDisconnect, useConnect as useWagmiConnect } from 'wagmi';
import { DEVELOPMENT_CONNECTOR_ID, developmentWallet, type Persona } from '@/chain/development';
import { useOpenWallets } from '../WalletProviders';

export interface Connecting {
  /** Opens the list of real wallets. */
  openWallets: () => void;
  disconnect: () => void;
  personas: readonly Persona[];
  persona: Persona | null;
  /** Be that person from now on (development builds only). */
  become: (persona: Persona) => Promise<void>;
}

export function useConnecting(): Connecting {
  const { connectAsync, connectors } = useWagmiConnect();
  const { disconnect } = useDisconnect();
  const connections = useConnections();
  const development = connections.some(({ connector }) => connector.id === DEVELOPMENT_CONNECTOR_ID);

  const become = async (persona: Persona) => {
    await developmentWallet?.choose(persona);
    const connector = connectors.find(({ id }) => id === DEVELOPMENT_CONNECTOR_ID);
    if (connector && !development) await connectAsync({ connector });
  };
  return {
    openWallets: useOpenWallets(),
    disconnect: () => disconnect(),
    personas: developmentWallet?.personas ?? [],
    persona: development ? (developmentWallet?.current() ?? null) : null,
    become,
  };
}
