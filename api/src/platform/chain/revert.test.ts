import { goldDeskAbi } from '@e-aurum/sdk/abi';
import { Interface, makeError } from 'ethers';
import { describe, expect, it } from 'vitest';
import { decodeRevert, revertOf } from './revert.ts';

const desk = new Interface(goldDeskAbi as never);

describe('a revert', () => {
  it('is named, with its values', () => {
    const data = desk.encodeErrorResult('TooLittle', [5n, 6n]);
    expect(decodeRevert(data)).toEqual({
      name: 'TooLittle',
      arguments: { amount: '5', least: '6' },
      text: 'TooLittle(amount=5, least=6)',
    });
  });

  it('is told from the network', () => {
    const data = desk.encodeErrorResult('DealingHalted', []);
    const transaction = { to: null, data: '0x' };
    const details = {
      action: 'call' as const,
      data,
      reason: null,
      transaction,
      invocation: null,
      revert: null,
    };
    expect(revertOf(makeError('refused', 'CALL_EXCEPTION', details))?.name).toBe('DealingHalted');
    expect(revertOf(makeError('gone', 'NETWORK_ERROR', { event: 'x' }))).toBeNull();
    expect(revertOf(new Error('ECONNREFUSED'))).toBeNull();
  });

  it('of an unknown kind is still a revert', () => {
    expect(decodeRevert('0x')).toBeNull();
    expect(decodeRevert('0x12345678')).toBeNull();
    const transaction = { to: null, data: '0x' };
    const details = {
      action: 'call' as const,
      data: '0x12345678',
      reason: null,
      transaction,
      invocation: null,
      revert: null,
    };
    expect(revertOf(makeError('refused', 'CALL_EXCEPTION', details))?.name).toBe('Reverted');
  });
});
