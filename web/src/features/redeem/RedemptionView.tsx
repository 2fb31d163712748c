'use client';

import type { Redemption } from '@e-aurum/sdk/rest';
import { useSession } from '@/chain/account/use-session';
import { useApi } from '@/shared/api/use-api';
import { formatCount } from '@/shared/format/money';
import { BarTag } from '@/shared/reserve/BarTag';
import { TimeAgo } from '@/shared/time/TimeAgo';
import { FineWeight, Grams } from '@/shared/ui/Amount';
import { Button, ButtonLink } from '@/shared/ui/Button';
import { BarName } from '@/shared/ui/Hallmark';
import { Hash } from '@/shared/ui/Hash';
import { Link } from '@/shared/ui/Link';
import { Note } from '@/shared/ui/Note';
import { Facts, Section } from '@/shared/ui/Section';
import { Empty, SkeletonRows } from '@/shared/ui/State';
import { Table } from '@/shared/ui/Table';
import { Tag } from '@/shared/ui/Tag';
import { NextStep, Progress } from './Progress';
import { PRODUCTS_PATH } from './products';
import { RedemptionActions } from './RedemptionActions';
import { type OnChain, useRedemption } from './use-redemption';
import { bars, eventWords, STATE_TONES, STATE_WORDS } from './words';

/** One redemption, followed live: state and deadlines from the desk, the rest for its holder from the service. */
export function RedemptionView({ id }: { id: bigint }) {
  const { onChain, refusal, details, isHolder, needsSignIn } = useRedemption(id);
  if (refusal)
    return (
      <div className="pt-14">
        <Note tone="down" title={`${refusal.title}.`}>
          {refusal.detail}
        </Note>
      </div>
    );
  if (onChain === null)
    return (
      <div className="pt-14">
        <Empty
          title="There is no such redemption"
          action={<ButtonLink href="/redeem">Your redemptions</ButtonLink>}
        >
          The desk has none with the number {String(id)}.
        </Empty>
      </div>
    );
  if (!onChain)
    return (
      <div className="pt-14">
        <SkeletonRows rows={6} label="The redemption is loading" />
      </div>
    );
  return (
    <>
      <Head id={id} redemption={onChain} details={details} />
      <div className="grid items-start gap-x-[52px] gap-y-8 lg:grid-cols-[minmax(0,1fr)_400px] lg:grid-rows-[auto_1fr]">
        <div className="empty:hidden lg:col-start-2">
          <RedemptionActions id={id} redemption={onChain} isHolder={isHolder} />
        </div>
        <div className="min-w-0 lg:col-start-1 lg:row-span-2 lg:row-start-1">
          <Progress redemption={onChain} details={details} />
          {needsSignIn && <SignInForMore />}
          {details && details.bars.length > 0 && <Bars bars={details.bars} />}
          {details && <History details={details} />}
        </div>
        <div className="lg:col-start-2">
          <Particulars redemption={onChain} details={details} />
        </div>
      </div>
    </>
  );
}

function useProductName(productId: number): string {
  const { data } = useApi<{ productId: number; name: string }[]>(PRODUCTS_PATH);
  return data?.find((product) => product.productId === productId)?.name ?? `Product ${productId}`;
}

function Head({
  id,
  redemption,
  details,
}: {
  id: bigint;
  redemption: OnChain;
  details: Redemption | undefined;
}) {
  const name = useProductName(redemption.productId);
  return (
    <div className="pt-10 pb-8 sm:pt-14">
      <p className="mb-3 text-[14px] text-ink-2">
        <Link href="/redeem" className="underline decoration-edge underline-offset-4 hover:decoration-gold">
          Redeem
        </Link>
      </p>
      <h1 className="display-serif flex flex-wrap items-center gap-x-4 gap-y-2 text-[40px] sm:text-[48px]">
        Redemption {String(id)}
        <span className="font-sans leading-none tracking-normal">
          <Tag tone={STATE_TONES[redemption.state]}>{STATE_WORDS[redemption.state]}</Tag>
        </span>
      </h1>
      <p className="mt-2 mb-1 text-[17px]">
        {details?.productName ?? name}, {bars(redemption.count)}
      </p>
      <NextStep redemption={redemption} />
    </div>
  );
}

