'use client';

import { exactAmount, formatAmount } from '@e-aurum/sdk';
import { useState } from 'react';
import { useAccount } from '@/chain/account/use-account';
import { useEligibility } from '@/chain/account/use-eligibility';
import { deadlineIn } from '@/chain/deadline';
import { useCoins, useContract } from '@/chain/deployment';
import { TransactionStatus } from '@/chain/transaction/TransactionStatus';
import { useTransaction } from '@/chain/transaction/use-transaction';
import { useBalances } from '@/chain/use-balances';
import { readAmount } from '@/shared/format/amount';
import { formatBps } from '@/shared/format/money';
import { useLatestPrice } from '@/shared/price/use-latest-price';
import { marketNotice } from '@/shared/price/words';
import { ButtonLink } from '@/shared/ui/Button';
import { AmountField } from '@/shared/ui/Field';
import { Note } from '@/shared/ui/Note';
import { Tabs } from '@/shared/ui/Tabs';
import { CoinSelect } from './CoinSelect';
import { planTrade, TRADE_LIFE_SECONDS } from './plan';
import { QuoteDetails } from './QuoteDetails';
import { SlippageChoice } from './SlippageChoice';
import { TradeAction } from './TradeAction';
import { TradeDone } from './TradeDone';
import { type Side, useLimits, useQuote } from './use-quote';

const SIDES = [
  { key: 'buy', title: 'Buy' },
  { key: 'sell', title: 'Sell' },
] as const;
const SLIPPAGE_BPS = 30;

export function TradeForm() {
  const coins = useCoins();
  const [side, setSide] = useState<Side>('buy');
  const [coinAt, setCoinAt] = useState(0);
  const [text, setText] = useState('');
  const [slippageBps, setSlippageBps] = useState(SLIPPAGE_BPS);
  const coin = coins[coinAt] ?? coins[0]!;
  const { address } = useAccount();
  const { eligible, loading: eligibilityLoading } = useEligibility(address);
  const balances = useBalances(address);
  const desk = useContract('GoldDesk');
  const token = useContract('GoldToken');
  const limits = useLimits(coin);
  const flow = useTransaction();
  const price = useLatestPrice();

  const buying = side === 'buy';
  const halted = price.data?.mode === 'Halted';
  const decimals = buying ? coin.decimals : 18;
  const typed = readAmount(text, decimals);
  const { quote, refusal, loading } = useQuote(side, coin, typed.value);
  const balance = buying ? balances.coins[coinAt]?.balance : balances.eau;
  const tooMuch = typed.value !== null && balance !== undefined && typed.value > balance;
  const notice = price.data && marketNotice(price.data, quote ? formatBps(quote.spreadBps) : undefined);
  const received = quote ? (buying ? quote.grams : quote.coinAmount) : null;

  const select = (next: Side) => {
    setSide(next);
    setText('');
  };
  const submit = () => {
    if (!quote || typed.value === null) return;
    const wish = { side, coin, desk, token, amount: typed.value, quote, slippageBps };
    flow.run(async (config) =>
      planTrade({ ...wish, deadline: await deadlineIn(config, TRADE_LIFE_SECONDS) }),
    );
  };
  const coinUnit = <CoinSelect coins={coins} selected={coinAt} onSelect={setCoinAt} />;
  const most = buying ? limits.buyable : limits.sellable;

  return (
    <div className="rounded-[14px] border border-line bg-surface p-5 sm:p-[22px]">
      {flow.stage.name !== 'idle' ? (
        <TransactionStatus
          flow={flow}
          again={buying ? 'Buy more' : 'Sell more'}
          done={(receipt) => <TradeDone receipt={receipt} coins={coins} />}
          help={
            !eligible && !eligibilityLoading ? (
              <ButtonLink href="/onboarding" small>
                Get verified
              </ButtonLink>
            ) : undefined
          }
        />
      ) : (
        <Tabs label="Buy or sell" tabs={SIDES} selected={side} onSelect={select}>
          <form
            className="mt-3 grid gap-2.5"
            onSubmit={(event) => {
              event.preventDefault();
              submit();
            }}
          >
            <AmountField
              label={buying ? 'You pay' : 'You give'}
              value={text}
              onChange={setText}
              unit={buying ? coinUnit : 'g EAU'}
              error={typed.error ?? (tooMuch ? 'That is more than you have' : null)}
              aside={
                balance !== undefined && (
                  <BalanceButton
                    balance={balance}
                    decimals={decimals}
                    places={buying ? 2 : 4}
                    onUse={() => setText(exactAmount(balance, decimals))}
                  />
                )
              }
            />
            <AmountField
              label="You get"
              readOnly
              busy={loading}
              value={
                received === null
                  ? ''
                  : formatAmount(received, { decimals: buying ? 18 : coin.decimals, places: buying ? 4 : 2 })
              }
              unit={buying ? 'g EAU' : coinUnit}
              aside="after all fees"
            />
            {refusal && typed.value !== null && !halted && (
              <Note tone="down" live title={`${refusal.title}.`}>
                {refusal.detail}
              </Note>
            )}
            {quote && <QuoteDetails side={side} coin={coin} quote={quote} slippageBps={slippageBps} />}
            <SlippageChoice selected={slippageBps} onSelect={setSlippageBps} />
            <TradeAction
              side={side}
              quote={quote}
              amount={typed.value}
              refused={refusal !== null}
              halted={halted}
              ready={quote !== null && !tooMuch && !loading}
              eligible={eligible}
              eligibilityLoading={eligibilityLoading}
            />
            {most !== undefined && most > 0n && (
              <p className="text-[13px] text-ink-2">
                At most {formatAmount(most, { places: 3 })} g can be {buying ? 'bought' : 'sold'} at once now.
              </p>
            )}
          </form>
        </Tabs>
      )}
      {notice && flow.stage.name === 'idle' && (
        <div className="mt-4">
          <Note tone={notice.tone} title={notice.title} live>
            {notice.text}
          </Note>
        </div>
      )}
    </div>
  );
}

interface BalanceButtonProps {
  balance: bigint;
  decimals: number;
  places: number;
  onUse: () => void;
}

function BalanceButton({ balance, decimals, places, onUse }: BalanceButtonProps) {
  return (
    <button
      type="button"
      onClick={onUse}
      className="underline decoration-edge underline-offset-2 hover:text-ink"
    >
      <span className="sr-only">Use the whole </span>
      Balance {formatAmount(balance, { decimals, places })}
    </button>
  );
}
