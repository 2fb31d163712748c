/**
 * Writes sdk/src/governance/builds.generated.json: of every implementation the hash of its runtime code, so that what stands on
 * a chain can be told to be this repository's, and its storage layout, so that an upgrade can be judged.
 *
 *   node scripts/build-registry.ts            writes
 *   node scripts/build-registry.ts --check    writes nothing and fails when the file is out of date
 *
 * The compiler leaves ERC-7201 namespaces out of its layout. OpenZeppelin's upgrades-core gives every namespace a variable of
 * its own, and a second compilation then lays them out.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keccak256 } from 'ethers';
import { type Build, type ImmutableRange, withoutMetadata } from '../sdk/src/governance/builds.ts';
import type { StorageField, StorageLayout, StorageType } from '../sdk/src/governance/layout.ts';
import { PROXIED_CONTRACTS } from '../sdk/src/roles.ts';
import { artifactPath, type ContractName } from './deploy/artifacts.ts';

const requireHere = createRequire(import.meta.url);
const { makeNamespacedInput } = requireHere('@openzeppelin/upgrades-core/dist/utils/make-namespaced.js');
const solc: { compile(input: string): string } = requireHere('solc');

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'sdk/src/governance/builds.generated.json');
const CONTRACTS: ContractName[] = [...PROXIED_CONTRACTS, 'GoldTokenV2'];

interface Artifact {
  deployedBytecode: string;
  immutableReferences: Record<string, { start: number; length: number }[]>;
  inputSourceName: string;
  buildInfoId: string;
}

interface SolcType {
  encoding: string;
  label: string;
  numberOfBytes: string;
  key?: string;
  value?: string;
  base?: string;
  members?: SolcVariable[];
}

interface SolcVariable {
  label: string;
  slot: string;
  offset: number;
  type: string;
}

interface SolcLayout {
  storage: SolcVariable[];
  types: Record<string, SolcType>;
}

interface AstNode {
  id?: number;
  nodeType?: string;
  documentation?: { text: string } | string;
  members?: { name: string }[];
}

interface SolcOutput {
  errors?: { severity: string; formattedMessage: string }[];
  contracts: Record<string, Record<string, { storageLayout: SolcLayout }>>;
  sources: Record<string, { ast: unknown }>;
}

/** What the types of a layout leave to the syntax tree: a struct's namespace, an enum's members. By node id. */
interface Declarations {
  namespaces: Map<number, string>;
  enums: Map<number, string[]>;
}

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

/** Compilations with namespaces laid out, by build info. */
const compilations = new Map<string, { output: SolcOutput; declarations: Declarations }>();

function compileNamespaced(name: ContractName, { buildInfoId }: Artifact) {
  const known = compilations.get(buildInfoId);
  if (known) return known;
  const folder = join(dirname(artifactPath(name)), '../../../build-info');
  const { input } = readJson(join(folder, `${buildInfoId}.json`));
  const { output: original } = readJson(join(folder, `${buildInfoId}.output.json`));
  const output: SolcOutput = JSON.parse(solc.compile(JSON.stringify(makeNamespacedInput(input, original))));
  const errors = output.errors?.filter(({ severity }) => severity === 'error') ?? [];
  if (errors.length > 0) throw new Error(`Laying out ${buildInfoId} failed: ${errors[0]!.formattedMessage}`);
  const made = { output, declarations: collectDeclarations(output) };
  compilations.set(buildInfoId, made);
  return made;
}

function collectDeclarations(output: SolcOutput): Declarations {
  const declarations: Declarations = { namespaces: new Map(), enums: new Map() };
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const item of node) walk(item);
    else if (node && typeof node === 'object') {
      note(node as AstNode, declarations);
      for (const child of Object.values(node)) walk(child);
    }
  };
  for (const { ast } of Object.values(output.sources)) walk(ast);
  return declarations;
}

