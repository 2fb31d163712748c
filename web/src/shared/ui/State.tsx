import type { Problem } from '@e-aurum/sdk/rest';
import type { ReactNode } from 'react';
import { Button } from './Button';
import { cx } from './cx';

/** A place that waits for its figure; as large as what will stand there, so that nothing jumps. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cx('block rounded-md bg-sunk', className)} />;
}

export function SkeletonRows({ rows = 5, label }: { rows?: number; label: string }) {
  return (
    <div role="status" className="divide-y divide-line border-y border-line">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
        <div key={row} className="flex items-center justify-between gap-6 py-3.5">
          <Skeleton className="h-4 w-2/5" />
          <Skeleton className="h-4 w-1/5" />
        </div>
      ))}
    </div>
  );
}

/** Nothing here yet: says why, and what would bring something. */
export function Empty({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="border-y border-line py-10 text-center">
      <p className="display-serif text-[24px]">{title}</p>
      {children && <div className="mx-auto mt-1.5 max-w-[46ch] text-ink-2">{children}</div>}
      {action && <div className="mt-5 flex justify-center gap-2">{action}</div>}
    </div>
  );
}

interface FailedProps {
  problem: Problem;
  retry?: () => void;
  /** What could not be shown: "the price". */
  what: string;
}

export function Failed({ problem, retry, what }: FailedProps) {
  return (
    <div
      role="alert"
      className="rounded-r-lg border-l-[3px] border-down bg-wash-down px-4 py-3.5 text-[14px]"
    >
      <p>
        <strong className="font-semibold">We can’t show {what} now.</strong> {problem.title}. {problem.detail}
      </p>
      {retry && (
        <Button small className="mt-3" onClick={retry}>
          Try again
        </Button>
      )}
      {problem.requestId && (
        <p className="mt-2 font-mono text-[12px] text-ink-2">request {problem.requestId}</p>
      )}
    </div>
  );
}

/** What is shown is older than it should be. */
export function Stale({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="text-[13px] text-warn">
      {children}
    </p>
  );
}
