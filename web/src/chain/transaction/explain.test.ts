import { errorsAbi } from '@e-aurum/sdk/abi';
import {
  type Abi,
  BaseError,
  ContractFunctionRevertedError,
  encodeErrorResult,
  parseAbi,
  RpcRequestError,
  UserRejectedRequestError,
} from 'viem';
import { describe, expect, it } from 'vitest';
import { explainError } from './explain.ts';
import { explainCustomError, REFUSALS } from './refusals.ts';

const revert = (errorName: string, args: unknown[]): BaseError => {
  const data = encodeErrorResult({ abi: errorsAbi as Abi, errorName, args });
  const rpc = new RpcRequestError({
    body: {},
    url: '/rpc',
    error: { code: 3, message: 'execution reverted', data },
  });
  return new BaseError('The call failed', { cause: rpc });
};

describe('errors in plain words', () => {
  it('decodes a custom error from the revert of a wallet', () => {
    const refusal = explainError(revert('TradeTooLarge', [10n ** 21n, 5n * 10n ** 20n]));
    expect(refusal).toEqual({
      title: 'That is too much for one trade',
      detail: 'At most 500.0000 g can be traded at once now.',
    });
  });
  it('puts the codes of the Safe in words', () => {
    const data = encodeErrorResult({ abi: parseAbi(['error Error(string)']), args: ['GS013'] });
    const reverted = new ContractFunctionRevertedError({ abi: [], data, functionName: 'execTransaction' });
    const refusal = explainError(new BaseError('The call failed', { cause: reverted }));
    expect(refusal.title).toBe('The call inside would fail');
  });
  it('says who declined, and that nothing was sent', () => {
    const error = new BaseError('x', { cause: new UserRejectedRequestError(new Error('no')) });
    expect(explainError(error).title).toBe('You declined in your wallet');
    expect(explainError(Object.assign(new Error('no'), { code: 4001 })).title).toBe(
      'You declined in your wallet',
    );
  });
  it('keeps name and values of an error that it does not know', () => {
    expect(explainCustomError('SomethingNew', [1n, '0xab']).detail).toContain('SomethingNew(1, 0xab)');
    expect(explainCustomError('toString', []).detail).toContain('toString()');
  });
  it('knows every error it explains from the contracts, or from the standards they inherit', () => {
    const known = new Set<string>(errorsAbi.map(({ name }) => name));
    const unknown = Object.keys(REFUSALS).filter((name) => !known.has(name));
    expect(unknown).toEqual([]);
  });
});
