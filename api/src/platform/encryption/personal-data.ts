import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Queryable } from '../database/database.ts';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Personal data, encrypted with a key per person. The keys lie in the database, wrapped by the master key of the
 * configuration; destroying a person's key makes everything it encrypted unreadable, backups included.
 */
export interface PersonalData {
  /** @param purpose binds the text to its place ("kyc"), so that one field cannot be put in another's */
  encrypt(db: Queryable, account: string, purpose: string, data: unknown): Promise<Buffer>;
  /** @returns what was encrypted, or null when the person's key has been destroyed */
  decrypt(db: Queryable, account: string, purpose: string, sealed: Buffer): Promise<unknown>;
  /** Cannot be undone. @returns false when there was no key, or it was destroyed before */
  destroyKey(db: Queryable, account: string): Promise<boolean>;
}

/** The person's key has been destroyed: nothing can be encrypted for them under the old one. */
export class PersonKeyDestroyedError extends Error {
  override readonly name = 'PersonKeyDestroyedError';
}

/** iv || tag || ciphertext */
export function seal(key: Buffer, context: string, plain: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** @throws when the key, the context or a byte is not the one it was sealed with */
export function open(key: Buffer, context: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, IV_BYTES))
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}

/** @param masterKeyHex 0x and 64 hex digits */
export function createPersonalData(masterKeyHex: string): PersonalData {
  const masterKey = Buffer.from(masterKeyHex.slice(2), 'hex');
  const wrapContext = (account: string) => `person-key ${account}`;

  async function wrappedKeyOf(db: Queryable, account: string): Promise<Buffer | null> {
    const { rows } = await db.query<{ wrapped_key: Buffer | null }>(
      'SELECT wrapped_key FROM person_key WHERE account = $1',
      [account],
    );
    return rows[0]?.wrapped_key ?? null;
  }

  async function ensureKey(db: Queryable, account: string): Promise<Buffer> {
    // of two at once one inserts, and both read the same key
    await db.query(
      'INSERT INTO person_key (account, wrapped_key) VALUES ($1, $2) ON CONFLICT (account) DO NOTHING',
      [account, seal(masterKey, wrapContext(account), randomBytes(32))],
    );
    const wrapped = await wrappedKeyOf(db, account);
    if (!wrapped) throw new PersonKeyDestroyedError('the personal data of this account was destroyed');
    return open(masterKey, wrapContext(account), wrapped);
  }

  return {
    async encrypt(db, account, purpose, data) {
      const key = await ensureKey(db, account);
      return seal(key, `${purpose} ${account}`, Buffer.from(JSON.stringify(data)));
    },
    async decrypt(db, account, purpose, sealed) {
      const wrapped = await wrappedKeyOf(db, account);
      if (!wrapped) return null;
      const key = open(masterKey, wrapContext(account), wrapped);
      return JSON.parse(open(key, `${purpose} ${account}`, sealed).toString('utf8'));
    },
    async destroyKey(db, account) {
      const { rowCount } = await db.query(
        'UPDATE person_key SET wrapped_key = NULL, destroyed_at = now() WHERE account = $1 AND wrapped_key IS NOT NULL',
        [account],
      );
      return rowCount === 1;
    },
  };
}
