import { type Logger, pino } from 'pino';

/** JSON lines on stdout; `LOG_LEVEL` is one of pino's. Keys never reach it: they stay inside their signer. */
export function createLog(service: string): Logger {
  return pino({ name: service, level: process.env.LOG_LEVEL || 'info', base: { service } });
}
