'use client';

import { ROLE_NAMES, roleOf } from '@e-aurum/sdk/roles';
import type { AbiParameter } from 'viem';
import { SelectField, TextAreaField, TextField } from '@/shared/ui/Field';
import { componentsOf, isTuple, type Typed } from './typed-arguments';

interface ArgumentFieldsProps {
  parameters: readonly AbiParameter[];
  typed: Typed;
  errors: Readonly<Record<string, string>>;
  onType: (place: string, text: string) => void;
  /** Where the first of them stands; nothing at the top. */
  within?: string;
}

const ROLE_ARGUMENTS = new Set(['roleId', 'admin', 'guardian']);

/** One field for each argument, by its type. */
export function ArgumentFields({ parameters, typed, errors, onType, within }: ArgumentFieldsProps) {
  return parameters.map((parameter, at) => {
    const name = parameter.name || `argument ${at + 1}`;
    const place = within === undefined ? String(at) : `${within}.${parameter.name}`;
    if (isTuple(parameter))
      return (
        <fieldset key={place} className="grid gap-4 border-l border-line pl-4">
          <legend className="mb-1 text-[13.5px] font-semibold">{name}</legend>
          <ArgumentFields
            parameters={componentsOf(parameter)}
            typed={typed}
            errors={errors}
            onType={onType}
            within={place}
          />
        </fieldset>
      );
    return (
      <ArgumentField
        key={place}
        label={name}
        parameter={parameter}
        value={typed[place] ?? ''}
        error={errors[place]}
        onType={(text) => onType(place, text)}
      />
    );
  });
}

interface ArgumentFieldProps {
  label: string;
  parameter: AbiParameter;
  value: string;
  error: string | undefined;
  onType: (text: string) => void;
}

function ArgumentField({ label, parameter, value, error, onType }: ArgumentFieldProps) {
  const { type } = parameter;
  const common = {
    label,
    value,
    error,
    onChange: (event: { target: { value: string } }) => onType(event.target.value),
  };
  if (type === 'bool')
    return (
      <SelectField {...common}>
        <option value="">Choose …</option>
        <option value="true">yes</option>
        <option value="false">no</option>
      </SelectField>
    );
  if (type === 'uint64' && ROLE_ARGUMENTS.has(label))
    return (
      <SelectField {...common}>
        <option value="">Choose …</option>
        {ROLE_NAMES.map((name) => (
          <option key={name} value={String(roleOf(name).id)}>
            {name}
          </option>
        ))}
      </SelectField>
    );
  if (type.endsWith(']'))
    return <TextAreaField {...common} hint={`${type}, as a list: ["…", "…"]`} spellCheck={false} />;
  return (
    <TextField
      {...common}
      hint={/^u?int/.test(type) ? `${type}, in the contract’s own unit` : type}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
