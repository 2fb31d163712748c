import { describe, expect, it } from 'vitest';
import { refuseRpc } from './rpc-methods.ts';

const call = (method: string) => ({ jsonrpc: '2.0', id: 7, method, params: [] });

describe('the way to the chain', () => {
  it('passes reading and signed transactions on, alone or in a batch', () => {
    expect(refuseRpc(call('eth_call'))).toBeNull();
    expect(refuseRpc([call('eth_chainId'), call('eth_sendRawTransaction')])).toBeNull();
  });

  it.each([
    'anvil_setBalance',
    'evm_mine',
    'hardhat_impersonateAccount',
    'debug_traceTransaction',
    'eth_sendTransaction',
    'eth_sign',
    'eth_accounts',
    'personal_unlockAccount',
    'toString',
  ])('refuses %s', (method) => {
    expect(refuseRpc(call(method))).toMatchObject({ id: 7, error: { code: -32601 } });
    expect(refuseRpc([call('eth_call'), call(method)])).toMatchObject({ error: { code: -32601 } });
  });

  it.each([[null], [[]], ['eth_call'], [{ id: 1 }], [Array.from({ length: 61 }, () => call('eth_call'))]])(
    'refuses what is no request: %j',
    (body) => {
      expect(refuseRpc(body)).toMatchObject({ error: { code: -32600 } });
    },
  );
});
