import { connectorsForWallets } from '@rainbow-me/rainbowkit';
import { injectedWallet, walletConnectWallet } from '@rainbow-me/rainbowkit/wallets';
import type { Config } from 'wagmi';

const added = new WeakSet<Config>();

/**
 * Adds RainbowKit's wallets to the ones that announced themselves: the browser's own always, mobile ones when there is
 * a WalletConnect project id. Without an id nothing here speaks to anybody outside.
 */
export function addRainbowConnectors(config: Config, walletConnectProjectId: string): void {
  if (added.has(config)) return;
  added.add(config);
  const wallets = walletConnectProjectId === '' ? [injectedWallet] : [injectedWallet, walletConnectWallet];
  const connectors = connectorsForWallets([{ groupName: 'Wallets', wallets }], {
    appName: 'e-Aurum',
    projectId: walletConnectProjectId || 'none',
  });
  const { setup, setState } = config._internal.connectors;
  setState((present) => [...present, ...connectors.map(setup)]);
}
