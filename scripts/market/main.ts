/**
 * The market as a process: `node scripts/market/main.ts`. AURUM_MARKET_PORT (4100), RPC_URL (the chain whose feeds it writes),
 * AURUM_DEPLOYMENT (to close the gold market), AURUM_MARKET_STATE (where its switches are kept), AURUM_CLOCK_OFFSET_S.
 */
import { resolve } from 'node:path';
import { createMarket } from './server.ts';

const { env } = process;
const log = (line: string): void => console.log(`market: ${line}`);
const port = Number(env.AURUM_MARKET_PORT ?? 4100);
const market = createMarket({
  rpcUrl: env.RPC_URL ?? 'http://127.0.0.1:8545',
  deploymentFile: resolve(env.AURUM_DEPLOYMENT ?? '.aurum/deployment.json'),
  stateFile: resolve(env.AURUM_MARKET_STATE ?? '.aurum/market.json'),
  log,
});

market.server.once('error', (error: NodeJS.ErrnoException) => {
  const taken = error.code === 'EADDRINUSE';
  console.error(
    taken ? `market: port ${port} is taken; set AURUM_MARKET_PORT to another` : `market: ${error.message}`,
  );
  process.exit(2);
});
market.server.listen(port, '127.0.0.1', () => log(`ready at http://127.0.0.1:${port}/control`));
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void market.stop().then(() => process.exit(0)));
}
