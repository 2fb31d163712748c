import { createApp } from './app.ts';
import { runService } from './platform/process.ts';

/** Serves the REST interface. Any number of these may run. */
runService('api', async (platform) => ({
  app: createApp(platform),
  port: platform.config.ports.api,
  async stop() {},
}));
