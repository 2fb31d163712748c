import { readConfig } from './platform/config.ts';
import { createDatabase } from './platform/database/database.ts';
import { migrate } from './platform/database/migrate.ts';

/** `node api/src/migrate.ts`: brings the database up to date and ends. The services do the same when they start. */
const config = readConfig();
const db = createDatabase(config.databaseUrl, 1, (error) => console.error(error.message));
try {
  const applied = await migrate(db);
  console.log(applied.length > 0 ? `applied ${applied.join(', ')}` : 'the database is up to date');
} catch (error) {
  console.error(`the database could not be brought up to date: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  await db.close();
}
