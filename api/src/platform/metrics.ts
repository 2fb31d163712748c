import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What a process counts, for Prometheus. */
export function createMetrics(service: string) {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    httpDuration: new Histogram({
      name: 'aurum_http_request_duration_seconds',
      help: 'Time to answer a request',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    outboxWaiting: new Gauge({
      name: 'aurum_outbox_waiting',
      help: 'Outbox rows that are not done',
      registers,
    }),
    outboxFailures: new Counter({
      name: 'aurum_outbox_failures_total',
      help: 'Attempts at an outbox row that failed',
      labelNames: ['kind'] as const,
      registers,
    }),
    transactions: new Counter({
      name: 'aurum_transactions_total',
      help: 'Transactions by the state they reached',
      labelNames: ['purpose', 'state'] as const,
      registers,
    }),
    indexerCheckpoint: new Gauge({
      name: 'aurum_indexer_checkpoint_block',
      help: 'Last block that is projected',
      registers,
    }),
    indexerFinalized: new Gauge({
      name: 'aurum_indexer_finalized_block',
      help: 'Last finalized block that was seen',
      registers,
    }),
    indexerRewinds: new Counter({
      name: 'aurum_indexer_rewinds_total',
      help: 'Times the chain was not the one that had been read',
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
