/**
 * The role table: who may do what, after which delay, and who may veto it. The deployment writes it to the AccessManager,
 * the governance check compares the chain with it, the treasury page explains with it. Ids are those of
 * contracts/governance/Roles.sol. A function that a contract does not have does not compile here.
 */
import { aurumAccessManagerSelectors } from './abi/generated/AurumAccessManager.ts';
import { goldDeskSelectors } from './abi/generated/GoldDesk.ts';
import { goldReserveSelectors } from './abi/generated/GoldReserve.ts';
import { goldTokenSelectors } from './abi/generated/GoldToken.ts';
import { investorRegistrySelectors } from './abi/generated/InvestorRegistry.ts';
import { priceOracleSelectors } from './abi/generated/PriceOracle.ts';
import { redemptionDeskSelectors } from './abi/generated/RedemptionDesk.ts';
import { signedPriceFeedSelectors } from './abi/generated/SignedPriceFeed.ts';
import { stakedGoldSelectors } from './abi/generated/StakedGold.ts';

/** The eight contracts behind proxies, in the order in which they are deployed. */
export const PROXIED_CONTRACTS = [
  'InvestorRegistry',
  'GoldReserve',
  'GoldToken',
  'SignedPriceFeed',
  'PriceOracle',
  'StakedGold',
  'GoldDesk',
  'RedemptionDesk',
] as const;

export type ProxiedContract = (typeof PROXIED_CONTRACTS)[number];

/** Function selectors of every contract that asks the AccessManager, the manager itself included. */
export const SELECTORS = {
  AurumAccessManager: aurumAccessManagerSelectors,
  InvestorRegistry: investorRegistrySelectors,
  GoldReserve: goldReserveSelectors,
  GoldToken: goldTokenSelectors,
  SignedPriceFeed: signedPriceFeedSelectors,
  PriceOracle: priceOracleSelectors,
  StakedGold: stakedGoldSelectors,
  GoldDesk: goldDeskSelectors,
  RedemptionDesk: redemptionDeskSelectors,
} as const;

export type ManagedContract = keyof typeof SELECTORS;
export type FunctionOf<C extends ManagedContract> = keyof (typeof SELECTORS)[C] & string;

/**
 * Who holds a role: the treasury Safe, single accounts named in a deployment's parameters, one of our contracts, or nobody
 * (a role that exists for its guardian alone).
 */
export type Holder =
  | 'safe'
  | 'guardians'
  | 'custodians'
  | 'auditors'
  | 'complianceSigners'
  | 'issuers'
  | 'GoldDesk'
  | 'RedemptionDesk';

export interface Role {
  /** The role's id in the AccessManager. */
  id: bigint;
  holders: readonly Holder[];
  /** `long`: the deployment's upgrade delay lies between scheduling and executing. `none`: at once. */
  delay: 'none' | 'long';
  /** Who may cancel what this role scheduled, besides ADMIN; null: nothing of it is scheduled. */
  guardian: 'GUARDIAN' | null;
  /** True if GUARDIAN may take the role from an account at once (AurumAccessManager.strip). */
  hot: boolean;
  /** In one sentence, for pages. */
  may: string;
  functions: { readonly [C in ManagedContract]?: readonly FunctionOf<C>[] };
}

