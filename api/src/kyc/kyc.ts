import {
  KycApplication,
  KycCase,
  KycDecision,
  KycReview,
  KycState,
  type Me,
  pageOf,
} from '@e-aurum/sdk/rest';
import { z } from 'zod';
import type { Chain } from '../platform/chain/chain.ts';
import type { Database, Queryable, Transaction } from '../platform/database/database.ts';
import { type PersonalData, PersonKeyDestroyedError } from '../platform/encryption/personal-data.ts';
import { conflict, notFound } from '../platform/http/problem.ts';
import { type Route, route } from '../platform/http/route.ts';
import { addToOutbox } from '../platform/queue/outbox.ts';
import {
  latestTransaction,
  latestTransactions,
  presentTransaction,
  type TransactionRow,
} from '../transactions/store.ts';
import { KYC_PURPOSES, REGISTER_TASK } from './registration.ts';
import {
  caseById,
  decideCase,
  insertCase,
  type KycCaseRow,
  listCases,
  lockAccount,
  lockCase,
  newestCaseOf,
} from './store.ts';

export const KYC_DATA = 'kyc';
const DAY_MS = 86_400_000;

export interface KycOptions {
  db: Database;
  chain: Chain;
  personalData: PersonalData;
}

const isoOrNull = (date: Date | null): string | null => date?.toISOString() ?? null;

function present(row: KycCaseRow, transaction: TransactionRow | null | undefined): KycCase {
  return {
    id: row.id,
    account: row.account,
    state: row.state,
    tier: row.tier,
    expiresAt: isoOrNull(row.expires_at),
    reason: row.reason,
    submittedAt: row.submitted_at.toISOString(),
    decidedAt: isoOrNull(row.decided_at),
    transaction: presentTransaction(transaction),
  };
}

const review = (
  row: KycCaseRow,
  transaction: TransactionRow | null | undefined,
  application: KycApplication | null,
) => ({
  ...present(row, transaction),
  application,
  decidedBy: row.decided_by,
});

/** The account's state as everybody sees it: the case, and above it what the registry says now. */
export function createKycState({ db, chain }: Pick<KycOptions, 'db' | 'chain'>) {
  return async (account: string): Promise<Me['kyc']> => {
    const [row, block, status] = await Promise.all([
      newestCaseOf(db, account),
      chain.newestBlock(),
      chain.contracts.InvestorRegistry.getFunction('statusOf')(account) as Promise<{
        tier: bigint;
        expiry: bigint;
        revoked: boolean;
      }>,
    ]);
    if (row && ['submitted', 'approving', 'rejected'].includes(row.state)) return row.state;
    if (status.revoked) return 'revoked';
    if (status.tier === 0n) return row?.state ?? 'none';
    return Number(status.expiry) > block.timestamp ? 'approved' : 'expired';
  };
}

/** @throws ProblemError when the case is not in a state that this decision can follow */
function checkDecision(
  row: KycCaseRow,
  transaction: TransactionRow | null,
  decision: KycDecision['decision'],
): void {
  const stuck = transaction?.state === 'failed';
  const possible =
    decision === 'revoke'
      ? row.state === 'approved'
      : row.state === 'submitted' || (row.state === 'approving' && stuck);
  if (!possible)
    throw conflict(
      'kyc-wrong-state',
      `The case is ${row.state}: it cannot be given the decision "${decision}" now.`,
    );
}

/** @param chainTime unix seconds of the newest block: the registry compares the expiry with the chain's clock */
async function decide(
  tx: Transaction,
  id: string,
  decision: KycDecision,
  decidedBy: string,
  chainTime: number,
): Promise<void> {
  const row = await lockCase(tx, id);
  if (!row) throw notFound('This KYC case');
  checkDecision(row, await latestTransaction(tx, KYC_PURPOSES, id), decision.decision);
  const approved = decision.decision === 'approve';
  // whole seconds: the chain will say them back, and then the case is approved
  const expiry = approved ? new Date(chainTime * 1000 + decision.validDays * DAY_MS) : null;
  const keeps = decision.decision === 'revoke';
  await decideCase(tx, id, {
    decision: decision.decision,
    tier: approved ? decision.tier : keeps ? row.tier : null,
    expiresAt: approved ? expiry : keeps ? row.expires_at : null,
    reason: approved ? null : decision.reason,
    decidedBy,
  });
  if (decision.decision !== 'reject') await addToOutbox(tx, REGISTER_TASK, id);
}

