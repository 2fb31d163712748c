/**
 * The transmitter: gathers the reporters' signed observations, and brings rounds and observations to the chain.
 *
 *   node oracle-relayer/src/transmitter/main.ts --config <yaml>
 */
import { parseArgs } from 'node:util';
import { createRpcPool } from '../chain/rpc-pool.ts';
import { loadDeployment } from '../config/deployment.ts';
import { ConfigError, loadConfig, pathInConfig, transmitterOf } from '../config/load.ts';
import { clockFromEnvironment } from '../platform/clock.ts';
import { createHttpServer, listen } from '../platform/http-server.ts';
import { closeOnSignal, closeServer, runMain } from '../platform/lifecycle.ts';
import { createLog } from '../platform/log.ts';
import { openSigner } from '../platform/signer.ts';
import { feeRules } from './fees.ts';
import { createTransmitterMetrics } from './metrics.ts';
import { createSender } from './sender.ts';
import { createTransmitter } from './transmitter.ts';

await runMain(async () => {
  const { values } = parseArgs({ options: { config: { type: 'string' } } });
  if (!values.config) throw new ConfigError('usage: transmitter/main.ts --config <yaml>');
  const config = loadConfig(values.config);
  const transmitter = transmitterOf(config);
  const deployment = loadDeployment(config);
  const log = createLog('transmitter');
  const clock = clockFromEnvironment();
  const metrics = createTransmitterMetrics();
  const { id: chainId, rpc: urls, timeoutMs, simulateOn } = config.chain;
  const signer = await openSigner(transmitter.key, { chainId, pathOf: (path) => pathInConfig(config, path) });
  const rpc = createRpcPool({ urls, chainId, timeoutMs, log });
  const sender = createSender({
    rpc,
    chainId,
    signer,
    rules: feeRules(transmitter.fees),
    raiseAfterMs: transmitter.fees.raiseAfterMs,
    tag: simulateOn,
    log,
    events: {
      sent: (purpose, reason) => metrics.sent.inc({ purpose, reason }),
      mined: (purpose, succeeded) =>
        metrics.mined.inc({ purpose, result: succeeded ? 'succeeded' : 'reverted' }),
      raised: (capped) => metrics.raises.inc({ result: capped ? 'capped' : 'raised' }),
      refused: (fault) => metrics.refusals.inc({ fault }),
    },
  });
  const account = signer.address;
  const app = createTransmitter({
    config,
    transmitter,
    deployment,
    account,
    rpc,
    sender,
    clock,
    metrics,
    log,
  });
  const server = createHttpServer(app.routes, log);
  await listen(server, transmitter.listen);
  const stop = app.start();
  log.info({ account, ...transmitter.listen, reporters: config.reporters.length }, 'transmitting');
  closeOnSignal(log, async () => {
    await Promise.all([closeServer(server), stop()]);
    rpc.close();
  });
});
