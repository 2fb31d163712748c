import { makeError } from 'ethers';
import { describe, expect, it } from 'vitest';
import { isEndpointFailure } from '../chain/rpc-error.ts';
import { sendFault } from './send-error.ts';

/** As ethers hands on what a node said. */
const said = (message: string, code = -32_000): Error =>
  makeError('could not coalesce error', 'UNKNOWN_ERROR', { error: { code, message } } as never);

describe('what nodes mean when they refuse a transaction', () => {
  it.each([
    ['known', 'already known'],
    ['known', 'ALREADY_EXISTS: already known'],
    ['known', 'known transaction: 0xab'],
    ['known', 'AlreadyKnown'],
    ['known', 'Transaction with the same hash was already imported.'],
    ['known', 'transaction already imported'],
    ['nonce-used', 'nonce too low: next nonce 5, tx nonce 4'],
    ['nonce-used', 'OldNonce'],
    ['nonce-used', 'Nonce is too low'],
    ['nonce-used', 'nonce has already been used'],
    ['nonce-used', 'NONCE_TOO_LOW: nonce below current'],
    ['underpriced', 'replacement transaction underpriced'],
    ['underpriced', 'transaction underpriced: gas tip cap 1, minimum needed 50000000'],
    ['underpriced', 'FeeTooLow, MaxFeePerGas too low'],
    ['underpriced', 'max fee per gas less than block base fee'],
    ['underpriced', 'Gas price below configured minimum gas price'],
    ['underpriced', 'REPLACEMENT_NOT_ALLOWED: replacement fee too low'],
    ['nonce-gap', 'nonce too high'],
    ['nonce-gap', 'NonceGap, Future nonce. nonce gap'],
    ['no-funds', 'insufficient funds for gas * price + value: balance 0'],
    ['no-funds', 'Upfront cost exceeds account balance'],
    ['other', 'intrinsic gas too low'],
    ['other', 'something new'],
  ])('%s: %s', (fault, message) => {
    expect(sendFault(said(message))).toBe(fault);
  });

  it('goes by the code of ethers where the words are not known', () => {
    expect(sendFault(makeError('x', 'NONCE_EXPIRED'))).toBe('nonce-used');
    expect(sendFault(makeError('x', 'REPLACEMENT_UNDERPRICED'))).toBe('underpriced');
    expect(sendFault(makeError('x', 'INSUFFICIENT_FUNDS'))).toBe('no-funds');
    expect(sendFault(new Error('connect ECONNREFUSED'))).toBe('other');
  });
});

describe('whose fault a failure is', () => {
  it('is the endpoint’s when it can’t be reached, is too busy, or does not have what others have', () => {
    for (const error of [
      new Error('connect ECONNREFUSED 127.0.0.1:8545'),
      makeError('request timeout', 'TIMEOUT'),
      makeError('server response 502', 'SERVER_ERROR'),
      said('rate limit exceeded', -32_005),
      said('header not found'),
      said('Too Many Requests', 429),
      said('the method eth_maxPriorityFeePerGas does not exist/is not available, method not found', -32_601),
    ])
      expect(isEndpointFailure(error)).toBe(true);
  });

  it('is ours when a node answered', () => {
    for (const error of [
      makeError('execution reverted', 'CALL_EXCEPTION'),
      said('nonce too low'),
      said('replacement transaction underpriced'),
      said('execution reverted', 3),
    ])
      expect(isEndpointFailure(error)).toBe(false);
  });
});
