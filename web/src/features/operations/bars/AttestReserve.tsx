'use client';

import { barListRoot } from '@e-aurum/sdk';
import { goldReserveAbi } from '@e-aurum/sdk/abi';
import { useState } from 'react';
import { keccak256 } from 'viem';
import { useReadContract } from 'wagmi';
import { useContract, useDeployment } from '@/chain/deployment';
import { TransactionStatus } from '@/chain/transaction/TransactionStatus';
import { useTransaction } from '@/chain/transaction/use-transaction';
import { formatMg } from '@/shared/format/money';
import { TimeAgo } from '@/shared/time/TimeAgo';
import { Button } from '@/shared/ui/Button';
import { CheckField, TextField } from '@/shared/ui/Field';
import { Hash } from '@/shared/ui/Hash';
import { Note } from '@/shared/ui/Note';
import { Facts } from '@/shared/ui/Section';
import { attestTitle, isBacking, planAttestation, weightOf } from './plan';
import type { BarList } from './use-bars';

const REFRESH_MS = 6_000;
/** Where anybody reads the same list. */
const ownList = (): string =>
  typeof window === 'undefined' ? '' : `${window.location.origin}/v1/reserve/bars?limit=500`;

/** The auditor counts, and signs for the list as a whole: its number, weight and root. */
export function AttestReserve({ list }: { list: BarList }) {
  const { chainId } = useDeployment();
  const reserve = useContract('GoldReserve');
  const flow = useTransaction();
  const [uri, setUri] = useState(ownList);
  const [counted, setCounted] = useState(false);
  const backing = list.bars.filter(isBacking);
  const total = weightOf(backing);
  const root = barListRoot(backing, keccak256);
  const contract = { chainId, address: reserve, abi: goldReserveAbi } as const;
  const query = { refetchInterval: REFRESH_MS };
  const { data: last } = useReadContract({ ...contract, functionName: 'lastAttestation', query });
  const { data: basis } = useReadContract({ ...contract, functionName: 'mintBasis', query });
  const recorded = basis?.[0];

  if (flow.stage.name !== 'idle')
    return (
      <div className="max-w-[560px]">
        <TransactionStatus
          flow={flow}
          again="Back to the reserve"
          done={() => (
            <p className="display-serif text-[24px]">Attested. Minting may go by it from now on.</p>
          )}
        />
      </div>
    );
  return (
    <form
      className="grid max-w-[640px] gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        flow.run((config) => planAttestation(config, { chainId, reserve, root, uri }));
      }}
    >
      <Facts
        facts={[
          { label: 'Bars that are active or set aside', value: backing.length },
          { label: 'Their fine weight, added up here', value: <b>{formatMg(total)}</b> },
          {
            label: 'What the reserve says',
            value: recorded === undefined ? '…' : formatMg(recorded),
          },
          { label: 'Root of the list, computed here', value: <Hash value={root} label="root of the list" /> },
          {
            label: 'Last attestation',
            value:
              last && last.asOf !== 0 ? (
                <>
                  <TimeAgo at={last.asOf * 1_000} />,{' '}
                  {last.root === root ? 'of this same list' : 'of another list'}
                </>
              ) : (
                'none in force'
              ),
          },
        ]}
      />
      {recorded !== undefined && recorded !== total && (
        <Note tone="down" live title="The sums differ.">
          The list may just be changing. If it stays so, do not attest, and ask why.
        </Note>
      )}
      <TextField
        label="Where the list is published"
        hint="An address at which anybody finds the bars and weights that you counted"
        value={uri}
        required
        maxLength={300}
        onChange={(event) => setUri(event.target.value)}
      />
      <CheckField
        label="I counted these bars in the vault, in person, and weighed them or checked their seals."
        checked={counted}
        required
        onChange={(event) => setCounted(event.target.checked)}
      />
      <div>
        <Button type="submit" kind="gold" disabled={!counted || recorded !== total}>
          {attestTitle(backing)}
        </Button>
        <p className="mt-2 text-[13px] text-ink-2">
          The reserve refuses if a bar was added, taken or re-weighed in the meantime.
        </p>
      </div>
    </form>
  );
}
