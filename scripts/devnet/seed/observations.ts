/** One price observation of the past: Chainlink's feeds, a signed round by three of the five reporters, and its record. */
import { priceReportMessage, priceReportTypes, type Session, signedPriceFeedDomain } from '@e-aurum/sdk';
import { Signature } from 'ethers';
import { noise } from '../../market/history.ts';
import { isSpotMarketOpen } from '../../market/hours.ts';
import { type MarketPrices, toFeedAnswer } from '../../market/prices.ts';
import { type DevAccountName, devAccount, devSigner } from '../accounts.ts';
import { DEVNET_CHAIN_ID } from '../anvil.ts';
import { FEED_NAMES, type FeedName, feedAggregators } from '../feeds.ts';
import type { DevTransaction } from '../transactions.ts';
import type { Contracts } from './contracts.ts';

const REPORTERS: DevAccountName[] = ['reporter1', 'reporter2', 'reporter3', 'reporter4', 'reporter5'];
const THRESHOLD = 3;
/** How far a reporter's median may lie from the market, parts of one. */
const REPORTER_NOISE = 0.00015;
/** Of the last close, moved by what tokenised gold says: Chainlink's weight of it, and its bounds. */
const CLOSED_WEIGHT = 0.7;
const CLOSED_LOWEST = 0.95;
const CLOSED_HIGHEST = 1.025;

/** What a reporter signs for while the market is closed, dollars per ounce. */
export function closedMarketPrice(closeUsd: number, paxgUsd: number): number {
  const moved = closeUsd * (1 + CLOSED_WEIGHT * (paxgUsd / closeUsd - 1));
  return Math.min(closeUsd * CLOSED_HIGHEST, Math.max(closeUsd * CLOSED_LOWEST, moved));
}

/** The Chainlink rounds of a moment; XAU/USD only while gold trades, and not if it is silent. */
export function feedTransactions(prices: MarketPrices, at: number, goldIsSilent = false): DevTransaction[] {
  const { interface: aggregator, addresses } = feedAggregators();
  const usd: Record<FeedName, number> = {
    'XAU/USD': prices.spotAt(at),
    'PAXG/USD': prices.paxgAt(at),
    'USDT/USD': prices.coinAt('USDT', at),
    'USDC/USD': prices.coinAt('USDC', at),
  };
  return FEED_NAMES.filter((name) => name !== 'XAU/USD' || (isSpotMarketOpen(at) && !goldIsSilent)).map(
    (name) => ({
      from: devAccount('marketKeeper').address,
      to: addresses[name],
      data: aggregator.encodeFunctionData('transmit', [toFeedAnswer(usd[name])]),
      label: `write ${name}`,
    }),
  );
}

/** What a round is signed for; read once, since nobody changes the reporters while the history is written. */
export interface RoundConfig {
  configId: string;
  feedId: string;
}

export async function readRoundConfig({ signedFeed }: Contracts): Promise<RoundConfig> {
  const [configId] = await signedFeed.read('configId');
  const [feedId] = await signedFeed.read('feedId');
  return { configId, feedId };
}

/** A round that the transmitter brings in the block of `at`: three reporters in turn, each with its own view and second. */
export async function roundTransaction(
  contracts: Contracts,
  config: RoundConfig,
  prices: MarketPrices,
  at: number,
  turn: number,
): Promise<DevTransaction> {
  const session: Session = isSpotMarketOpen(at) ? 'Open' : 'Closed';
  const spot = prices.spotAt(at);
  const middle = session === 'Open' ? spot : closedMarketPrice(spot, prices.paxgAt(at));
  const domain = signedPriceFeedDomain(DEVNET_CHAIN_ID, contracts.signedFeed.address);
  const reports = await Promise.all(
    Array.from({ length: THRESHOLD }, async (_, seat) => {
      const number = (turn + seat) % REPORTERS.length;
      const price = toFeedAnswer(middle * (1 + REPORTER_NOISE * noise(61 + number, at)));
      const report = { ...config, price, observedAt: at - 1 - seat, session };
      const types = { PriceReport: [...priceReportTypes.PriceReport] };
      const signed = await devSigner(REPORTERS[number]!).signTypedData(
        domain,
        types,
        priceReportMessage(report),
      );
      const { r, yParityAndS: vs } = Signature.from(signed);
      return { price, observedAt: report.observedAt, session: priceReportMessage(report).session, r, vs };
    }),
  );
  reports.sort((a, b) => (a.price < b.price ? -1 : a.price > b.price ? 1 : 0));
  return contracts.signedFeed.send('transmitter', 'submit', [reports]);
}
