'use client';

import { Button } from '@/shared/ui/Button';

export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <main className="wrap-page grid min-h-[60dvh] content-center justify-items-start gap-4">
      <h1 className="display-serif text-[40px]">This page broke</h1>
      <p className="max-w-[52ch] text-ink-2">
        Nothing was sent and nothing was lost. Try again; if it breaks again, tell us what you did
        {error.digest ? ` and this number: ${error.digest}` : ''}.
      </p>
      <Button kind="gold" onClick={reset}>
        Try again
      </Button>
    </main>
  );
}
