import type { LatestPrice } from '@e-aurum/sdk/rest';
import { formatNewYork } from '../format/time';
import type { Tone } from '../ui/Tag';

export type Mode = LatestPrice['mode'];
export type Source = LatestPrice['source'];

/** What each mode of the oracle is called on a page. */
export const MODE_WORDS: Record<Mode, string> = {
  Normal: 'Normal',
  Degraded: 'Degraded',
  AfterHours: 'After hours',
  Halted: 'Halted',
};

export const MODE_TONES: Record<Mode, Tone> = {
  Normal: 'up',
  Degraded: 'warn',
  AfterHours: 'closed',
  Halted: 'down',
};

export const MODE_MEANING: Record<Mode, string> = {
  Normal: 'Chainlink and the signed reports agree.',
  Degraded: 'One feed is missing or disagrees; the price rests on the others, with a wider spread.',
  AfterHours: 'The gold market is closed; the price stays near the last one of the session.',
  Halted: 'The feeds do not agree, so there is no price and no dealing.',
};

export const SOURCE_WORDS: Record<Source, string> = {
  None: 'no feed',
  Main: 'Chainlink',
  Pivot: 'signed reports',
  Fallback: 'Chainlink PAXG',
};

export interface MarketNotice {
  tone: 'warn' | 'closed' | 'down';
  title: string;
  text: string;
}

/** Why dealing is not as usual, and what to do; null when it is. `spread` as text, when it is known. */
export function marketNotice(
  price: Pick<LatestPrice, 'mode' | 'marketOpen' | 'marketChangesAt'>,
  spread?: string,
): MarketNotice | null {
  const opens =
    price.marketChangesAt && !price.marketOpen ? formatNewYork(Date.parse(price.marketChangesAt)) : null;
  const spreadText = spread ? ` The spread is ${spread} now.` : ' The spread is wider meanwhile.';
  switch (price.mode) {
    case 'Normal':
      return null;
    case 'AfterHours':
      return {
        tone: 'closed',
        title: 'The gold market is closed.',
        text: `${opens ? `Until ${opens} prices` : 'Prices'} come from signed reports, within \u22125% and +2.5% of the session’s last price.${spreadText}`,
      };
    case 'Degraded':
      return {
        tone: 'warn',
        title: 'The price is degraded.',
        text: `A feed is missing or disagrees, so the price rests on the others. You can deal, within lower limits, and it ends by itself when they agree.${spreadText}`,
      };
    case 'Halted':
      return {
        tone: 'down',
        title: 'Dealing is halted.',
        text: `${opens ? `The gold market is closed until ${opens}, and the` : 'The'} feeds do not agree on a price. Buying and selling begin again by themselves when they do. Transfers, staking and redemption go on as ever.`,
      };
  }
}
