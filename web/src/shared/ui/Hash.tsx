'use client';

import { useEffect, useState } from 'react';
import { cx } from './cx';

const shorten = (hex: string): string => `${hex.slice(0, 6)}…${hex.slice(-4)}`;
const COPIED_MS = 1_600;

interface HashProps {
  value: string;
  /** What it is, for the copy button: "transaction hash". */
  label: string;
  whole?: boolean;
  className?: string;
}

/** An address or a hash, shortened; copies the whole of it. */
export function Hash({ value, label, whole = false, className }: HashProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <button
      type="button"
      className={cx(
        'font-mono text-[13px] underline decoration-line decoration-1 underline-offset-4 hover:decoration-gold',
        whole && 'text-left break-all',
        className,
      )}
      title={value}
      onClick={() =>
        navigator.clipboard?.writeText(value).then(
          () => setCopied(true),
          () => setCopied(false),
        )
      }
    >
      <span className="sr-only">Copy {label} </span>
      {whole ? value : shorten(value)}
      <span role="status" className={copied ? 'ml-1.5 font-sans text-[12px] text-up' : 'sr-only'}>
        {copied ? 'Copied' : ''}
      </span>
    </button>
  );
}

export { shorten as shortenHex };
