/** The deployment record: what `GET /v1/deployment` answers, and what every tool and page reads its addresses from. */
import { dataSlice, getAddress, id, type Provider } from 'ethers';
import { PROXIED_CONTRACTS, type ProxiedContract, ROLE_NAMES, roleOf } from '../../sdk/src/roles.ts';
import type { Blueprint } from './blueprint.ts';
import { holdersOf } from './steps.ts';

export interface Deployment {
  network: string;
  chainId: number;
  /** The block before which there is nothing to read. */
  block: number;
  contracts: Record<ProxiedContract, { proxy: string; implementation: string }>;
  accessManager: string;
  safe: string;
  safeGuard: string;
  upgradeVerifier: string;
  multiSendCallOnly: string;
  deployer: string;
  /** Seconds between scheduling and executing of every delayed role. */
  delaySeconds: number;
  roles: { role: string; holder: string; delaySeconds: number; functions: string[] }[];
  coins: { symbol: string; address: string; decimals: number; feed: string }[];
  /** XAU/USD (main), the signed feed (pivot), PAXG/USD (fallback, where there is one). */
  feeds: { name: string; address: string }[];
  products: { id: number; name: string; terms: string; termsHash: string }[];
}

/** ERC-1967: keccak256("eip1967.proxy.implementation") - 1. */
const IMPLEMENTATION_SLOT = `0x${(BigInt(id('eip1967.proxy.implementation')) - 1n).toString(16)}`;

/** The implementation that a proxy runs now, from its ERC-1967 slot. */
export async function implementationOf(provider: Provider, proxy: string): Promise<string> {
  return getAddress(dataSlice(await provider.getStorage(proxy, IMPLEMENTATION_SLOT), 12));
}

/** Every proxy with the implementation that it runs now. */
export async function contractsAt(
  provider: Provider,
  proxyOf: (name: ProxiedContract) => string,
): Promise<Deployment['contracts']> {
  const rows = await Promise.all(
    PROXIED_CONTRACTS.map(async (name) => {
      const proxy = proxyOf(name);
      return [name, { proxy, implementation: await implementationOf(provider, proxy) }] as const;
    }),
  );
  return Object.fromEntries(rows) as Deployment['contracts'];
}

export async function makeRecord(
  provider: Provider,
  blueprint: Blueprint,
  block: number,
): Promise<Deployment> {
  const { parameters, proxies } = blueprint;
  const contracts = await contractsAt(provider, (name) => proxies[name].address);
  const { main, fallback } = parameters.oracle;
  return {
    network: parameters.network,
    chainId: parameters.chainId,
    block,
    contracts,
    accessManager: blueprint.accessManager.address,
    safe: blueprint.safe.address,
    safeGuard: blueprint.safeGuard.address,
    upgradeVerifier: blueprint.upgradeVerifier.address,
    multiSendCallOnly: parameters.safe.multiSendCallOnly,
    deployer: blueprint.deployer,
    delaySeconds: parameters.delay,
    roles: rolesOf(blueprint),
    coins: parameters.desk.coins.map(({ symbol, address, coinDecimals, feed }) => ({
      symbol,
      address,
      decimals: coinDecimals,
      feed,
    })),
    feeds: [
      { name: 'main', address: main.feed },
      { name: 'pivot', address: proxies.SignedPriceFeed.address },
      ...(fallback ? [{ name: 'fallback', address: fallback.feed }] : []),
    ],
    products: parameters.redemption.products.map(({ name, terms }, index) => ({
      id: index + 1,
      name,
      terms,
      termsHash: id(terms),
    })),
  };
}

function rolesOf(blueprint: Blueprint): Deployment['roles'] {
  return ROLE_NAMES.flatMap((name) => {
    const role = roleOf(name);
    const functions = Object.entries(role.functions).flatMap(([contract, names]) =>
      names.map((f) => `${contract}.${f}`),
    );
    const delaySeconds = role.delay === 'long' ? blueprint.parameters.delay : 0;
    return role.holders
      .flatMap((holder) => holdersOf(blueprint, holder))
      .map((holder) => ({ role: name, holder, delaySeconds, functions }));
  });
}

/**
 * The first block in which the access manager has code, for a deployment that began in an earlier run: its first event, or
 * bisection where an endpoint gives no old logs. 0 when the endpoint tells neither: reading begins at the start then.
 */
export async function firstBlockOf(provider: Provider, accessManager: string): Promise<number> {
  const logs = await provider
    .getLogs({ address: accessManager, fromBlock: 0, toBlock: 'latest' })
    .catch(() => []);
  if (logs[0]) return logs[0].blockNumber;
  try {
    let without = -1;
    let having = await provider.getBlockNumber();
    while (having - without > 1) {
      const middle = Math.floor((without + having) / 2);
      if ((await provider.getCode(accessManager, middle)) === '0x') without = middle;
      else having = middle;
    }
    return having;
  } catch {
    return 0;
  }
}
