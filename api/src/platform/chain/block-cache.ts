import type { Block } from 'ethers';
import type { Chain } from './chain.ts';

/**
 * Remembers what was read at a block until there is a newer one, so that many readers of a page cost the endpoint one
 * read a block. A failed read is not remembered.
 */
export function createBlockCache<T>(chain: Chain, load: (block: Block) => Promise<T>): () => Promise<T> {
  let kept: { hash: string; value: Promise<T> } | undefined;
  return async () => {
    const block = await chain.newestBlock();
    const hash = block.hash ?? String(block.number);
    if (kept?.hash === hash) return kept.value;
    const value = load(block);
    kept = { hash, value };
    value.catch(() => {
      if (kept?.value === value) kept = undefined;
    });
    return value;
  };
}

/** Remembers the answer for a key for a short while (milliseconds); a failed one is not remembered. */
export function createTimedCache<T>(lifetimeMs: number, load: (key: string) => Promise<T>) {
  const kept = new Map<string, { until: number; value: Promise<T> }>();
  return (key: string): Promise<T> => {
    const now = Date.now();
    const found = kept.get(key);
    if (found && found.until > now) return found.value;
    if (kept.size > 10_000) for (const [old, entry] of kept) if (entry.until <= now) kept.delete(old);
    const value = load(key);
    kept.set(key, { until: now + lifetimeMs, value });
    value.catch(() => kept.delete(key));
    return value;
  };
}
