/** The live governance compared with what sdk/src/roles.ts declares. */
import { dataSlice, getAddress, Interface, id, type Provider, ZeroAddress } from 'ethers';
import { aurumAccessManagerAbi, safeAbi } from '../../sdk/src/abi/index.ts';
import {
  PROXIED_CONTRACTS,
  ROLE_NAMES,
  ROLES,
  restrictedFunctions,
  roleNameOf,
  roleOf,
} from '../../sdk/src/roles.ts';
import type { Blueprint } from './blueprint.ts';
import { read } from './calls.ts';
import { addressOf, holdersOf } from './steps.ts';

const managedAbi = ['function authority() view returns (address)'];
const GUARD_SLOT = id('guard_manager.guard.address');
const MODULES_HEAD = '0x0000000000000000000000000000000000000001';

/**
 * Every difference between the chain and the declared role table, one sentence each; an empty list is agreement.
 * @param fromBlock where the manager's events begin
 */
export async function checkGovernance(
  provider: Provider,
  blueprint: Blueprint,
  fromBlock: number,
): Promise<string[]> {
  const differences = await Promise.all([
    checkFunctions(provider, blueprint),
    checkRoles(provider, blueprint),
    checkMembers(provider, blueprint, fromBlock),
    checkAuthorities(provider, blueprint),
    checkSafe(provider, blueprint),
  ]);
  return differences.flat();
}

async function checkFunctions(provider: Provider, blueprint: Blueprint): Promise<string[]> {
  const manager = blueprint.accessManager.address;
  const rows = await Promise.all(
    restrictedFunctions().map(async ({ contract, function: name, selector, role }) => {
      const target = addressOf(blueprint, contract);
      const [found] = await read(provider, manager, aurumAccessManagerAbi, 'getTargetFunctionRole', [
        target,
        selector,
      ]);
      return found === ROLES[role].id
        ? []
        : [`${contract}.${name} stands under ${nameOf(found)}, declared is ${role}`];
    }),
  );
  return rows.flat();
}

const nameOf = (role: bigint): string => roleNameOf(role) ?? `role ${role}`;

async function checkRoles(provider: Provider, blueprint: Blueprint): Promise<string[]> {
  const manager = blueprint.accessManager.address;
  const rows = await Promise.all(
    ROLE_NAMES.map(async (name) => {
      const { id: role, guardian } = roleOf(name);
      const [[foundGuardian], [foundAdmin], [grantDelay]] = await Promise.all([
        read(provider, manager, aurumAccessManagerAbi, 'getRoleGuardian', [role]),
        read(provider, manager, aurumAccessManagerAbi, 'getRoleAdmin', [role]),
        read(provider, manager, aurumAccessManagerAbi, 'getRoleGrantDelay', [role]),
      ]);
      const declared = guardian ? ROLES[guardian].id : ROLES.ADMIN.id;
      return [
        ...(foundGuardian === declared
          ? []
          : [`the guardian of ${name} is ${nameOf(foundGuardian)}, declared is ${nameOf(declared)}`]),
        ...(foundAdmin === ROLES.ADMIN.id
          ? []
          : [`the admin of ${name} is ${nameOf(foundAdmin)}, declared is ADMIN`]),
        ...(grantDelay === 0n
          ? []
          : [`${name} takes effect ${grantDelay} s after it is granted, declared is at once`]),
      ];
    }),
  );
  return rows.flat();
}

/** Who ever got a role, from the manager's events, each asked of the manager as it is now. */
async function everGranted(
  provider: Provider,
  manager: string,
  fromBlock: number,
): Promise<[bigint, string][]> {
  const abi = new Interface(aurumAccessManagerAbi);
  const topic = abi.getEvent('RoleGranted')!.topicHash;
  const filter = { address: manager, topics: [topic], fromBlock, toBlock: 'latest' };
  const logs = await provider.getLogs(filter).catch((error) => {
    throw new Error(
      `The endpoint gives no logs since block ${fromBlock}, so who else holds a role cannot be told: run this again with one that does. Nothing is lost, what was sent stands.`,
      { cause: error },
    );
  });
  return logs.map((log) => {
    const { args } = abi.parseLog(log)!;
    return [args.roleId, getAddress(args.account)];
  });
}

async function checkMembers(provider: Provider, blueprint: Blueprint, fromBlock: number): Promise<string[]> {
  const manager = blueprint.accessManager.address;
  const declared = new Map<string, { role: bigint; account: string; delay: bigint }>();
  for (const name of ROLE_NAMES) {
    const delay = roleOf(name).delay === 'long' ? BigInt(blueprint.parameters.delay) : 0n;
    const accounts = roleOf(name).holders.flatMap((holder) => holdersOf(blueprint, holder));
    for (const account of accounts)
      declared.set(`${ROLES[name].id} ${getAddress(account)}`, { role: ROLES[name].id, account, delay });
  }
  const candidates = new Map(declared);
  for (const [role, account] of await everGranted(provider, manager, fromBlock)) {
    const key = `${role} ${account}`;
    if (!candidates.has(key)) candidates.set(key, { role, account, delay: 0n });
  }
  const rows = await Promise.all(
    [...candidates].map(async ([key, { role, account, delay }]) => {
      const [isMember, found] = await read(provider, manager, aurumAccessManagerAbi, 'hasRole', [
        role,
        account,
      ]);
      if (!declared.has(key))
        return isMember ? [`${account} holds ${nameOf(role)}, which nobody declared`] : [];
      if (!isMember) return [`${account} does not hold ${nameOf(role)}`];
      return found === delay
        ? []
        : [`${account} holds ${nameOf(role)} with a delay of ${found} s, declared is ${delay} s`];
    }),
  );
  return rows.flat();
}

async function checkAuthorities(provider: Provider, blueprint: Blueprint): Promise<string[]> {
  const manager = blueprint.accessManager.address;
  const rows = await Promise.all(
    PROXIED_CONTRACTS.map(async (name) => {
      const [authority] = await read(provider, blueprint.proxies[name].address, managedAbi, 'authority');
      return authority === manager ? [] : [`${name} obeys ${authority}, not the access manager ${manager}`];
    }),
  );
  return rows.flat();
}

async function checkSafe(provider: Provider, blueprint: Blueprint): Promise<string[]> {
  const { safe, safeGuard, parameters } = blueprint;
  const [[owners], [threshold], [modules], guard] = await Promise.all([
    read(provider, safe.address, safeAbi, 'getOwners'),
    read(provider, safe.address, safeAbi, 'getThreshold'),
    read(provider, safe.address, safeAbi, 'getModulesPaginated', [MODULES_HEAD, 10]),
    provider.getStorage(safe.address, GUARD_SLOT).then((word) => getAddress(dataSlice(word, 12))),
  ]);
  const sorted = (list: string[]): string => [...list].map(getAddress).sort().join(', ');
  const { safeOwners, safeThreshold } = parameters.people;
  return [
    ...(sorted(owners) === sorted(safeOwners)
      ? []
      : [`the Safe's owners are ${sorted(owners)}, declared are ${sorted(safeOwners)}`]),
    ...(threshold === BigInt(safeThreshold)
      ? []
      : [`the Safe asks for ${threshold} signatures, declared are ${safeThreshold}`]),
    ...(guard === safeGuard.address
      ? []
      : [
          `the Safe's guard is ${guard === ZeroAddress ? 'missing' : guard}, declared is ${safeGuard.address}`,
        ]),
    ...(modules.length === 0
      ? []
      : [`modules act for the Safe without signatures: ${[...modules].join(', ')}`]),
  ];
}
