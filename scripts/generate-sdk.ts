/**
 * Writes the sdk's ABIs from the compiled contracts: `sdk/src/abi/generated/<Name>.ts` and `sdk/src/abi/index.ts`.
 *
 *   node scripts/generate-sdk.ts            writes
 *   node scripts/generate-sdk.ts --check    writes nothing and fails when a file is out of date
 *
 * The output depends on the artifacts alone, is sorted, and is committed.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { id } from 'ethers';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const artifacts = process.env.AURUM_ARTIFACTS ?? join(root, 'artifacts');
const outDir = join(root, 'sdk/src/abi');
const SAFE = '@safe-global/safe-contracts/build/artifacts/contracts';
const OPENZEPPELIN = '@openzeppelin/contracts/build/contracts';

interface Parameter {
  name?: string;
  type: string;
  indexed?: boolean;
  components?: Parameter[];
}

interface AbiItem {
  type: string;
  name?: string;
  inputs?: Parameter[];
  outputs?: Parameter[];
  stateMutability?: string;
  anonymous?: boolean;
}

interface Source {
  name: string;
  /** Artifact under `artifacts/contracts`, or in a package. */
  files: string[];
  /** Contracts whose errors bubble up through this one. */
  bubbles?: string[];
  /** True if the access manager may restrict its functions: it gets a table of selectors. */
  managed?: boolean;
}

const own = (folder: string, name: string): string =>
  join(artifacts, 'contracts', folder, `${name}.sol`, `${name}.json`);
const ofPackage = (path: string): string => join(root, 'node_modules', path);

const SOURCES: Source[] = [
  { name: 'AurumAccessManager', files: [own('governance', 'AurumAccessManager')], managed: true },
  {
    name: 'InvestorRegistry',
    files: [own('identity', 'InvestorRegistry')],
    bubbles: ['AurumAccessManager'],
    managed: true,
  },
  {
    name: 'GoldReserve',
    files: [own('reserve', 'GoldReserve')],
    bubbles: ['AurumAccessManager'],
    managed: true,
  },
  {
    name: 'GoldToken',
    files: [own('token', 'GoldToken')],
    bubbles: ['AurumAccessManager', 'GoldReserve'],
    managed: true,
  },
  {
    name: 'SignedPriceFeed',
    files: [own('price', 'SignedPriceFeed')],
    bubbles: ['AurumAccessManager'],
    managed: true,
  },
  {
    name: 'PriceOracle',
    files: [own('price', 'PriceOracle')],
    bubbles: ['AurumAccessManager'],
    managed: true,
  },
  {
    name: 'StakedGold',
    files: [own('staking', 'StakedGold')],
    bubbles: ['AurumAccessManager', 'GoldToken'],
    managed: true,
  },
  {
    name: 'GoldDesk',
    files: [own('desk', 'GoldDesk')],
    bubbles: [
      'AurumAccessManager',
      'GoldToken',
      'GoldReserve',
      'PriceOracle',
      'InvestorRegistry',
      'StakedGold',
    ],
    managed: true,
  },
  {
    name: 'RedemptionDesk',
    files: [own('redemption', 'RedemptionDesk')],
    bubbles: ['AurumAccessManager', 'GoldToken', 'GoldReserve', 'InvestorRegistry', 'StakedGold'],
    managed: true,
  },
  {
    name: 'GoldTokenV2',
    files: [own('devnet', 'GoldTokenV2')],
    bubbles: ['AurumAccessManager', 'GoldReserve'],
  },
  { name: 'SafeGuard', files: [own('governance', 'SafeGuard')] },
  { name: 'SafeSetup', files: [own('governance', 'SafeSetup')] },
  { name: 'UpgradeVerifier', files: [own('governance', 'UpgradeVerifier')] },
  { name: 'Safe', files: [ofPackage(`${SAFE}/Safe.sol/Safe.json`)] },
  {
    name: 'SafeProxyFactory',
    files: [ofPackage(`${SAFE}/proxies/SafeProxyFactory.sol/SafeProxyFactory.json`)],
  },
  {
    name: 'MultiSendCallOnly',
    files: [ofPackage(`${SAFE}/libraries/MultiSendCallOnly.sol/MultiSendCallOnly.json`)],
  },
  {
    name: 'Erc20',
    files: ['IERC20Metadata', 'IERC20Permit', 'IERC20Errors'].map((name) =>
      ofPackage(`${OPENZEPPELIN}/${name}.json`),
    ),
  },
  {
    name: 'AggregatorV3',
    files: [ofPackage('@chainlink/contracts/abi/v0.8/shared/AggregatorV3Interface.abi.json')],
  },
];

const lowerFirst = (name: string): string => name[0]!.toLowerCase() + name.slice(1);

function typeOf(parameter: Parameter): string {
  if (!parameter.type.startsWith('tuple')) return parameter.type;
  return `(${(parameter.components ?? []).map(typeOf).join(',')})${parameter.type.slice('tuple'.length)}`;
}

