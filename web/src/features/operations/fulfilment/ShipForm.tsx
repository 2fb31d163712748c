'use client';

import type { Redemption } from '@e-aurum/sdk/rest';
import { useState } from 'react';
import { fieldErrors } from '@/shared/api/field-errors';
import { Button } from '@/shared/ui/Button';
import { TextField } from '@/shared/ui/Field';
import { ProblemNote } from '../ProblemNote';
import { useStep } from './use-step';

export function ShipForm({ redemption }: { redemption: Redemption }) {
  const [carrier, setCarrier] = useState('');
  const [trackingNumber, setTrackingNumber] = useState('');
  const { take, busy, error } = useStep(redemption, 'ship');
  const errors = fieldErrors(error);
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        take({ carrier, trackingNumber });
      }}
    >
      <TextField
        label="Carrier"
        value={carrier}
        required
        minLength={2}
        maxLength={60}
        error={errors.carrier}
        onChange={(event) => setCarrier(event.target.value)}
      />
      <TextField
        label="Tracking number"
        hint="The holder sees it; the chain gets only the hash of both"
        value={trackingNumber}
        required
        minLength={4}
        maxLength={60}
        autoComplete="off"
        error={errors.trackingNumber}
        onChange={(event) => setTrackingNumber(event.target.value)}
      />
      <ProblemNote error={error} />
      <Button type="submit" kind="gold" wide disabled={busy}>
        {busy ? 'Handed in …' : 'Ship it with this number'}
      </Button>
    </form>
  );
}
