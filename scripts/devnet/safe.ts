/** Safe 1.4.1 at its canonical addresses, put there the way it was put on every chain. */
import { getCreate2Address, keccak256, ZeroHash } from 'ethers';
import { devAccount } from './accounts.ts';
import { safeArtifact } from './artifacts.ts';
import { rpc } from './rpc.ts';
import { type DevTransaction, send } from './transactions.ts';

/** Safe's own deployer: CREATE2 with the salt in the first 32 bytes of the calldata. */
export const SAFE_SINGLETON_FACTORY = '0x914d7Fec6aaC8cd542e72Bca78B30650d45643d7';

/** The same code at the address that anvil knows it at (Arachnid's deterministic deployment proxy). */
const SAME_CODE_ON_ANVIL = '0x4e59b44847b379578588920cA78FbF26c0B4956C';

/** Path in the package, and the address on BSC (safe-global/safe-deployments). */
export const SAFE_CONTRACTS: Record<string, string> = {
  Safe: '0x41675C099F32341bf84BFc5382aF534df5C7461a',
  SafeL2: '0x29fcB43b46531BcA003ddC8FCB67FFE91900C762',
  'proxies/SafeProxyFactory': '0x4e1DCf7AD4e460CfD30791CCC4F9c8a4f820ec67',
  'handler/CompatibilityFallbackHandler': '0xfd0732Dc9E303f09fCEf3a7388Ad10A83459Ec99',
  'libraries/MultiSend': '0x38869bf66a61cF6bDB996A6aE40D5853Fd43B526',
  'libraries/MultiSendCallOnly': '0x9641d764fc13c8B624c04430C7356C1C7C8102e2',
  'libraries/SignMessageLib': '0xd53cd0aB83D845Ac265BE939c57F53AD838012c9',
  'libraries/CreateCall': '0x9b35Af71d77eaf8d7e40252370304687390A1A52',
  'accessors/SimulateTxAccessor': '0x3d4BA2E0884aa488718476ca2FB8Efc291A46199',
};

/** Where the singleton factory puts this creation code. */
export function singletonAddress(creationCode: string): string {
  return getCreate2Address(SAFE_SINGLETON_FACTORY, ZeroHash, keccak256(creationCode));
}

/** A transaction that deploys by the singleton factory. */
export function deployBySingletonFactory(creationCode: string, label: string): DevTransaction {
  return {
    from: devAccount('marketKeeper').address,
    to: SAFE_SINGLETON_FACTORY,
    data: ZeroHash + creationCode.slice(2),
    label,
  };
}

export async function hasCode(url: string, address: string): Promise<boolean> {
  return (await rpc<string>(url, 'eth_getCode', [address, 'latest'])) !== '0x';
}

/** Deploys what is missing. Throws if the package's code would not land at the canonical address. */
export async function placeSafe(url: string): Promise<void> {
  if (!(await hasCode(url, SAFE_SINGLETON_FACTORY))) {
    const code = await rpc<string>(url, 'eth_getCode', [SAME_CODE_ON_ANVIL, 'latest']);
    await rpc(url, 'anvil_setCode', [SAFE_SINGLETON_FACTORY, code]);
  }
  const missing: DevTransaction[] = [];
  for (const [path, address] of Object.entries(SAFE_CONTRACTS)) {
    if (await hasCode(url, address)) continue;
    const { bytecode } = safeArtifact(path);
    const lands = singletonAddress(bytecode);
    if (lands !== address)
      throw new Error(`${path} of the Safe package would land at ${lands}, not at ${address}`);
    missing.push(deployBySingletonFactory(bytecode, `deploy ${path}`));
  }
  await send(url, missing);
}
