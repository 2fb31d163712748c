import { NewProposal, NewSignature, Proposal, Treasury } from '@e-aurum/sdk/rest';
import { roleOf } from '@e-aurum/sdk/roles';
import { Contract, dataSlice, getAddress, id, isAddress, ZeroAddress } from 'ethers';
import { z } from 'zod';
import type { Chain } from '../platform/chain/chain.ts';
import { interfaces } from '../platform/chain/contracts.ts';
import { revertOf } from '../platform/chain/revert.ts';
import type { Database, Queryable, Transaction } from '../platform/database/database.ts';
import { conflict, forbidden, notFound, unprocessable } from '../platform/http/problem.ts';
import { type Route, route } from '../platform/http/route.ts';
import { createCeremonies, operationIdOf } from './ceremonies.ts';
import { createDescriber } from './describe.ts';
import { createProposalPresenter, OPEN_STATES, readSafe, upgradeCall } from './proposals.ts';
import {
  insertProposal,
  insertSignature,
  listProposals,
  type NewProposalRow,
  newestProposalFor,
  type ProposalRow,
  proposalById,
} from './store.ts';
import { implementationOf } from './upgrades.ts';

const SHOWN = 50;
/** Safe 1.4.1: keccak256("guard_manager.guard.address"). */
const GUARD_SLOT = id('guard_manager.guard.address');
const BALANCE_OF = ['function balanceOf(address) view returns (uint256)'];
const UPGRADE_SELECTOR = interfaces.GoldToken.getFunction('upgradeToAndCall')!.selector;
const tag = 'Treasury';

/** @throws ProblemError for mixed case that is no checksum: a letter was changed */
function checkedAddress(text: string): string {
  if (isAddress(text)) return getAddress(text);
  throw unprocessable('address-checksum', `${text} is mistyped, its checksum does not fit: copy it again.`);
}