function note(node: AstNode, { namespaces, enums }: Declarations): void {
  if (node.nodeType === 'EnumDefinition')
    enums.set(
      node.id!,
      node.members!.map(({ name }) => name),
    );
  if (node.nodeType !== 'StructDefinition' || !node.documentation) return;
  const text = typeof node.documentation === 'string' ? node.documentation : node.documentation.text;
  const id = /@custom:storage-location\s+(\S+)/.exec(text)?.[1];
  if (id) namespaces.set(node.id!, id);
}

/** 't_struct(GoldTokenStorage)19020_storage' -> 19020 */
const nodeIdOf = (typeId: string): number => Number(/\)(\d+)(_storage)?$/.exec(typeId)?.[1]);

function layoutOf(name: ContractName, artifact: Artifact): StorageLayout {
  const { output, declarations } = compileNamespaced(name, artifact);
  const { storage, types } = output.contracts[artifact.inputSourceName]![name]!.storageLayout;
  const layout: StorageLayout = {};
  for (const variable of storage) {
    const namespace = declarations.namespaces.get(nodeIdOf(variable.type));
    if (!namespace) throw new Error(`${name}.${variable.label} is not in an ERC-7201 namespace`);
    layout[namespace] = fieldsOf(types[variable.type]!.members!, types, declarations);
  }
  return Object.fromEntries(Object.entries(layout).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function fieldsOf(
  members: SolcVariable[],
  types: SolcLayout['types'],
  declarations: Declarations,
): StorageField[] {
  return members.map(({ label, slot, offset, type }) => ({
    label,
    slot: Number(slot),
    offset,
    type: typeOf(type, types, declarations),
  }));
}

function typeOf(typeId: string, types: SolcLayout['types'], declarations: Declarations): StorageType {
  const { encoding, label, numberOfBytes, key, value, base, members } = types[typeId]!;
  const bytes = Number(numberOfBytes);
  if (encoding === 'mapping') {
    return { kind: 'mapping', key: types[key!]!.label, value: typeOf(value!, types, declarations) };
  }
  if (base) {
    const length = /\[(\d+)\]$/.exec(label)?.[1];
    return { kind: 'array', length: length ? Number(length) : null, base: typeOf(base, types, declarations) };
  }
  if (members) return { kind: 'struct', name: label, bytes, fields: fieldsOf(members, types, declarations) };
  if (typeId.startsWith('t_enum')) {
    return { kind: 'enum', name: label, bytes, members: declarations.enums.get(nodeIdOf(typeId))! };
  }
  return { kind: 'value', name: label, bytes };
}

function buildOf(name: ContractName): Build {
  const artifact: Artifact = readJson(artifactPath(name));
  const immutables = Object.values(artifact.immutableReferences)
    .flat()
    .map(({ start, length }): ImmutableRange => [start, length])
    .sort(([a], [b]) => a - b);
  const code = withoutMetadata(artifact.deployedBytecode);
  return {
    name,
    codeHash: keccak256(code) as Build['codeHash'],
    codeBytes: (code.length - 2) / 2,
    immutables,
    layout: layoutOf(name, artifact),
  };
}

/** One field a line: a change of a layout is a change of that line. */
function print(builds: Build[]): string {
  const contracts = builds.map(({ layout, ...build }) => {
    const namespaces = Object.entries(layout).map(([id, fields]) => {
      const lines = fields.map((field) => `        ${JSON.stringify(field)}`);
      return `      ${JSON.stringify(id)}: [\n${lines.join(',\n')}\n      ]`;
    });
    const head = Object.entries(build).map(
      ([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
    );
    return `  {\n${[...head, `    "layout": {\n${namespaces.join(',\n')}\n    }`].join(',\n')}\n  }`;
  });
  return `[\n${contracts.join(',\n')}\n]\n`;
}

const content = print(CONTRACTS.map(buildOf));
const isCurrent = existsSync(target) && readFileSync(target, 'utf8') === content;
if (process.argv.includes('--check') && !isCurrent) {
  console.error(
    'sdk/src/governance/builds.generated.json is out of date: run "npm run generate" and commit it',
  );
  process.exit(1);
}
if (!isCurrent) writeFileSync(target, content);
console.log(`sdk/src/governance/builds.generated.json: ${isCurrent ? 'up to date' : 'written'}`);
