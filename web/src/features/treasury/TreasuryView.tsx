'use client';

import type { Treasury } from '@e-aurum/sdk/rest';
import { useAccount } from '@/chain/account/use-account';
import { useDeployment } from '@/chain/deployment';
import type { Result } from '@/shared/api/problem';
import { useApi } from '@/shared/api/use-api';
import { formatPeriod } from '@/shared/format/time';
import { CoinAmount } from '@/shared/ui/Amount';
import { ButtonLink } from '@/shared/ui/Button';
import { Hash } from '@/shared/ui/Hash';
import { FactBand, Facts, Section } from '@/shared/ui/Section';
import { Empty, Failed, SkeletonRows, Stale } from '@/shared/ui/State';
import { Tag } from '@/shared/ui/Tag';
import { ProposalList } from './ProposalList';
import { RoleTable } from './RoleTable';
import { isOpen, sameAddress, TREASURY_PATH } from './words';

const REFRESH_MS = 5_000;

export function TreasuryView({ initial }: { initial: Result<Treasury> }) {
  const { data, problem, stale, refetch } = useApi<Treasury>(TREASURY_PATH, {
    initial,
    refreshMs: REFRESH_MS,
  });
  const { delaySeconds } = useDeployment();
  if (problem) return <Failed what="the treasury" problem={problem} retry={refetch} />;
  if (!data) return <SkeletonRows rows={6} label="The treasury is loading" />;
  const open = data.proposals.filter(({ state }) => isOpen(state)).length;
  return (
    <>
      <FactBand
        facts={[
          { label: 'signatures to do anything', value: `${data.threshold} of ${data.owners.length}` },
          {
            label: 'between scheduling and executing',
            value: typeof delaySeconds === 'number' ? formatPeriod(delaySeconds) : 'a delay',
          },
          {
            label: data.guardians.length === 1 ? 'guardian who can veto' : 'guardians who can veto',
            value: data.guardians.length,
          },
          { label: open === 1 ? 'open proposal' : 'open proposals', value: open },
        ]}
      />
      {stale && <Stale>The service does not answer; these are the last figures we had.</Stale>}
      <Section
        title="Proposals"
        className="pt-10"
        aside={
          <ButtonLink href="/treasury/propose" small>
            Propose something
          </ButtonLink>
        }
      >
        {data.proposals.length > 0 ? (
          <ProposalList proposals={data.proposals} />
        ) : (
          <Empty title="Nothing is proposed">A signer proposes; it shows here for everybody to read.</Empty>
        )}
      </Section>
      <People treasury={data} />
      <Section title="Who may do what">
        <p className="mb-3 max-w-[66ch] text-[14px] text-ink-2">
          Every restricted function asks one access manager on the chain. What lowers risk is immediate; what
          raises it waits, and can be vetoed.
        </p>
        <RoleTable />
      </Section>
    </>
  );
}

function People({ treasury }: { treasury: Treasury }) {
  const { address } = useAccount();
  const you = (account: string) => sameAddress(account, address) && <Tag tone="gold">You</Tag>;
  const list = (accounts: readonly string[], label: string) => (
    <ul className="border-t border-line">
      {accounts.map((account) => (
        <li key={account} className="flex items-center justify-between gap-4 border-b border-line py-2.5">
          <Hash value={account} label={label} />
          {you(account)}
        </li>
      ))}
    </ul>
  );
  return (
    <div className="grid gap-x-14 md:grid-cols-2">
      <Section title="Signers">
        {list(treasury.owners, 'signer')}
        <div className="mt-4">
          <Facts
            facts={[
              { label: 'Safe', value: <Hash value={treasury.safe} label="Safe" /> },
              { label: 'Its next nonce', value: treasury.nonce },
              {
                label: 'Guard: no delegatecall but in batches',
                value: treasury.guard ? (
                  <Hash value={treasury.guard} label="guard" />
                ) : (
                  <span className="text-down">none</span>
                ),
              },
            ]}
          />
        </div>
      </Section>
      <Section title="Guardians">
        {list(treasury.guardians, 'guardian')}
        <p className="mt-3 text-[14px] text-ink-2">
          They stop and veto at once, each alone, and can start nothing.
        </p>
        <h3 className="display-serif mt-7 mb-2 text-[22px]">What the desk holds</h3>
        <Facts
          facts={treasury.coins.map(({ symbol, decimals, deskBalance, floor }) => ({
            label: symbol,
            value: (
              <>
                <CoinAmount amount={deskBalance} decimals={decimals} symbol={symbol} />
                <span className="text-ink-2">
                  , keeps <CoinAmount amount={floor} decimals={decimals} symbol={symbol} />
                </span>
              </>
            ),
          }))}
        />
      </Section>
    </div>
  );
}
