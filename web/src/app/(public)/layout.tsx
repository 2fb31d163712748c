import type { LatestPrice } from '@e-aurum/sdk/rest';
import type { ReactNode } from 'react';
import { readApi } from '@/server/api';
import { Shell } from '@/shared/shell/Shell';
import { ButtonLink } from '@/shared/ui/Button';

/** Pages that need no wallet carry no wallet code. */
export default async function PublicLayout({ children }: { children: ReactNode }) {
  const price = await readApi<LatestPrice>('/v1/prices/latest');
  return (
    <Shell
      price={price}
      account={
        <ButtonLink href="/trade" kind="gold" small>
          Buy gold
        </ButtonLink>
      }
    >
      {children}
    </Shell>
  );
}