/** Identity: an applicant's case, and its review. Personal data is sealed with the applicant's own key. */
export function createKyc({ db, chain, personalData }: KycOptions): Route[] {
  async function readCase(queryable: Queryable, id: string) {
    const row = await caseById(queryable, id);
    if (!row) throw notFound('This KYC case');
    return { row, transaction: await latestTransaction(queryable, KYC_PURPOSES, id) };
  }

  async function applicationOf(row: KycCaseRow): Promise<KycApplication | null> {
    if (!row.application) return null;
    return (await personalData.decrypt(db, row.account, KYC_DATA, row.application)) as KycApplication | null;
  }

  return [
    route({
      method: 'get',
      path: '/v1/kyc/case',
      summary: "The caller's newest KYC case.",
      tag: 'Identity',
      access: 'session',
      answer: KycCase,
      async handle({ account }) {
        const row = await newestCaseOf(db, account);
        if (!row) throw notFound('A KYC case of this account', 'Submit one: POST /v1/kyc/case.');
        return present(row, await latestTransaction(db, KYC_PURPOSES, row.id));
      },
    }),
    route({
      method: 'post',
      path: '/v1/kyc/case',
      summary: 'Submits an application. It is encrypted; nothing of it goes to logs, jobs or the chain.',
      tag: 'Identity',
      access: 'session',
      status: 201,
      body: KycApplication,
      answer: KycCase,
      async handle({ account, body, tx }) {
        await lockAccount(tx, account);
        const open = await newestCaseOf(tx, account);
        const current = open?.state === 'approved' && open.expires_at && open.expires_at > new Date();
        if (open && (open.state === 'submitted' || open.state === 'approving' || current))
          throw conflict(
            'kyc-case-open',
            `There is a case already, and it is ${open.state}: wait for its decision.`,
          );
        const sealed = await personalData.encrypt(tx, account, KYC_DATA, body).catch((error) => {
          if (!(error instanceof PersonKeyDestroyedError)) throw error;
          throw conflict(
            'personal-data-destroyed',
            'The data of this account was destroyed: use another account.',
          );
        });
        const id = await insertCase(tx, account, sealed);
        return present((await caseById(tx, id))!, null);
      },
    }),
    route({
      method: 'get',
      path: '/v1/operations/kyc',
      summary: 'Cases to review, newest first, without the applications.',
      tag: 'Operations',
      access: ['operator', 'compliance'],
      query: z.object({
        state: KycState.optional(),
        cursor: z.uuid().optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      answer: pageOf(KycReview),
      async handle({ query }) {
        const rows = await listCases(db, query.state, query.cursor, query.limit + 1);
        const page = rows.slice(0, query.limit);
        const transactions = await latestTransactions(
          db,
          KYC_PURPOSES,
          page.map((row) => row.id),
        );
        return {
          items: page.map((row) => review(row, transactions.get(row.id), null)),
          next: rows.length > query.limit ? page[page.length - 1]!.id : null,
        };
      },
    }),
    route({
      method: 'get',
      path: '/v1/operations/kyc/:id',
      summary: 'One case with its application; null when the key of the person has been destroyed.',
      tag: 'Operations',
      access: ['operator', 'compliance'],
      params: z.object({ id: z.uuid() }),
      answer: KycReview,
      async handle({ params }) {
        const { row, transaction } = await readCase(db, params.id);
        return review(row, transaction, await applicationOf(row));
      },
    }),
    route({
      method: 'post',
      path: '/v1/operations/kyc/:id/decision',
      summary: 'Approves, rejects or revokes. An approval counts once the registry on the chain says so.',
      tag: 'Operations',
      access: ['operator', 'compliance'],
      status: 202,
      params: z.object({ id: z.uuid() }),
      body: KycDecision,
      answer: KycReview,
      async handle({ params, body, account, tx }) {
        await decide(tx, params.id, body, account, (await chain.newestBlock()).timestamp);
        // without the application: the answer is remembered with the idempotency key
        const { row, transaction } = await readCase(tx, params.id);
        return review(row, transaction, null);
      },
    }),
    route({
      method: 'post',
      path: '/v1/operations/kyc/:id/destroy-data',
      summary:
        "Destroys the applicant's key: everything personal we hold of them becomes unreadable for good.",
      tag: 'Operations',
      access: ['operator', 'compliance'],
      params: z.object({ id: z.uuid() }),
      answer: z.object({ destroyed: z.boolean() }),
      async handle({ params, tx }) {
        const { row } = await readCase(tx, params.id);
        if (row.state === 'submitted' || row.state === 'approving')
          throw conflict('kyc-case-open', `The case is ${row.state}: decide it first.`);
        return { destroyed: await personalData.destroyKey(tx, row.account) };
      },
    }),
  ];
}
