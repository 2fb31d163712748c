import type { ReactNode } from 'react';
import { cx } from './cx';

export type NoteTone = 'warn' | 'down' | 'closed' | 'gold' | 'up';

const TONES: Record<NoteTone, string> = {
  warn: 'border-warn bg-wash',
  gold: 'border-gold-fill bg-wash',
  up: 'border-up bg-sunk',
  down: 'border-down bg-wash-down',
  closed: 'border-closed bg-wash-closed',
};

interface NoteProps {
  tone?: NoteTone;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  /** True to have it read out when it appears. */
  live?: boolean;
}

/** Something to know before going on: why, and what to do. */
export function Note({ tone = 'warn', title, children, action, live = false }: NoteProps) {
  return (
    <div
      role={live ? 'status' : undefined}
      className={cx('rounded-r-lg border-l-[3px] px-4 py-3 text-[14px]', TONES[tone])}
    >
      {title && <strong className="font-semibold">{title} </strong>}
      {children}
      {action && <div className="mt-2.5">{action}</div>}
    </div>
  );
}
