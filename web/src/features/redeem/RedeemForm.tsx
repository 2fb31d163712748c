'use client';

import { WEI_PER_MG } from '@e-aurum/sdk';
import type { Product } from '@e-aurum/sdk/rest';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ConnectButton } from '@/chain/account/AccountButton';
import { useAccount } from '@/chain/account/use-account';
import { useEligibility } from '@/chain/account/use-eligibility';
import { explainError } from '@/chain/transaction/explain';
import { TransactionStatus } from '@/chain/transaction/TransactionStatus';
import { useBalances } from '@/chain/use-balances';
import type { Result } from '@/shared/api/problem';
import { useApi } from '@/shared/api/use-api';
import { formatGrams } from '@/shared/format/money';
import { formatPeriod } from '@/shared/format/time';
import { Grams } from '@/shared/ui/Amount';
import { Button, ButtonLink } from '@/shared/ui/Button';
import { SelectField } from '@/shared/ui/Field';
import { Note } from '@/shared/ui/Note';
import { Facts } from '@/shared/ui/Section';
import { Empty, Failed, SkeletonRows } from '@/shared/ui/State';
import { DeliveryFields, NOWHERE } from './DeliveryFields';
import { ProductChoice } from './ProductChoice';
import { redeemTitle } from './plan';
import { PRODUCTS_PATH } from './products';
import { RequestDone } from './RequestDone';
import { useEscrow } from './use-redemption';
import { useRedeemRequest } from './use-request';
import { bars } from './words';

const REFRESH_MS = 15_000;
/** RedemptionDesk takes 1 to 10 bars in a request. */
const COUNTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

/** Choose a bar, say where it goes, put the grams in escrow. */
export function RedeemForm({ initial }: { initial: Result<Product[]> }) {
  const { data, problem, refetch } = useApi<Product[]>(PRODUCTS_PATH, { initial, refreshMs: REFRESH_MS });
  const [chosen, choose] = useState<number | null>(null);
  if (problem) return <Failed what="the bars that can be had" problem={problem} retry={refetch} />;
  if (!data) return <SkeletonRows rows={4} label="The bars that can be had are loading" />;
  const product =
    data.find(({ productId, active }) => productId === chosen && active) ?? data.find(({ active }) => active);
  if (!product)
    return <Empty title="No redemption now">Every product is closed. What is under way goes on.</Empty>;
  return (
    <div className="grid items-start gap-10 lg:grid-cols-[minmax(0,1fr)_420px] lg:gap-[52px]">
      <ProductChoice products={data} selected={product.productId} onSelect={choose} />
      <RequestPanel product={product} />
    </div>
  );
}

function RequestPanel({ product }: { product: Product }) {
  const { address } = useAccount();
  const { eau } = useBalances(address);
  const [count, setCount] = useState(1);
  const [delivery, setDelivery] = useState(NOWHERE);
  const { escrow, fee, refusal } = useEscrow(product, count);
  const request = useRedeemRequest();
  const { flow, problem, errors } = request;
  const form = useRef<HTMLFormElement>(null);
  const firstError = Object.keys(errors)[0];
  useEffect(() => {
    if (firstError) form.current?.querySelector<HTMLElement>(`[name="${firstError}"]`)?.focus();
  }, [firstError]);

  if (flow.stage.name !== 'idle') {
    return (
      <Panel>
        <TransactionStatus
          flow={flow}
          again="Have another bar sent"
          done={(receipt) => <RequestDone receipt={receipt} />}
        />
      </Panel>
    );
  }
  const short = escrow !== undefined && eau !== undefined && eau < escrow;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (escrow !== undefined) request.submit({ product, count, escrow, delivery });
  };
  return (
    <Panel>
      <form ref={form} onSubmit={submit} className="grid gap-6">
        <h2 className="display-serif text-[28px]">{product.name}</h2>
        <SelectField
          label="How many"
          value={count}
          onChange={(event) => setCount(Number(event.target.value))}
        >
          {COUNTS.map((bar) => (
            <option key={bar} value={bar}>
              {bars(bar)}
            </option>
          ))}
        </SelectField>
        <EscrowFacts product={product} escrow={escrow} fee={fee} balance={eau} />
        {count > product.barsAvailable && (
          <Note
            title={
              product.barsAvailable === 0
                ? 'There is no such bar in the vault now.'
                : `There are only ${bars(product.barsAvailable)}.`
            }
          >
            You can ask all the same. If it is not shipped in time, the whole escrow comes back.
          </Note>
        )}
        <DeliveryFields value={delivery} onChange={setDelivery} errors={errors} />
        {refusal && (
          <Note tone="down" live title={`${refusal.title}.`}>
            {refusal.detail}
          </Note>
        )}
        {problem && (
          <Note tone="down" live title={`${explainError(problem).title}.`}>
            {firstError ? 'Correct the fields that are marked.' : explainError(problem).detail}
          </Note>
        )}
        {short && escrow !== undefined && eau !== undefined && (
          <Note
            title="That is more than you have."
            action={
              <ButtonLink href="/trade" small>
                Buy {formatGrams(escrow - eau)} more
              </ButtonLink>
            }
          >
            The escrow is {formatGrams(escrow)}, and this account holds {formatGrams(eau)}.
          </Note>
        )}
        <SubmitButton
          busy={request.handingIn}
          escrow={escrow}
          count={count}
          disabled={short || refusal !== null}
        />
      </form>
    </Panel>
  );
}

