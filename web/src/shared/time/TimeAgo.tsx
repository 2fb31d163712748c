'use client';

import { formatAgo, formatExactTime } from '../format/time';
import { useNow } from './clock';

/** "12 s ago", with the exact time one hover or tap away. */
export function TimeAgo({ at, fromLeft = false }: { at: string | number; fromLeft?: boolean }) {
  const now = useNow();
  const atMs = typeof at === 'number' ? at : Date.parse(at);
  const exact = formatExactTime(atMs);
  return (
    <time
      dateTime={new Date(atMs).toISOString()}
      data-exact={exact}
      tabIndex={-1}
      className={fromLeft ? 'exact from-left' : 'exact'}
    >
      {formatAgo(atMs, now)}
    </time>
  );
}
