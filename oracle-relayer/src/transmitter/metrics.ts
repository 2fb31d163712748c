import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

export function createTransmitterMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    turns: new Counter({
      name: 'aurum_transmitter_turns_total',
      help: 'Turns of the loop by outcome: idle, sent, waiting, failed ...',
      labelNames: ['outcome'],
      registers,
    }),
    reports: new Counter({
      name: 'aurum_transmitter_reports_total',
      help: 'Answers of a reporter by outcome: fresh, or why it did not count',
      labelNames: ['reporter', 'outcome'],
      registers,
    }),
    sent: new Counter({
      name: 'aurum_transmitter_transactions_sent_total',
      help: 'Transactions that a node accepted, by purpose and reason',
      labelNames: ['purpose', 'reason'],
      registers,
    }),
    mined: new Counter({
      name: 'aurum_transmitter_transactions_mined_total',
      help: 'Transactions mined, by purpose and whether they succeeded',
      labelNames: ['purpose', 'result'],
      registers,
    }),
    simulations: new Counter({
      name: 'aurum_transmitter_simulations_failed_total',
      help: 'Calls that would have reverted, and were not sent',
      labelNames: ['purpose'],
      registers,
    }),
    raises: new Counter({
      name: 'aurum_transmitter_fee_raises_total',
      help: 'Fee raises on a stuck nonce; capped: there was no room for one',
      labelNames: ['result'],
      registers,
    }),
    refusals: new Counter({
      name: 'aurum_transmitter_send_refusals_total',
      help: 'Transactions that no node accepted, by what the nodes meant',
      labelNames: ['fault'],
      registers,
    }),
    lastRoundAt: new Gauge({
      name: 'aurum_transmitter_last_round_updated_at_seconds',
      help: 'updatedAt of the latest round on the chain, unix time',
      registers,
    }),
    lastObservationAt: new Gauge({
      name: 'aurum_transmitter_last_observation_at_seconds',
      help: "Time of the oracle's latest observation, unix time",
      registers,
    }),
    freshReports: new Gauge({
      name: 'aurum_transmitter_fresh_reports',
      help: 'Reports that could be sent at the last turn',
      registers,
    }),
    waiting: new Gauge({
      name: 'aurum_transmitter_waiting_seconds',
      help: 'How long the transaction under way has waited since it was last sent; 0 if there is none',
      registers,
    }),
    balance: new Gauge({
      name: 'aurum_transmitter_balance_bnb',
      help: 'What is left for gas',
      registers,
    }),
    quarantined: new Gauge({
      name: 'aurum_transmitter_rpc_quarantined',
      help: '1 while an RPC endpoint is set aside',
      labelNames: ['endpoint'],
      registers,
    }),
  };
}

export type TransmitterMetrics = ReturnType<typeof createTransmitterMetrics>;
