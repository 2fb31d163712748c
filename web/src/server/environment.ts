/** What the server reads from its environment, at run time: one build serves any deployment. */
export const apiUrl = (): string => (process.env.API_URL ?? 'http://127.0.0.1:4000').replace(/\/+$/, '');
export const rpcUrl = (): string => process.env.RPC_URL ?? 'http://127.0.0.1:8545';
/** Empty: no WalletConnect, and the pages ask nobody outside. */
export const walletConnectProjectId = (): string => process.env.WALLETCONNECT_PROJECT_ID ?? '';
