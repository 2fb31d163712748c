import { Interface, type InterfaceAbi, type Provider, type Result } from 'ethers';

const interfaces = new Map<InterfaceAbi, Interface>();

export function interfaceOf(abi: InterfaceAbi): Interface {
  let known = interfaces.get(abi);
  if (!known) {
    known = new Interface(abi);
    interfaces.set(abi, known);
  }
  return known;
}

/** Calldata of one function. */
export function encode(abi: InterfaceAbi, name: string, args: readonly unknown[]): string {
  return interfaceOf(abi).encodeFunctionData(name, args);
}

/** Reads a view function; all of its return values. */
export async function read(
  provider: Provider,
  to: string,
  abi: InterfaceAbi,
  name: string,
  args: readonly unknown[] = [],
): Promise<Result> {
  const answer = await provider.call({ to, data: encode(abi, name, args) });
  return interfaceOf(abi).decodeFunctionResult(name, answer);
}
