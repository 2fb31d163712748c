'use client';

import type { Capacity } from '@e-aurum/sdk/rest';
import type { ReactNode } from 'react';
import { useSession } from '@/chain/account/use-session';
import { Note } from '@/shared/ui/Note';

const ROLE_WORDS: Record<Capacity, string> = {
  investor: 'an investor',
  operator: 'the vault’s operator',
  custodian: 'the vault’s operator (custodian)',
  auditor: 'the auditor',
  compliance: 'the compliance signer',
  guardian: 'a guardian',
  signer: 'a treasury signer',
};

interface CapableProps {
  need: readonly Capacity[];
  /** What the account would have to be somebody else for: "review applications". */
  to: string;
  children: ReactNode;
}

/** Its children for those who may; for the others, who may. */
export function Capable({ need, to, children }: CapableProps) {
  const { can } = useSession();
  if (need.some(can)) return children;
  return (
    <Note tone="closed" title={`Not with this account.`}>
      Only {need.map((capacity) => ROLE_WORDS[capacity]).join(' or ')} can {to}. Connect that account to go
      on.
    </Note>
  );
}
