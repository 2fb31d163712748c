import pg from 'pg';

/** What a query can be run on: the pool, or the client of a transaction. */
export interface Queryable {
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(
    text: string,
    values?: unknown[],
  ): Promise<pg.QueryResult<Row>>;
}

/** A client inside a transaction: what is written through it stands or falls together. */
export type Transaction = pg.PoolClient;

const INT8 = 20;
const NUMERIC = 1700;
const NUMERIC_ARRAY = 1231;

/** Block numbers, sequences and ids fit a JavaScript number by far; one that does not is an error, not a rounding. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is no safe integer`);
  return value;
}

/** pg would read each as a float, and a bar's id would lose its end. */
const parseNumericArray = (text: string): bigint[] => text.match(/-?\d+/g)?.map(BigInt) ?? [];

// Only this pool's parsers, never pg's global ones: the queue library brings connections of its own.
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8) return parseInt8;
    if (oid === NUMERIC) return BigInt; // every numeric column is a whole number: money, weights, prices
    if (oid === NUMERIC_ARRAY) return parseNumericArray;
    return pg.types.getTypeParser(oid, format as 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};

export interface Database extends Queryable {
  readonly pool: pg.Pool;
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Runs `work` if nobody else holds the lock of that name; answers false at once if somebody does. */
  withLock(name: string, work: () => Promise<void>): Promise<boolean>;
  close(): Promise<void>;
}

/** Commits what `work` wrote, or rolls all of it back when it throws. */
async function transactionOn<T>(pool: pg.Pool, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError: Error) => {
      broken = rollbackError; // the connection is gone: the server rolls back by itself
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** A session's advisory lock ends with its connection, so a killed holder never blocks the next. */
async function withLockOn(pool: pg.Pool, name: string, work: () => Promise<void>): Promise<boolean> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const { rows } = await client.query<{ held: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held',
      [name],
    );
    if (!rows[0]!.held) return false;
    try {
      await work();
      return true;
    } finally {
      await client
        .query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name])
        .catch((error: Error) => {
          broken = error;
        });
    }
  } finally {
    client.release(broken);
  }
}

/** Connections to PostgreSQL. `onIdleError` hears of a connection that broke while nobody used it. */
export function createDatabase(url: string, max: number, onIdleError: (error: Error) => void): Database {
  const pool = new pg.Pool({ connectionString: url, max, types, application_name: 'e-aurum' });
  pool.on('error', onIdleError);
  return {
    pool,
    query: (text, values) => pool.query(text, values),
    transaction: (work) => transactionOn(pool, work),
    withLock: (name, work) => withLockOn(pool, name, work),
    close: () => pool.end(),
  };
}
