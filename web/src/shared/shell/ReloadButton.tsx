'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { Button } from '../ui/Button';

/** Asks the server for the page again, without leaving it. */
export function ReloadButton() {
  const router = useRouter();
  const [pending, start] = useTransition();
  return (
    <Button disabled={pending} onClick={() => start(() => router.refresh())}>
      {pending ? 'Trying …' : 'Try again'}
    </Button>
  );
}
