/** The deployment on a real chain: complete, safe to run again, and right to the last role. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Interface, type JsonRpcProvider, keccak256, type ParamType, ZeroAddress, ZeroHash } from 'ethers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bscTestnet } from '../../deployments/parameters/bscTestnet.ts';
import { devnet, devnetPeople } from '../../deployments/parameters/devnet.ts';
import { type Parameters, People } from '../../deployments/parameters/schema.ts';
import { readArtifact } from '../../scripts/deploy/artifacts.ts';
import { drawBlueprint } from '../../scripts/deploy/blueprint.ts';
import { encode, read } from '../../scripts/deploy/calls.ts';
import { checkGovernance } from '../../scripts/deploy/check.ts';
import {
  type Deployment,
  deploy,
  PreflightError,
  plan,
  type StepReport,
  staleFeeds,
} from '../../scripts/deploy/index.ts';
import { devAccount, devSigner } from '../../scripts/devnet/accounts.ts';
import { rpc } from '../../scripts/devnet/rpc.ts';
import { aurumAccessManagerAbi } from '../../sdk/src/abi/index.ts';
import { findBuild } from '../../sdk/src/governance/index.ts';
import { BUILDS } from '../../sdk/src/governance/registry.ts';
import { Deployment as DeploymentShape } from '../../sdk/src/rest/index.ts';
import { PROXIED_CONTRACTS, ROLES, restrictedFunctions } from '../../sdk/src/roles.ts';

import { type DeployChain, startDeployChain } from './deploy/chain.ts';

const PORT = Number(process.env.AURUM_TEST_DEPLOY_PORT ?? 8601);
const root = fileURLToPath(new URL('../..', import.meta.url));
const parameters = devnet();

let chain: DeployChain;
let provider: JsonRpcProvider;
let record: Deployment;
/** Transactions of an undisturbed deployment. */
let transactions: number;

beforeAll(async () => {
  chain = await startDeployChain(PORT);
  provider = chain.provider;
  record = await chain.run();
  transactions = await chain.sentByDeployer();
});

afterAll(() => chain?.stop());

describe('a deployment', () => {
  it('is recorded in the shape that GET /v1/deployment answers', () => {
    expect(record).toMatchObject(DeploymentShape.parse(record));
    expect(record.chainId).toBe(31_337);
    expect(Object.keys(record.contracts)).toEqual([...PROXIED_CONTRACTS]);
    expect(record.block).toBeGreaterThan(0);
  });

  it('changes nothing the second time', async () => {
    const head = await provider.getBlockNumber();
    const states = new Set<string>();
    const again = await chain.run({ onStep: ({ state }) => states.add(state) });
    expect(again).toEqual(record);
    expect([...states]).toEqual(['already']);
    expect(await provider.getBlockNumber()).toBe(head);
    expect(await chain.sentByDeployer()).toBe(transactions);
    const { steps } = await plan({ provider, parameters, deployer: devAccount('deployer').address });
    expect(steps.filter(({ isDone }) => !isDone)).toEqual([]);
  });

  it('stands when the contracts were compiled anew: the record of the first run is kept', async () => {
    const otherwise = { ...parameters, salt: keccak256('0x01') };
    const again = await chain.run({ parameters: otherwise, previous: record });
    expect(again).toEqual(record);
    expect(await chain.sentByDeployer()).toBe(transactions);
  });

  it('leaves the deployer with nothing', async () => {
    const deployer = devAccount('deployer').address;
    for (const { id } of Object.values(ROLES)) {
      const [isMember] = await read(provider, record.accessManager, aurumAccessManagerAbi, 'hasRole', [
        id,
        deployer,
      ]);
      expect(isMember).toBe(false);
    }
    const grant = encode(aurumAccessManagerAbi, 'grantRole', [ROLES.MINTER.id, deployer, 0]);
    await expect(provider.call({ from: deployer, to: record.accessManager, data: grant })).rejects.toThrow();
  });

  it('refuses every restricted function to a stranger', async () => {
    const refusals = new Interface([
      'error AccessManagedUnauthorized(address)',
      'error AccessManagerUnauthorizedAccount(address,uint64)',
    ]);
    const stranger = devAccount('newcomer').address;
    for (const { contract, function: name, selector } of restrictedFunctions()) {
      const to = contract === 'AurumAccessManager' ? record.accessManager : record.contracts[contract].proxy;
      const abi = new Interface(readArtifact(contract).abi);
      const fragment = abi.getFunction(selector)!;
      const data = abi.encodeFunctionData(fragment, fragment.inputs.map(emptyValue));
      const error = await provider.call({ from: stranger, to, data }).then(
        () => ({ data: `${contract}.${name} ran` }),
        (reason) => reason,
      );
      expect(refusals.parseError(error.data)?.args[0], `${contract}.${name}: ${error.data}`).toBe(stranger);
    }
  });

  it('runs builds of this repository, whatever their immutables', async () => {
    for (const name of PROXIED_CONTRACTS) {
      const code = await provider.getCode(record.contracts[name].implementation);
      expect(findBuild(code, BUILDS, keccak256)?.name).toBe(name);
    }
    expect(findBuild(await provider.getCode(record.safe), BUILDS, keccak256)).toBeUndefined();
  });

  it('says what differs from the declared role table', async () => {
    const snapshot = await rpc<string>(chain.url, 'evm_snapshot');
    const blueprint = await drawBlueprint(provider, parameters, devAccount('deployer').address);
    expect(await checkGovernance(provider, blueprint, record.block)).toEqual([]);
    const guardian = devSigner('guardian1', provider);
    const strip = encode(aurumAccessManagerAbi, 'strip', [ROLES.MINTER.id, record.contracts.GoldDesk.proxy]);
    await (await guardian.sendTransaction({ to: record.accessManager, data: strip })).wait();
    const stranger = devAccount('newcomer').address;
    await asSafe(record, [
      [record.accessManager, encode(aurumAccessManagerAbi, 'grantRole', [ROLES.ISSUER.id, stranger, 0])],
      [record.accessManager, encode(aurumAccessManagerAbi, 'setRoleGuardian', [ROLES.UPGRADER.id, 0])],
    ]);
    const differences = await checkGovernance(provider, blueprint, record.block);
    expect(differences.sort()).toEqual(
      [
        `${record.contracts.GoldDesk.proxy} does not hold MINTER`,
        `${stranger} holds ISSUER, which nobody declared`,
        'the guardian of UPGRADER is ADMIN, declared is GUARDIAN',
      ].sort(),
    );
    await rpc(chain.url, 'evm_revert', [snapshot]);
  });
});

