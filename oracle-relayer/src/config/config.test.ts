import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadDeployment } from './deployment.ts';
import { loadConfig, reporterNamed, transmitterOf } from './load.ts';

const shipped = (name: string): string => fileURLToPath(new URL(`../../config/${name}`, import.meta.url));

const MINIMAL = `
deployment: deployment.json
chain: { id: 31337, rpc: ['http://localhost:8545'] }
sources:
  gold-api: { adapter: gold-api, url: 'https://api.gold-api.com/price/XAU' }
reporters:
  - { name: one, url: 'http://localhost:4201', listen: { port: 4201 }, sources: [gold-api], key: { env: KEY } }
`;

function file(content: string, name = 'config.yaml'): string {
  const path = join(mkdtempSync(join(tmpdir(), 'aurum-config-')), name);
  writeFileSync(path, content);
  return path;
}

const load = (content: string, env: NodeJS.ProcessEnv = {}) => loadConfig(file(content), env);

describe('the shipped configs', () => {
  it('are valid: the devnet’s without any environment', () => {
    const config = loadConfig(shipped('devnet.yaml'), {});
    expect(config.reporters.map(({ name }) => reporterNamed(config, name).listen.port)).toEqual([
      4201, 4202, 4203, 4204, 4205,
    ]);
    expect(transmitterOf(config).listen.port).toBe(4210);
    expect(config.chain.rpc).toEqual(['http://127.0.0.1:8545']);
  });

  it('take what the environment says', () => {
    const config = loadConfig(shipped('devnet.yaml'), { RPC_URL: 'http://127.0.0.1:9545', PORT: '4999' });
    expect(config.chain.rpc).toEqual(['http://127.0.0.1:9545']);
    expect(reporterNamed(config, 'reporter2').listen.port).toBe(4999);
  });

  it('are valid: the example for BNB Smart Chain', () => {
    const config = loadConfig(shipped('bsc.example.yaml'), { BSC_RPC_URL: 'https://rpc.example.com' });
    expect(config.chain.id).toBe(56);
    expect(config.observation.minSources).toBe(2);
    expect(transmitterOf(config).round.heartbeatS).toBeLessThan(3_600);
  });
});

describe('a config', () => {
  it('needs little, the rest has defaults', () => {
    const config = load(MINIMAL);
    expect(config.observation).toMatchObject({ everyMs: 2_000, minSources: 1 });
    expect(config.afterHours).toMatchObject({
      weightBps: 7_000,
      maxBelowCloseBps: 500,
      maxAboveCloseBps: 250,
    });
  });

  it.each([
    ['a field that does not exist', MINIMAL.replace('chain: {', 'chain: { colour: red,'), /chain: .*colour/],
    [
      'a wrong URL',
      MINIMAL.replace('http://localhost:8545', 'ftp://x'),
      /chain\.rpc\[0\]: must be an http or https URL/,
    ],
    [
      'an unknown adapter',
      MINIMAL.replace('adapter: gold-api', 'adapter: yahoo'),
      /sources\.gold-api\.adapter: .*swissquote/,
    ],
    [
      'a source that is not declared',
      MINIMAL.replace('[gold-api]', '[silver]'),
      /reporters\[0\]\.sources\[0\]: "silver" is not declared/,
    ],
    ['a key in the file', MINIMAL.replace('{ env: KEY }', "'0xac09'"), /reporters\[0\]\.key: must be/],
    [
      'a holiday that is no date',
      `${MINIMAL}market: { holidays: ['2026-02-30'] }`,
      /market\.holidays\[0\]: must be a date/,
    ],
    [
      'bounds the wrong way round',
      `${MINIMAL}observation: { minUsdPerOunce: 9, maxUsdPerOunce: 8 }`,
      /minUsdPerOunce/,
    ],
    [
      'a variable that is not set',
      MINIMAL.replace('http://localhost:8545', `\${NO_SUCH_URL}`),
      /chain\.rpc\[0\]: .*NO_SUCH_URL is not set/,
    ],
    ['no YAML at all', 'a: [', /can't be read as YAML/],
    ['nothing', '', /is not valid/],
  ])('with %s is refused, saying where', (_what, content, message) => {
    expect(() => load(content)).toThrow(message);
  });

  it('with two reporters of one name is refused', () => {
    const twice = `${MINIMAL}  - { name: one, url: 'http://localhost:4202' }\n`;
    expect(() => load(twice)).toThrow(/reporters\[1\]\.name: is used twice/);
  });

  it('that does not exist is named', () => {
    expect(() => loadConfig('/nowhere/config.yaml')).toThrow(/\/nowhere\/config.yaml does not exist/);
  });

  it('says what a reporter or transmitter lacks to run here', () => {
    const config = load(MINIMAL.replace(', key: { env: KEY }', ''));
    expect(() => reporterNamed(config, 'one')).toThrow(/needs listen, sources and key/);
    expect(() => reporterNamed(config, 'two')).toThrow(/--reporter is one of one/);
    expect(() => transmitterOf(config)).toThrow(/no "transmitter" section/);
  });
});

describe('a deployment', () => {
  const feed = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
  const deployment = (change: object = {}) =>
    JSON.stringify({
      chainId: 31_337,
      contracts: { SignedPriceFeed: { proxy: feed }, PriceOracle: { proxy: feed } },
      ...change,
    });
  const from = (content: string) =>
    loadDeployment(load(MINIMAL), { AURUM_DEPLOYMENT: file(content, 'deployment.json') });

  it('is read from the file that the environment names', () => {
    expect(from(deployment())).toEqual({ chainId: 31_337, signedPriceFeed: feed, priceOracle: feed });
  });

  it('is read from beside the config otherwise', () => {
    const path = file(MINIMAL);
    writeFileSync(join(path, '../deployment.json'), deployment());
    expect(loadDeployment(loadConfig(path, {}), {}).signedPriceFeed).toBe(feed);
  });

  it.each([
    ['of another chain', deployment({ chainId: 56 }), /is of chain 56/],
    ['without the oracle', deployment({ contracts: { SignedPriceFeed: { proxy: feed } } }), /PriceOracle/],
    ['with a broken address', deployment().replace('5FbDB', '5fbdB'), /must be an address/],
    ['that is not JSON', '{', /is not JSON/],
  ])('%s is refused', (_what, content, message) => {
    expect(() => from(content)).toThrow(message);
  });

  it('that is missing says what to do', () => {
    expect(() => loadDeployment(load(MINIMAL), {})).toThrow(/deploy the contracts first/);
  });
});
