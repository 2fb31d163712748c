'use client';

import type { Reserve } from '@e-aurum/sdk/rest';
import type { Result } from '@/shared/api/problem';
import { useApi } from '@/shared/api/use-api';
import { CoverBar } from '@/shared/reserve/CoverBar';
import { ReserveFacts } from '@/shared/reserve/ReserveFacts';
import { Link } from '@/shared/ui/Link';
import { Failed, Skeleton, Stale } from '@/shared/ui/State';

const REFRESH_MS = 15_000;

export function HomeReserve({ initial }: { initial: Result<Reserve> }) {
  const { data, problem, stale, refetch } = useApi<Reserve>('/v1/reserve', {
    initial,
    refreshMs: REFRESH_MS,
  });
  return (
    <section aria-label="The reserve">
      {data ? (
        <>
          <ReserveFacts reserve={data} />
          <CoverBar reserve={data} />
          {stale && <Stale>The service does not answer; these are the last figures we had.</Stale>}
          <p className="mt-1 text-[13.5px]">
            <Link
              href="/reserve"
              className="underline decoration-edge underline-offset-4 hover:decoration-gold"
            >
              See every bar
            </Link>
          </p>
        </>
      ) : problem ? (
        <Failed what="the reserve" problem={problem} retry={refetch} />
      ) : (
        <Skeleton className="h-24" />
      )}
    </section>
  );
}