interface EscrowFactsProps {
  product: Product;
  escrow: bigint | undefined;
  fee: bigint | undefined;
  balance: bigint | undefined;
}

function EscrowFacts({ product, escrow, fee, balance }: EscrowFactsProps) {
  const spread = (BigInt(product.maxFineWeightMg) - BigInt(product.minFineWeightMg)) * WEI_PER_MG;
  return (
    <div>
      <Facts
        facts={[
          {
            label: 'Goes into escrow',
            value:
              escrow === undefined ? (
                '…'
              ) : (
                <b>
                  <Grams wei={escrow} places={4} />
                </b>
              ),
          },
          {
            label: 'of it the fee, to stakers',
            value: fee === undefined ? '…' : <Grams wei={fee} places={4} />,
          },
          { label: 'You have', value: balance === undefined ? '–' : <Grams wei={balance} places={4} /> },
          { label: 'Ships at the latest', value: `${formatPeriod(product.shipWithinSeconds)} from now` },
        ]}
      />
      <p className="mt-3 text-[13px] text-ink-2">
        The escrow covers the heaviest bar of its kind. When yours is chosen, what it weighs less comes back
        at once: up to {formatGrams(spread, 3)} for each bar. Not shipped in time, all of it comes back. No
        price is needed, so this works when trading is halted.
      </p>
    </div>
  );
}

interface SubmitProps {
  busy: boolean;
  disabled: boolean;
  escrow: bigint | undefined;
  count: number;
}

/** The one thing to do next: connect, switch, get verified, or put the grams in escrow. */
function SubmitButton({ busy, disabled, escrow, count }: SubmitProps) {
  const { address, connected, wrongNetwork, switchNetwork } = useAccount();
  const { eligible, loading } = useEligibility(address);
  if (!connected) return <ConnectButton wide />;
  if (wrongNetwork)
    return (
      <Button kind="gold" wide onClick={switchNetwork}>
        Switch your wallet’s network
      </Button>
    );
  if (!eligible && !loading)
    return (
      <div>
        <ButtonLink href="/onboarding" kind="gold" wide>
          Get verified to have bars sent
        </ButtonLink>
        <p className="mt-2 text-[13px] text-ink-2">
          The registry is asked here once, and never again: a way back never depends on it.
        </p>
      </div>
    );
  return (
    <div>
      <Button type="submit" kind="gold" wide disabled={busy || disabled || escrow === undefined}>
        {busy ? 'One moment …' : escrow === undefined ? 'Reading the escrow …' : redeemTitle(escrow, count)}
      </Button>
      <p className="mt-2 text-[13px] text-ink-2">
        Your address is encrypted with a key of your own and never goes to the chain; the chain gets a random
        reference to it. Only the vault’s operator opens it.
      </p>
    </div>
  );
}

function Panel({ children }: { children: React.ReactNode }) {
  return <div className="rounded-[14px] border border-line bg-surface p-5 sm:p-[22px]">{children}</div>;
}
