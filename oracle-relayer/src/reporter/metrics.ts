import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export function createReporterMetrics(reporter: string) {
  const registry = new Registry();
  registry.setDefaultLabels({ reporter });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    observations: new Counter({
      name: 'aurum_reporter_observations_total',
      help: 'Observations by outcome: signed, or why not',
      labelNames: ['outcome'],
      registers,
    }),
    sources: new Counter({
      name: 'aurum_reporter_source_readings_total',
      help: 'Readings of a source by outcome: priced, or why it was dropped',
      labelNames: ['source', 'outcome'],
      registers,
    }),
    latency: new Histogram({
      name: 'aurum_reporter_source_latency_seconds',
      help: 'How long a source took',
      labelNames: ['source'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5],
      registers,
    }),
    price: new Gauge({
      name: 'aurum_reporter_price_usd_per_ounce',
      help: 'The price last signed (for graphs: the exact one is in /v1/report)',
      registers,
    }),
    observedAt: new Gauge({
      name: 'aurum_reporter_observed_at_seconds',
      help: 'Unix time of the observation last signed',
      registers,
    }),
    chainReads: new Counter({
      name: 'aurum_reporter_chain_reads_total',
      help: 'Reads of the configuration from the chain by outcome',
      labelNames: ['outcome'],
      registers,
    }),
  };
}

export type ReporterMetrics = ReturnType<typeof createReporterMetrics>;
