'use client';

import type { Deployment } from '@e-aurum/sdk/rest';
import dynamic from 'next/dynamic';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import { type Config, WagmiProvider } from 'wagmi';
import { reconnect } from 'wagmi/actions';
import { createChainConfig } from './config';
import { DeploymentProvider } from './deployment';

const WalletModal = dynamic(() => import('./rainbow/WalletModal'), { ssr: false });

/** Connectors that only RainbowKit brings: a visitor who used one of them gets it back when the page loads. */
const RAINBOW_CONNECTORS = ['injected', 'walletConnect'];

const OpenWallets = createContext<() => void>(() => undefined);

/** Opens the list of real wallets. */
export const useOpenWallets = (): (() => void) => useContext(OpenWallets);

async function reconnectRainbow(config: Config, walletConnectProjectId: string): Promise<void> {
  const recent = await config.storage?.getItem('recentConnectorId');
  if (!recent || !RAINBOW_CONNECTORS.includes(recent)) return;
  const { addRainbowConnectors } = await import('./rainbow/connectors');
  addRainbowConnectors(config, walletConnectProjectId);
  if (config.state.status !== 'connected') await reconnect(config);
}

interface WalletProvidersProps {
  deployment: Deployment;
  walletConnectProjectId: string;
  children: ReactNode;
}

export function WalletProviders({ deployment, walletConnectProjectId, children }: WalletProvidersProps) {
  const [config] = useState(() => createChainConfig(deployment.chainId));
  const [listing, setListing] = useState(false);
  const open = useCallback(() => setListing(true), []);
  const close = useCallback(() => setListing(false), []);
  useEffect(() => {
    reconnectRainbow(config, walletConnectProjectId).catch(() => undefined); // then it is connected by hand
  }, [config, walletConnectProjectId]);
  return (
    <DeploymentProvider deployment={deployment}>
      <WagmiProvider config={config}>
        <OpenWallets value={open}>{children}</OpenWallets>
        {listing && <WalletModal walletConnectProjectId={walletConnectProjectId} onClose={close} />}
      </WagmiProvider>
    </DeploymentProvider>
  );
}
