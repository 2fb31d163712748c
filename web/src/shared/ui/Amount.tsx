import { exactAmount, formatAmount } from '@e-aurum/sdk';
import { formatUsd, formatUsdPerOunce } from '../format/money';
import { cx } from './cx';

interface ExactProps {
  text: string;
  exact: string;
  className?: string;
  fromLeft?: boolean;
}

/** A shortened figure; the whole one is a hover or a tap away. */
export function Exact({ text, exact, className, fromLeft }: ExactProps) {
  const shown = exact.replaceAll(',', '') !== text.replaceAll(',', '');
  if (!shown) return <span className={cx('whitespace-nowrap', className)}>{text}</span>;
  return (
    <span data-exact={exact} tabIndex={-1} className={cx('exact', fromLeft && 'from-left', className)}>
      {text}
    </span>
  );
}

interface GramsProps {
  /** Wei of EAU, bigint or as the API sends it. */
  wei: bigint | string;
  /** 3 in tables, 4 in quotes. */
  places?: number;
  className?: string;
  fromLeft?: boolean;
}

export function Grams({ wei, places = 3, className, fromLeft }: GramsProps) {
  const value = BigInt(wei);
  return (
    <Exact
      text={`${formatAmount(value, { places })} g`}
      exact={`${exactAmount(value)} g`}
      className={className}
      fromLeft={fromLeft}
    />
  );
}

/** A weight in whole milligrams: three decimals are all there is. */
export function FineWeight({ mg, className }: { mg: bigint | string; className?: string }) {
  return (
    <span className={cx('whitespace-nowrap', className)}>
      {formatAmount(BigInt(mg), { decimals: 3, places: 3 })} g
    </span>
  );
}

interface UsdProps {
  /** Dollars with 18 decimals. */
  value: bigint | string;
  places?: number;
  className?: string;
  fromLeft?: boolean;
}

export function Usd({ value, places = 2, className, fromLeft }: UsdProps) {
  const amount = BigInt(value);
  return (
    <Exact
      text={formatUsd(amount, places)}
      exact={`${amount < 0n ? '\u2212' : ''}$${exactAmount(amount < 0n ? -amount : amount)}`}
      className={className}
      fromLeft={fromLeft}
    />
  );
}

/** Dollars per gram first, per ounce beside it. */
export function Rate({ usdPerGram, places = 2 }: { usdPerGram: bigint | string; places?: number }) {
  const value = BigInt(usdPerGram);
  return (
    <>
      <Usd value={value} places={places} /> per g
      <span className="text-ink-2"> · {formatUsdPerOunce(value)} per oz</span>
    </>
  );
}

interface CoinProps {
  amount: bigint | string;
  decimals: number;
  symbol: string;
  places?: number;
}

export function CoinAmount({ amount, decimals, symbol, places = 2 }: CoinProps) {
  const value = BigInt(amount);
  return (
    <Exact
      text={`${formatAmount(value, { decimals, places })} ${symbol}`}
      exact={`${exactAmount(value, decimals)} ${symbol}`}
    />
  );
}
