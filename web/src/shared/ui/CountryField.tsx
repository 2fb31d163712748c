import type { ComponentProps } from 'react';
import { COUNTRIES } from '../format/countries';
import { SelectField } from './Field';

export function CountryField(props: Omit<ComponentProps<typeof SelectField>, 'children'>) {
  return (
    <SelectField {...props} autoComplete="country">
      <option value="">Choose …</option>
      {COUNTRIES.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