/** Proposals to the treasury Safe: what they do, who signed, and when they can run. */
export function createTreasury(db: Database, chain: Chain): Route[] {
  const describer = createDescriber(chain);
  const ceremonies = createCeremonies(chain, describer);
  const presentProposals = createProposalPresenter({ chain, ceremonies, describer });
  const { safe } = ceremonies.treasury;

  async function presentOne(queryable: Queryable, row: ProposalRow) {
    return (await presentProposals(queryable, [row], await readSafe(chain)))[0]!;
  }

  /** One open proposal for one operation: two would show what becomes of the same call. */
  async function checkNotOpen(tx: Transaction, operationId: string): Promise<void> {
    // of two at once, the second waits here and then sees the first
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`proposal ${operationId}`]);
    const earlier = await newestProposalFor(tx, operationId);
    if (!earlier) return;
    const { state } = await presentOne(tx, earlier);
    if (OPEN_STATES.includes(state))
      throw conflict(
        'proposal-exists',
        `The proposal ${earlier.id} ("${earlier.title}") makes this very call and is ${state}: sign that one.`,
      );
  }

  async function guardians(): Promise<string[]> {
    const named = chain.deployment.roles
      .filter(({ role }) => role === 'GUARDIAN')
      .map(({ holder }) => holder);
    const held = await Promise.all(
      named.map(
        (holder) =>
          chain.contracts.AccessManager.getFunction('hasRole')(roleOf('GUARDIAN').id, holder) as Promise<
            [boolean, bigint]
          >,
      ),
    );
    return named.filter((_, index) => held[index]![0]);
  }

  async function guard(): Promise<string | null> {
    const address = getAddress(dataSlice(await chain.provider.getStorage(safe, GUARD_SLOT), 12));
    return address === ZeroAddress ? null : address;
  }

  async function coinsInDesk() {
    return Promise.all(
      chain.coins.map(async ({ symbol, address, decimals }) => {
        const coin = new Contract(address, BALANCE_OF, chain.provider);
        const [deskBalance, config] = await Promise.all([
          coin.getFunction('balanceOf')(chain.addresses.GoldDesk) as Promise<bigint>,
          chain.contracts.GoldDesk.getFunction('coinConfig')(address) as Promise<{ floor: bigint }>,
        ]);
        return { symbol, address, decimals, deskBalance: String(deskBalance), floor: String(config.floor) };
      }),
    );
  }

  /** Whose balances an upgrade must leave alone: the house's own and the Safe's; for a token, they sum up most of it. */
  const checkedAccounts = () => [
    chain.addresses.GoldDesk,
    chain.addresses.RedemptionDesk,
    chain.addresses.StakedGold,
    safe,
  ];

  /** @throws ProblemError when the manager would not let the Safe schedule the call */
  async function checkSchedulable(target: string, callData: string): Promise<void> {
    const manager = chain.contracts.AccessManager;
    try {
      await manager.getFunction('schedule').staticCall(target, callData, 0, { from: safe });
    } catch (error) {
      const revert = revertOf(error);
      if (!revert) throw error;
      throw unprocessable(
        'proposal-not-schedulable',
        `The AccessManager would refuse to schedule this for the Safe: ${revert.text}. Check the target, the function and its role.`,
      );
    }
  }

  async function rowOf(body: NewProposal, proposer: string): Promise<NewProposalRow> {
    const common = {
      title: body.title,
      reason: body.reason,
      proposer,
      created_block: (await chain.newestBlock()).number,
    };
    if (body.kind === 'call') {
      const target = checkedAddress(body.target);
      if (body.callData.toLowerCase().startsWith(UPGRADE_SELECTOR))
        throw unprocessable(
          'upgrade-as-call',
          'Propose this as an upgrade: then its storage is compared, and balances and roles are checked when it runs.',
        );
      return {
        ...common,
        kind: 'call',
        target,
        call_data: body.callData,
        operation_id: operationIdOf(safe, target, body.callData),
        old_implementation: null,
        new_implementation: null,
        checked_accounts: [],
      };
    }
    const entry = chain.deployment.contracts[body.contract];
    if (!entry)
      throw unprocessable(
        'contract-unknown',
        `There is no contract "${body.contract}": choose one of ${Object.keys(chain.deployment.contracts).join(', ')}.`,
      );
    const target = getAddress(entry.proxy);
    const implementation = checkedAddress(body.implementation);
    if ((await chain.provider.getCode(implementation)) === '0x')
      throw unprocessable(
        'implementation-missing',
        `There is no contract at ${implementation}: deploy it first.`,
      );
    const callData = upgradeCall(implementation, body.callData);
    return {
      ...common,
      kind: 'upgrade',
      target,
      call_data: callData,
      operation_id: operationIdOf(safe, target, callData),
      old_implementation: await implementationOf(chain.provider, target),
      new_implementation: implementation,
      checked_accounts: checkedAccounts(),
    };
  }

  return [
    route({
      method: 'get',
      path: '/v1/treasury',
      summary: 'The Safe, its guardians, what the desk holds, and the newest proposals.',
      tag,
      access: 'public',
      answer: Treasury,
      async handle() {
        const state = await readSafe(chain);
        const [rows, guardianList, guardAddress, coins] = await Promise.all([
          listProposals(db, SHOWN),
          guardians(),
          guard(),
          coinsInDesk(),
        ]);
        return {
          safe,
          owners: state.owners,
          threshold: state.threshold,
          nonce: String(state.nonce),
          guardians: guardianList,
          guard: guardAddress,
          proposals: await presentProposals(db, rows, state),
          coins,
        };
      },
    }),
    route({
      method: 'get',
      path: '/v1/treasury/proposals/:id',
      summary:
        'One proposal: decoded, compared, simulated, with the hashes to compare on the signing device.',
      tag,
      access: 'public',
      params: z.object({ id: z.uuid() }),
      answer: Proposal,
      async handle({ params }) {
        const row = await proposalById(db, params.id);
        if (!row) throw notFound('This proposal');
        return presentOne(db, row);
      },
    }),
    route({
      method: 'post',
      path: '/v1/treasury/proposals',
      summary:
        'Proposes an upgrade or a call. It does nothing before enough owners signed, and its delay is over.',
      tag,
      access: ['signer'],
      status: 201,
      body: NewProposal,
      answer: Proposal,
      async handle({ body, account, tx }) {
        const row = await rowOf(body, account);
        await checkNotOpen(tx, row.operation_id);
        await checkSchedulable(row.target, row.call_data);
        const proposalId = await insertProposal(tx, row);
        return presentOne(tx, (await proposalById(tx, proposalId))!);
      },
    }),
    route({
      method: 'post',
      path: '/v1/treasury/proposals/:id/signatures',
      summary: "An owner's signature of one of the proposal's two ceremonies, at the Safe's present nonce.",
      tag,
      access: ['signer'],
      params: z.object({ id: z.uuid() }),
      body: NewSignature,
      answer: z.object({ signatures: z.number().int(), threshold: z.number().int() }),
      async handle({ params, body, account, tx }) {
        const row = await proposalById(tx, params.id);
        if (!row) throw notFound('This proposal');
        const state = await readSafe(chain);
        const shown = (await presentProposals(tx, [row], state))[0]!;
        const ceremony = shown[body.ceremony];
        const open =
          body.ceremony === 'schedule' ? ['collecting', 'schedulable'] : ['scheduled', 'executable'];
        // the shown state is finalized: the manager's own table is a second or two ahead
        const isScheduled =
          (await chain.contracts.AccessManager.getFunction('getSchedule')(row.operation_id)) !== 0n;
        if (!open.includes(shown.state) || isScheduled !== (body.ceremony === 'execute'))
          throw conflict(
            'proposal-wrong-state',
            `The proposal is ${shown.state}${isScheduled ? ', and its call is scheduled' : ''}: this ceremony can't be signed now.`,
          );
        const hash = ceremonies.hashOf(ceremonies.transactionOf(row, body.ceremony, state.nonce));
        const signed = ceremonies.readSignature(hash, body.signature);
        if (signed?.signer !== account || !state.owners.includes(account))
          throw forbidden(
            `This is no signature of ${account} for the Safe transaction ${hash}: reload the proposal and sign again.`,
          );
        await insertSignature(tx, {
          proposal_id: row.id,
          ceremony: body.ceremony,
          safe_nonce: Number(state.nonce),
          safe_tx_hash: hash,
          ...signed,
        });
        const others = ceremony.signatures.filter((signature) => signature.signer !== account).length;
        return { signatures: others + 1, threshold: state.threshold };
      },
    }),
  ];
}
