/**
 * Every address and creation code of a deployment, worked out before anything is sent. They follow from the parameters, the
 * compiled contracts and the deployer alone, so a deployment that crashed finds what it left behind.
 */
import {
  concat,
  dataLength,
  getCreate2Address,
  keccak256,
  type Provider,
  solidityPackedKeccak256,
  ZeroAddress,
} from 'ethers';
import type { Parameters } from '../../deployments/parameters/schema.ts';
import { safeAbi, safeProxyFactoryAbi, safeSetupAbi } from '../../sdk/src/abi/index.ts';
import { PROXIED_CONTRACTS, type ProxiedContract } from '../../sdk/src/roles.ts';
import { type ContractName, readArtifact, readProxyArtifact } from './artifacts.ts';
import { encode, interfaceOf, read } from './calls.ts';
import { create2Address } from './create2.ts';

/** EIP-170. */
const LARGEST_CODE_BYTES = 24_576;

export interface Piece {
  address: string;
  initCode: string;
}

export interface Blueprint {
  deployer: string;
  parameters: Parameters;
  accessManager: Piece;
  safeGuard: Piece;
  safeSetup: Piece;
  upgradeVerifier: Piece;
  implementations: Record<ProxiedContract, Piece>;
  proxies: Record<ProxiedContract, Piece>;
  safe: { address: string; creation: string };
}

type Arguments = Record<ProxiedContract, { constructor: unknown[]; initialize: unknown[] }>;

/** What each contract is made with; siblings by their proxies. */
function argumentsOf(
  p: Parameters,
  authority: string,
  proxyOf: (name: ProxiedContract) => string,
): Arguments {
  const { main, pivot, fallback } = p.oracle;
  // decimals are read from the feed by the oracle itself
  const feed = (
    address: string,
    f: { heartbeat: number; minUsdPerOunce: number; maxUsdPerOunce: number },
  ): unknown[] => [address, f.heartbeat, 0, f.minUsdPerOunce, f.maxUsdPerOunce];
  const terms = (t: Parameters['desk']['normal']): unknown[] => [t.spreadBps, t.maxGrams, t.hourlyGrams];
  return {
    InvestorRegistry: { constructor: [], initialize: [authority] },
    GoldReserve: { constructor: [], initialize: [authority] },
    GoldToken: { constructor: [proxyOf('GoldReserve')], initialize: [authority, p.token.maxAttestationAge] },
    SignedPriceFeed: {
      constructor: [p.signedFeed.feedId],
      initialize: [authority, p.people.reporters, p.people.reporterThreshold, p.signedFeed.maxSpanBps],
    },
    PriceOracle: {
      constructor: [],
      initialize: [
        authority,
        feed(main.feed, main),
        feed(proxyOf('SignedPriceFeed'), pivot),
        fallback ? feed(fallback.feed, fallback) : [ZeroAddress, 0, 0, 0, 0],
        p.oracle.pivotBps,
        p.oracle.fallbackBps,
        p.oracle.ringCapacity,
      ],
    },
    StakedGold: { constructor: [proxyOf('GoldToken')], initialize: [authority, p.staking.streamDuration] },
    GoldDesk: {
      constructor: ['GoldToken', 'PriceOracle', 'InvestorRegistry', 'StakedGold'].map((name) =>
        proxyOf(name as ProxiedContract),
      ),
      initialize: [
        authority,
        p.desk.feeBps,
        terms(p.desk.normal),
        terms(p.desk.degraded),
        terms(p.desk.afterHours),
      ],
    },
    RedemptionDesk: {
      constructor: ['GoldToken', 'GoldReserve', 'InvestorRegistry', 'StakedGold'].map((name) =>
        proxyOf(name as ProxiedContract),
      ),
      initialize: [authority, p.redemption.disputeWindow],
    },
  };
}

/**
 * Works a deployment out. Reads the chain once, for the Safe proxy's creation code.
 * @throws Error when the Safe factory is not there
 */
export async function drawBlueprint(
  provider: Provider,
  parameters: Parameters,
  deployer: string,
): Promise<Blueprint> {
  const { salt, safe, people } = parameters;
  const piece = (name: ContractName, args: unknown[]): Piece => {
    const { abi, bytecode, deployedBytecode } = readArtifact(name);
    const sizeBytes = dataLength(deployedBytecode);
    if (sizeBytes > LARGEST_CODE_BYTES) {
      throw new Error(
        `${name} has ${sizeBytes} bytes of code, a chain takes ${LARGEST_CODE_BYTES} (EIP-170): make it smaller`,
      );
    }
    const initCode = concat([bytecode, interfaceOf(abi).encodeDeploy(args)]);
    return { address: create2Address(initCode, salt), initCode };
  };
  const accessManager = piece('AurumAccessManager', [deployer]);
  const safeGuard = piece('SafeGuard', [safe.multiSendCallOnly]);
  const safeSetup = piece('SafeSetup', []);
  const upgradeVerifier = piece('UpgradeVerifier', []);

  const implementations = {} as Record<ProxiedContract, Piece>;
  const proxies = {} as Record<ProxiedContract, Piece>;
  const proxyArtifact = readProxyArtifact();
  const proxyOf = (name: ProxiedContract): string => proxies[name]?.address ?? ZeroAddress;
  for (const name of PROXIED_CONTRACTS) {
    // In this order every sibling that a contract names is known already.
    const made = argumentsOf(parameters, accessManager.address, proxyOf)[name];
    implementations[name] = piece(name, made.constructor);
    const initialize = encode(readArtifact(name).abi, 'initialize', made.initialize);
    const proxyArguments = interfaceOf(proxyArtifact.abi).encodeDeploy([
      implementations[name].address,
      initialize,
    ]);
    const initCode = concat([proxyArtifact.bytecode, proxyArguments]);
    proxies[name] = { address: create2Address(initCode, salt), initCode };
  }

  const setup = encode(safeAbi, 'setup', [
    people.safeOwners,
    people.safeThreshold,
    safeSetup.address,
    encode(safeSetupAbi, 'installGuard', [safeGuard.address]),
    safe.fallbackHandler,
    ZeroAddress,
    0,
    ZeroAddress,
  ]);
  const creation = encode(safeProxyFactoryAbi, 'createProxyWithNonce', [
    safe.singleton,
    setup,
    safe.saltNonce,
  ]);
  const address = await safeAddress(provider, parameters, setup);
  return {
    deployer,
    parameters,
    accessManager,
    safeGuard,
    safeSetup,
    upgradeVerifier,
    implementations,
    proxies,
    safe: { address, creation },
  };
}

/** As SafeProxyFactory.deployProxy makes it. */
async function safeAddress(provider: Provider, { safe }: Parameters, setup: string): Promise<string> {
  const [creationCode] = await read(provider, safe.factory, safeProxyFactoryAbi, 'proxyCreationCode');
  const salt = solidityPackedKeccak256(['bytes32', 'uint256'], [keccak256(setup), safe.saltNonce]);
  const padded = `0x${safe.singleton.slice(2).padStart(64, '0')}`;
  return getCreate2Address(safe.factory, salt, keccak256(concat([creationCode, padded])));
}
