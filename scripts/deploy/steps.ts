/** The plan: what must be true on the chain, and the transaction that makes it so. */
import { id, type Provider, type TransactionRequest } from 'ethers';
import {
  aurumAccessManagerAbi,
  goldDeskAbi,
  goldTokenAbi,
  priceOracleAbi,
  redemptionDeskAbi,
} from '../../sdk/src/abi/index.ts';
import { dayFromDate } from '../../sdk/src/price/market-hours.ts';
import {
  type Holder,
  type ManagedContract,
  PROXIED_CONTRACTS,
  type ProxiedContract,
  ROLE_NAMES,
  ROLES,
  restrictedFunctions,
  roleOf,
} from '../../sdk/src/roles.ts';
import type { Blueprint, Piece } from './blueprint.ts';
import { encode, read } from './calls.ts';
import { create2Transaction, hasCode } from './create2.ts';

export interface Step {
  title: string;
  /** Reads the chain: true when there is nothing left to do. */
  isDone(): Promise<boolean>;
  transaction: TransactionRequest;
}

/** Steps of a phase do not need each other; a phase begins when the one before it is mined. */
export interface Phase {
  title: string;
  steps: Step[];
}

/** Contracts whose initializer calls a sibling come after it. */
const PROXY_WAVES: ProxiedContract[][] = [
  ['InvestorRegistry', 'GoldReserve', 'SignedPriceFeed'],
  ['GoldToken', 'PriceOracle'],
  ['StakedGold'],
  ['GoldDesk', 'RedemptionDesk'],
];

export function addressOf(blueprint: Blueprint, contract: ManagedContract): string {
  return contract === 'AurumAccessManager'
    ? blueprint.accessManager.address
    : blueprint.proxies[contract].address;
}

/** The accounts that a word of the role table stands for. */
export function holdersOf(blueprint: Blueprint, holder: Holder): string[] {
  const { people } = blueprint.parameters;
  switch (holder) {
    case 'safe':
      return [blueprint.safe.address];
    case 'GoldDesk':
    case 'RedemptionDesk':
      return [blueprint.proxies[holder].address];
    default:
      return people[holder];
  }
}

/** Everything that comes before the roles: code on the chain. */
export function codePhases(provider: Provider, blueprint: Blueprint): Phase[] {
  const { salt, safe } = blueprint.parameters;
  const put = (title: string, piece: Piece): Step => ({
    title,
    isDone: () => hasCode(provider, piece.address),
    transaction: create2Transaction(piece.initCode, salt),
  });
  return [
    {
      title: 'Access manager, implementations, what guards the Safe',
      steps: [
        put('AurumAccessManager', blueprint.accessManager),
        put('SafeGuard', blueprint.safeGuard),
        put('SafeSetup', blueprint.safeSetup),
        put('UpgradeVerifier', blueprint.upgradeVerifier),
        ...PROXIED_CONTRACTS.map((name) => put(`${name}, implementation`, blueprint.implementations[name])),
      ],
    },
    {
      title: 'Treasury Safe',
      steps: [
        {
          title: `Safe, ${blueprint.parameters.people.safeThreshold} of ${blueprint.parameters.people.safeOwners.length}, with its guard`,
          isDone: () => hasCode(provider, blueprint.safe.address),
          transaction: { to: safe.factory, data: blueprint.safe.creation },
        },
      ],
    },
    ...PROXY_WAVES.map((wave) => ({
      title: `Proxies: ${wave.join(', ')}`,
      steps: wave.map((name) => put(`${name}, proxy`, blueprint.proxies[name])),
    })),
  ];
}

/**
 * Settings are made while the functions still stand under ADMIN, which the deployer holds; after that the table is written,
 * roles are granted, and ADMIN goes to the Safe. The deployer never holds any other role.
 */
export function governancePhases(provider: Provider, blueprint: Blueprint): Phase[] {
  return [
    { title: 'Settings', steps: settingSteps(provider, blueprint) },
    { title: 'Role table', steps: tableSteps(provider, blueprint) },
    { title: 'Roles', steps: grantSteps(provider, blueprint) },
    { title: 'Hand over', steps: [revokeDeployer(provider, blueprint)] },
  ];
}

const ACCOUNT_KINDS = { Protocol: 1n, Escrow: 2n } as const;

