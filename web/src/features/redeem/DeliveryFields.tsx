'use client';

import type { DeliveryDetails } from '@e-aurum/sdk/rest';
import { CountryField } from '@/shared/ui/CountryField';
import { TextAreaField, TextField } from '@/shared/ui/Field';

export type Delivery = Record<keyof DeliveryDetails, string>;

export const NOWHERE: Delivery = {
  recipient: '',
  street: '',
  city: '',
  postalCode: '',
  country: '',
  phone: '',
  instructions: '',
};

interface DeliveryFieldsProps {
  value: Delivery;
  onChange: (value: Delivery) => void;
  errors: Record<string, string>;
}

/** Where the bar goes. */
export function DeliveryFields({ value, onChange, errors }: DeliveryFieldsProps) {
  const field = (name: keyof Delivery) => ({
    name,
    value: value[name],
    error: errors[name],
    onChange: (event: { target: { value: string } }) => onChange({ ...value, [name]: event.target.value }),
  });
  return (
    <fieldset className="grid gap-4 sm:grid-cols-2">
      <legend className="display-serif float-left mb-1 w-full text-[22px]">Where it goes</legend>
      <TextField
        {...field('recipient')}
        label="Recipient"
        hint="Who signs for it at the door"
        autoComplete="name"
        required
        minLength={2}
        maxLength={120}
        className="sm:col-span-2"
      />
      <TextField
        {...field('street')}
        label="Street and number"
        autoComplete="street-address"
        required
        minLength={3}
        maxLength={200}
        className="sm:col-span-2"
      />
      <TextField
        {...field('postalCode')}
        label="Postal code"
        autoComplete="postal-code"
        required
        maxLength={20}
      />
      <TextField {...field('city')} label="City" autoComplete="address-level2" required maxLength={100} />
      <CountryField {...field('country')} label="Country" required />
      <TextField
        {...field('phone')}
        label="Phone"
        hint="The carrier calls before it comes"
        type="tel"
        autoComplete="tel"
        required
        maxLength={25}
      />
      <TextAreaField
        {...field('instructions')}
        label="For the carrier (optional)"
        maxLength={300}
        className="sm:col-span-2"
      />
    </fieldset>
  );
}
