import { describe, expect, it } from 'vitest';
import { refusalOf } from './node-errors.ts';

describe('what a node means', () => {
  it.each([
    ['already-known', { message: 'already known' }],
    ['already-known', { info: { error: { message: 'transaction already imported' } } }],
    ['already-known', { error: { message: 'AlreadyKnown: known transaction' } }],
    ['nonce-used', { code: 'NONCE_EXPIRED', message: 'nonce has already been used' }],
    ['nonce-used', { message: 'nonce too low: next nonce 5, tx nonce 4' }],
    ['underpriced', { message: 'replacement transaction underpriced' }],
    ['underpriced', { code: 'REPLACEMENT_UNDERPRICED', message: '' }],
    ['underpriced', { message: 'max fee per gas less than block base fee' }],
    ['no-funds', { message: 'insufficient funds for gas * price + value' }],
    ['other', { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' }],
    ['other', {}],
  ])('%s', (meaning, error) => {
    expect(refusalOf(error)).toBe(meaning);
  });
});
