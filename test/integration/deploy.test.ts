/** The deployment on a real chain: complete, safe to run again, and right to the last role. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  Interface,
  JsonRpcProvider,
  keccak256,
  type ParamType,
  TypedDataEncoder,
  ZeroAddress,
  ZeroHash,
} from 'ethers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bscTestnet } from '../../deployments/parameters/bscTestnet.ts';
import { devnet, devnetPeople } from '../../deployments/parameters/devnet.ts';
import { type Parameters, People } from '../../deployments/parameters/schema.ts';
import { readArtifact } from '../../scripts/deploy/artifacts.ts';
import { drawBlueprint } from '../../scripts/deploy/blueprint.ts';
import { encode, read } from '../../scripts/deploy/calls.ts';
import { checkGovernance } from '../../scripts/deploy/check.ts';
import { create2Address, create2Transaction } from '../../scripts/deploy/create2.ts';
import {
  type Deployment,
  type DeployOptions,
  deploy,
  PreflightError,
  plan,
  type StepReport,
  staleFeeds,
} from '../../scripts/deploy/index.ts';
import { devAccount, devSigner } from '../../scripts/devnet/accounts.ts';
import { endProcess, startAnvil } from '../../scripts/devnet/anvil.ts';
import { rpc } from '../../scripts/devnet/rpc.ts';
import { placeWorld } from '../../scripts/devnet/world.ts';
import { aurumAccessManagerAbi, goldTokenAbi, goldTokenV2Abi, safeAbi } from '../../sdk/src/abi/index.ts';
import {
  compareLayouts,
  type Encode,
  execTransactionArguments,
  executeUpgradeCeremony,
  findBuild,
  type Hex,
  joinSignatures,
  type Operation,
  type SafeTransaction,
  safeTypedData,
  scheduleCeremony,
  vetoCall,
} from '../../sdk/src/governance/index.ts';
import { BUILDS } from '../../sdk/src/governance/registry.ts';
import { Deployment as DeploymentShape } from '../../sdk/src/rest/index.ts';
import { PROXIED_CONTRACTS, type ProxiedContract, ROLES, restrictedFunctions } from '../../sdk/src/roles.ts';

const PORT = Number(process.env.AURUM_TEST_DEPLOY_PORT ?? 8601);
const root = fileURLToPath(new URL('../..', import.meta.url));
const parameters = devnet();
const encodeCall: Encode = (abi, name, args) => new Interface(abi as never).encodeFunctionData(name, args);

let url: string;
let pid: number;
let provider: JsonRpcProvider;
/** The chain as it is before e-Aurum: world in place, nothing deployed. */
let before: string;

const newProvider = (): JsonRpcProvider =>
  new JsonRpcProvider(url, undefined, { pollingInterval: 50, cacheTimeout: -1, staticNetwork: true });
const signer = () => devSigner('deployer', provider);
const nonceOf = (account: string): Promise<number> => provider.getTransactionCount(account);
const run = (options: Partial<DeployOptions> = {}): Promise<Deployment> =>
  deploy({ provider, signer: signer(), parameters, ...options });

beforeAll(async () => {
  const anvil = await startAnvil({ port: PORT });
  url = anvil.url;
  pid = anvil.child.pid!;
  await placeWorld(url);
  await rpc(url, 'evm_setAutomine', [true]);
  provider = newProvider();
  before = await rpc<string>(url, 'evm_snapshot');
});

afterAll(async () => {
  provider?.destroy();
  if (pid) await endProcess(pid);
});

async function startOver(): Promise<void> {
  await rpc(url, 'evm_revert', [before]);
  before = await rpc<string>(url, 'evm_snapshot');
  await rpc(url, 'evm_setAutomine', [true]);
}

describe('a deployment', () => {
  let record: Deployment;
  let sent: number;

  beforeAll(async () => {
    await startOver();
    record = await run();
    sent = await nonceOf(devAccount('deployer').address);
  });

  it('is recorded in the shape that GET /v1/deployment answers', () => {
    expect(record).toMatchObject(DeploymentShape.parse(record));
    expect(record.chainId).toBe(31_337);
    expect(Object.keys(record.contracts)).toEqual([...PROXIED_CONTRACTS]);
    expect(record.block).toBeGreaterThan(0);
  });

  it('changes nothing the second time', async () => {
    const head = await provider.getBlockNumber();
    const states = new Set<string>();
    const again = await run({ onStep: ({ state }) => states.add(state) });
    expect(again).toEqual(record);
    expect([...states]).toEqual(['already']);
    expect(await provider.getBlockNumber()).toBe(head);
    expect(await nonceOf(devAccount('deployer').address)).toBe(sent);
    const { steps } = await plan({ provider, parameters, deployer: devAccount('deployer').address });
    expect(steps.filter(({ isDone }) => !isDone)).toEqual([]);
  });

  it('stands when the contracts were compiled anew: the record of the first run is kept', async () => {
    const otherwise = { ...parameters, salt: keccak256('0x01') };
    const again = await run({ parameters: otherwise, previous: record });
    expect(again).toEqual(record);
    expect(await nonceOf(devAccount('deployer').address)).toBe(sent);
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
    const snapshot = await rpc<string>(url, 'evm_snapshot');
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
    await rpc(url, 'evm_revert', [snapshot]);
  });
});

