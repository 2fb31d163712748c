'use client';

import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';

const ServerNow = createContext(0);

const listeners = new Set<() => void>();
let now = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const notify of listeners) notify();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** Tells the server's time to the first render, so that "12 s ago" reads the same on both sides. */
export function ClockProvider({ serverNowMs, children }: { serverNowMs: number; children: ReactNode }) {
  return <ServerNow value={serverNowMs}>{children}</ServerNow>;
}

/** The time in ms, once a second; one timer for the whole page. */
export function useNow(): number {
  const serverNowMs = useContext(ServerNow);
  return useSyncExternalStore(
    subscribe,
    () => now || serverNowMs,
    () => serverNowMs,
  );
}
