'use client';

import type { Ceremony } from '@e-aurum/sdk/rest';
import type { Address } from 'viem';
import { useDeployment } from '@/chain/deployment';
import { Hash } from '@/shared/ui/Hash';
import { Note } from '@/shared/ui/Note';
import { hashesAgree, hashesOf } from './safe';

const grouped = (hash: string): string => hash.slice(2).replace(/(.{4})(?=.)/g, '$1 ');

/** What a signing device shows, computed in this browser from the transaction's fields and compared with the service. */
export function CeremonyHashes({ ceremony }: { ceremony: Ceremony }) {
  const { chainId, safe } = useDeployment();
  const hashes = hashesOf(chainId, safe as Address, ceremony);
  return (
    <div className="grid gap-3">
      <div>
        <p className="text-[13px] text-ink-2">
          Safe transaction hash, nonce {ceremony.safeTransaction.nonce}
        </p>
        <p className="font-mono text-[14px] leading-6 break-words" data-testid="safe-transaction-hash">
          {grouped(hashes.transaction)}
        </p>
      </div>
      <details className="text-[13.5px]">
        <summary className="text-ink-2 hover:text-ink">Domain and message hash, fields and data</summary>
        <dl className="mt-2 grid gap-2">
          {[
            ['Domain hash', hashes.domain],
            ['Message hash', hashes.message],
            ['Safe transaction hash', hashes.transaction],
            ['To', ceremony.safeTransaction.to],
            ['Data', ceremony.safeTransaction.data],
          ].map(([label, value]) => (
            <div key={label}>
              <dt className="text-ink-2">{label}</dt>
              <dd className="max-h-40 overflow-y-auto">
                <Hash whole value={value as string} label={String(label)} className="text-[12.5px]" />
              </dd>
            </div>
          ))}
          <div>
            <dt className="text-ink-2">Operation</dt>
            <dd>
              {ceremony.safeTransaction.operation === 0
                ? '0, a call'
                : '1, a batch by delegatecall to MultiSendCallOnly, the only one that the guard lets through'}
            </dd>
          </div>
        </dl>
      </details>
      {!hashesAgree(hashes, ceremony) && (
        <Note tone="down" live title="Do not sign.">
          The service says {ceremony.safeTransactionHash}, which is not the hash of the fields it shows.
        </Note>
      )}
    </div>
  );
}
