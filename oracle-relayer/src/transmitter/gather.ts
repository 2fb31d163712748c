import { MAX_REPORT_AHEAD_S, type Session } from '@e-aurum/sdk';
import type { Deployment } from '../config/deployment.ts';
import { getText, HttpError } from '../platform/http-client.ts';
import { type ReportDocument, reportDocument, reportSigner } from '../report.ts';
import type { FeedState } from './state.ts';

/** A report whose signature and configuration were checked. */
export interface VerifiedReport {
  /** Address in lower case. */
  signer: string;
  /** US dollars per troy ounce, 8 decimals. */
  price: bigint;
  observedAt: number;
  session: Session;
  r: string;
  vs: string;
}

/** Why a reporter's answer does not count, as a metric's label. */
export type ReportFault =
  | 'timeout'
  | 'unreachable'
  | 'status'
  | 'too-large'
  | 'malformed'
  | 'other-feed'
  | 'other-config'
  | 'bad-signature'
  | 'unknown-reporter'
  | 'stale'
  | 'future'
  | 'used'
  | 'repeated';

/** What a reporter's URL answered. */
export type Answer = { name: string } & ({ document: ReportDocument } | { fault: ReportFault });

export type Checked = { name: string } & ({ report: VerifiedReport } | { fault: ReportFault });

/** Asks one reporter; never throws for what it does. */
export async function askReporter(
  { name, url }: { name: string; url: string },
  timeoutMs: number,
): Promise<Answer> {
  try {
    const body = await getText(new URL('/v1/report', url).href, { timeoutMs });
    const parsed = reportDocument.safeParse(JSON.parse(body));
    return parsed.success ? { name, document: parsed.data } : { name, fault: 'malformed' };
  } catch (error) {
    if (error instanceof HttpError) return { name, fault: error.failure };
    if (error instanceof SyntaxError) return { name, fault: 'malformed' };
    throw error;
  }
}

export interface CheckRules {
  feed: FeedState;
  deployment: Deployment;
  nowS: number;
  maxReportAgeS: number;
}

function faultOf(
  document: ReportDocument,
  { feed, deployment, nowS, maxReportAgeS }: CheckRules,
): ReportFault | undefined {
  const { report } = document;
  const ofThisFeed =
    document.chainId === deployment.chainId &&
    document.verifyingContract.toLowerCase() === deployment.signedPriceFeed.toLowerCase() &&
    report.feedId.toLowerCase() === feed.feedId.toLowerCase();
  if (!ofThisFeed) return 'other-feed';
  if (report.configId.toLowerCase() !== feed.configId.toLowerCase()) return 'other-config';
  if (report.observedAt > nowS + MAX_REPORT_AHEAD_S) return 'future';
  if (report.observedAt < nowS - maxReportAgeS) return 'stale';
  const signer = reportSigner(document)?.toLowerCase();
  if (signer === undefined || signer !== document.address.toLowerCase()) return 'bad-signature';
  const lastObservedAt = feed.reporters.get(signer);
  if (lastObservedAt === undefined) return 'unknown-reporter';
  return report.observedAt <= lastObservedAt ? 'used' : undefined;
}

/** Checks everything that the contract would, so that no gas is spent to learn it. One report a signer. */
export function checkAnswers(answers: readonly Answer[], rules: CheckRules): Checked[] {
  const seen = new Set<string>();
  return answers.map((answer): Checked => {
    if ('fault' in answer) return answer;
    const { name, document } = answer;
    const fault = faultOf(document, rules);
    if (fault) return { name, fault };
    const signer = document.address.toLowerCase();
    if (seen.has(signer)) return { name, fault: 'repeated' };
    seen.add(signer);
    const { price, observedAt, session } = document.report;
    return { name, report: { signer, price, observedAt, session, ...document.signature } };
  });
}