/** Schedules, waits and executes as the Safe itself, without its owners' signatures. */
async function asSafe(record: Deployment, operations: [target: string, data: string][]): Promise<void> {
  await rpc(url, 'anvil_impersonateAccount', [record.safe]);
  await rpc(url, 'anvil_setBalance', [record.safe, '0xde0b6b3a7640000']);
  const safe = await provider.getSigner(record.safe);
  const sendAll = async (name: string, extra: unknown[]): Promise<void> => {
    for (const [target, data] of operations) {
      const call = encode(aurumAccessManagerAbi, name, [target, data, ...extra]);
      await (await safe.sendTransaction({ to: record.accessManager, data: call })).wait();
    }
  };
  await sendAll('schedule', [0]);
  await rpc(url, 'evm_increaseTime', [record.delaySeconds]);
  await sendAll('execute', []);
  await rpc(url, 'anvil_stopImpersonatingAccount', [record.safe]);
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
  let undisturbed: Deployment;
  let transactions: number;

  beforeAll(async () => {
    await startOver();
    undisturbed = await run();
    transactions = await nonceOf(devAccount('deployer').address);
  });

  beforeEach(startOver);

  it('goes on after a crash behind every tenth transaction, and sends none twice', async () => {
    let crashes = 0;
    let record: Deployment | undefined;
    while (!record) {
      let sentNow = 0;
      const onStep = ({ state }: StepReport): void => {
        if (state === 'sent' && ++sentNow === 10) throw new Error('crash');
      };
      record = await run({ onStep }).catch((error: Error) => {
        expect(error.message).toBe('crash');
        crashes += 1;
        return undefined;
      });
    }
    expect(crashes).toBeGreaterThan(5);
    expect(record).toEqual({ ...undisturbed, block: record.block });
    expect(await nonceOf(devAccount('deployer').address)).toBe(transactions);
  });

  it('waits for what a crashed run left in the pool', async () => {
    await rpc(url, 'evm_setAutomine', [false]);
    let sentNow = 0;
    const crashed = run({
      onStep: ({ state }) => {
        if (state === 'sent' && ++sentNow === 7) throw new Error('crash');
      },
    });
    await expect(crashed).rejects.toThrow('crash');
    const resumed = run();
    await rpc(url, 'evm_mine');
    await rpc(url, 'evm_setAutomine', [true]);
    expect(await resumed).toMatchObject({ contracts: undisturbed.contracts, safe: undisturbed.safe });
    expect(await nonceOf(devAccount('deployer').address)).toBe(transactions);
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
    const record: Deployment = JSON.parse(readFileSync(out, 'utf8'));
    expect(record).toMatchObject({ contracts: undisturbed.contracts, roles: undisturbed.roles });
    expect(await nonceOf(devAccount('deployer').address)).toBe(transactions);
    rmSync(folder, { recursive: true });
  });
});

function command(out: string): ChildProcess {
  const args = ['scripts/deploy.ts', '--network', 'devnet', '--rpc', url, '--out', out, '--yes'];
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
  beforeAll(startOver);

  async function findingsFor(changed: Parameters): Promise<string[]> {
    const nonce = await nonceOf(devAccount('deployer').address);
    const error = await run({ parameters: changed }).then(
      () => undefined,
      (reason) => reason,
    );
    expect(error).toBeInstanceOf(PreflightError);
    expect(await nonceOf(devAccount('deployer').address)).toBe(nonce);
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
  beforeAll(startOver);
  afterAll(() => rpc(url, 'anvil_setChainId', [31_337]));

  it('deploy as those of the devnet do: gold with 18 decimals, no second gold feed, 48 h', async () => {
    const testnet = bscTestnet(devnetPeople());
    await rpc(url, 'anvil_setChainId', [97]);
    const coin = testnet.desk.coins[0]!;
    // contracts that answer one number to every question: their decimals
    const answering = (decimals: number): string =>
      `0x60${decimals.toString(16).padStart(2, '0')}5f5260205ff3`;
    await rpc(url, 'anvil_setCode', [testnet.oracle.main.feed, answering(18)]);
    await rpc(url, 'anvil_setCode', [coin.address, answering(18)]);
    await rpc(url, 'anvil_setCode', [coin.feed, answering(8)]);
    const onTestnet = newProvider();
    expect(await staleFeeds(onTestnet, testnet)).toHaveLength(2);
    const record = await deploy({
      provider: onTestnet,
      signer: devSigner('deployer', onTestnet),
      parameters: testnet,
    });
    expect(record.chainId).toBe(97);
    expect(record.feeds.map(({ name }) => name)).toEqual(['main', 'pivot']);
    expect(record.roles.find(({ role }) => role === 'UPGRADER')?.delaySeconds).toBe(172_800);
    onTestnet.destroy();
  });
});

