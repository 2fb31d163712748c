/**
 * npm run deploy -- --network devnet|bscTestnet|bsc [--rpc URL] [--people FILE] [--out FILE] [--plan] [--yes]
 *
 * Prints what is there and what is missing, asks, and sends what is missing. After a crash, run it again.
 *
 *   --rpc     endpoint; else AURUM_RPC_URL, BSC_TESTNET_RPC_URL or BSC_RPC_URL, by network
 *   --people  JSON file with the accounts of every role (deployments/parameters/schema.ts, People); the devnet has its own
 *   --out     where the record goes; else deployments/<chainId>.json, for the devnet .aurum/deployment.json
 *   --plan    print and stop
 *   --yes     do not ask
 *
 * DEPLOYER_PRIVATE_KEY pays and holds ADMIN until the last step; on the devnet it is the mnemonic's first account.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { formatEther, JsonRpcProvider, type Signer, Wallet } from 'ethers';
import { devnetPeople } from '../deployments/parameters/devnet.ts';
import { type Parameters, People } from '../deployments/parameters/schema.ts';
import {
  type Deployment,
  deploy,
  NETWORKS,
  plan,
  preflight,
  type StepReport,
  staleFeeds,
} from './deploy/index.ts';
import { devSigner, isDevKey } from './devnet/accounts.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

class UsageError extends Error {}

function readArguments() {
  const { values } = parseArgs({
    options: {
      network: { type: 'string' },
      rpc: { type: 'string' },
      people: { type: 'string' },
      out: { type: 'string' },
      plan: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
    },
  });
  const network = values.network ?? '';
  const make = NETWORKS[network];
  if (!make) throw new UsageError(`--network must be one of ${Object.keys(NETWORKS).join(', ')}`);
  return { ...values, network, make };
}

const RPC_VARIABLES: Record<string, string> = {
  devnet: 'AURUM_RPC_URL',
  bscTestnet: 'BSC_TESTNET_RPC_URL',
  bsc: 'BSC_RPC_URL',
};

function endpointOf(network: string, given?: string): string {
  const variable = RPC_VARIABLES[network]!;
  const url = given ?? process.env[variable] ?? (network === 'devnet' ? 'http://127.0.0.1:8545' : undefined);
  if (!url) throw new UsageError(`no endpoint: give --rpc URL or set ${variable}`);
  return url;
}

function peopleOf(network: string, file?: string): People {
  if (!file) {
    if (network === 'devnet') return devnetPeople();
    throw new UsageError(`--people FILE is missing: ${network} has no accounts in the repository`);
  }
  const parsed = People.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(
    (issue) => `- ${issue.path.join('.') || 'people'}: ${issue.message}`,
  );
  throw new UsageError(`${file} does not say who holds what:\n${issues.join('\n')}`);
}

function deployerOf(network: string, provider: JsonRpcProvider): Signer {
  const key = process.env.DEPLOYER_PRIVATE_KEY;
  if (!key && network === 'devnet') return devSigner('deployer', provider);
  if (!key) throw new UsageError('DEPLOYER_PRIVATE_KEY is not set');
  if (network === 'bsc' && isDevKey(key)) {
    throw new UsageError(
      'DEPLOYER_PRIVATE_KEY is a development key, which everybody knows: it never deploys to bsc',
    );
  }
  return new Wallet(key, provider);
}

function recordPath(network: string, chainId: number, given?: string): string {
  if (given) return given;
  return join(root, network === 'devnet' ? '.aurum/deployment.json' : `deployments/${chainId}.json`);
}

async function printPlan(provider: JsonRpcProvider, parameters: Parameters, signer: Signer): Promise<number> {
  const deployer = await signer.getAddress();
  const { blueprint, steps } = await plan({ provider, parameters, deployer });
  let phase = '';
  for (const step of steps) {
    if (step.phase !== phase) console.log(`\n${step.phase}`);
    phase = step.phase;
    console.log(`  ${step.isDone ? 'done' : 'send'}  ${step.title}`);
  }
  console.log(`\nDeployer ${deployer} with ${formatEther(await provider.getBalance(deployer))} to pay with`);
  console.log(`Access manager ${blueprint.accessManager.address}`);
  console.log(`Treasury Safe  ${blueprint.safe.address}`);
  return steps.filter((step) => !step.isDone).length;
}

async function confirmed(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

function report({ state, done, total, title, transactionHash }: StepReport): void {
  if (state === 'mined') console.log(`[${done}/${total}] ${title}  ${transactionHash}`);
}

/** Written whole or not at all. */
function writeRecord(path: string, record: Deployment): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(`${path}.new`, path);
}

async function main(): Promise<void> {
  const args = readArguments();
  const parameters = args.make(peopleOf(args.network, args.people));
  const provider = new JsonRpcProvider(endpointOf(args.network, args.rpc), undefined, {
    pollingInterval: args.network === 'devnet' ? 200 : 1_000,
    cacheTimeout: -1,
  });
  const signer = deployerOf(args.network, provider);
  const out = recordPath(args.network, parameters.chainId, args.out);
  const previous: Deployment | undefined = existsSync(out)
    ? JSON.parse(readFileSync(out, 'utf8'))
    : undefined;

  await preflight(provider, parameters);
  for (const warning of await staleFeeds(provider, parameters)) console.warn(`warning: ${warning}`);
  if (previous) console.log(`${out} names a deployment: it is kept as long as the chain has it.`);
  else {
    const missing = await printPlan(provider, parameters, signer);
    if (args.plan) return;
    const question = `\nSend ${missing} transactions to ${parameters.network} (chain ${parameters.chainId})?`;
    if (missing > 0 && !args.yes && !(await confirmed(question))) return;
  }
  if (args.plan) return;
  const record = await deploy({ provider, signer, parameters, previous, onStep: report });
  writeRecord(out, record);
  console.log(`\nThe live role table is the declared one. The record is in ${out}`);
  provider.destroy();
}

main().catch((error) => {
  console.error(error instanceof UsageError ? error.message : (error.shortMessage ?? error.message ?? error));
  process.exitCode = 1;
  // an endpoint that is not there would be asked for ever
  process.exit();
});
