'use client';

import { formatExactTime, formatLeft } from '../format/time';

interface CountdownProps {
  /** Unix ms. */
  toMs: number;
  nowMs: number;
}

/** "2 days 4 h" until a moment, with the exact time one hover or tap away. */
export function Countdown({ toMs, nowMs }: CountdownProps) {
  return (
    <time
      dateTime={new Date(toMs).toISOString()}
      data-exact={formatExactTime(toMs)}
      tabIndex={-1}
      className="exact from-left"
    >
      {formatLeft(toMs - nowMs)}
    </time>
  );
}