describe('an upgrade by two ceremonies of two signatures', () => {
  let record: Deployment;
  let operation: Operation;
  const owners = ['treasury1', 'treasury2'] as const;
  const terms = { uri: 'ipfs://terms', hash: keccak256('0xabcd') };

  beforeAll(async () => {
    await startOver();
    record = await run();
    const { abi, bytecode } = readArtifact('GoldTokenV2');
    const initCode =
      bytecode + new Interface(abi).encodeDeploy([record.contracts.GoldReserve.proxy]).slice(2);
    await (await signer().sendTransaction(create2Transaction(initCode, ZeroHash))).wait();
    const initialize = encode(goldTokenV2Abi, 'initializeV2', [terms.uri, terms.hash]);
    operation = {
      target: record.contracts.GoldToken.proxy,
      data: encode(goldTokenAbi, 'upgradeToAndCall', [create2Address(initCode, ZeroHash), initialize]) as Hex,
    };
  });

  const safeNonce = async (): Promise<bigint> => (await read(provider, record.safe, safeAbi, 'nonce'))[0];

  async function signAndSend(transaction: SafeTransaction): Promise<void> {
    const typed = safeTypedData(record.chainId, record.safe, transaction);
    const types = { SafeTx: [...typed.types.SafeTx] };
    const {
      to,
      value,
      data,
      operation: kind,
      safeTxGas,
      baseGas,
      gasPrice,
      gasToken,
      refundReceiver,
      nonce,
    } = transaction;
    const hashArguments = [
      to,
      value,
      data,
      kind,
      safeTxGas,
      baseGas,
      gasPrice,
      gasToken,
      refundReceiver,
      nonce,
    ];
    const [hash] = await read(provider, record.safe, safeAbi, 'getTransactionHash', hashArguments);
    expect(TypedDataEncoder.hash(typed.domain, types, typed.message)).toBe(hash);
    const signatures = await Promise.all(
      owners.map(async (name) => ({
        signer: devAccount(name).address,
        signature: await devSigner(name).signTypedData(typed.domain, types, typed.message),
      })),
    );
    const call = encode(
      safeAbi,
      'execTransaction',
      execTransactionArguments(transaction, joinSignatures(signatures)),
    );
    const response = await devSigner('newcomer', provider).sendTransaction({ to: record.safe, data: call });
    await response.wait();
  }

  const checks = () => ({
    accounts: Object.values(record.contracts).map(({ proxy }) => proxy),
    holders: record.roles.map(({ role, holder }) => ({
      role: ROLES[role as keyof typeof ROLES].id,
      account: holder,
    })),
  });
  const execution = async () =>
    executeUpgradeCeremony(record, operation, checks(), await safeNonce(), encodeCall);

  it('can be vetoed by a guardian, and then not be executed', async () => {
    await signAndSend(scheduleCeremony(record, operation, await safeNonce(), encodeCall));
    const veto = vetoCall(record, operation, encodeCall);
    const response = await devSigner('guardian2', provider).sendTransaction({ to: veto.to, data: veto.data });
    await response.wait();
    await rpc(url, 'evm_increaseTime', [record.delaySeconds + 1]);
    await expect(signAndSend(await execution())).rejects.toThrow(/GS013/);
  });

  it('waits for its delay, then happens whole, and leaves everything as it was', async () => {
    await signAndSend(scheduleCeremony(record, operation, await safeNonce(), encodeCall));
    await expect(signAndSend(await execution())).rejects.toThrow(/GS013/);
    await rpc(url, 'evm_increaseTime', [record.delaySeconds + 1]);
    await signAndSend(await execution());
    const [uri, hash] = await read(provider, operation.target, goldTokenV2Abi, 'terms');
    expect({ uri, hash }).toEqual(terms);
    const [name] = await read(provider, operation.target, goldTokenAbi, 'name');
    expect(name).toBe('e-Aurum Gold');
  });

  it('is seen in the record of the next run, as a build whose layout is compatible', async () => {
    const again = await run({ previous: record });
    const { implementation } = again.contracts.GoldToken;
    expect(implementation).not.toBe(record.contracts.GoldToken.implementation);
    const next = findBuild(await provider.getCode(implementation), BUILDS, keccak256)!;
    expect(next.name).toBe('GoldTokenV2');
    const old = BUILDS.find((build) => build.name === ('GoldToken' satisfies ProxiedContract))!;
    expect(compareLayouts(old.layout, next.layout).compatible).toBe(true);
  });
});
