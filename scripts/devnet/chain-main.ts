/**
 * The chain as a process: `node scripts/devnet/chain-main.ts`. It exposes anvil's RPC on AURUM_RPC_PORT (8545) and nothing else, keeps
 * its state in AURUM_CHAIN_STATE (.aurum/chain), and forks BSC_RPC_URL if that is set. SIGTERM and SIGINT save and end it.
 * Exit codes: 0 stopped, 1 the chain died, 2 it could not start.
 */
import { resolve } from 'node:path';
import { ChainStartError } from './anvil.ts';
import { startChain } from './chain.ts';

const log = (line: string): void => console.log(`chain: ${line}`);
const env = process.env;

try {
  const chain = await startChain({
    port: Number(env.AURUM_RPC_PORT ?? 8545),
    dir: resolve(env.AURUM_CHAIN_STATE ?? '.aurum/chain'),
    historyDays: env.AURUM_HISTORY_DAYS ? Number(env.AURUM_HISTORY_DAYS) : undefined,
    forkUrl: env.BSC_RPC_URL || undefined,
    log,
  });
  log(`ready at ${chain.url} (anvil ${chain.pid})`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void chain.stop());
  const stopped = await chain.ended;
  if (!stopped) log('anvil died');
  process.exit(stopped ? 0 : 1);
} catch (error) {
  console.error(error instanceof ChainStartError ? `chain: ${error.message}` : error);
  process.exit(2);
}
