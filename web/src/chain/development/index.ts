import type { Chain } from 'viem';
import type { CreateConnectorFn } from 'wagmi';
import { injected } from 'wagmi';
import { PERSONAS, type Persona } from './personas';
import { createDevelopmentProvider, type DevelopmentProvider } from './provider';

/**
 * The development wallet: be an investor, a signer, the operator or the auditor without a browser extension.
 * Only in builds that ask for it (NEXT_PUBLIC_DEV_WALLET=1); next.config.ts puts `left-out.ts` here otherwise.
 */
export const DEVELOPMENT_CONNECTOR_ID = 'aurumDevelopment';

let provider: DevelopmentProvider | null = null;

export function developmentConnectors(chain: Chain): CreateConnectorFn[] {
  provider ??= createDevelopmentProvider(chain);
  return [
    injected({
      target: { id: DEVELOPMENT_CONNECTOR_ID, name: 'Development wallet', provider: provider as never },
    }),
  ];
}

export interface DevelopmentWallet {
  personas: readonly Persona[];
  current: () => Persona | null;
  choose: (persona: Persona | null) => Promise<void>;
}

/** Null in builds without it. */
export const developmentWallet: DevelopmentWallet | null = {
  personas: PERSONAS,
  current: () => provider?.persona() ?? null,
  choose: async (persona) => provider?.choose(persona),
};

export type { Persona };
