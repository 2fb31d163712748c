import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { InterfaceAbi } from 'ethers';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

export interface Artifact {
  abi: InterfaceAbi;
  /** Creation code, hex. */
  bytecode: string;
  /** Runtime code, hex, its immutables still zero. */
  deployedBytecode: string;
}

const FOLDERS = {
  AurumAccessManager: 'governance',
  SafeGuard: 'governance',
  SafeSetup: 'governance',
  UpgradeVerifier: 'governance',
  InvestorRegistry: 'identity',
  GoldReserve: 'reserve',
  GoldToken: 'token',
  GoldTokenV2: 'devnet',
  SignedPriceFeed: 'price',
  PriceOracle: 'price',
  StakedGold: 'staking',
  GoldDesk: 'desk',
  RedemptionDesk: 'redemption',
} as const;

export type ContractName = keyof typeof FOLDERS;

/** Where the compiler's output lies; AURUM_ARTIFACTS names another folder. */
export function artifactPath(name: ContractName): string {
  const artifacts = process.env.AURUM_ARTIFACTS ?? join(root, 'artifacts');
  return join(artifacts, 'contracts', FOLDERS[name], `${name}.sol`, `${name}.json`);
}

/** @throws Error when the contract was not compiled yet */
export function readArtifact(name: ContractName): Artifact {
  return readJson(artifactPath(name), 'run "npx hardhat build" first');
}

/** OpenZeppelin's own build of the proxy: its code is the same in every project that uses it, and explorers know it. */
export function readProxyArtifact(): Artifact {
  return readJson(
    join(root, 'node_modules/@openzeppelin/contracts/build/contracts/ERC1967Proxy.json'),
    'run "npm install" first',
  );
}

function readJson(path: string, otherwise: string): Artifact {
  if (!existsSync(path)) throw new Error(`${path} is missing: ${otherwise}`);
  return JSON.parse(readFileSync(path, 'utf8'));
}
