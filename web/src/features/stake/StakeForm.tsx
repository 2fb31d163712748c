'use client';

import { exactAmount, formatAmount } from '@e-aurum/sdk';
import { useState } from 'react';
import { ConnectButton } from '@/chain/account/AccountButton';
import { useAccount } from '@/chain/account/use-account';
import { useContract } from '@/chain/deployment';
import { TransactionStatus } from '@/chain/transaction/TransactionStatus';
import { useTransaction } from '@/chain/transaction/use-transaction';
import { useBalances } from '@/chain/use-balances';
import { readAmount } from '@/shared/format/amount';
import { formatGrams } from '@/shared/format/money';
import { Button } from '@/shared/ui/Button';
import { AmountField } from '@/shared/ui/Field';
import { Note } from '@/shared/ui/Note';
import { Facts } from '@/shared/ui/Section';
import { Tabs } from '@/shared/ui/Tabs';
import { planStake, planUnstake } from './plan';
import { StakeDone } from './StakeDone';
import { SHARE_DECIMALS, type StakeSide, useSharesPreview, useStakePosition } from './use-stake';

const SIDES = [
  { key: 'stake', title: 'Stake' },
  { key: 'unstake', title: 'Unstake' },
] as const;

export function StakeForm() {
  const [side, setSide] = useState<StakeSide>('stake');
  const [text, setText] = useState('');
  // "all of it" redeems the shares, since their worth grows while one types
  const [all, setAll] = useState(false);
  const { address, connected, wrongNetwork, switchNetwork } = useAccount();
  const { eau } = useBalances(address);
  const position = useStakePosition(address);
  const staking = useContract('StakedGold');
  const token = useContract('GoldToken');
  const flow = useTransaction();
  const typed = readAmount(text, 18);
  const staked = side === 'stake';
  const { shares, refusal } = useSharesPreview(side, typed.value);
  const most = staked ? eau : position.withdrawable;
  const tooMuch = typed.value !== null && most !== undefined && typed.value > most;
  const verb = staked ? 'Stake' : 'Unstake';

  const write = (next: string) => {
    setText(next);
    setAll(false);
  };
  const submit = () => {
    if (!address || typed.value === null) return;
    const wish = { staking, token, account: address, amount: typed.value };
    flow.run(staked ? planStake(wish) : planUnstake(wish, all ? (position.shares ?? null) : null));
  };

  if (flow.stage.name !== 'idle') {
    return (
      <Panel>
        <TransactionStatus
          flow={flow}
          again="Stake or unstake more"
          done={(receipt) => <StakeDone receipt={receipt} />}
        />
      </Panel>
    );
  }
  return (
    <Panel>
      <Tabs
        label="Stake or unstake"
        tabs={SIDES}
        selected={side}
        onSelect={(next) => {
          setSide(next);
          write('');
        }}
      >
        <form
          className="mt-3 grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <AmountField
            label={staked ? 'You stake' : 'You take out'}
            value={text}
            onChange={write}
            unit="g EAU"
            error={
              typed.error ??
              (tooMuch ? (staked ? 'That is more than you have' : 'That is more than you have staked') : null)
            }
            aside={
              most !== undefined && (
                <button
                  type="button"
                  className="underline decoration-edge underline-offset-2 hover:text-ink"
                  onClick={() => {
                    setText(exactAmount(most));
                    setAll(!staked);
                  }}
                >
                  <span className="sr-only">Use the whole </span>
                  {staked ? 'Balance' : 'Staked'} {formatAmount(most, { places: 4 })}
                </button>
              )
            }
          />
          {refusal && typed.value !== null && (
            <Note tone="down" live title={`${refusal.title}.`}>
              {refusal.detail}
            </Note>
          )}
          {typed.value !== null && shares !== undefined && (
            <Facts
              facts={[
                {
                  label: staked ? 'You get' : 'You give back',
                  value: `${formatAmount(shares, { decimals: SHARE_DECIMALS, places: 4 })} sEAU`,
                },
                { label: 'Fee', value: 'none' },
                {
                  label: staked ? 'You can take it out' : 'You get your gold',
                  value: 'at any time, at once',
                },
              ]}
            />
          )}
          {!connected ? (
            <ConnectButton wide />
          ) : wrongNetwork ? (
            <Button kind="gold" wide onClick={switchNetwork}>
              Switch your wallet’s network
            </Button>
          ) : (
            <Button
              type="submit"
              kind="gold"
              wide
              disabled={typed.value === null || tooMuch || refusal !== null}
            >
              {typed.value === null ? `${verb}: write an amount` : `${verb} ${formatGrams(typed.value)}`}
            </Button>
          )}
        </form>
      </Tabs>
    </Panel>
  );
}

function Panel({ children }: { children: React.ReactNode }) {
  return <div className="rounded-[14px] border border-line bg-surface p-5 sm:p-[22px]">{children}</div>;
}
