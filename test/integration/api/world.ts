/** The chain that the API's tests run on: the real contracts, with ninety days behind them or fresh. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JsonRpcProvider } from 'ethers';
import { devnet } from '../../../deployments/parameters/devnet.ts';
import { type Deployment, deploy } from '../../../scripts/deploy/index.ts';
import { devSigner } from '../../../scripts/devnet/accounts.ts';
import { startChain } from '../../../scripts/devnet/chain.ts';
import { tradingOffsetSeconds } from '../../../scripts/devnet/clock.ts';
import { prepare } from '../../../scripts/devnet/prepare.ts';
import { bindContracts, type Contracts } from '../../../scripts/devnet/seed/contracts.ts';
import type { SeedFile } from '../../../scripts/devnet/seed/export.ts';
import { placeWorld } from '../../../scripts/devnet/world.ts';

const CHAIN_ID = 31337;

export interface World {
  url: string;
  deployment: Deployment;
  deploymentFile: string;
  seedFile: string;
  contracts: Contracts;
  provider: JsonRpcProvider;
  stop(): Promise<void>;
}

export interface SeededWorld extends World {
  seed: SeedFile;
}

/** The gold market is open on the chain's clock for the next hours, whatever day it is. */
function openTheMarket(): void {
  process.env.AURUM_CLOCK_OFFSET_S ??= String(tradingOffsetSeconds(Math.floor(Date.now() / 1000)));
}

async function open(
  port: number,
  past: { historyDays?: number },
  build: (url: string, dir: string) => Promise<void>,
): Promise<World> {
  openTheMarket();
  const dir = mkdtempSync(join(tmpdir(), 'aurum-api-chain-'));
  const chain = await startChain({ port, dir: join(dir, 'chain'), ...past });
  const provider = new JsonRpcProvider(chain.url, CHAIN_ID, { staticNetwork: true, cacheTimeout: -1 });
  const stop = async () => {
    provider.destroy();
    await chain.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await build(chain.url, dir);
  } catch (error) {
    await stop();
    throw error;
  }
  const deploymentFile = join(dir, 'deployment.json');
  const deployment = JSON.parse(readFileSync(deploymentFile, 'utf8')) as Deployment;
  return {
    url: chain.url,
    deployment,
    deploymentFile,
    seedFile: join(dir, 'seed.json'),
    contracts: bindContracts(chain.url, deployment),
    provider,
    stop,
  };
}

/** As `npm start` makes it: ninety days of prices, investors, trades, stakes, redemptions. */
export async function openSeededWorld(port: number): Promise<SeededWorld> {
  const world = await open(port, {}, (url, dir) =>
    prepare({ url, deploymentFile: join(dir, 'deployment.json'), seedFile: join(dir, 'seed.json') }),
  );
  return { ...world, seed: JSON.parse(readFileSync(world.seedFile, 'utf8')) as SeedFile };
}

/** The contracts alone, just deployed. */
export function openFreshWorld(port: number): Promise<World> {
  return open(port, { historyDays: 0 }, async (url, dir) => {
    await placeWorld(url);
    const provider = new JsonRpcProvider(url, CHAIN_ID, { staticNetwork: true, cacheTimeout: -1 });
    provider.pollingInterval = 50;
    try {
      const signer = devSigner('deployer', provider);
      const deployment = await deploy({ provider, signer, parameters: devnet() });
      writeFileSync(join(dir, 'deployment.json'), JSON.stringify(deployment));
    } finally {
      provider.destroy();
    }
  });
}
