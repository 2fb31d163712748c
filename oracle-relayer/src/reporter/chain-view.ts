import { sessionFromCode, usdPerOunceFromGram } from '@e-aurum/sdk';
import { callContract, priceOracle, signedPriceFeed } from '../chain/contracts.ts';
import type { RpcPool } from '../chain/rpc-pool.ts';
import type { Deployment } from '../config/deployment.ts';
import { lastOpenRound, type RoundView } from './last-close.ts';

/** What a reporter needs to know of the chain. Read again every few seconds; kept when the chain can't be reached. */
export interface ChainView {
  configId: string;
  feedId: string;
  /** False when a guardian disabled us, or a new configuration left us out. */
  isReporter: boolean;
  /** The oracle's own answer: its holidays, and a close by a guardian, count too. */
  isMarketOpen: boolean;
}

export interface ChainReader {
  view(account: string, nowS: number): Promise<ChainView>;
  /** The last price of open hours that the chain knows, and the newest signed round, whatever its session. */
  lastClose(): Promise<{ close?: { price: bigint; at: number }; latest?: RoundView }>;
}

/** US dollars per gram with 18 decimals -> per troy ounce with 8. */
const toReportPrice = (usdPerGram: bigint): bigint => usdPerOunceFromGram(usdPerGram) / 10n ** 10n;

export function createChainReader(
  rpc: RpcPool,
  { signedPriceFeed: feed, priceOracle: oracle }: Deployment,
): ChainReader {
  const ofFeed = async (method: string, args: readonly unknown[] = []) =>
    (await callContract(rpc, { to: feed, contract: signedPriceFeed, method, args }))[0];

  async function readRound(roundId: bigint): Promise<RoundView> {
    const { price, updatedAt, session } = await ofFeed('round', [roundId]);
    return { roundId, price, updatedAt: Number(updatedAt), session: sessionFromCode(session) };
  }

  async function anchor(): Promise<{ price: bigint; at: number } | undefined> {
    const [usdPerGram, time] = await callContract(rpc, {
      to: oracle,
      contract: priceOracle,
      method: 'anchor',
    });
    return usdPerGram > 0n ? { price: toReportPrice(usdPerGram), at: Number(time) } : undefined;
  }

  return {
    async view(account, nowS) {
      const [configId, feedId, isReporter, [isMarketOpen]] = await Promise.all([
        ofFeed('configId'),
        ofFeed('feedId'),
        ofFeed('isReporter', [account]),
        callContract(rpc, { to: oracle, contract: priceOracle, method: 'isMarketOpen', args: [nowS] }),
      ]);
      return { configId, feedId, isReporter, isMarketOpen };
    },

    async lastClose() {
      const latestRound: bigint = await ofFeed('latestRound');
      const [open, latest, anchored] = await Promise.all([
        lastOpenRound(latestRound, readRound),
        latestRound > 0n ? readRound(latestRound) : undefined,
        anchor(),
      ]);
      const closes = [open ? { price: open.price, at: open.updatedAt } : undefined, anchored];
      const known = closes.filter((close) => close !== undefined).sort((a, b) => b.at - a.at);
      return { close: known[0], latest };
    },
  };
}