/** Schedules, waits and executes as the Safe itself, without its owners' signatures. */
async function asSafe(record: Deployment, operations: [target: string, data: string][]): Promise<void> {
  await rpc(chain.url, 'anvil_impersonateAccount', [record.safe]);
  await rpc(chain.url, 'anvil_setBalance', [record.safe, '0xde0b6b3a7640000']);
  const safe = await provider.getSigner(record.safe);
  const sendAll = async (name: string, extra: unknown[]): Promise<void> => {
    for (const [target, data] of operations) {
      const call = encode(aurumAccessManagerAbi, name, [target, data, ...extra]);
      await (await safe.sendTransaction({ to: record.accessManager, data: call })).wait();
    }
  };
  await sendAll('schedule', [0]);
  await rpc(chain.url, 'evm_increaseTime', [record.delaySeconds]);
  await sendAll('execute', []);
  await rpc(chain.url, 'anvil_stopImpersonatingAccount', [record.safe]);
}

/** A value of a type that every decoder takes. */
function emptyValue(type: ParamType): unknown {
  if (type.baseType === 'array') return [];
  if (type.baseType === 'tuple') return type.components!.map(emptyValue);
  if (type.type === 'address') return ZeroAddress;
  if (type.type === 'bool') return false;
  if (type.type === 'string') return '';
  if (type.type === 'bytes') return '0x';
  if (type.type.startsWith('bytes')) return ZeroHash.slice(0, 2 + 2 * Number(type.type.slice(5)));
  return 0;
}

describe('a deployment that is interrupted', () => {
  beforeEach(() => chain.startOver());

  it('goes on after a crash behind every tenth transaction, and sends none twice', async () => {
    let crashes = 0;
    let resumed: Deployment | undefined;
    while (!resumed) {
      let sentNow = 0;
      const onStep = ({ state }: StepReport): void => {
        if (state === 'sent' && ++sentNow === 10) throw new Error('crash');
      };
      resumed = await chain.run({ onStep }).catch((error: Error) => {
        expect(error.message).toBe('crash');
        crashes += 1;
        return undefined;
      });
    }
    expect(crashes).toBeGreaterThan(5);
    expect(resumed).toEqual({ ...record, block: resumed.block });
    expect(await chain.sentByDeployer()).toBe(transactions);
  });

  it('waits for what a crashed run left in the pool', async () => {
    await rpc(chain.url, 'evm_setAutomine', [false]);
    let sentNow = 0;
    const crashed = chain.run({
      onStep: ({ state }) => {
        if (state === 'sent' && ++sentNow === 7) throw new Error('crash');
      },
    });
    await expect(crashed).rejects.toThrow('crash');
    const resumed = chain.run();
    await rpc(chain.url, 'evm_mine');
    await rpc(chain.url, 'evm_setAutomine', [true]);
    expect(await resumed).toMatchObject({ contracts: record.contracts, safe: record.safe });
    expect(await chain.sentByDeployer()).toBe(transactions);
  });

  it('survives kill -9 of the command, which then finishes and writes the record', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'aurum-deploy-'));
    const out = join(folder, 'deployment.json');
    const first = command(out);
    await untilPrinted(first, /\[15\/\d+\]/);
    first.kill('SIGKILL');
    await new Promise((resolve) => first.once('exit', resolve));
    const second = command(out);
    const code = await new Promise((resolve) => second.once('exit', resolve));
    expect(code).toBe(0);
    const written: Deployment = JSON.parse(readFileSync(out, 'utf8'));
    expect(written).toMatchObject({ contracts: record.contracts, roles: record.roles });
    expect(await chain.sentByDeployer()).toBe(transactions);
    rmSync(folder, { recursive: true });
  });
});