function settingSteps(provider: Provider, blueprint: Blueprint): Step[] {
  const { proxies, parameters } = blueprint;
  const { token, desk, redemption, oracle } = parameters;
  const tokenAddress = proxies.GoldToken.address;
  const kind = (name: ProxiedContract, wanted: keyof typeof ACCOUNT_KINDS): Step => ({
    title: `${name}: ${wanted} account of the token`,
    isDone: async () =>
      (await read(provider, tokenAddress, goldTokenAbi, 'accountKind', [proxies[name].address]))[0] ===
      ACCOUNT_KINDS[wanted],
    transaction: {
      to: tokenAddress,
      data: encode(goldTokenAbi, 'setAccountKind', [proxies[name].address, ACCOUNT_KINDS[wanted]]),
    },
  });
  return [
    kind('GoldDesk', 'Protocol'),
    kind('StakedGold', 'Protocol'),
    kind('RedemptionDesk', 'Escrow'),
    {
      title: 'Mint limit of the desk',
      isDone: async () => {
        const [capacity] = await read(provider, tokenAddress, goldTokenAbi, 'mintLimitOf', [
          proxies.GoldDesk.address,
        ]);
        return capacity === token.deskMintLimit.capacity;
      },
      transaction: {
        to: tokenAddress,
        data: encode(goldTokenAbi, 'raiseMintLimit', [
          proxies.GoldDesk.address,
          token.deskMintLimit.capacity,
          token.deskMintLimit.window,
        ]),
      },
    },
    ...desk.coins.map((coin) => ({
      title: `The desk deals in ${coin.symbol}`,
      isDone: async () => {
        const [config] = await read(provider, proxies.GoldDesk.address, goldDeskAbi, 'coinConfig', [
          coin.address,
        ]);
        return config.enabled && config.feed === coin.feed && config.floor === coin.floor;
      },
      transaction: {
        to: proxies.GoldDesk.address,
        data: encode(goldDeskAbi, 'setCoin', [coin.address, coin.feed, coin.heartbeat, coin.floor]),
      },
    })),
    ...redemption.products.map((product, index) => ({
      title: `Redemption product ${index + 1}: ${product.name}`,
      isDone: async () => {
        const [known] = await read(provider, proxies.RedemptionDesk.address, redemptionDeskAbi, 'product', [
          index + 1,
        ]);
        return known.active && known.termsHash === id(product.terms);
      },
      transaction: {
        to: proxies.RedemptionDesk.address,
        data: encode(redemptionDeskAbi, 'setProduct', [
          index + 1,
          { ...product, active: true, termsHash: id(product.terms) },
        ]),
      },
    })),
    ...holidaySteps(provider, proxies.PriceOracle.address, oracle.holidays),
  ];
}

function holidaySteps(provider: Provider, oracle: string, holidays: string[]): Step[] {
  if (holidays.length === 0) return [];
  const days = holidays.map(dayFromDate).sort((a, b) => a - b);
  const bits = days.reduce((mask, day) => mask | (1n << BigInt(day - days[0]!)), 0n);
  return [
    {
      title: `Holidays: ${holidays.join(', ')}`,
      isDone: async () => {
        const [known] = await read(provider, oracle, priceOracleAbi, 'holidays', [days[0]]);
        return (known & bits) === bits;
      },
      transaction: { to: oracle, data: encode(priceOracleAbi, 'setHolidays', [days[0], bits]) },
    },
  ];
}

function tableSteps(provider: Provider, blueprint: Blueprint): Step[] {
  const manager = blueprint.accessManager.address;
  const groups = Map.groupBy(restrictedFunctions(), ({ contract, role }) => `${contract} ${role}`);
  return [...groups.values()].map((functions) => {
    const { contract, role } = functions[0]!;
    const target = addressOf(blueprint, contract);
    const selectors = functions.map(({ selector }) => selector);
    return {
      title: `${contract}: ${role} may ${functions.map((f) => f.function).join(', ')}`,
      isDone: async () => {
        const roles = await Promise.all(
          selectors.map((selector) =>
            read(provider, manager, aurumAccessManagerAbi, 'getTargetFunctionRole', [target, selector]),
          ),
        );
        return roles.every(([known]) => known === ROLES[role].id);
      },
      transaction: {
        to: manager,
        data: encode(aurumAccessManagerAbi, 'setTargetFunctionRole', [target, selectors, ROLES[role].id]),
      },
    };
  });
}

function grantSteps(provider: Provider, blueprint: Blueprint): Step[] {
  const manager = blueprint.accessManager.address;
  return ROLE_NAMES.flatMap((name) =>
    roleOf(name).holders.flatMap((holder) =>
      holdersOf(blueprint, holder).map((account) => {
        const delay = roleOf(name).delay === 'long' ? blueprint.parameters.delay : 0;
        return {
          title: `${name} to ${holder} ${account}${delay ? `, after ${delay} s` : ''}`,
          isDone: async () => {
            const [isMember, known] = await read(provider, manager, aurumAccessManagerAbi, 'hasRole', [
              ROLES[name].id,
              account,
            ]);
            return isMember && known === BigInt(delay);
          },
          transaction: {
            to: manager,
            data: encode(aurumAccessManagerAbi, 'grantRole', [ROLES[name].id, account, delay]),
          },
        };
      }),
    ),
  );
}

function revokeDeployer(provider: Provider, { accessManager, deployer }: Blueprint): Step {
  return {
    title: `ADMIN taken from the deployer ${deployer}`,
    isDone: async () => {
      const [isMember] = await read(provider, accessManager.address, aurumAccessManagerAbi, 'hasRole', [
        ROLES.ADMIN.id,
        deployer,
      ]);
      return !isMember;
    },
    transaction: {
      to: accessManager.address,
      data: encode(aurumAccessManagerAbi, 'revokeRole', [ROLES.ADMIN.id, deployer]),
    },
  };
}
