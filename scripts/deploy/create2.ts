import { concat, getCreate2Address, keccak256, type Provider, type TransactionRequest } from 'ethers';

/** The deterministic deployment proxy (github.com/Arachnid/deterministic-deployment-proxy), at this address on every chain. */
export const DEPLOYMENT_PROXY = '0x4e59b44847b379578588920cA78FbF26c0B4956C';

/** The address at which {@link create2Transaction} puts a contract. */
export function create2Address(initCode: string, salt: string): string {
  return getCreate2Address(DEPLOYMENT_PROXY, salt, keccak256(initCode));
}

/** The deployment proxy takes the salt, and after it the creation code. */
export function create2Transaction(initCode: string, salt: string): TransactionRequest {
  return { to: DEPLOYMENT_PROXY, data: concat([salt, initCode]) };
}

export async function hasCode(provider: Provider, address: string): Promise<boolean> {
  return (await provider.getCode(address)) !== '0x';
}
