import type { Chain, EIP1193Provider } from 'viem';
import { PERSONAS, type Persona } from './personas';
import type { Signer } from './signer';

type Listener = (...values: never[]) => void;

const STORAGE_KEY = 'aurum.persona';

/** An EIP-1193 provider that is whoever was chosen. Signs at once: on a development chain nothing is at stake. */
export interface DevelopmentProvider {
  request: EIP1193Provider['request'];
  on: (event: string, listener: Listener) => void;
  removeListener: (event: string, listener: Listener) => void;
  persona: () => Persona | null;
  choose: (persona: Persona | null) => Promise<void>;
}

const notOffered = (method: string): Error =>
  Object.assign(new Error(`${method} is not offered by the development wallet`), { code: 4200 });

function storedPersona(): Persona | null {
  try {
    const key = localStorage.getItem(STORAGE_KEY);
    return PERSONAS.find((persona) => persona.key === key) ?? null;
  } catch {
    return null;
  }
}

export function createDevelopmentProvider(chain: Chain): DevelopmentProvider {
  const listeners = new Map<string, Set<Listener>>();
  const emit = (event: string, value: unknown) => {
    for (const listener of listeners.get(event) ?? []) (listener as (value: unknown) => void)(value);
  };
  const signers = new Map<number, Promise<Signer>>();
  let chosen: Persona | null | undefined;

  const persona = (): Persona | null => {
    chosen ??= storedPersona();
    return chosen;
  };
  const signerOf = ({ index }: Persona): Promise<Signer> => {
    let signer = signers.get(index);
    if (!signer) {
      // the keys and what derives them are loaded only when somebody is chosen
      signer = import('./signer').then(({ createSigner }) => createSigner(index, chain));
      signers.set(index, signer);
    }
    return signer;
  };
  const accounts = async (): Promise<string[]> => {
    const current = persona();
    return current ? [(await signerOf(current)).address] : [];
  };

  const request = async ({ method, params }: { method: string; params?: unknown }): Promise<unknown> => {
    switch (method) {
      case 'eth_accounts':
      case 'eth_requestAccounts':
        return accounts();
      case 'eth_chainId':
        return `0x${chain.id.toString(16)}`;
      case 'wallet_switchEthereumChain':
        return null;
      case 'wallet_revokePermissions':
        await choose(null);
        return null;
      case 'wallet_requestPermissions':
      case 'wallet_getPermissions':
      case 'wallet_getCapabilities':
      case 'wallet_sendCalls':
      case 'eth_sign':
      case 'eth_signTransaction':
        throw notOffered(method);
    }
    const current = persona();
    if (!current) throw Object.assign(new Error('Choose a person first'), { code: 4100 });
    return (await signerOf(current)).request(method, (params ?? []) as unknown[]);
  };

  async function choose(next: Persona | null): Promise<void> {
    chosen = next;
    try {
      if (next) localStorage.setItem(STORAGE_KEY, next.key);
      else localStorage.removeItem(STORAGE_KEY);
    } catch {
      // it then lasts for this page only
    }
    emit('accountsChanged', await accounts());
  }

  return {
    request: request as EIP1193Provider['request'],
    on: (event, listener) => {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
    },
    removeListener: (event, listener) => listeners.get(event)?.delete(listener),
    persona,
    choose,
  };
}
