/** What a node means when it refuses signed bytes. Each client has its own words. */
export type BroadcastRefusal = 'already-known' | 'nonce-used' | 'underpriced' | 'no-funds' | 'other';

const WORDS: [BroadcastRefusal, RegExp][] = [
  ['already-known', /already known|already imported|known transaction|already exists in the mempool/i],
  [
    'nonce-used',
    /nonce too low|nonce is too low|invalid nonce|nonce has already been used|already been used/i,
  ],
  ['underpriced', /underpriced|fee too low|gas price too low|max fee per gas less than/i],
  ['no-funds', /insufficient funds|insufficient balance/i],
];

/** The reason behind an error of `eth_sendRawTransaction`. */
export function refusalOf(error: unknown): BroadcastRefusal {
  const {
    code,
    message = '',
    info,
    error: inner,
  } = error as {
    code?: string;
    message?: string;
    info?: { error?: { message?: string } };
    error?: { message?: string };
  };
  if (code === 'NONCE_EXPIRED') return 'nonce-used';
  if (code === 'REPLACEMENT_UNDERPRICED') return 'underpriced';
  if (code === 'INSUFFICIENT_FUNDS') return 'no-funds';
  const text = `${message} ${info?.error?.message ?? ''} ${inner?.message ?? ''}`;
  return WORDS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other';
}