export const ROLES = {
  ADMIN: {
    id: 0n,
    holders: ['safe'],
    delay: 'long',
    // OpenZeppelin locks the guardian of ADMIN, and setAuthority under it. The manager's functions stand under GOVERNOR instead,
    // and AurumAccessManager lets GUARDIAN veto all else.
    guardian: null,
    hot: false,
    may: 'grant and revoke roles, change this table, give a contract another access manager',
    functions: {
      InvestorRegistry: ['setAuthority'],
      GoldReserve: ['setAuthority'],
      GoldToken: ['setAuthority'],
      SignedPriceFeed: ['setAuthority'],
      PriceOracle: ['setAuthority'],
      StakedGold: ['setAuthority'],
      GoldDesk: ['setAuthority'],
      RedemptionDesk: ['setAuthority'],
    },
  },
  UPGRADER: {
    id: 1n,
    holders: ['safe'],
    delay: 'long',
    guardian: 'GUARDIAN',
    hot: false,
    may: 'upgrade a contract behind its proxy',
    functions: {
      InvestorRegistry: ['upgradeToAndCall'],
      GoldReserve: ['upgradeToAndCall'],
      GoldToken: ['upgradeToAndCall'],
      SignedPriceFeed: ['upgradeToAndCall'],
      PriceOracle: ['upgradeToAndCall'],
      StakedGold: ['upgradeToAndCall'],
      GoldDesk: ['upgradeToAndCall'],
      RedemptionDesk: ['upgradeToAndCall'],
    },
  },
  TREASURER: {
    id: 2n,
    holders: ['safe'],
    delay: 'long',
    guardian: 'GUARDIAN',
    hot: false,
    may: 'raise limits, change feeds, fees, products and holidays, lift a pause, withdraw stablecoin above the floor',
    functions: {
      GoldReserve: ['reinstate', 'withdraw'],
      GoldToken: [
        'resumeMinting',
        'resumeTransfers',
        'raiseMintLimit',
        'raiseMaxAttestationAge',
        'setAccountKind',
      ],
      SignedPriceFeed: ['setConfig'],
      PriceOracle: ['reopenMarket', 'raiseTolerances', 'setFeed', 'setHolidays'],
      StakedGold: ['setStreamDuration'],
      GoldDesk: ['resumeDealing', 'raiseTerms', 'setCoin', 'setFee', 'raiseIssuerLimit', 'withdraw'],
      RedemptionDesk: ['setProduct', 'setDisputeWindow'],
    },
  },
  GUARDIAN: {
    id: 3n,
    holders: ['guardians'],
    delay: 'none',
    guardian: null,
    hot: false,
    may: 'pause for a while, lower limits, suspend a bar, close the market, disable a reporter, strip a hot role, veto anything scheduled',
    functions: {
      AurumAccessManager: ['strip'],
      GoldReserve: ['suspend'],
      GoldToken: ['pauseMinting', 'pauseTransfers', 'lowerMintLimit', 'lowerMaxAttestationAge'],
      SignedPriceFeed: ['disableReporter'],
      PriceOracle: ['closeMarket', 'lowerTolerances', 'tightenBounds'],
      GoldDesk: ['pauseDealing', 'lowerTerms', 'disableCoin', 'lowerIssuerLimit'],
      RedemptionDesk: ['closeProduct'],
    },
  },
  CUSTODIAN: {
    id: 4n,
    holders: ['custodians'],
    delay: 'none',
    guardian: null,
    hot: true,
    may: 'book a bar in, accept a redemption, ship it, prove its delivery',
    functions: {
      GoldReserve: ['book', 'bookMany', 'cancel', 'proposeReassay', 'cancelReassay'],
      RedemptionDesk: ['accept', 'ship', 'proveDelivery'],
    },
  },
  AUDITOR: {
    id: 5n,
    holders: ['auditors'],
    delay: 'none',
    guardian: null,
    hot: true,
    may: 'endorse a bar, attest the reserve, attest a delivery',
    functions: {
      GoldReserve: ['endorse', 'endorseMany', 'endorseReassay', 'attest', 'revokeAttestation'],
      RedemptionDesk: ['attestDelivery'],
    },
  },
  COMPLIANCE: {
    id: 6n,
    holders: ['complianceSigners'],
    delay: 'none',
    guardian: null,
    hot: true,
    may: 'set and revoke an investor’s status, freeze an account',
    functions: {
      InvestorRegistry: ['setStatus', 'revoke'],
      GoldToken: ['setFrozenTokens'],
    },
  },
  ISSUER: {
    id: 7n,
    holders: ['issuers'],
    delay: 'none',
    guardian: null,
    hot: true,
    may: 'settle paid orders and reserve headroom for them, within a rate limit',
    functions: { GoldDesk: ['settle', 'reserve', 'releaseOrder'] },
  },
  MINTER: {
    id: 8n,
    holders: ['GoldDesk'],
    delay: 'none',
    guardian: null,
    hot: true,
    may: 'mint what the reserve backs',
    functions: { GoldToken: ['mint'] },
  },
  BURNER: {
    id: 9n,
    holders: ['GoldDesk', 'RedemptionDesk'],
    delay: 'none',
    guardian: null,
    hot: false,
    may: 'burn its own tokens',
    functions: { GoldToken: ['burn'] },
  },
  BAR_ALLOCATOR: {
    id: 10n,
    holders: ['RedemptionDesk'],
    delay: 'none',
    guardian: null,
    hot: false,
    may: 'set bars aside for a redemption, release and deliver them',
    functions: { GoldReserve: ['commit', 'release', 'deliver', 'lose'] },
  },
  FEE_PAYER: {
    id: 11n,
    holders: ['GoldDesk', 'RedemptionDesk'],
    delay: 'none',
    guardian: null,
    hot: false,
    may: 'give fees to the stakers',
    functions: { StakedGold: ['giveFees'] },
  },
  GOVERNOR: {
    id: 12n,
    holders: [],
    delay: 'none',
    guardian: 'GUARDIAN',
    hot: false,
    may: 'nothing: ADMIN’s functions stand under it, so that GUARDIAN can veto them',
    functions: {
      AurumAccessManager: [
        'labelRole',
        'grantRole',
        'setRoleAdmin',
        'setRoleGuardian',
        'setGrantDelay',
        'setTargetAdminDelay',
        'setTargetFunctionRole',
        'setTargetClosed',
        'updateAuthority',
      ],
    },
  },
  ARBITER: {
    id: 13n,
    holders: ['safe'],
    delay: 'long',
    guardian: 'GUARDIAN',
    hot: false,
    may: 'move tokens from a frozen account on an order, decide a dispute about a delivery',
    functions: {
      GoldToken: ['forcedTransfer'],
      RedemptionDesk: ['resolveDispute'],
    },
  },
} as const satisfies Record<string, Role>;

export type RoleName = keyof typeof ROLES;
export const ROLE_NAMES = Object.keys(ROLES) as RoleName[];

/** A role with its constants widened, for code that walks the table. */
export function roleOf(name: RoleName): Role {
  return ROLES[name];
}

/** @returns the role's name, or undefined for an id that is not in the table. */
export function roleNameOf(id: bigint | number): RoleName | undefined {
  return ROLE_NAMES.find((name) => ROLES[name].id === BigInt(id));
}

export interface RestrictedFunction {
  contract: ManagedContract;
  function: string;
  /** 4 bytes, hex. */
  selector: `0x${string}`;
  role: RoleName;
}

/** Every restricted function of every contract with its role, in the table's order. */
export function restrictedFunctions(): RestrictedFunction[] {
  return ROLE_NAMES.flatMap((role) =>
    Object.entries(roleOf(role).functions).flatMap(([contract, names]) =>
      names.map((name) => ({
        contract: contract as ManagedContract,
        function: name,
        selector: selectorOf(contract as ManagedContract, name),
        role,
      })),
    ),
  );
}

function selectorOf(contract: ManagedContract, name: string): `0x${string}` {
  const selector = (SELECTORS[contract] as Record<string, `0x${string}`>)[name];
  if (!selector) throw new Error(`${contract} has no function ${name}`);
  return selector;
}
