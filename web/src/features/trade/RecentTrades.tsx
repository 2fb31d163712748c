'use client';

import type { Trade } from '@e-aurum/sdk/rest';
import { useAccount } from '@/chain/account/use-account';
import { useSession } from '@/chain/account/use-session';
import { useCoins } from '@/chain/deployment';
import { useApi } from '@/shared/api/use-api';
import { Button } from '@/shared/ui/Button';
import { Failed, SkeletonRows } from '@/shared/ui/State';
import { TradeTable } from './TradeTable';

const REFRESH_MS = 10_000;

interface TradePage {
  items: Trade[];
  next: string | null;
}

/** The account's last trades. They are public on the chain; the service gathers them for whoever signed in. */
export function RecentTrades() {
  const { address } = useAccount();
  const { me, signIn, signingIn } = useSession();
  const coins = useCoins();
  const { data, problem, refetch } = useApi<TradePage>(me ? '/v1/trades?limit=8' : null, {
    refreshMs: REFRESH_MS,
  });
  if (!address) return <p className="text-ink-2">Connect a wallet to see your trades here.</p>;
  if (!me) {
    return (
      <p className="flex flex-wrap items-center gap-3 text-ink-2">
        Sign in to see your trades here.
        <Button small disabled={signingIn} onClick={() => signIn().catch(() => undefined)}>
          {signingIn ? 'Waiting for your wallet …' : 'Sign in'}
        </Button>
      </p>
    );
  }
  if (problem) return <Failed what="your trades" problem={problem} retry={refetch} />;
  if (!data) return <SkeletonRows rows={3} label="Your trades are loading" />;
  if (data.items.length === 0)
    return <p className="text-ink-2">You have not traded yet. Your first trade will stand here.</p>;
  return <TradeTable trades={data.items} coins={coins} />;
}