function command(out: string): ChildProcess {
  const args = ['scripts/deploy.ts', '--network', 'devnet', '--rpc', chain.url, '--out', out, '--yes'];
  return spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
}

function untilPrinted(child: ChildProcess, pattern: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      printed += chunk;
      if (pattern.test(printed)) resolve();
    });
    child.once('exit', () => reject(new Error(`the command ended before it printed ${pattern}: ${printed}`)));
  });
}

describe('before anything is sent', () => {
  beforeAll(() => chain.startOver());

  async function findingsFor(changed: Parameters): Promise<string[]> {
    const nonce = await chain.sentByDeployer();
    const error = await chain.run({ parameters: changed }).then(
      () => undefined,
      (reason) => reason,
    );
    expect(error).toBeInstanceOf(PreflightError);
    expect(await chain.sentByDeployer()).toBe(nonce);
    return (error as PreflightError).findings;
  }

  it('another chain is refused', async () => {
    expect(await findingsFor({ ...parameters, chainId: 56 })).toEqual([
      'the endpoint is chain 31337, the parameters are for devnet (56): check the RPC URL',
    ]);
  });

  it('a feed with other decimals, a coin that is not there, a missing Safe factory are named, all at once', async () => {
    const { oracle, desk, safe } = parameters;
    const nowhere = devAccount('newcomer').address;
    const findings = await findingsFor({
      ...parameters,
      oracle: { ...oracle, main: { ...oracle.main, decimals: 18 } },
      desk: { ...desk, coins: [{ ...desk.coins[0]!, address: nowhere }] },
      safe: { ...safe, factory: nowhere },
    });
    expect(findings.sort()).toEqual([
      `USDT is not at ${nowhere}`,
      `the Safe factory is not at ${nowhere}`,
      `the main gold feed at ${oracle.main.feed} has 8 decimals, the parameters say 18`,
    ]);
  });

  it('the example of who holds what is one that could be deployed', () => {
    const example = JSON.parse(readFileSync(join(root, 'deployments/people.example.json'), 'utf8'));
    expect(bscTestnet(example).people).toEqual(example);
  });

  it('people who would hold conflicting roles are refused', () => {
    const people = devnetPeople();
    const custodianAudits = { ...people, auditors: people.custodians };
    expect(People.safeParse(custodianAudits).error?.issues[0]?.message).toMatch(/both custodian and auditor/);
    const signerVetoes = { ...people, guardians: people.safeOwners.slice(0, 2) };
    expect(People.safeParse(signerVetoes).error?.issues[0]?.message).toMatch(/would veto nobody/);
    expect(People.safeParse({ ...people, guardians: people.guardians.slice(0, 1) }).success).toBe(false);
  });
});

describe('the parameters of BSC testnet', () => {
  beforeAll(() => chain.startOver());
  afterAll(() => rpc(chain.url, 'anvil_setChainId', [31_337]));

  it('deploy as those of the devnet do: gold with 18 decimals, no second gold feed, 48 h', async () => {
    const testnet = bscTestnet(devnetPeople());
    await rpc(chain.url, 'anvil_setChainId', [97]);
    const coin = testnet.desk.coins[0]!;
    // contracts that answer one number to every question: their decimals
    const answering = (decimals: number): string =>
      `0x60${decimals.toString(16).padStart(2, '0')}5f5260205ff3`;
    await rpc(chain.url, 'anvil_setCode', [testnet.oracle.main.feed, answering(18)]);
    await rpc(chain.url, 'anvil_setCode', [coin.address, answering(18)]);
    await rpc(chain.url, 'anvil_setCode', [coin.feed, answering(8)]);
    const onTestnet = chain.newProvider();
    expect(await staleFeeds(onTestnet, testnet)).toHaveLength(2);
    const onChain97 = await deploy({
      provider: onTestnet,
      signer: devSigner('deployer', onTestnet),
      parameters: testnet,
    });
    expect(onChain97.chainId).toBe(97);
    expect(onChain97.feeds.map(({ name }) => name)).toEqual(['main', 'pivot']);
    expect(onChain97.roles.find(({ role }) => role === 'UPGRADER')?.delaySeconds).toBe(172_800);
    onTestnet.destroy();
  });
});
