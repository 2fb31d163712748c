'use client';

import type { KycApplication, KycCase } from '@e-aurum/sdk/rest';
import { type FormEvent, useRef } from 'react';
import { fieldErrors } from '@/shared/api/field-errors';
import { useApiPost } from '@/shared/api/use-api';
import { Button } from '@/shared/ui/Button';
import { CountryField } from '@/shared/ui/CountryField';
import { CheckField, SelectField, TextField } from '@/shared/ui/Field';
import { Note } from '@/shared/ui/Note';

const DOCUMENTS: Record<KycApplication['documentType'], string> = {
  passport: 'Passport',
  identityCard: 'Identity card',
  drivingLicence: 'Driving licence',
};
const FUNDS: Record<KycApplication['sourceOfFunds'], string> = {
  salary: 'Salary',
  savings: 'Savings',
  business: 'Business',
  investments: 'Investments',
  inheritance: 'Inheritance',
  other: 'Something else',
};
const GROUP = 'grid gap-4 border-t border-line pt-5 sm:grid-cols-2';
const LEGEND = 'display-serif float-left mb-1 text-[22px] sm:col-span-2';

function readForm(form: HTMLFormElement): unknown {
  const { declaration, ...fields } = Object.fromEntries(new FormData(form));
  return { ...fields, declaration: declaration === 'on' };
}

/** The application. What is written here is sent once, encrypted there, and kept nowhere on this device. */
export function KycForm() {
  const post = useApiPost<KycCase>(['/v1/kyc', '/v1/me']);
  const form = useRef<HTMLFormElement>(null);
  const errors = fieldErrors(post.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!form.current) return;
    post.mutate(
      { path: '/v1/kyc/case', body: readForm(form.current) },
      { onError: () => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus() },
    );
  };
  return (
    <form ref={form} onSubmit={submit} className="grid gap-7">
      <fieldset className={GROUP}>
        <legend className={LEGEND}>You</legend>
        <TextField
          label="Full name"
          name="fullName"
          autoComplete="name"
          required
          minLength={2}
          maxLength={120}
          error={errors.fullName}
          hint="As in your document"
          className="sm:col-span-2"
        />
        <TextField
          label="Date of birth"
          name="dateOfBirth"
          type="date"
          autoComplete="bday"
          required
          error={errors.dateOfBirth}
        />
        <CountryField label="Nationality" name="nationality" required error={errors.nationality} />
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="email"
          required
          error={errors.email}
          hint="For questions about this application only"
          className="sm:col-span-2"
        />
      </fieldset>
      <fieldset className={GROUP}>
        <legend className={LEGEND}>Where you live</legend>
        <TextField
          label="Street and number"
          name="address"
          autoComplete="street-address"
          required
          minLength={5}
          maxLength={200}
          error={errors.address}
          className="sm:col-span-2"
        />
        <TextField
          label="Postal code"
          name="postalCode"
          autoComplete="postal-code"
          required
          maxLength={20}
          error={errors.postalCode}
        />
        <TextField
          label="City"
          name="city"
          autoComplete="address-level2"
          required
          maxLength={100}
          error={errors.city}
        />
        <CountryField
          label="Country"
          name="country"
          required
          error={errors.country}
          className="sm:col-span-2"
        />
      </fieldset>
      <fieldset className={GROUP}>
        <legend className={LEGEND}>Your document, your funds</legend>
        <SelectField label="Document" name="documentType" required error={errors.documentType}>
          {Object.entries(DOCUMENTS).map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </SelectField>
        <TextField
          label="Number of the document"
          name="documentNumber"
          autoComplete="off"
          required
          minLength={4}
          maxLength={40}
          error={errors.documentNumber}
        />
        <SelectField
          label="Where the money comes from"
          name="sourceOfFunds"
          required
          error={errors.sourceOfFunds}
        >
          {Object.entries(FUNDS).map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </SelectField>
      </fieldset>
      <div className="grid gap-5 border-t border-line pt-5">
        <CheckField
          label="All of this is true, and I act for myself."
          name="declaration"
          required
          error={errors.declaration}
        />
        {post.error && (
          <Note tone="down" live title={`${post.error.problem.title}.`}>
            {post.error.problem.detail}
          </Note>
        )}
        <div>
          <Button type="submit" kind="gold" disabled={post.isPending}>
            {post.isPending ? 'Sending …' : 'Send the application'}
          </Button>
          <p className="mt-2.5 max-w-[58ch] text-[13px] text-ink-2">
            A person reads it. It is encrypted with a key of your own, which can be destroyed; nothing of it
            ever goes to the chain.
          </p>
        </div>
      </div>
    </form>
  );
}