const signatureOf = (item: AbiItem): string =>
  `${item.name ?? ''}(${(item.inputs ?? []).map(typeOf).join(',')})`;

function cleanParameter({ name, type, indexed, components }: Parameter): Parameter {
  return {
    name: name ?? '',
    type,
    ...(indexed === undefined ? {} : { indexed }),
    ...(components ? { components: components.map(cleanParameter) } : {}),
  };
}

/** Drops what no reader uses (internal types), so that bundles stay small. */
function cleanItem(item: AbiItem): AbiItem {
  return {
    type: item.type,
    ...(item.name === undefined ? {} : { name: item.name }),
    ...(item.inputs ? { inputs: item.inputs.map(cleanParameter) } : {}),
    ...(item.outputs ? { outputs: item.outputs.map(cleanParameter) } : {}),
    ...(item.stateMutability ? { stateMutability: item.stateMutability } : {}),
    ...(item.anonymous ? { anonymous: true } : {}),
  };
}

const KINDS = ['constructor', 'function', 'event', 'error', 'receive', 'fallback'];

/** Sorted by kind and signature, each once. */
function normalise(items: AbiItem[]): AbiItem[] {
  const unique = new Map(
    items.map((item) => [`${KINDS.indexOf(item.type)} ${signatureOf(item)}`, cleanItem(item)]),
  );
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

function readAbi(file: string): AbiItem[] {
  if (!existsSync(file)) throw new Error(`${file} is missing: run "npx hardhat build" first`);
  const parsed = JSON.parse(readFileSync(file, 'utf8'));
  return Array.isArray(parsed) ? parsed : parsed.abi;
}

const errorsOf = (items: AbiItem[]): AbiItem[] => items.filter((item) => item.type === 'error');

const HEADER = '// Written by scripts/generate-sdk.ts from the compiled contracts. Do not edit.\n\n';

function literal(items: AbiItem[]): string {
  return `[\n${items.map((item) => `  ${JSON.stringify(item)},`).join('\n')}\n] as const`;
}

/** Selectors by function name; an overloaded function stands under its whole signature. */
function selectorTable(items: AbiItem[]): string {
  const functions = items.filter((item) => item.type === 'function');
  const count = new Map<string, number>();
  for (const item of functions) count.set(item.name!, (count.get(item.name!) ?? 0) + 1);
  const rows = functions.map((item) => {
    const signature = signatureOf(item);
    const key = count.get(item.name!) === 1 ? item.name! : `'${signature}'`;
    return `  ${key}: '${id(signature).slice(0, 10)}',`;
  });
  return `{\n${rows.join('\n')}\n} as const`;
}

/** Path relative to `sdk/src/abi` -> content. */
function generate(): Map<string, string> {
  const abis = new Map(SOURCES.map((source) => [source.name, source.files.flatMap(readAbi)]));
  const files = new Map<string, string>();
  for (const { name, bubbles = [], managed } of SOURCES) {
    const items = normalise([...abis.get(name)!, ...bubbles.flatMap((other) => errorsOf(abis.get(other)!))]);
    let content = `${HEADER}export const ${lowerFirst(name)}Abi = ${literal(items)};\n`;
    if (managed) {
      content += `\n/** Function selectors, for the role table. */\nexport const ${lowerFirst(name)}Selectors = ${selectorTable(items)};\n`;
    }
    files.set(`generated/${name}.ts`, content);
  }
  const errors = normalise([...abis.values()].flatMap(errorsOf));
  files.set(
    'generated/errors.ts',
    `${HEADER}/** Every custom error of every contract here, to decode a revert whose origin is not known. */\nexport const errorsAbi = ${literal(errors)};\n`,
  );
  const caseless = new Intl.Collator('en');
  const exports = [...SOURCES.map(({ name }) => name), 'errors']
    .sort(caseless.compare)
    .map((name) => `export * from './generated/${name}.ts';`);
  files.set('index.ts', `${HEADER}${exports.join('\n')}\n`);
  return files;
}

function staleFiles(files: Map<string, string>): string[] {
  const stale = [...files].filter(([path, content]) => {
    const file = join(outDir, path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== content;
  });
  return [...stale.map(([path]) => path), ...leftovers(files)];
}

function leftovers(files: Map<string, string>): string[] {
  const folder = join(outDir, 'generated');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((file) => `generated/${file}`)
    .filter((path) => !files.has(path));
}

const files = generate();
const stale = staleFiles(files);
if (process.argv.includes('--check')) {
  if (stale.length > 0) {
    console.error(
      `sdk/src/abi is out of date (${stale.join(', ')}): run "npm run generate" and commit what it writes`,
    );
    process.exit(1);
  }
  console.log(`sdk/src/abi is up to date: ${files.size} files`);
} else {
  mkdirSync(join(outDir, 'generated'), { recursive: true });
  for (const path of leftovers(files)) rmSync(join(outDir, path));
  for (const [path, content] of files) if (stale.includes(path)) writeFileSync(join(outDir, path), content);
  console.log(`sdk/src/abi: ${stale.length} of ${files.size} files written`);
}
