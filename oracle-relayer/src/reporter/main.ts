/**
 * One reporter: asks its sources, signs what it sees, serves it over HTTP.
 *
 *   node oracle-relayer/src/reporter/main.ts --config <yaml> --reporter <name>
 */
import { parseArgs } from 'node:util';
import { createRpcPool } from '../chain/rpc-pool.ts';
import { loadDeployment } from '../config/deployment.ts';
import { ConfigError, loadConfig, pathInConfig, reporterNamed } from '../config/load.ts';
import { clockFromEnvironment } from '../platform/clock.ts';
import { createHttpServer, listen } from '../platform/http-server.ts';
import { closeOnSignal, closeServer, runMain } from '../platform/lifecycle.ts';
import { createLog } from '../platform/log.ts';
import { openSigner } from '../platform/signer.ts';
import { createChainReader } from './chain-view.ts';
import { createReporterMetrics } from './metrics.ts';
import { createReporter } from './reporter.ts';

await runMain(async () => {
  const { values } = parseArgs({ options: { config: { type: 'string' }, reporter: { type: 'string' } } });
  if (!values.config) throw new ConfigError('usage: reporter/main.ts --config <yaml> --reporter <name>');
  const config = loadConfig(values.config);
  const reporter = reporterNamed(config, values.reporter);
  const deployment = loadDeployment(config);
  const log = createLog(reporter.name);
  const { id: chainId, rpc: urls, timeoutMs } = config.chain;
  const signer = await openSigner(reporter.key, { chainId, pathOf: (path) => pathInConfig(config, path) });
  const rpc = createRpcPool({ urls, chainId, timeoutMs, log });
  const app = createReporter({
    config,
    reporter,
    deployment,
    signer,
    chain: createChainReader(rpc, deployment),
    clock: clockFromEnvironment(),
    metrics: createReporterMetrics(reporter.name),
    log,
  });
  const server = createHttpServer(app.routes, log);
  await listen(server, reporter.listen);
  const stop = app.start();
  log.info({ address: signer.address, ...reporter.listen, sources: reporter.sources }, 'reporting');
  closeOnSignal(log, async () => {
    await Promise.all([closeServer(server), stop()]);
    rpc.close();
  });
});
