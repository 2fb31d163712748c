'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from './cx';

interface AmountFieldProps {
  label: string;
  value: string;
  onChange?: (text: string) => void;
  unit: ReactNode;
  /** Beside the label: the balance, or "after all fees". */
  aside?: ReactNode;
  error?: string | null;
  readOnly?: boolean;
  busy?: boolean;
  autoFocus?: boolean;
}

/** An amount in large figures with its unit; read-only, it is the outcome of another one. */
export function AmountField({
  label,
  value,
  onChange,
  unit,
  aside,
  error,
  readOnly,
  busy,
}: AmountFieldProps) {
  const id = useId();
  return (
    <div
      className={cx(
        'rounded-[10px] border bg-paper px-3.5 py-3 focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-gold',
        error ? 'border-down' : readOnly ? 'border-line' : 'border-edge',
      )}
    >
      <div className="flex justify-between gap-3 text-[12.5px] text-ink-2">
        <label htmlFor={id}>{label}</label>
        <span>{aside}</span>
      </div>
      <div className="flex items-baseline justify-between gap-3">
        <input
          id={id}
          value={value}
          readOnly={readOnly}
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          aria-busy={busy || undefined}
          placeholder="0"
          onChange={onChange && ((event) => onChange(event.target.value))}
          className={cx(
            'display-serif w-full min-w-0 bg-transparent py-0.5 text-[34px] outline-none placeholder:text-ink-2',
            busy && 'opacity-50',
          )}
        />
        <span className="shrink-0 text-[14px] font-semibold text-ink-2">{unit}</span>
      </div>
      {error && (
        <p id={`${id}-error`} className="mt-1 text-[13px] text-down">
          {error}
        </p>
      )}
    </div>
  );
}

interface WrapProps {
  label: string;
  hint?: ReactNode;
  error?: string | null;
}

const CONTROL =
  'min-h-11 w-full rounded-lg border bg-paper px-3 py-2 text-[15px] text-ink placeholder:text-ink-2 disabled:bg-sunk disabled:text-ink-2';

function Described({ id, hint, error }: { id: string; hint?: ReactNode; error?: string | null }) {
  return (
    <>
      {hint && !error && (
        <p id={`${id}-hint`} className="mt-1 text-[13px] text-ink-2">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="mt-1 text-[13px] text-down">
          {error}
        </p>
      )}
    </>
  );
}

const describedBy = (id: string, hint: ReactNode, error?: string | null) =>
  error ? `${id}-error` : hint ? `${id}-hint` : undefined;

export function TextField({ label, hint, error, className, ...rest }: WrapProps & ComponentProps<'input'>) {
  const own = useId();
  const id = rest.id ?? own;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-[13.5px] font-semibold">
        {label}
      </label>
      <input
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, hint, error)}
        className={cx(CONTROL, error ? 'border-down' : 'border-edge')}
      />
      <Described id={id} hint={hint} error={error} />
    </div>
  );
}

export function TextAreaField({
  label,
  hint,
  error,
  className,
  ...rest
}: WrapProps & ComponentProps<'textarea'>) {
  const own = useId();
  const id = rest.id ?? own;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-[13.5px] font-semibold">
        {label}
      </label>
      <textarea
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, hint, error)}
        className={cx(CONTROL, 'min-h-24', error ? 'border-down' : 'border-edge')}
      />
      <Described id={id} hint={hint} error={error} />
    </div>
  );
}

export function SelectField({
  label,
  hint,
  error,
  className,
  children,
  ...rest
}: WrapProps & ComponentProps<'select'>) {
  const own = useId();
  const id = rest.id ?? own;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-[13.5px] font-semibold">
        {label}
      </label>
      <select
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, hint, error)}
        className={cx(CONTROL, error ? 'border-down' : 'border-edge')}
      >
        {children}
      </select>
      <Described id={id} hint={hint} error={error} />
    </div>
  );
}

export function CheckField({ label, error, ...rest }: Omit<WrapProps, 'hint'> & ComponentProps<'input'>) {
  const id = useId();
  return (
    <div>
      <label className="flex gap-2.5 text-[14px]">
        <input
          {...rest}
          type="checkbox"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          className="mt-0.5 size-[18px] shrink-0 accent-gold"
        />
        {label}
      </label>
      <Described id={id} error={error} />
    </div>
  );
}
