'use client';

import { redemptionDeskAbi } from '@e-aurum/sdk/abi';
import type { Redemption } from '@e-aurum/sdk/rest';
import { useState } from 'react';
import type { Hex } from 'viem';
import { useContract } from '@/chain/deployment';
import { TransactionStatus } from '@/chain/transaction/TransactionStatus';
import { useTransaction } from '@/chain/transaction/use-transaction';
import { useRedemptionOnChain } from '@/features/redeem/use-redemption';
import { useApi } from '@/shared/api/use-api';
import { Button } from '@/shared/ui/Button';
import { Hash } from '@/shared/ui/Hash';
import { Note } from '@/shared/ui/Note';
import { Empty, Failed, SkeletonRows } from '@/shared/ui/State';
import { Back } from '../Back';
import { FileHashField } from '../FileHashField';
import { useView } from '../use-view';
import { REDEMPTIONS_PATH } from './paths';
import { RedemptionBars, RedemptionFacts, RedemptionHead, RedemptionHistory } from './RedemptionHead';

const REFRESH_MS = 3_000;
const SHOWN = 100;

/** One redemption for the auditor, who sees no address, and attests what the vault proved. */
export function AuditorDetail({ id }: { id: string }) {
  const { go } = useView();
  const { data, problem, refetch } = useApi<{ items: Redemption[] }>(`${REDEMPTIONS_PATH}?limit=${SHOWN}`, {
    refreshMs: REFRESH_MS,
  });
  const redemption = data?.items.find((item) => item.id === id);
  return (
    <>
      <Back to="All redemptions" onBack={() => go('redemptions')} />
      {problem && <Failed what="this redemption" problem={problem} retry={refetch} />}
      {!problem && !data && <SkeletonRows rows={8} label="The redemption is loading" />}
      {data && !redemption && (
        <Empty title="Not among the newest">Only the newest {SHOWN} redemptions can be opened here.</Empty>
      )}
      {redemption && (
        <>
          <RedemptionHead redemption={redemption} />
          <div className="grid items-start gap-10 lg:grid-cols-[minmax(0,1fr)_400px]">
            <div className="min-w-0">
              <RedemptionFacts redemption={redemption} />
              <RedemptionBars redemption={redemption} />
              <RedemptionHistory redemption={redemption} />
            </div>
            <Attest id={id} />
          </div>
        </>
      )}
    </>
  );
}

/** The document that the auditor saw must be the one that the vault proved with. */
function Attest({ id }: { id: string }) {
  const { onChain } = useRedemptionOnChain(BigInt(id));
  const desk = useContract('RedemptionDesk');
  const flow = useTransaction();
  const [seen, setSeen] = useState<Hex | null>(null);
  if (flow.stage.name !== 'idle')
    return (
      <TransactionStatus
        flow={flow}
        again="Back to the redemption"
        done={() => (
          <p className="display-serif text-[24px]">
            Attested. The holder can dispute it until the window ends; then anyone completes it.
          </p>
        )}
      />
    );
  if (!onChain) return null;
  if (onChain.state !== 'Shipped' || onChain.attestedAt !== 0)
    return <p className="text-[14px] text-ink-2">There is nothing for the auditor to do in its state.</p>;
  if (onChain.provenAt === 0)
    return (
      <Note tone="closed" title="No delivery is proved yet.">
        The vault proves it with the carrier’s document; then you compare.
      </Note>
    );
  const same = seen !== null && seen === onChain.proofHash;
  const attest = () =>
    flow.run({
      title: `Attest the delivery of redemption ${id}`,
      call: {
        address: desk,
        abi: redemptionDeskAbi,
        functionName: 'attestDelivery',
        args: [BigInt(id), seen],
      },
    });
  return (
    <div className="grid gap-4">
      <p className="text-[14px]">
        The vault proved the delivery with a document whose hash is{' '}
        <Hash value={onChain.proofHash} label="hash of the proof" />.
      </p>
      <FileHashField
        label="The document you have"
        hint="Get it from the carrier, not from the vault, and choose it here."
        error={seen && !same ? 'This is another document: its hash differs.' : undefined}
        onHash={setSeen}
      />
      <Button kind="gold" wide disabled={!same} onClick={attest}>
        {same ? `Attest the delivery of redemption ${id}` : 'Compare the document first'}
      </Button>
    </div>
  );
}
