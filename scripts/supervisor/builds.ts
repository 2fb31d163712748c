import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Home, PROJECT_ROOT, readJson, writeWhole } from './home.ts';
import { PlainError } from './sentence.ts';

/** Something that is built once and again only when what it is made of has changed. */
export interface Build {
  name: string;
  /** files and folders it is made of, relative to the project */
  from: string[];
  /** what must exist afterwards */
  makes: string;
  command: string[];
  env?: Record<string, string>;
}

const IGNORED = new Set(['node_modules', '.next', 'artifacts', 'cache']);

function* filesOf(path: string): Generator<string> {
  if (!existsSync(path)) return;
  if (statSync(path).isFile()) {
    yield path;
    return;
  }
  for (const entry of readdirSync(path).sort()) if (!IGNORED.has(entry)) yield* filesOf(join(path, entry));
}

function fingerprint(build: Build): string {
  const hash = createHash('sha256').update(JSON.stringify([build.command, build.env ?? {}]));
  for (const source of build.from) {
    for (const file of filesOf(join(PROJECT_ROOT, source))) {
      if (!/\.test\.tsx?$|next-env\.d\.ts$|tsbuildinfo$/.test(file))
        hash.update(file).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

/** Runs a build if its sources changed since the last time. @throws PlainError with the tool's last lines */
export async function bringUpToDate(build: Build, home: Home, say: (line: string) => void): Promise<void> {
  const done = readJson<Record<string, string>>(home.builds) ?? {};
  const wanted = fingerprint(build);
  if (done[build.name] === wanted && existsSync(join(PROJECT_ROOT, build.makes))) return;
  const started = Date.now();
  say(`building the ${build.name}`);
  await run(build.command, build.env, `the ${build.name} could not be built`);
  writeWhole(
    home.builds,
    JSON.stringify({ ...readJson<Record<string, string>>(home.builds), [build.name]: wanted }),
  );
  say(`built the ${build.name} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** Runs a program of ours to its end; `onLine` sees its standard output as it comes. */
export async function run(
  [command, ...args]: string[],
  env: Record<string, string> | undefined,
  failure: string,
  onLine?: (line: string) => void,
): Promise<void> {
  if (!command) throw new PlainError(`${failure}: no command`);
  const child = spawn(command, args, {
    cwd: PROJECT_ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = () => child.kill('SIGTERM');
  process.once('exit', stop);
  const output: string[] = [];
  let rest = '';
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    output.push(chunk.toString());
    if (!onLine) return;
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim()) onLine(line.trim());
  });
  const code = await new Promise<number>((resolve) => {
    child.once('error', () => resolve(-1));
    child.once('close', (exit) => resolve(exit ?? -1));
  });
  process.off('exit', stop);
  if (code !== 0)
    throw new PlainError(
      `${failure}. Its last lines:\n${output.join('').trimEnd().split('\n').slice(-25).join('\n')}`,
    );
}

export const CONTRACTS_BUILD: Build = {
  name: 'contracts',
  from: ['contracts', 'hardhat.config.ts'],
  makes: 'artifacts/contracts',
  command: ['hardhat', 'build', '--no-tests'],
};

export function webBuild(env: Record<string, string>): Build {
  return {
    name: 'dApp',
    from: ['web', 'sdk/src', 'package-lock.json'],
    makes: 'web/.next/BUILD_ID',
    command: ['npm', 'run', 'build', '--silent', '-w', 'web'],
    env,
  };
}
