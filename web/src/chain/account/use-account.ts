'use client';

import type { Address } from 'viem';
import { useSwitchChain, useAccount as useWagmiAccount } from 'wagmi';
import { useDeployment } from '../deployment';

export interface ConnectedAccount {
  address: Address | undefined;
  connected: boolean;
  /** While the wallet of the last visit is being asked. */
  reconnecting: boolean;
  walletName: string | undefined;
  wrongNetwork: boolean;
  switchNetwork: () => void;
  switching: boolean;
}

/** Who is connected, and whether the wallet is on our chain. */
export function useAccount(): ConnectedAccount {
  const { chainId } = useDeployment();
  const { address, chainId: walletChain, status, connector } = useWagmiAccount();
  const { switchChain, isPending } = useSwitchChain();
  const connected = status === 'connected' || (status === 'reconnecting' && address !== undefined);
  return {
    address: connected ? address : undefined,
    connected,
    reconnecting: !connected && (status === 'reconnecting' || status === 'connecting'),
    walletName: connector?.name,
    wrongNetwork: connected && walletChain !== undefined && walletChain !== chainId,
    switchNetwork: () => switchChain({ chainId }),
    switching: isPending,
  };
}
