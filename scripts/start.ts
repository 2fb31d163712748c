import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { endChainOrphan } from './devnet/chain.ts';
import { bringUpToDate, CONTRACTS_BUILD, run, webBuild } from './supervisor/builds.ts';
import {
  checkRoom,
  endOrphans,
  type Home,
  identityOf,
  lockHome,
  openHome,
  readJson,
  writeWhole,
} from './supervisor/home.ts';
import { checkPorts, readPorts } from './supervisor/ports.ts';
import { preparePostgres, removePostgres } from './supervisor/postgres.ts';
import { PlainError, sentenceOf } from './supervisor/sentence.ts';
import { createSupervisor, type RunningService, type Supervisor } from './supervisor/supervisor.ts';
import {
  apiEnvironment,
  apiServices,
  chainService,
  commonEnvironment,
  marketService,
  reporterServices,
  transmitterService,
  type World,
  webService,
} from './supervisor/world.ts';

const HELP = `npm start                 brings up e-Aurum on this machine; Ctrl-C ends it, the state stays in .aurum/
npm start -- --reset      begins again from nothing
  AURUM_WEB_PORT=3001     another port (AURUM_<NAME>_PORT for each, AURUM_PORT_SHIFT for all)
  DATABASE_URL=...        a PostgreSQL of yours instead of the packaged one
  REDIS_URL=...           queues on Redis instead of PostgreSQL
  BSC_RPC_URL=...         a fork of the real chain instead of the devnet`;

const began = Date.now();
const say = (line: string) =>
  console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`);

/** What was removed by --reset is only what a run makes; the build records stay, since sources decide about builds. */
function reset(home: Home): void {
  removePostgres(home.dir);
  for (const path of [
    home.chainState,
    home.deployment,
    home.seed,
    home.market,
    home.services,
    home.secrets,
    home.logs,
  ]) {
    rmSync(path, { recursive: true, force: true });
  }
  openHome(process.env);
  say('began again from nothing');
}

/** Secrets of this machine alone: made once, readable by this user only. */
function secretsOf(home: Home): Record<string, string> {
  const secrets = readJson<Record<string, string>>(home.secrets) ?? {};
  if (!secrets.MASTER_KEY) {
    secrets.MASTER_KEY = `0x${randomBytes(32).toString('hex')}`;
    writeWhole(home.secrets, JSON.stringify(secrets), 0o600);
  }
  return { MASTER_KEY: secrets.MASTER_KEY };
}

function writeServices(home: Home, services: RunningService[]): void {
  const entry = ({ spec, pid, logFile }: RunningService) => ({
    url: spec.url,
    pid,
    log: logFile,
    identity: pid === undefined ? undefined : identityOf(pid),
  });
  const isReporter = (service: RunningService) => service.spec.name.startsWith('reporter');
  const single = services
    .filter((service) => !isReporter(service))
    .map((service) => [service.spec.name, entry(service)]);
  writeWhole(
    home.services,
    `${JSON.stringify({ ...Object.fromEntries(single), reporters: services.filter(isReporter).map(entry) }, null, 2)}\n`,
  );
}

function printTable(services: RunningService[]): void {
  const rows = services.map(({ spec, pid }) => [spec.name, spec.url ?? '', String(pid ?? '')]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  console.log('');
  for (const row of rows) console.log(`  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('   ')}`);
  console.log('');
}

async function bringUp(world: World, supervisor: Supervisor): Promise<void> {
  const { home } = world;
  const secrets = secretsOf(home);
  await bringUpToDate(CONTRACTS_BUILD, home, say);

  if (!process.env.DATABASE_URL) {
    const postgres = await preparePostgres({
      homeDir: home.dir,
      secretsFile: home.secrets,
      port: world.ports.postgres,
      durable: !process.env.AURUM_TEST,
    });
    world.databaseUrl = postgres.url;
    await supervisor.start(postgres.spec);
    say('PostgreSQL runs');
  }

  await supervisor.start(chainService(world));
  say('the chain runs');
  const node = [process.execPath, '--disable-warning=ExperimentalWarning'];
  await run(
    [...node, 'scripts/devnet/prepare.ts'],
    commonEnvironment(world),
    'the contracts could not be deployed and seeded',
    (line) => say(`  ${line}`),
  );

  await supervisor.start(marketService(world));
  await Promise.all(reporterServices(world).map((spec) => supervisor.start(spec)));
  await supervisor.start(transmitterService(world));
  say('the market, five reporters and the transmitter run');

  const env = apiEnvironment(world, secrets);
  await run([...node, 'api/src/migrate.ts'], env, 'the database could not be brought up to date');
  await run([...node, 'api/src/seed.ts'], env, 'the database could not be seeded');
  for (const spec of apiServices(world, env)) await supervisor.start(spec);
  say('API, worker and indexer run');

  await bringUpToDate(webBuild({ NEXT_PUBLIC_DEV_WALLET: '1', NEXT_TELEMETRY_DISABLED: '1' }), home, say);
  await supervisor.start(webService(world));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { reset: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const home = openHome(process.env);
  checkRoom(home);
  const unlock = lockHome(home);
  process.once('exit', unlock);
  await endOrphans(home, say);
  await endChainOrphan(home.chainState, say);
  if (values.reset) reset(home);
  const ports = readPorts(process.env);
  await checkPorts(process.env.DATABASE_URL ? { ...ports, postgres: 0 } : ports);

  const supervisor = createSupervisor({
    logDir: home.logs,
    say,
    onChange: (services) => writeServices(home, services),
    onGiveUp: ({ spec, logFile }) => void end(`${spec.name} can't be kept running; its log is ${logFile}`, 1),
  });

  let ending = false;
  async function end(reason: string, code: number): Promise<void> {
    if (ending) return;
    ending = true;
    say(reason);
    await supervisor.stopAll();
    rmSync(home.services, { force: true });
    say('everything has ended; the state is kept');
    process.exit(code);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void end('ending', 0));
  }

  try {
    await bringUp(
      {
        home,
        ports,
        databaseUrl: process.env.DATABASE_URL ?? '',
        redisUrl: process.env.REDIS_URL || undefined,
        forkUrl: process.env.BSC_RPC_URL || undefined,
        clockOffsetS: Number(process.env.AURUM_CLOCK_OFFSET_S ?? 0),
      },
      supervisor,
    );
  } catch (error) {
    if (!ending) await end(sentenceOf(error), 1);
    return;
  }
  printTable(supervisor.services());
  console.log(`e-Aurum is ready: http://localhost:${ports.web}`);
}

main().catch((error) => {
  console.error(error instanceof PlainError ? `\n${error.message}\n` : sentenceOf(error));
  process.exit(1);
});
