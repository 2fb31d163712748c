import type { ComponentProps } from 'react';
import { cx } from './cx';
import { Link } from './Link';

export type ButtonKind = 'gold' | 'line' | 'quiet' | 'danger';

const BASE =
  'inline-flex items-center justify-center gap-2 rounded-lg text-center font-semibold leading-tight transition-colors disabled:cursor-not-allowed aria-disabled:cursor-not-allowed';
const LARGE = 'min-h-11 px-[18px] py-2.5 text-[15px]';
const SMALL = 'min-h-9 px-3 py-1.5 text-[13.5px]';
const KINDS: Record<ButtonKind, string> = {
  gold: 'bg-gold-fill text-on-gold enabled:hover:bg-gold-press disabled:bg-sunk disabled:text-ink-2 [a]:hover:bg-gold-press',
  line: 'border border-edge text-ink hover:bg-sunk disabled:border-line disabled:text-ink-2',
  quiet: 'text-ink-2 hover:text-ink',
  danger: 'border border-down text-down hover:bg-wash-down disabled:border-line disabled:text-ink-2',
};

interface Look {
  kind?: ButtonKind;
  wide?: boolean;
  small?: boolean;
}

const look = ({ kind = 'line', wide, small }: Look, more?: string): string =>
  cx(BASE, small ? SMALL : LARGE, KINDS[kind], wide && 'w-full', more);

/** A button says what it does, with the figure in it: "Buy 17.8306 g". */
export function Button({
  kind,
  wide,
  small,
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & Look) {
  return <button type={type} className={look({ kind, wide, small }, className)} {...rest} />;
}

export function ButtonLink({ kind, wide, small, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link className={look({ kind, wide, small }, className)} {...rest} />;
}
