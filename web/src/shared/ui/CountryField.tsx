'use client';

import { type ComponentProps, useSyncExternalStore } from 'react';
import { COUNTRIES } from '../format/countries';
import { SelectField } from './Field';

const never = () => () => undefined;

/** The countries' names and their order are the browser's own, so the server leaves them out. */
export function CountryField(props: Omit<ComponentProps<typeof SelectField>, 'children'>) {
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <SelectField {...props} autoComplete="country">
      <option value="">Choose …</option>
      {inBrowser &&
        COUNTRIES.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
    </SelectField>
  );
}
