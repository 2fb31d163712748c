import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Database } from './database.ts';

const FOLDER = fileURLToPath(new URL('../../../migrations/', import.meta.url));

const LEDGER = `
CREATE TABLE IF NOT EXISTS migration (
  name       text PRIMARY KEY,
  sha256     text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
)`;

/**
 * Applies `api/migrations/NNNN_name.sql` in the order of their names, each once, all in one transaction.
 * Any number of processes may start at once: one applies, the others wait for it.
 * @returns names of what was applied now
 * @throws when a file that was applied has been changed since
 */
export async function migrate(db: Database, folder = FOLDER): Promise<string[]> {
  const files = (await readdir(folder)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).sort();
  return db.transaction(async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('e-aurum migrations', 0))`);
    await tx.query(LEDGER);
    const { rows } = await tx.query<{ name: string; sha256: string }>('SELECT name, sha256 FROM migration');
    const known = new Map(rows.map((row) => [row.name, row.sha256]));
    const applied: string[] = [];
    for (const name of files) {
      const sql = await readFile(`${folder}/${name}`, 'utf8');
      const sha256 = createHash('sha256').update(sql).digest('hex');
      if (known.has(name)) {
        if (known.get(name) !== sha256)
          throw new Error(`migration ${name} was changed after it was applied: add a new file instead`);
        continue;
      }
      await tx.query(sql);
      await tx.query('INSERT INTO migration (name, sha256) VALUES ($1, $2)', [name, sha256]);
      applied.push(name);
    }
    return applied;
  });
}
