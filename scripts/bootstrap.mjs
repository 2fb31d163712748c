// The first program a newcomer runs. It needs Node >= 18 and npm, nothing else: it installs the packages (Node 24 among
// them) and hands over to scripts/<command>.ts under that Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'node_modules', '.e-aurum-installed');
const node24 = join(root, 'node_modules', 'node', 'bin', 'node');
const manifests = [
  'package.json',
  'package-lock.json',
  ...['sdk', 'oracle-relayer', 'api', 'web'].map((w) => `${w}/package.json`),
];
const GIB = 1024 ** 3;

/** Ends with one clear sentence instead of a stack trace. */
function refuse(sentence) {
  console.error(`\ne-Aurum can't go on: ${sentence}\n`);
  process.exit(1);
}

function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 18)
    refuse(
      `this is Node ${process.versions.node}, and 18 or newer is needed. Install it from https://nodejs.org.`,
    );
}

function checkDisk(neededBytes) {
  if (typeof fs.statfsSync !== 'function') return;
  const { bavail, bsize } = fs.statfsSync(root);
  const free = Number(bavail) * Number(bsize);
  if (free < neededBytes) {
    refuse(
      `the disk has ${(free / GIB).toFixed(1)} GB free, and ${(neededBytes / GIB).toFixed(1)} GB are needed. Free some space and run the command again.`,
    );
  }
}

function manifestHash() {
  const hash = createHash('sha256');
  for (const file of manifests)
    if (fs.existsSync(join(root, file))) hash.update(fs.readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** npm run under Node < 22.13 silently leaves out the platform package that Hardhat needs. */
function edrIsMissing() {
  const scope = join(root, 'node_modules', '@nomicfoundation');
  return !fs.existsSync(scope) || !fs.readdirSync(scope).some((name) => name.startsWith('edr-'));
}

function isInstalled() {
  return (
    fs.existsSync(stamp) &&
    fs.readFileSync(stamp, 'utf8') === manifestHash() &&
    fs.existsSync(node24) &&
    !edrIsMissing()
  );
}

/** npm to run the install with: this one if its Node is new enough, else the one of Node 24, fetched by npx. */
function installCommand() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error'];
  if (major > 22 || (major === 22 && minor >= 13)) return { command: 'npm', args };
  if (fs.existsSync(node24)) return { command: 'npm', args, path: dirname(node24) };
  return { command: 'npx', args: ['--yes', '--package=node@24', '--', 'npm', ...args] };
}

async function install() {
  checkDisk(4 * GIB);
  if (spawnSync('npm', ['--version'], { shell: process.platform === 'win32' }).status !== 0) {
    refuse('npm does not run here. It comes with Node: install Node again from https://nodejs.org.');
  }
  if (fs.existsSync(join(root, 'node_modules')) && edrIsMissing()) {
    fs.rmSync(join(root, 'node_modules', '.package-lock.json'), { force: true });
  }
  const { command, args, path } = installCommand();
  console.log('Installing packages (about a minute the first time)');
  const started = Date.now();
  const output = [];
  const child = spawn(command, args, {
    cwd: root,
    env: path ? { ...process.env, PATH: `${path}:${process.env.PATH}` } : process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => output.push(chunk.toString()));
  const ticker = setInterval(() => {
    console.log(`  ${Math.round((Date.now() - started) / 1000)} s`);
  }, 10_000);
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(-1));
    child.once('close', resolve);
  });
  clearInterval(ticker);
  if (code !== 0 || !fs.existsSync(node24) || edrIsMissing()) {
    console.error(output.join('').split('\n').slice(-25).join('\n'));
    refuse(
      "the packages could not be installed (npm's last lines stand above). Check the network and the disk, then run the command again.",
    );
  }
  fs.mkdirSync(dirname(stamp), { recursive: true });
  fs.writeFileSync(stamp, manifestHash());
  console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

async function main() {
  checkNode();
  const [command = 'start', ...args] = process.argv.slice(2);
  if (!isInstalled()) await install();
  const script = join(root, 'scripts', `${command}.ts`);
  if (!fs.existsSync(script)) refuse(`there is no command "${command}".`);
  const child = spawn(node24, ['--disable-warning=ExperimentalWarning', script, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}` },
  });
  // Ctrl-C reaches the whole terminal group by itself; this is for a signal sent to this process alone.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) =>
    refuse(`Node 24 could not be started (${error.message}). Remove node_modules and run the command again.`),
  );
  child.once('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

await main();
