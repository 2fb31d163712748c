/** The anvil process itself: where its binary is, how it is started, and what a crash may have left of it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createConnection } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEV_ACCOUNT_COUNT, DEV_MNEMONIC } from './accounts.ts';
import { rpc } from './rpc.ts';

export const DEVNET_CHAIN_ID = 31337;
const HOST = '127.0.0.1';
/** Newest blocks whose state can be asked for. */
const STATES_KEPT = 128;
const START_TIMEOUT_MS = 60_000;

/** A sentence for the person at the terminal; nothing else needs to be printed. */
export class ChainStartError extends Error {}

/** Anvil's native binary from npm; its JavaScript wrapper would outlive or hide the real process. */
export function anvilBinary(): string {
  const machine = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const name = `@foundry-rs/anvil-${machine}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return join(dirname(manifest), 'bin', process.platform === 'win32' ? 'anvil.exe' : 'anvil');
  } catch {
    throw new ChainStartError(
      `The npm package ${name} is missing, so there is no chain for this machine. Run npm install again.`,
    );
  }
}

export interface AnvilOptions {
  port: number;
  /** Genesis time, unix seconds, of a new chain. */
  genesis?: number;
  /** A state file to begin with (JSON). */
  stateFile?: string;
  /** An RPC endpoint whose chain is forked. */
  forkUrl?: string;
}

function anvilArguments(options: AnvilOptions): string[] {
  const args = ['--host', HOST, '--port', String(options.port), '--quiet'];
  args.push('--mnemonic', DEV_MNEMONIC, '--accounts', String(DEV_ACCOUNT_COUNT), '--balance', '10000');
  // A fork keeps this id too: nothing signed here may be valid on the real chain.
  args.push('--chain-id', String(DEVNET_CHAIN_ID));
  // finalized = head - 2, which is BSC's fast finality. Blocks are mined by us, see chain.ts.
  args.push('--slots-in-an-epoch', '1', '--no-mining', '--order', 'fifo');
  // Without this anvil writes the whole state of every block to ~/.foundry: gigabytes within hours. Blocks and logs stay.
  args.push('--prune-history', String(STATES_KEPT));
  // BSC has no base fee; anvil then asks for a tip of 1 gwei, which every RPC of BSC takes too.
  args.push('--block-base-fee-per-gas', '0');
  if (options.forkUrl) args.push('--fork-url', options.forkUrl);
  else if (options.stateFile) args.push('--load-state', options.stateFile);
  else if (options.genesis !== undefined) args.push('--timestamp', String(options.genesis));
  return args;
}

/** True if something listens on the port. */
export function isPortTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: HOST, port });
    const answer = (taken: boolean) => {
      socket.destroy();
      resolve(taken);
    };
    socket.setTimeout(1_000, () => answer(true));
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}

/**
 * Starts anvil and waits until it answers. Throws {@link ChainStartError} if the port is taken, the process ends, or it does
 * not answer within a minute.
 */
export async function startAnvil(options: AnvilOptions): Promise<{ child: ChildProcess; url: string }> {
  const url = `http://${HOST}:${options.port}`;
  if (await isPortTaken(options.port)) {
    throw new ChainStartError(
      `Port ${options.port} is taken, so the chain cannot start. End what listens there, or set AURUM_RPC_PORT to another.`,
    );
  }
  const child = spawn(anvilBinary(), anvilArguments(options), { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr!.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString('utf8')).slice(-2_000);
  });
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(new ChainStartError(`Anvil cannot be run: ${error.message}`)));
    child.once('exit', (code, signal) =>
      reject(new ChainStartError(`Anvil ended at once (${signal ?? code}): ${complaint.trim()}`)),
    );
  });
  failed.catch(() => undefined);
  await Promise.race([failed, untilAnswering(url)]).catch((error) => {
    child.kill('SIGKILL');
    throw error;
  });
  return { child, url };
}

async function untilAnswering(url: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    try {
      await rpc(url, 'eth_chainId', [], 2_000);
      return;
    } catch {
      await sleep(50);
    }
  }
  throw new ChainStartError(`Anvil did not answer at ${url} within ${START_TIMEOUT_MS / 1000} seconds.`);
}

/** Ends a process: SIGTERM, and SIGKILL if it is still there after `graceMs`. */
export async function endProcess(pid: number, graceMs = 5_000): Promise<void> {
  const signal = (name: NodeJS.Signals | 0): boolean => {
    try {
      return process.kill(pid, name);
    } catch {
      return false;
    }
  };
  if (!signal('SIGTERM')) return;
  const deadline = Date.now() + graceMs;
  while (Date.now() < deadline) {
    await sleep(50);
    if (!signal(0)) return;
  }
  signal('SIGKILL');
  await sleep(100);
}

/** The pid file of an anvil that a crash of its supervisor may leave behind. */
export function pidFile(dir: string) {
  const file = join(dir, 'anvil.pid');
  return {
    write: (pid: number, port: number) => writeFileSync(file, JSON.stringify({ pid, port })),
    remove: () => rmSync(file, { force: true }),
    /** The orphan of the last run, if it still runs and is an anvil. */
    orphan(): { pid: number; port: number } | undefined {
      if (!existsSync(file)) return undefined;
      try {
        const found = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; port: number };
        process.kill(found.pid, 0);
        return isAnvil(found.pid) ? found : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

function isAnvil(pid: number): boolean {
  const commandLine = `/proc/${pid}/cmdline`;
  // Without /proc (macOS) the pid file alone has to do.
  if (!existsSync('/proc/self/cmdline')) return true;
  return existsSync(commandLine) && readFileSync(commandLine, 'utf8').split('\0')[0]!.includes('anvil');
}
