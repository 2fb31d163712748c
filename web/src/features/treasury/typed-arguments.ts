import { type AbiParameter, isAddress, isHex, size } from 'viem';

/** Texts as they were typed, by the place of the argument: "0", and "0.maxFineWeightMg" inside of a tuple. */
export type Typed = Readonly<Record<string, string>>;

/** What was typed for an argument is not of its type. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';
  readonly place: string;
  constructor(place: string, message: string) {
    super(message);
    this.place = place;
  }
}

const componentsOf = (parameter: AbiParameter): readonly AbiParameter[] =>
  'components' in parameter ? (parameter.components as readonly AbiParameter[]) : [];

/** "tuple" is filled in field by field, everything else in one field of its own. */
export const isTuple = ({ type }: AbiParameter): boolean => type === 'tuple';
export { componentsOf };

function integer(type: string, text: string, place: string): bigint {
  const match = /^(u?)int(\d*)$/.exec(type);
  if (!/^-?\d+$/.test(text)) throw new ArgumentError(place, 'Write a whole number.');
  const value = BigInt(text);
  const bits = BigInt(match?.[2] || '256');
  const unsigned = match?.[1] === 'u';
  const [low, high] = unsigned ? [0n, (1n << bits) - 1n] : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n];
  if (value < low || value > high) throw new ArgumentError(place, `It does not fit into ${type}.`);
  return value;
}

function bytes(type: string, text: string, place: string): string {
  if (!isHex(text) || text.length % 2 !== 0)
    throw new ArgumentError(place, 'Write bytes as 0x and pairs of hex digits.');
  const wanted = Number(type.slice('bytes'.length) || Number.NaN);
  if (!Number.isNaN(wanted) && size(text) !== wanted)
    throw new ArgumentError(place, `It must be ${wanted} bytes: 0x and ${wanted * 2} hex digits.`);
  return text;
}

function single(type: string, text: string, place: string): unknown {
  if (/^u?int\d*$/.test(type)) {
    const value = integer(type, text.replaceAll(/[\s_,]/g, ''), place);
    // encoders take the small ones as numbers
    const bits = Number(/\d+$/.exec(type)?.[0] ?? 256);
    return bits <= 48 ? Number(value) : value;
  }
  if (type === 'address') {
    if (!isAddress(text)) throw new ArgumentError(place, 'Write an address: 0x and 40 hex digits.');
    return text;
  }
  if (type === 'bool') {
    if (text !== 'true' && text !== 'false') throw new ArgumentError(place, 'Choose yes or no.');
    return text === 'true';
  }
  if (type.startsWith('bytes')) return bytes(type, text, place);
  if (type === 'string') return text;
  throw new ArgumentError(place, `${type} can't be written here.`);
}

/** A value of a list, as JSON gave it. */
function fromJson(parameter: AbiParameter, value: unknown, place: string): unknown {
  const list = /^(.*)\[(\d*)\]$/.exec(parameter.type);
  if (list) {
    if (!Array.isArray(value)) throw new ArgumentError(place, 'Write a list in brackets: ["…", "…"].');
    if (list[2] && value.length !== Number(list[2]))
      throw new ArgumentError(place, `The list must have ${list[2]} entries.`);
    const item = { ...parameter, type: list[1] as string } as AbiParameter;
    return value.map((entry) => fromJson(item, entry, place));
  }
  if (isTuple(parameter)) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new ArgumentError(place, 'Write each entry as {"field": "value"}.');
    return Object.fromEntries(
      componentsOf(parameter).map((component) => [
        component.name,
        fromJson(component, (value as Record<string, unknown>)[component.name ?? ''], place),
      ]),
    );
  }
  if (value === undefined || value === null) throw new ArgumentError(place, `${parameter.name} is missing.`);
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new ArgumentError(place, 'Write large numbers in quotation marks.');
  return single(parameter.type, String(value), place);
}

/**
 * The value of one argument, for an ABI encoder.
 * @throws ArgumentError that says what the field must be
 */
export function readArgument(parameter: AbiParameter, typed: Typed, place: string): unknown {
  if (isTuple(parameter))
    return Object.fromEntries(
      componentsOf(parameter).map((component) => [
        component.name,
        readArgument(component, typed, `${place}.${component.name}`),
      ]),
    );
  const text = (typed[place] ?? '').trim();
  if (!parameter.type.endsWith(']')) {
    if (text === '' && parameter.type !== 'string') throw new ArgumentError(place, 'This is missing.');
    return single(parameter.type, text, place);
  }
  let value: unknown;
  try {
    value = JSON.parse(text === '' ? '[]' : text);
  } catch {
    throw new ArgumentError(place, 'Write a list in brackets: ["…", "…"].');
  }
  return fromJson(parameter, value, place);
}

export interface ReadArguments {
  /** Null while one of them is missing or wrong. */
  values: unknown[] | null;
  errors: Record<string, string>;
}

/** All arguments of a function; what is wrong with each stands at its place. */
export function readArguments(parameters: readonly AbiParameter[], typed: Typed): ReadArguments {
  const errors: Record<string, string> = {};
  const values = parameters.map((parameter, at) => {
    try {
      return readArgument(parameter, typed, String(at));
    } catch (error) {
      if (!(error instanceof ArgumentError)) throw error;
      errors[error.place] = error.message;
      return null;
    }
  });
  return { values: Object.keys(errors).length === 0 ? values : null, errors };
}
