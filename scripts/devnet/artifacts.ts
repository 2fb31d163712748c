/** Compiled contracts: ours from artifacts/, Safe's from its npm package. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Interface, type InterfaceAbi } from 'ethers';

const root = fileURLToPath(new URL('../..', import.meta.url));
const requireHere = createRequire(import.meta.url);

export interface Artifact {
  interface: Interface;
  /** Creation code, 0x... */
  bytecode: string;
  /** Runtime code, 0x..., with immutables still zero */
  deployedBytecode: string;
}

function read(file: string): Artifact {
  const { abi, bytecode, deployedBytecode } = JSON.parse(readFileSync(file, 'utf8')) as {
    abi: InterfaceAbi;
    bytecode: string;
    deployedBytecode: string;
  };
  return { interface: new Interface(abi), bytecode, deployedBytecode };
}

/** A contract of contracts/devnet/. Throws if it was not compiled. */
export function devArtifact(name: string): Artifact {
  const artifacts = process.env.AURUM_ARTIFACTS ?? join(root, 'artifacts');
  return read(join(artifacts, 'contracts/devnet', `${name}.sol`, `${name}.json`));
}

/** A contract of Safe 1.4.1 by its path, e.g. `safeArtifact('libraries/MultiSendCallOnly')`. */
export function safeArtifact(path: string): Artifact {
  const name = path.split('/').at(-1)!;
  return read(
    requireHere.resolve(`@safe-global/safe-contracts/build/artifacts/contracts/${path}.sol/${name}.json`),
  );
}
