/** What must be so before anything is sent. Each finding is a sentence that says what to do. */
import type { Provider } from 'ethers';
import type { Parameters } from '../../deployments/parameters/schema.ts';
import { aggregatorV3Abi, erc20Abi } from '../../sdk/src/abi/index.ts';
import { read } from './calls.ts';
import { DEPLOYMENT_PROXY, hasCode } from './create2.ts';

export class PreflightError extends Error {
  readonly findings: string[];
  constructor(findings: string[]) {
    super(`The deployment cannot begin:\n${findings.map((finding) => `- ${finding}`).join('\n')}`);
    this.name = 'PreflightError';
    this.findings = findings;
  }
}

interface FeedExpectation {
  name: string;
  feed: string;
  decimals: number;
  heartbeat: number;
}

function feedsOf({ oracle, desk }: Parameters): FeedExpectation[] {
  return [
    { name: 'main gold feed', ...oracle.main },
    ...(oracle.fallback ? [{ name: 'fallback gold feed', ...oracle.fallback }] : []),
    ...desk.coins.map((coin) => ({ name: `${coin.symbol} feed`, ...coin })),
  ];
}

/**
 * Checks the chain id, the contracts that a deployment builds on, and every feed's and coin's decimals.
 * @throws PreflightError with everything that is wrong
 */
export async function preflight(provider: Provider, parameters: Parameters): Promise<void> {
  const { chainId } = await provider.getNetwork();
  if (chainId !== BigInt(parameters.chainId)) {
    throw new PreflightError([
      `the endpoint is chain ${chainId}, the parameters are for ${parameters.network} (${parameters.chainId}): check the RPC URL`,
    ]);
  }
  const needed: [string, string][] = [
    ['the deterministic deployment proxy', DEPLOYMENT_PROXY],
    ['the Safe factory', parameters.safe.factory],
    ['the SafeL2 singleton', parameters.safe.singleton],
    ['the Safe fallback handler', parameters.safe.fallbackHandler],
    ['MultiSendCallOnly', parameters.safe.multiSendCallOnly],
  ];
  const findings = await Promise.all([
    ...needed.map(async ([name, address]) =>
      (await hasCode(provider, address)) ? [] : [`${name} is not at ${address}`],
    ),
    ...feedsOf(parameters).map((feed) => checkFeed(provider, feed)),
    ...parameters.desk.coins.map((coin) => checkCoin(provider, coin)),
  ]);
  const wrong = findings.flat();
  if (wrong.length > 0) throw new PreflightError(wrong);
}

async function checkFeed(provider: Provider, { name, feed, decimals }: FeedExpectation): Promise<string[]> {
  if (!(await hasCode(provider, feed))) return [`the ${name} is not at ${feed}`];
  const [found] = await read(provider, feed, aggregatorV3Abi, 'decimals');
  return found === BigInt(decimals)
    ? []
    : [`the ${name} at ${feed} has ${found} decimals, the parameters say ${decimals}`];
}

async function checkCoin(provider: Provider, coin: Parameters['desk']['coins'][number]): Promise<string[]> {
  if (!(await hasCode(provider, coin.address))) return [`${coin.symbol} is not at ${coin.address}`];
  const [decimals] = await read(provider, coin.address, erc20Abi, 'decimals');
  return decimals === BigInt(coin.coinDecimals)
    ? []
    : [`${coin.symbol} at ${coin.address} has ${decimals} decimals, the parameters say ${coin.coinDecimals}`];
}

/** Feeds whose last answer is older than their heartbeat: no reason to stop, but to be told. */
export async function staleFeeds(provider: Provider, parameters: Parameters): Promise<string[]> {
  const now = (await provider.getBlock('latest'))!.timestamp;
  const ages = await Promise.all(
    feedsOf(parameters).map(async ({ name, feed, heartbeat }) => {
      const round = await read(provider, feed, aggregatorV3Abi, 'latestRoundData').catch(() => null);
      if (!round) return [`the ${name} at ${feed} gives no answer`];
      const ageSeconds = now - Number(round.updatedAt);
      return ageSeconds > heartbeat
        ? [`the ${name} at ${feed} last answered ${ageSeconds} s ago, its heartbeat is ${heartbeat} s`]
        : [];
    }),
  );
  return ages.flat();
}
