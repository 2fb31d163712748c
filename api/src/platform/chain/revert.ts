import { errorsAbi } from '@e-aurum/sdk/abi';
import { Interface, type InterfaceAbi, isCallException } from 'ethers';

const errors = new Interface(errorsAbi as unknown as InterfaceAbi);

/** A call that the contract refused. `name` is the custom error, `arguments` its values in the order declared. */
export interface Revert {
  name: string;
  arguments: Record<string, string>;
  /** For a log or an operator: `TooLittle(amount=5, least=6)`. */
  text: string;
}

/** The revert behind an error of ethers; null when the error is none (the network, our own mistake). */
export function revertOf(error: unknown): Revert | null {
  if (!isCallException(error)) return null;
  return decodeRevert(error.data) ?? { name: 'Reverted', arguments: {}, text: error.reason ?? 'reverted' };
}

/** @returns null when there is no data, or no error of ours has that selector */
export function decodeRevert(data: string | null | undefined): Revert | null {
  if (!data || data === '0x') return null;
  const parsed = errors.parseError(data);
  if (!parsed) return null;
  const args = Object.fromEntries(
    parsed.fragment.inputs.map((input, index) => [input.name || String(index), String(parsed.args[index])]),
  );
  const text = Object.entries(args).map(([name, value]) => `${name}=${value}`);
  return { name: parsed.name, arguments: args, text: `${parsed.name}(${text.join(', ')})` };
}
