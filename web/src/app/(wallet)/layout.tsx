import type { Deployment, LatestPrice } from '@e-aurum/sdk/rest';
import type { ReactNode } from 'react';
import { AccountButton } from '@/chain/account/AccountButton';
import { WalletProviders } from '@/chain/WalletProviders';
import { readApi } from '@/server/api';
import { walletConnectProjectId } from '@/server/environment';
import { ReloadButton } from '@/shared/shell/ReloadButton';
import { Shell } from '@/shared/shell/Shell';
import { PageTitle } from '@/shared/ui/Section';
import { Failed } from '@/shared/ui/State';

/** Pages that speak to a wallet. Where the contracts stand is read for every visit, never built in. */
export default async function WalletLayout({ children }: { children: ReactNode }) {
  const [deployment, price] = await Promise.all([
    readApi<Deployment>('/v1/deployment'),
    readApi<LatestPrice>('/v1/prices/latest'),
  ]);
  if (!deployment.ok) {
    return (
      <Shell price={price} account={null}>
        <PageTitle title="Not now" />
        <Failed what="this page" problem={deployment.problem} />
        <p className="mt-4 max-w-[60ch] text-ink-2">
          This page needs to know where the contracts stand, and the service that tells it is away. Your gold
          is on the chain and stays yours.
        </p>
        <div className="mt-5">
          <ReloadButton />
        </div>
      </Shell>
    );
  }
  return (
    <WalletProviders deployment={deployment.data} walletConnectProjectId={walletConnectProjectId()}>
      <Shell price={price} account={<AccountButton />}>
        {children}
      </Shell>
    </WalletProviders>
  );
}
