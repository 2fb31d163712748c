/** A chain with BSC's world in place and nothing of ours on it, to deploy to. */
import { type HDNodeWallet, JsonRpcProvider } from 'ethers';
import { devnet } from '../../../deployments/parameters/devnet.ts';
import { type Deployment, type DeployOptions, deploy } from '../../../scripts/deploy/index.ts';
import { devAccount, devSigner } from '../../../scripts/devnet/accounts.ts';
import { endProcess, startAnvil } from '../../../scripts/devnet/anvil.ts';
import { rpc } from '../../../scripts/devnet/rpc.ts';
import { placeWorld } from '../../../scripts/devnet/world.ts';

export interface DeployChain {
  url: string;
  provider: JsonRpcProvider;
  newProvider(): JsonRpcProvider;
  deployer(): HDNodeWallet;
  /** Transactions that the deployer has sent. */
  sentByDeployer(): Promise<number>;
  /** Deploys with the devnet's parameters, unless told otherwise. */
  run(options?: Partial<DeployOptions>): Promise<Deployment>;
  /** Back to before anything was deployed. */
  startOver(): Promise<void>;
  stop(): Promise<void>;
}

/** Mines every transaction at once. */
export async function startDeployChain(port: number): Promise<DeployChain> {
  const { child, url } = await startAnvil({ port });
  await placeWorld(url);
  await rpc(url, 'evm_setAutomine', [true]);
  let before = await rpc<string>(url, 'evm_snapshot');
  const newProvider = (): JsonRpcProvider =>
    new JsonRpcProvider(url, undefined, { pollingInterval: 50, cacheTimeout: -1, staticNetwork: true });
  const provider = newProvider();
  const deployer = (): HDNodeWallet => devSigner('deployer', provider);
  return {
    url,
    provider,
    newProvider,
    deployer,
    sentByDeployer: () => provider.getTransactionCount(devAccount('deployer').address),
    run: (options = {}) => deploy({ provider, signer: deployer(), parameters: devnet(), ...options }),
    startOver: async () => {
      await rpc(url, 'evm_revert', [before]);
      before = await rpc<string>(url, 'evm_snapshot');
      await rpc(url, 'evm_setAutomine', [true]);
    },
    stop: async () => {
      provider.destroy();
      await endProcess(child.pid!);
    },
  };
}
