/**
 * Makes the devnet e-Aurum's: what stands on BSC, the contracts, and their past. `node scripts/devnet/prepare.ts`, with the chain
 * running; can be run again at any time, and does only what is missing.
 *
 * RPC_URL (http://127.0.0.1:8545), AURUM_DEPLOYMENT (.aurum/deployment.json), AURUM_SEED (.aurum/seed.json)
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { JsonRpcProvider } from 'ethers';
import { devnet } from '../../deployments/parameters/devnet.ts';
import { type Deployment, deploy } from '../deploy/index.ts';
import { devSigner } from './accounts.ts';
import { DEVNET_CHAIN_ID } from './anvil.ts';
import { isHistoryComplete } from './history-mark.ts';
import { rpc } from './rpc.ts';
import { runSeed } from './seed/run.ts';
import { placeWorld } from './world.ts';

export interface PrepareOptions {
  url: string;
  deploymentFile: string;
  seedFile: string;
  say?: (line: string) => void;
}

/** Written whole or not at all. */
function writeJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** While the past is written nobody mines by the clock: here every transaction is mined as it comes. */
async function withMining<T>(url: string, work: () => Promise<T>): Promise<T> {
  if (await isHistoryComplete(url)) return work();
  let done = false;
  const mining = (async () => {
    while (!done) {
      const { pending } = await rpc<{ pending: string }>(url, 'txpool_status');
      if (Number(pending) > 0) await rpc(url, 'evm_mine');
      await sleep(10);
    }
  })();
  try {
    return await work();
  } finally {
    done = true;
    await mining;
  }
}

async function deployContracts(url: string, file: string, say: (line: string) => void): Promise<Deployment> {
  const provider = new JsonRpcProvider(url, DEVNET_CHAIN_ID, {
    staticNetwork: true,
    polling: true,
    // A block takes milliseconds here: an answer kept for 250 ms would be an old one.
    cacheTimeout: -1,
  });
  provider.pollingInterval = 50;
  try {
    const previous = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Deployment) : undefined;
    let sent = 0;
    const deployment = await withMining(url, () =>
      deploy({
        provider,
        signer: devSigner('deployer', provider),
        parameters: devnet(),
        previous,
        onStep: ({ state }) => {
          if (state === 'mined') sent += 1;
        },
      }),
    );
    writeJson(file, deployment);
    say(sent > 0 ? `contracts deployed in ${sent} transactions` : 'the contracts stand already');
    return deployment;
  } finally {
    provider.destroy();
  }
}

/** Runs all of it; throws with a sentence that says what failed. */
export async function prepare({
  url,
  deploymentFile,
  seedFile,
  say = () => undefined,
}: PrepareOptions): Promise<void> {
  await placeWorld(url);
  say('Safe, Multicall3, stablecoins and Chainlink feeds stand at their BSC addresses');
  const deployment = await deployContracts(url, deploymentFile, say);
  let told = 0;
  const seed = await runSeed({
    url,
    deployment,
    onProgress: (part, title) => {
      const tenth = Math.floor(part * 10);
      if (tenth <= told && part < 1) return;
      told = tenth;
      say(`${Math.round(part * 100)}% of ninety days written: ${title}`);
    },
  });
  writeJson(seedFile, seed);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { env } = process;
  await prepare({
    url: env.RPC_URL ?? 'http://127.0.0.1:8545',
    deploymentFile: resolve(env.AURUM_DEPLOYMENT ?? '.aurum/deployment.json'),
    seedFile: resolve(env.AURUM_SEED ?? '.aurum/seed.json'),
    say: (line) => console.log(line),
  });
}
