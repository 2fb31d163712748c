import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * Names of fields that may hold personal data or secrets, wherever they stand. Nothing logs a body or a job's
 * data in the first place; this is the net below.
 */
const REDACTED_FIELDS = [
  'fullName',
  'dateOfBirth',
  'nationality',
  'address',
  'street',
  'city',
  'postalCode',
  'email',
  'phone',
  'recipient',
  'instructions',
  'documentNumber',
  'application',
  'deliveryDetails',
  'body',
  'signature',
  'token',
  'cookie',
  'authorization',
  'privateKey',
];

/** One logger a process: JSON lines on stdout. */
export function createLog(service: string, level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: REDACTED_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
      censor: '[redacted]',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
