'use client';

import { useState } from 'react';
import type { Address } from 'viem';
import { CoinAmount, Grams } from '@/shared/ui/Amount';
import { Button, ButtonLink } from '@/shared/ui/Button';
import { Hash } from '@/shared/ui/Hash';
import { Link } from '@/shared/ui/Link';
import { Facts } from '@/shared/ui/Section';
import { Tag } from '@/shared/ui/Tag';
import { useBalances } from '../use-balances';
import { PersonaList } from './PersonaList';
import { useConnecting } from './use-connect';
import { useEligibility } from './use-eligibility';
import { useSession } from './use-session';

interface AccountPanelProps {
  address: Address;
  onClose: () => void;
}

export function AccountPanel({ address, onClose }: AccountPanelProps) {
  const { disconnect, personas, persona, become } = useConnecting();
  const session = useSession();
  const { eligible, loading } = useEligibility(address);
  const balances = useBalances(address);
  const [choosing, setChoosing] = useState(false);
  if (choosing) {
    return (
      <PersonaList
        personas={personas}
        current={persona}
        onChoose={async (next) => {
          await become(next);
          setChoosing(false);
          onClose();
        }}
      />
    );
  }
  return (
    <div className="grid gap-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          {persona && <p className="font-semibold">{persona.name}</p>}
          <Hash value={address} label="your address" />
        </div>
        {!loading && <Tag tone={eligible ? 'up' : 'warn'}>{eligible ? 'Verified' : 'Not verified'}</Tag>}
      </div>
      <Facts
        facts={[
          {
            label: 'Gold',
            value: balances.eau === undefined ? '…' : <Grams wei={balances.eau} places={4} />,
          },
          ...balances.coins.map(({ coin, balance }) => ({
            label: coin.symbol,
            value:
              balance === undefined ? (
                '…'
              ) : (
                <CoinAmount amount={balance} decimals={coin.decimals} symbol={coin.symbol} />
              ),
          })),
        ]}
      />
      <div className="grid gap-2">
        <ButtonLink href="/portfolio" wide onClick={onClose}>
          Open the portfolio
        </ButtonLink>
        {!eligible && !loading && (
          <ButtonLink href="/onboarding" kind="gold" wide onClick={onClose}>
            Get verified
          </ButtonLink>
        )}
        {session.can('signer') || session.can('guardian') ? (
          <ButtonLink href="/treasury" wide onClick={onClose}>
            Open the treasury
          </ButtonLink>
        ) : null}
        {session.can('operator') || session.can('auditor') ? (
          <ButtonLink href="/operations" wide onClick={onClose}>
            Open operations
          </ButtonLink>
        ) : null}
        {session.me && (
          <Button kind="quiet" wide onClick={() => session.signOut()}>
            Sign out
          </Button>
        )}
        {persona && (
          <Button wide onClick={() => setChoosing(true)}>
            Be somebody else
          </Button>
        )}
        <Button
          kind="quiet"
          wide
          onClick={() => {
            disconnect();
            onClose();
          }}
        >
          Disconnect
        </Button>
      </div>
      <p className="text-[13px] text-ink-2">
        Looking for the{' '}
        <Link href="/treasury" onClick={onClose} className="underline">
          treasury
        </Link>{' '}
        or{' '}
        <Link href="/operations" onClick={onClose} className="underline">
          operations
        </Link>
        ?
      </p>
    </div>
  );
}
