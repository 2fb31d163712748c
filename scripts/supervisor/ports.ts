import { connect } from 'node:net';
import { PlainError } from './sentence.ts';

/** Every port that the newcomer's machine uses; each can be moved by its variable. */
export const PORTS = {
  web: { variable: 'AURUM_WEB_PORT', port: 3000 },
  api: { variable: 'AURUM_API_PORT', port: 4000 },
  market: { variable: 'AURUM_MARKET_PORT', port: 4100 },
  reporter1: { variable: 'AURUM_REPORTER1_PORT', port: 4201 },
  reporter2: { variable: 'AURUM_REPORTER2_PORT', port: 4202 },
  reporter3: { variable: 'AURUM_REPORTER3_PORT', port: 4203 },
  reporter4: { variable: 'AURUM_REPORTER4_PORT', port: 4204 },
  reporter5: { variable: 'AURUM_REPORTER5_PORT', port: 4205 },
  transmitter: { variable: 'AURUM_TRANSMITTER_PORT', port: 4210 },
  indexer: { variable: 'AURUM_INDEXER_PORT', port: 4301 },
  worker: { variable: 'AURUM_WORKER_PORT', port: 4302 },
  postgres: { variable: 'AURUM_POSTGRES_PORT', port: 5439 },
  rpc: { variable: 'AURUM_RPC_PORT', port: 8545 },
} as const;

export type PortName = keyof typeof PORTS;
export type Ports = Record<PortName, number>;

/** Ports from the environment. AURUM_PORT_SHIFT moves all of them, so that a second world can stand beside the first. */
export function readPorts(env: NodeJS.ProcessEnv): Ports {
  const shift = readNumber(env, 'AURUM_PORT_SHIFT', 0);
  const entries = Object.entries(PORTS).map(([name, { variable, port }]) => [
    name,
    readNumber(env, variable, port + shift),
  ]);
  return Object.fromEntries(entries) as Ports;
}

function readNumber(env: NodeJS.ProcessEnv, variable: string, fallback: number): number {
  const text = env[variable];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) {
    throw new PlainError(`${variable} is "${text}": it must be a whole number up to 65535.`);
  }
  return value;
}

/** True if something listens on the port of this machine. */
export function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const finish = (taken: boolean) => {
      socket.destroy();
      resolve(taken);
    };
    socket.setTimeout(1_000, () => finish(true));
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}

/** @throws PlainError that names the first port which another program holds, and how to move ours */
export async function checkPorts(ports: Ports): Promise<void> {
  for (const [name, port] of Object.entries(ports) as [PortName, number][]) {
    if (await isTaken(port)) {
      const { variable } = PORTS[name];
      throw new PlainError(
        `Port ${port}, for ${name}, is taken by another program. Stop that program, or choose another port: ${variable}=${port + 1} npm start`,
      );
    }
  }
}
