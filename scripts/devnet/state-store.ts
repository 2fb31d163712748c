/**
 * The chain's state on disk: gzipped JSON as anvil dumps it. A dump is written under a new name and renamed, and the one
 * before is kept, so that a kill at any moment leaves at least one whole file.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { rpc } from './rpc.ts';

const unzip = promisify(gunzip);
const SAVE_TIMEOUT_MS = 120_000;

export interface StateStore {
  /**
   * Dumps the state of the anvil at `url` and makes it the newest. Returns false, and keeps what there was, if a block was
   * mined meanwhile: anvil collects accounts and blocks one after the other, and they would not belong together.
   */
  save(url: string): Promise<boolean>;
  /** Names of the whole files there are, newest first. */
  candidates(): string[];
  /** Unpacks one for anvil's --load-state. Throws if it is torn. Call {@link StateStore.cleanUp} afterwards. */
  unpack(name: string): Promise<string>;
  cleanUp(): void;
}

export function createStateStore(dir: string): StateStore {
  const path = (name: string) => join(dir, name);
  const newest = path('state.json.gz');
  const before = path('state.previous.json.gz');
  const writing = path('state.new.json.gz');
  const unpacked = path('state.load.json');

  return {
    async save(url) {
      const head = await rpc<string>(url, 'eth_blockNumber');
      const dump = await rpc<string>(url, 'anvil_dumpState', [], SAVE_TIMEOUT_MS);
      if ((await rpc<string>(url, 'eth_blockNumber')) !== head) return false;
      const file = openSync(writing, 'w');
      try {
        writeSync(file, Buffer.from(dump.slice(2), 'hex'));
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      if (existsSync(newest)) renameSync(newest, before);
      renameSync(writing, newest);
      return true;
    },
    candidates: () => [newest, before].filter((file) => existsSync(file)),
    async unpack(name) {
      writeFileSync(unpacked, await unzip(await readFile(name)));
      return unpacked;
    },
    cleanUp: () => {
      rmSync(unpacked, { force: true });
      rmSync(writing, { force: true });
    },
  };
}
