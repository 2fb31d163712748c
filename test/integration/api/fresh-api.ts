/** The API over fresh contracts, with a door between its workers and the chain, as the tests of crashes share it. */
import { keccak256, Wallet } from 'ethers';
import type pg from 'pg';
import { devAccount, devSigner } from '../../../scripts/devnet/accounts.ts';
import { type Client, signIn } from './client.ts';
import { type Door, openDoor } from './door.ts';
import { openPool, type Postgres, startPostgres } from './postgres.ts';
import { type Service, type ServiceName, startService, until } from './services.ts';
import { openFreshWorld, type World } from './world.ts';

const RPC_PORT = 8632;
const DOOR_PORT = 8633;
const PG_PORT = 5441;
export const PORT = { main: 4134, worker: 4135, worker2: 4136, indexer: 4137, indexer2: 4138 };

export const compliance = devAccount('compliance').address;

export let postgres: Postgres;
export let world: World;
export let door: Door;
export let db: pg.Pool;
export let env: Record<string, string>;
let api: Service;
export let operator: Client;
const running = new Set<Service>();

export async function openApi(): Promise<void> {
  [postgres, world] = await Promise.all([startPostgres(PG_PORT), openFreshWorld(RPC_PORT)]);
  const databaseUrl = await postgres.createDatabase('crash');
  db = openPool(databaseUrl);
  door = await openDoor(DOOR_PORT, world.url);
  env = {
    DATABASE_URL: databaseUrl,
    RPC_URL: world.url,
    AURUM_DEPLOYMENT: world.deploymentFile,
    OPERATORS: devAccount('custodian').address,
    STUCK_AFTER_MS: '60000',
    // the queues stand on PostgreSQL here, wherever a Redis may be
    REDIS_URL: '',
    LOG_LEVEL: 'info',
  };
  api = await startService('main', PORT.main, env);
  operator = await signIn(api.url, devSigner('custodian'));
}

/** Ends what a test started, and lets everything through the door again. */
export async function endServices(): Promise<void> {
  for (const service of running) await service.end('SIGKILL');
  running.clear();
  door.mode = 'pass';
  door.logRange = Number.POSITIVE_INFINITY;
  door.broadcasts.length = 0;
}

export async function closeApi(): Promise<void> {
  await api?.end('SIGKILL');
  await db?.end();
  await door?.close();
  await postgres?.stop();
  await world?.stop();
}

export async function start(
  name: ServiceName,
  port: number,
  more: Record<string, string> = {},
): Promise<Service> {
  const service = await startService(name, port, { ...env, ...more });
  running.add(service);
  return service;
}

export async function kill(service: Service): Promise<void> {
  await service.end('SIGKILL');
  running.delete(service);
}

let applicants = 0;

/** A new applicant whose case the operator has approved. */
export async function approveSomebody(): Promise<{ account: string; caseId: string; client: Client }> {
  applicants += 1;
  const wallet = new Wallet(`0x${String(applicants).padStart(64, '8')}`);
  const client = await signIn(api.url, wallet);
  const submitted = await client.post('/v1/kyc/case', {
    fullName: 'An Applicant',
    dateOfBirth: '1990-01-01',
    nationality: 'NL',
    country: 'NL',
    address: 'A street 1',
    city: 'A town',
    postalCode: '1000',
    email: 'applicant@example.org',
    documentType: 'passport',
    documentNumber: 'A0000001',
    sourceOfFunds: 'salary',
    declaration: true,
  });
  const caseId = submitted.body.id as string;
  const decided = await operator.post(`/v1/operations/kyc/${caseId}/decision`, {
    decision: 'approve',
    tier: 1,
  });
  if (decided.status !== 202) throw new Error(`the approval was refused: ${decided.text}`);
  return { account: wallet.address, caseId, client };
}

interface Sent {
  id: string;
  state: string;
  hash: string | null;
  nonce: string | null;
  error: string | null;
  attempts: number;
}

export async function sentFor(caseId: string): Promise<Sent[]> {
  const { rows } = await db.query<Sent>(
    `SELECT t.id, t.state, t.hash, t.nonce, t.error,
            (SELECT count(*)::int FROM sent_transaction_attempt a WHERE a.transaction_id = t.id) AS attempts
       FROM sent_transaction t WHERE subject = $1 ORDER BY created_at`,
    [caseId],
  );
  return rows;
}

export const reach = (caseId: string, state: string, timeoutMs?: number): Promise<Sent[]> =>
  until(
    `a transaction that is ${state}`,
    () => sentFor(caseId),
    (rows) => rows.some((row) => row.state === state),
    timeoutMs,
  );

export const nonceOf = (account: string): Promise<number> =>
  world.provider.getTransactionCount(account, 'latest');

export async function statusSets(account: string): Promise<number> {
  const registry = world.contracts.registry.address;
  const topic = keccak256(Buffer.from('StatusSet(address,uint8,uint48,address)'));
  const logs = await world.provider.getLogs({
    address: registry,
    fromBlock: 0,
    topics: [topic, `0x${account.slice(2).toLowerCase().padStart(64, '0')}`],
  });
  return logs.length;
}
