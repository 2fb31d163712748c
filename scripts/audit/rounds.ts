import {
  priceReportMessage,
  priceReportTypes,
  sessionFromCode,
  signedPriceFeedDomain,
} from '@e-aurum/sdk/price';
import { getAddress, type JsonRpcProvider, Signature, verifyTypedData } from 'ethers';
import { type ChainEvent, interfaceOf } from './events.ts';
import type { Report } from './report.ts';

const AREA = 'signed rounds from their calldata';
const feed = interfaceOf('SignedPriceFeed');
const SUBMIT = feed.getFunction('submit')?.selector as string;

interface Config {
  id: string;
  reporters: Set<string>;
  threshold: number;
}

interface SignedReport {
  price: bigint;
  observedAt: bigint;
  session: bigint;
  r: string;
  vs: string;
}

/** The reports of a transaction that brought a round: a direct call, or inside somebody's batch. */
function reportsIn(data: string): SignedReport[] | undefined {
  for (let at = data.indexOf(SUBMIT.slice(2)); at >= 0; at = data.indexOf(SUBMIT.slice(2), at + 1)) {
    try {
      return feed.decodeFunctionData('submit', `0x${data.slice(at)}`)[0] as SignedReport[];
    } catch {
      // the four bytes stood there by chance
    }
  }
  return undefined;
}

function signerOf(
  report: SignedReport,
  configId: string,
  feedId: string,
  chainId: number,
  address: string,
): string {
  const message = priceReportMessage({
    configId,
    feedId,
    price: report.price,
    observedAt: Number(report.observedAt),
    session: sessionFromCode(report.session),
  });
  const signature = Signature.from({ r: report.r, yParityAndS: report.vs });
  return verifyTypedData(
    signedPriceFeedDomain(chainId, address),
    { PriceReport: [...priceReportTypes.PriceReport] },
    message,
    signature,
  );
}

const ascending = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);

/** Recomputes who signed each round and its median. */
export async function auditRounds(
  report: Report,
  events: ChainEvent[],
  {
    provider,
    chainId,
    feedAddress,
    feedId,
  }: { provider: JsonRpcProvider; chainId: number; feedAddress: string; feedId: string },
): Promise<void> {
  let config: Config = { id: '', reporters: new Set(), threshold: 0 };
  let nextRound: bigint | undefined;
  const rounds = events.filter((event) => event.name === 'RoundAccepted');
  const inputs = await loadInputs(
    provider,
    rounds.map(({ place }) => place.transaction),
  );
  for (const { name, args, place } of events) {
    if (name === 'ConfigChanged') {
      config = {
        id: args.configId,
        reporters: new Set(args.reporters.map(getAddress)),
        threshold: Number(args.threshold),
      };
    } else if (name === 'ReporterDisabled') {
      config.reporters.delete(getAddress(args.reporter));
    } else if (name === 'RoundAccepted') {
      report.check(
        'no round is missing',
        nextRound === undefined || args.roundId === nextRound,
        () => `round ${args.roundId} follows ${nextRound}`,
        place,
      );
      nextRound = args.roundId + 1n;
      const reports = reportsIn(inputs.get(place.transaction) ?? '');
      report.check(
        AREA,
        reports !== undefined,
        () => `the calldata of round ${args.roundId} holds no reports`,
        place,
      );
      if (!reports) continue;
      const signers = reports.map((item) => signerOf(item, config.id, feedId, chainId, feedAddress));
      const strangers = signers.filter((signer) => !config.reporters.has(signer));
      report.check(
        AREA,
        strangers.length === 0,
        () => `round ${args.roundId} is signed by ${strangers.join(', ')}, no reporter`,
        place,
      );
      report.check(
        AREA,
        new Set(signers).size === signers.length && signers.length >= config.threshold,
        () => `round ${args.roundId} has ${new Set(signers).size} signers of ${config.threshold} needed`,
        place,
      );
      const prices = reports.map(({ price }) => price).sort(ascending);
      const median = prices[(prices.length - 1) / 2];
      report.check(
        AREA,
        median === args.price,
        () => `the median of round ${args.roundId} is ${median}, the chain says ${args.price}`,
        place,
      );
      const [oldest] = reports.map(({ observedAt }) => observedAt).sort(ascending);
      report.check(
        AREA,
        oldest === args.updatedAt,
        () => `the oldest report of round ${args.roundId} is of ${oldest}, the chain says ${args.updatedAt}`,
        place,
      );
    }
  }
}

async function loadInputs(provider: JsonRpcProvider, hashes: string[]): Promise<Map<string, string>> {
  const inputs = new Map<string, string>();
  const unique = [...new Set(hashes)];
  for (let i = 0; i < unique.length; i += 50) {
    const transactions = await Promise.all(
      unique.slice(i, i + 50).map((hash) => provider.getTransaction(hash)),
    );
    for (const transaction of transactions) if (transaction) inputs.set(transaction.hash, transaction.data);
  }
  return inputs;
}
