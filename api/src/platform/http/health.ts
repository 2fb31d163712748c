import type { Express } from 'express';
import type { Metrics } from '../metrics.ts';

/** Each part that must answer before work makes sense; null when it does, else what is wrong. */
export type Readiness = () => Promise<Record<string, string | null>>;

/** /health/live: the process runs. /health/ready: so does what it needs. /metrics: for Prometheus. */
export function healthRoutes(app: Express, ready: Readiness, metrics: Metrics): void {
  app.get('/health/live', (_request, response) => {
    response.json({ status: 'live' });
  });
  app.get('/health/ready', async (_request, response) => {
    const parts = await ready();
    const ok = Object.values(parts).every((problem) => problem === null);
    response.status(ok ? 200 : 503).json({ status: ok ? 'ready' : 'not ready', parts });
  });
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}

/** One part of readiness: null when `probe` succeeds in time, else a short reason. */
export async function probePart(probe: () => Promise<unknown>, timeoutMs = 2_000): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([probe(), timeout]);
    return null;
  } catch (error) {
    return (error as Error).message || (error as { code?: string }).code || 'failed';
  } finally {
    clearTimeout(timer);
  }
}
