/// <reference lib="dom" />
/**
 * A wallet as a browser extension has it: an EIP-1193 provider in the page, announced by EIP-6963, whose requests a key in the
 * test's process answers. The key never enters the page.
 */
import type { BrowserContext, Page } from '@playwright/test';
import {
  type HDNodeWallet,
  isHexString,
  JsonRpcProvider,
  type TypedDataDomain,
  type TypedDataField,
} from 'ethers';
import { type DevAccountName, devSigner } from '../../../scripts/devnet/accounts.ts';
import { RPC_URL } from './world.ts';

export const WALLET_NAME = 'Key in a drawer';
const RDNS = 'example.drawer';
const OUR_CHAIN = 31_337;
const REJECTED = 4001;
const UNKNOWN_CHAIN = 4902;
const NOT_OFFERED = 4200;
const SIGNING = new Set([
  'eth_requestAccounts',
  'personal_sign',
  'eth_signTypedData_v4',
  'eth_sendTransaction',
]);

interface RpcFailure {
  code: number;
  message: string;
  data?: unknown;
}

class RpcError extends Error {
  readonly failure: RpcFailure;
  constructor(failure: RpcFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

type Answer = { result: unknown } | { error: RpcFailure };
type Parameters = readonly unknown[];

export interface TestWallet {
  address: string;
  /** How often each method was asked. */
  asked: Map<string, number>;
  /** Declines the next request for a signature, as its owner would. */
  declineNext: () => void;
  /** Runs once, right before the next transaction is handed to the chain. */
  beforeNextTransaction: (action: () => Promise<void>) => void;
  /** Its owner chooses another network. */
  useChain: (page: Page, chainId: number) => Promise<void>;
}

/** What stands in the page: it only passes requests on. */
function announce({ name, rdns }: { name: string; rdns: string }): void {
  type Listener = (...values: unknown[]) => void;
  const bridge = window as unknown as {
    askTestWallet: (request: string) => Promise<Answer>;
    emitFromTestWallet: (event: string, value: unknown) => void;
  };
  const listeners = new Map<string, Set<Listener>>();
  const emit = (event: string, value: unknown) => {
    for (const listener of listeners.get(event) ?? []) listener(value);
  };
  const provider = {
    on(event: string, listener: Listener) {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listener));
      return provider;
    },
    removeListener(event: string, listener: Listener) {
      listeners.get(event)?.delete(listener);
      return provider;
    },
    async request({ method, params }: { method: string; params?: { chainId?: string }[] }) {
      const answer = await bridge.askTestWallet(JSON.stringify({ method, params: params ?? [] }));
      if ('error' in answer) throw Object.assign(new Error(answer.error.message), answer.error);
      if (method === 'eth_requestAccounts') emit('accountsChanged', answer.result);
      if (method === 'wallet_switchEthereumChain') emit('chainChanged', params?.[0]?.chainId);
      return answer.result;
    },
  };
  bridge.emitFromTestWallet = emit;
  const info = {
    uuid: '5b6f3c52-8a0e-4a34-9f1c-0d6f0d6a7e11',
    name,
    rdns,
    icon: 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>',
  };
  const detail = Object.freeze({ info: Object.freeze(info), provider });
  const say = () => window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }));
  window.addEventListener('eip6963:requestProvider', say);
  say();
}

async function signTyped(signer: HDNodeWallet, typed: string): Promise<string> {
  const { domain, types, message } = JSON.parse(typed) as {
    domain: TypedDataDomain;
    types: Record<string, TypedDataField[]>;
    message: Record<string, unknown>;
  };
  const { EIP712Domain: _, ...own } = types;
  return signer.signTypedData(domain, own, message);
}

/** The node's own code and data pass through, so that a custom error can be read. */
function failureOf(error: unknown): RpcFailure {
  if (error instanceof RpcError) return error.failure;
  const { info, data, message } = error as { info?: { error?: RpcFailure }; data?: unknown; message: string };
  const said = info?.error;
  return { code: said?.code ?? 3, message: said?.message ?? message, data: said?.data ?? data };
}

/** Puts the wallet into every page of the context. */
export async function installWallet(context: BrowserContext, who: DevAccountName): Promise<TestWallet> {
  const node = new JsonRpcProvider(RPC_URL, OUR_CHAIN, { staticNetwork: true, cacheTimeout: -1 });
  const signer = devSigner(who, node);
  let connected = false;
  let chainId = OUR_CHAIN;
  let declining = false;
  let before: (() => Promise<void>) | undefined;
  const asked = new Map<string, number>();

  async function send(transaction: {
    to: string;
    data?: string;
    value?: string;
    gas?: string;
  }): Promise<string> {
    const action = before;
    before = undefined;
    await action?.();
    const { to, data, value, gas } = transaction;
    // a wallet estimates anew what it is about to send
    await node.send('eth_estimateGas', [{ from: signer.address, to, data, value }]);
    const sent = await signer.sendTransaction({ to, data, value, gasLimit: gas });
    return sent.hash;
  }

  async function answer(method: string, params: Parameters): Promise<unknown> {
    if (declining && SIGNING.has(method)) {
      declining = false;
      throw new RpcError({ code: REJECTED, message: 'User rejected the request.' });
    }
    switch (method) {
      case 'eth_requestAccounts':
        connected = true;
        return [signer.address];
      case 'eth_accounts':
        return connected ? [signer.address] : [];
      case 'eth_chainId':
        return `0x${chainId.toString(16)}`;
      case 'wallet_revokePermissions':
        connected = false;
        return null;
      case 'wallet_requestPermissions':
      case 'wallet_getPermissions':
        return connected ? [{ parentCapability: 'eth_accounts' }] : [];
      case 'wallet_switchEthereumChain': {
        if (Number((params[0] as { chainId: string }).chainId) !== OUR_CHAIN)
          throw new RpcError({ code: UNKNOWN_CHAIN, message: 'Unrecognized chain ID.' });
        chainId = OUR_CHAIN;
        return null;
      }
      case 'wallet_addEthereumChain':
        return null;
      case 'personal_sign': {
        const message = params[0] as string;
        return signer.signMessage(isHexString(message) ? Buffer.from(message.slice(2), 'hex') : message);
      }
      case 'eth_signTypedData_v4':
        return signTyped(signer, params[1] as string);
      case 'eth_sendTransaction':
        return send(params[0] as { to: string });
      case 'wallet_getCapabilities':
      case 'wallet_sendCalls':
      case 'eth_sign':
      case 'eth_signTransaction':
        throw new RpcError({ code: NOT_OFFERED, message: `${method} is not offered` });
      default:
        return node.send(method, [...params]);
    }
  }

  await context.exposeFunction('askTestWallet', async (request: string): Promise<Answer> => {
    const { method, params } = JSON.parse(request) as { method: string; params: Parameters };
    asked.set(method, (asked.get(method) ?? 0) + 1);
    try {
      return { result: await answer(method, params) };
    } catch (error) {
      return { error: failureOf(error) };
    }
  });
  await context.addInitScript(announce, { name: WALLET_NAME, rdns: RDNS });
  context.once('close', () => node.destroy());

  return {
    address: signer.address,
    asked,
    declineNext: () => {
      declining = true;
    },
    beforeNextTransaction: (action) => {
      before = action;
    },
    useChain: async (page, next) => {
      chainId = next;
      await page.evaluate(
        (id) => {
          const bridge = window as unknown as { emitFromTestWallet: (event: string, value: unknown) => void };
          bridge.emitFromTestWallet('chainChanged', id);
        },
        `0x${next.toString(16)}`,
      );
    },
  };
}
