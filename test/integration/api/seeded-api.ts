/** The API over the devnet's ninety days, as the tests share it: processes, database, clients, and an invented person. */
import { Wallet } from 'ethers';
import type pg from 'pg';
import { type DevAccountName, devAccount, devSigner } from '../../../scripts/devnet/accounts.ts';
import { rpc } from '../../../scripts/devnet/rpc.ts';
import { type Client, createClient, signIn } from './client.ts';
import { openPool, type Postgres, startPostgres } from './postgres.ts';
import { runProgram, type Service, startService, until } from './services.ts';
import { openSeededWorld, type SeededWorld } from './world.ts';

const RPC_PORT = 8631;
const PG_PORT = 5442;
const PORTS = { main: 4130, worker: 4131, indexer: 4132 };
export const LIMITED_PORT = 4133;

export const OPERATOR: DevAccountName = 'custodian';
export const APPLICATION = {
  fullName: 'Zephyrine Quackenbush',
  dateOfBirth: '1991-02-03',
  nationality: 'NL',
  country: 'NL',
  address: 'Geheimstraat 77',
  city: 'Verborgenstad',
  postalCode: '9999ZZ',
  email: 'zephyrine.quackenbush@example.org',
  documentType: 'passport',
  documentNumber: 'SECRET00042',
  sourceOfFunds: 'savings',
  declaration: true,
};
export const DELIVERY = {
  recipient: 'Zephyrine Quackenbush',
  street: 'Geheimstraat 77',
  city: 'Verborgenstad',
  postalCode: '9999ZZ',
  country: 'NL',
  phone: '+31 20 555 0199',
};
/** Words that must stand nowhere but in the answer to whom they concern. */
export const SECRETS = [
  'Zephyrine',
  'Quackenbush',
  'Geheimstraat',
  'Verborgenstad',
  'SECRET00042',
  '9999ZZ',
  '555 0199',
];

let postgres: Postgres;
export let world: SeededWorld;
export let db: pg.Pool;
export let env: Record<string, string>;
export const services: Service[] = [];
export const url = `http://127.0.0.1:${PORTS.main}`;
export const as = (name: DevAccountName): Promise<Client> => signIn(url, devSigner(name));
export const anyone = createClient(url);

/** Starts everything; the exported bindings are set then. */
export async function openApi(): Promise<void> {
  [postgres, world] = await Promise.all([startPostgres(PG_PORT), openSeededWorld(RPC_PORT)]);
  const databaseUrl = await postgres.createDatabase('api');
  db = openPool(databaseUrl);
  env = {
    DATABASE_URL: databaseUrl,
    RPC_URL: world.url,
    AURUM_DEPLOYMENT: world.deploymentFile,
    AURUM_SEED: world.seedFile,
    OPERATORS: devAccount(OPERATOR).address,
    LOG_LEVEL: 'trace',
    // the queues stand on PostgreSQL here, wherever a Redis may be
    REDIS_URL: '',
  };
  // the seed twice: it bears being run again
  for (const name of ['migrate', 'seed', 'seed']) {
    const { code, output } = await runProgram(`api/src/${name}.ts`, env);
    if (code !== 0) throw new Error(`${name} failed: ${output}`);
  }
  for (const name of ['main', 'worker', 'indexer'] as const)
    services.push(await startService(name, PORTS[name], env));
  await caughtUp();
}

export async function closeApi(): Promise<void> {
  for (const service of services) await service.end('SIGKILL');
  await db?.end();
  await postgres?.stop();
  await world?.stop();
}

/** Everything finalized now is projected. */
export async function caughtUp(): Promise<void> {
  const finalized = await rpc<{ number: string }>(world.url, 'eth_getBlockByNumber', ['finalized', false]);
  const wanted = Number(finalized.number);
  await until(
    'the indexer',
    async () => Number((await db.query('SELECT max(block_number) AS at FROM indexer_checkpoint')).rows[0].at),
    (at) => at >= wanted,
  );
}

export const walletOf = (index: number): Wallet => new Wallet(`0x${String(index).padStart(64, '7')}`);
