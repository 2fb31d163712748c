import type { ReactNode } from 'react';
import { cx } from './cx';

export type Tone = 'up' | 'gold' | 'warn' | 'down' | 'closed' | 'plain';

const TONES: Record<Tone, string> = {
  up: 'text-up',
  gold: 'text-gold',
  warn: 'text-warn',
  down: 'text-down',
  closed: 'text-closed',
  plain: 'text-ink-2',
};

/** A state: its colour, and always its word. */
export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={cx(
        'inline-block rounded-[5px] bg-sunk px-2 py-0.5 font-sans text-[12.5px] leading-normal font-semibold tracking-normal',
        TONES[tone],
      )}
    >
      {children}
    </span>
  );
}
