'use client';

import type { Redemption } from '@e-aurum/sdk/rest';
import { useState } from 'react';
import type { Hex } from 'viem';
import { fieldErrors } from '@/shared/api/field-errors';
import { Button } from '@/shared/ui/Button';
import { TextField } from '@/shared/ui/Field';
import { FileHashField } from '../FileHashField';
import { ProblemNote } from '../ProblemNote';
import { useStep } from './use-step';

/** Minutes of the clock on this device, as a datetime-local field wants it. */
const localNow = (): string => {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

/** The carrier's word that it was handed over; the document's hash goes to the chain for the auditor to compare. */
export function ProveForm({ redemption }: { redemption: Redemption }) {
  const [signedBy, setSignedBy] = useState('');
  const [deliveredAt, setDeliveredAt] = useState(localNow);
  const [documentHash, setDocumentHash] = useState<Hex | null>(null);
  const { take, busy, error } = useStep(redemption, 'prove-delivery');
  const errors = fieldErrors(error);
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        take({ signedBy, deliveredAt: new Date(deliveredAt).toISOString(), documentHash });
      }}
    >
      <TextField
        label="Signed by"
        hint="Who took it at the door; encrypted"
        value={signedBy}
        required
        minLength={2}
        maxLength={120}
        error={errors.signedBy}
        onChange={(event) => setSignedBy(event.target.value)}
      />
      <TextField
        label="Delivered at"
        type="datetime-local"
        value={deliveredAt}
        required
        error={errors.deliveredAt}
        onChange={(event) => setDeliveredAt(event.target.value)}
      />
      <FileHashField
        label="Proof of delivery"
        hint="The carrier’s document. Only its hash is sent; give the file itself to the auditor."
        error={errors.documentHash}
        onHash={setDocumentHash}
      />
      <ProblemNote error={error} />
      <Button type="submit" kind="gold" wide disabled={busy || documentHash === null}>
        {busy ? 'Handed in …' : documentHash === null ? 'Choose the document first' : 'Prove the delivery'}
      </Button>
    </form>
  );
}
