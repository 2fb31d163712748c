import { errorsAbi } from '@e-aurum/sdk/abi';
import { describe, expect, it } from 'vitest';
import { REFUSALS, refusalProblem } from './quotes.ts';

describe('a refusal of the desk', () => {
  it('is told for errors that the contracts have', () => {
    const names = errorsAbi.map(({ name }) => name as string);
    for (const name of Object.keys(REFUSALS)) expect(names).toContain(name);
  });

  it('is 409 when it may pass and 422 when the caller must change something', () => {
    const statusOf = (name: string) => refusalProblem({ name, arguments: {}, text: name }).problem;
    expect(statusOf('DealingHalted')).toMatchObject({ status: 409, code: 'dealing-halted' });
    expect(statusOf('TradeTooLarge')).toMatchObject({ status: 422, code: 'trade-too-large' });
    expect(statusOf('SomethingNew')).toMatchObject({ status: 422, code: 'desk-refused' });
    expect(statusOf('SomethingNew').detail).toContain('SomethingNew');
  });
});