function SignInForMore() {
  const { signIn, signingIn } = useSession();
  return (
    <div className="mt-6">
      <Note
        tone="gold"
        title="This is yours."
        action={
          <Button small disabled={signingIn} onClick={() => signIn().catch(() => undefined)}>
            {signingIn ? 'Waiting for your wallet …' : 'Sign in with this wallet'}
          </Button>
        }
      >
        Sign in to see its bars, its tracking number and all that happened.
      </Note>
    </div>
  );
}

function Particulars({ redemption, details }: { redemption: OnChain; details: Redemption | undefined }) {
  const at = (seconds: number) => <TimeAgo at={seconds * 1_000} />;
  const open = redemption.escrow > 0n;
  return (
    <Facts
      facts={[
        {
          label: 'In escrow',
          value: open ? <Grams wei={redemption.escrow} places={4} /> : 'nothing any more',
        },
        { label: 'Fee', value: <Grams wei={redemption.fee} places={4} /> },
        { label: 'Requested', value: at(redemption.requestedAt) },
        ...(open
          ? [
              { label: 'Ships at the latest', value: at(redemption.shipBy) },
              { label: 'Delivered at the latest', value: at(redemption.deliverBy) },
            ]
          : []),
        ...(details?.trackingNumber
          ? [
              { label: 'Carrier', value: details.carrier },
              {
                label: 'Tracking number',
                value: <span className="font-mono text-[13px]">{details.trackingNumber}</span>,
              },
            ]
          : []),
        { label: 'Holder', value: <Hash value={redemption.holder} label="holder" /> },
        ...(details && !details.deliveryDetailsKnown
          ? [{ label: 'Delivery address', value: <span className="text-down">not known to the vault</span> }]
          : []),
      ]}
    />
  );
}

function Bars({ bars: shown }: { bars: Redemption['bars'] }) {
  return (
    <Section title={shown.length === 1 ? 'Your bar' : 'Your bars'}>
      <Table
        caption="Bars of this redemption"
        rows={shown}
        keyOf={({ barId }) => barId}
        columns={[
          {
            key: 'bar',
            head: 'Bar',
            phone: 'a',
            cell: (bar) => (
              <Link
                href={`/reserve/${bar.barId}`}
                className="underline decoration-transparent underline-offset-4 hover:decoration-gold"
              >
                <BarName refiner={bar.refiner} serial={bar.serial} year={bar.year} />
              </Link>
            ),
          },
          { key: 'vault', head: 'Vault', phone: 'c', cell: ({ vault }) => vault },
          {
            key: 'weight',
            head: 'Fine weight',
            right: true,
            phone: 'd',
            cell: ({ fineWeightMg }) => <FineWeight mg={fineWeightMg} />,
          },
          {
            key: 'state',
            head: 'State',
            right: true,
            phone: 'b',
            cell: ({ state }) => <BarTag state={state} />,
          },
        ]}
      />
    </Section>
  );
}

function History({ details }: { details: Redemption }) {
  return (
    <Section title="What happened">
      <ol className="border-t border-line">
        {details.timeline.map(({ event, at, note, blockNumber, transactionHash }) => (
          <li
            key={`${transactionHash}${event}`}
            className="grid grid-cols-[1fr_auto] gap-x-4 border-b border-line py-3"
          >
            <span className="font-semibold">{eventWords(event)}</span>
            <span className="text-right text-[13.5px]">
              <TimeAgo at={at} />
            </span>
            <span className="col-span-2 text-[13.5px] text-ink-2">
              {note && <>{note}; </>}block {formatCount(blockNumber)},{' '}
              <Hash value={transactionHash} label="transaction hash" />
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
