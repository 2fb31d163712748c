/**
 * Whether an upgrade can keep the storage that is there. Contracts here keep their state in ERC-7201 namespaces, structs at
 * slots of their own; a new version may append to a namespace and add namespaces, and nothing else.
 */

export interface StorageField {
  label: string;
  /** Slot from the beginning of the struct. */
  slot: number;
  /** Byte in the slot, from the right. */
  offset: number;
  type: StorageType;
}

export type StorageType =
  | { kind: 'value'; name: string; bytes: number }
  | { kind: 'enum'; name: string; bytes: number; members: string[] }
  | { kind: 'struct'; name: string; bytes: number; fields: StorageField[] }
  | { kind: 'mapping'; key: string; value: StorageType }
  | { kind: 'array'; length: number | null; base: StorageType };

/** Namespace id ('erc7201:eaurum.storage.GoldToken') -> its fields in order. */
export type StorageLayout = Record<string, StorageField[]>;

export interface LayoutComparison {
  /** True if every value that the old version wrote is read as the same by the new one. */
  compatible: boolean;
  /** In plain words, what is added and what stands in the way; empty when nothing changes. */
  changes: string[];
}

interface Finding {
  breaks: boolean;
  words: string;
}

const adds = (words: string): Finding => ({ breaks: false, words });
const breaks = (words: string): Finding => ({ breaks: true, words });

/** Compares two versions of one contract, and says in plain words what changes. */
export function compareLayouts(old: StorageLayout, next: StorageLayout): LayoutComparison {
  const findings = [
    ...Object.entries(old).flatMap(([id, fields]) => {
      const kept = next[id];
      if (!kept) return [breaks(`${id} is gone: what it holds would be lost`)];
      return compareFields(id, fields, kept, true);
    }),
    ...Object.entries(next)
      .filter(([id]) => !old[id])
      .map(([id, fields]) => adds(`${id} is added, with ${fields.map(({ label }) => label).join(', ')}`)),
  ];
  return {
    compatible: findings.every((finding) => !finding.breaks),
    changes: findings.map(({ words }) => words),
  };
}

/** @param mayGrow false for a struct inside another: what follows it would move */
function compareFields(path: string, old: StorageField[], next: StorageField[], mayGrow: boolean): Finding[] {
  const findings: Finding[] = [];
  for (const [index, field] of old.entries()) {
    const now = next[index];
    const name = `${path}.${field.label}`;
    if (!now) {
      findings.push(breaks(`${name} (${describe(field.type)}) is removed`));
      continue;
    }
    if (now.label !== field.label) {
      const verb =
        now.slot === field.slot && now.offset === field.offset ? 'would be read as' : 'gives way to';
      findings.push(breaks(`${name} (${describe(field.type)}) ${verb} ${now.label} (${describe(now.type)})`));
      // what follows is shifted with it and says nothing new
      return findings;
    }
    if (now.slot !== field.slot || now.offset !== field.offset) {
      findings.push(breaks(`${name} moves from slot ${place(field)} to slot ${place(now)}`));
    }
    findings.push(...compareTypes(name, field.type, now.type, false));
  }
  for (const field of next.slice(old.length)) {
    const words = `${path}.${field.label} (${describe(field.type)}) is appended`;
    findings.push(mayGrow ? adds(words) : breaks(`${words} inside another struct, and moves what follows`));
  }
  return findings;
}

const place = ({ slot, offset }: StorageField): string => `${slot}, byte ${offset}`;

/** @param mayGrow true for a mapping's value, which has room behind it */
function compareTypes(path: string, old: StorageType, next: StorageType, mayGrow: boolean): Finding[] {
  const changed = [breaks(`${path} changes from ${describe(old)} to ${describe(next)}`)];
  if (old.kind === 'value' && next.kind === 'value') {
    return isSameValue(old, next) ? [] : changed;
  }
  if (old.kind === 'enum' && next.kind === 'enum') {
    if (old.bytes !== next.bytes || old.members.some((member, index) => next.members[index] !== member))
      return changed;
    const added = next.members.slice(old.members.length);
    return added.length > 0 ? [adds(`${path}: ${old.name} may also be ${added.join(', ')}`)] : [];
  }
  if (old.kind === 'struct' && next.kind === 'struct')
    return compareFields(path, old.fields, next.fields, mayGrow);
  if (old.kind === 'mapping' && next.kind === 'mapping') {
    return old.key === next.key ? compareTypes(`${path}[]`, old.value, next.value, true) : changed;
  }
  if (old.kind === 'array' && next.kind === 'array') {
    return old.length === next.length ? compareTypes(`${path}[]`, old.base, next.base, false) : changed;
  }
  return changed;
}

/** A contract's type may be named anew: it is an address all the same. */
function isSameValue(old: { name: string; bytes: number }, next: { name: string; bytes: number }): boolean {
  const plain = (name: string): string => (name.startsWith('contract ') ? 'address' : name);
  return plain(old.name) === plain(next.name) && old.bytes === next.bytes;
}

function describe(type: StorageType): string {
  switch (type.kind) {
    case 'mapping':
      return `mapping(${type.key} => ${describe(type.value)})`;
    case 'array':
      return `${describe(type.base)}[${type.length ?? ''}]`;
    case 'enum':
      return `${type.name} { ${type.members.join(', ')} }`;
    default:
      return type.name;
  }
}
