import type { ComponentProps } from 'react';
import { cx } from './cx';
import { Link } from './Link';

export type ButtonKind = 'gold' | 'line' | 'quiet' | 'danger';

const BASE =
  'inline-flex min-h-11 items-center justify-center gap-2 rounded-lg px-[18px] py-2.5 text-center text-[15px] font-semibold leading-tight transition-colors disabled:cursor-not-allowed aria-disabled:cursor-not-allowed';
const KINDS: Record<ButtonKind, string> = {
  gold: 'bg-gold-fill text-on-gold enabled:hover:bg-gold-press disabled:bg-sunk disabled:text-ink-2 [a]:hover:bg-gold-press',
  line: 'border border-edge text-ink hover:bg-sunk disabled:border-line disabled:text-ink-2',
  quiet: 'px-2.5 text-ink-2 hover:text-ink',
  danger: 'border border-down text-down hover:bg-wash-down disabled:border-line disabled:text-ink-2',
};

interface Look {
  kind?: ButtonKind;
  wide?: boolean;
  small?: boolean;
}

const look = ({ kind = 'line', wide, small }: Look, more?: string): string =>
  cx(BASE, KINDS[kind], wide && 'w-full', small && 'min-h-9 px-3 py-1.5 text-[13.5px]', more);

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
