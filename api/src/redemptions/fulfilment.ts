import {
  AcceptRequest,
  type DeliveryDetails,
  ProveDeliveryRequest,
  pageOf,
  Redemption,
  RedemptionForOperator,
  RedemptionState,
  ShipRequest,
  Uint,
} from '@e-aurum/sdk/rest';
import { roleOf } from '@e-aurum/sdk/roles';
import { id as hashOf, hexlify, randomBytes } from 'ethers';
import { z } from 'zod';
import { isoTime } from '../platform/chain/enums.ts';
import type { Transaction } from '../platform/database/database.ts';
import { PersonKeyDestroyedError } from '../platform/encryption/personal-data.ts';
import { conflict, forbidden, notFound, unprocessable } from '../platform/http/problem.ts';
import { type Route, route } from '../platform/http/route.ts';
import { addToOutbox } from '../platform/queue/outbox.ts';
import { activeBarsBetween, barsByIds, presentBar } from '../reserve/store.ts';
import { latestTransaction } from '../transactions/store.ts';
import { presentRedemptions } from './present.ts';
import type { ProductState } from './products.ts';
import { DELIVERY_DATA, type RedemptionsOptions } from './redemptions.ts';
import {
  hasUnsentStep,
  insertProof,
  insertStep,
  REDEMPTION_PURPOSES,
  STEP_TASK,
  type StepKind,
} from './steps.ts';
import {
  deliveryDetailsFor,
  insertShipment,
  listRedemptions,
  type RedemptionRow,
  redemptionById,
} from './store.ts';

/** Binds a sealed proof of delivery to its place. */
const PROOF_DATA = 'delivery-proof';
/** In the order of RedemptionDesk's enum. */
const DESK_STATES = ['None', ...RedemptionState.options];
const OPEN_JOB = ['received', 'signed', 'broadcast', 'mined'];

const tag = 'Operations';
const params = z.object({ id: Uint });

/** The vault operator's side: which redemptions wait, and the steps that take a bar to its holder. */
export function createFulfilment({ db, chain, personalData, products }: RedemptionsOptions): Route[] {
  async function one(queryable: Transaction | typeof db, row: RedemptionRow): Promise<Redemption> {
    return (await presentRedemptions(queryable, await products(), [row]))[0]!;
  }

  async function productOf(row: RedemptionRow): Promise<ProductState> {
    const product = (await products()).find(({ productId }) => productId === row.product_id);
    if (!product) throw notFound(`Product ${row.product_id}`);
    return product;
  }

  async function eligibleBars(row: RedemptionRow) {
    if (row.state !== 'Requested') return [];
    const product = await productOf(row);
    return (await activeBarsBetween(db, product.minFineWeightMg, product.maxFineWeightMg)).map(presentBar);
  }

  async function deliveryDetails(row: RedemptionRow): Promise<DeliveryDetails | null> {
    const sealed = await deliveryDetailsFor(db, row);
    if (!sealed) return null;
    return (await personalData.decrypt(
      db,
      sealed.account,
      DELIVERY_DATA,
      sealed.sealed,
    )) as DeliveryDetails | null;
  }

  /** The redemption as the desk has it now: the projection is finalized, and so a second or two behind. */
  async function onChain(id: bigint) {
    const redemption = await chain.contracts.RedemptionDesk.getFunction('redemption')(id);
    return {
      state: DESK_STATES[Number(redemption.state)]!,
      shipBy: Number(redemption.shipBy),
      deliverBy: Number(redemption.deliverBy),
      provenAt: Number(redemption.provenAt),
      attestedAt: Number(redemption.attestedAt),
      disputeWindow: Number(redemption.disputeWindow),
    };
  }

  /**
   * One step at a time: the redemption is locked, in the right state on the chain too, and no earlier step is under way.
   * @returns the projection's row, the desk's own record, and the chain's clock in Unix seconds
   */
  async function prepare(
    tx: Transaction,
    id: string,
    states: readonly string[],
    step: string,
  ): Promise<{ row: RedemptionRow; desk: Awaited<ReturnType<typeof onChain>>; now: number }> {
    // an advisory lock, since the row itself belongs to the indexer
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`redemption ${id}`]);
    const row = await redemptionById(tx, id);
    if (!row) throw notFound('This redemption');
    if (!states.includes(row.state))
      throw conflict('redemption-wrong-state', `The redemption is ${row.state}: it cannot be ${step} now.`);
    const job = await latestTransaction(tx, REDEMPTION_PURPOSES, id);
    if ((job && OPEN_JOB.includes(job.state)) || (await hasUnsentStep(tx, row.id)))
      throw conflict(
        'redemption-step-under-way',
        'An earlier step is still on its way to the chain: wait for it.',
      );
    const [desk, { timestamp: now }] = await Promise.all([onChain(row.id), chain.newestBlock()]);
    if (!states.includes(desk.state))
      throw conflict('redemption-wrong-state', `The redemption is ${desk.state}: it cannot be ${step} now.`);
    return { row, desk, now };
  }

  function checkDeadline(now: number, deadline: number, what: string): void {
    if (now > deadline)
      throw conflict(
        'redemption-too-late',
        `It had to be ${what} by ${isoTime(deadline)}: the escrow now goes back to the holder.`,
      );
  }

  /** Who proves a delivery must not be who attests it, whichever key the proof is sent with. */
  async function refuseAuditor(account: string): Promise<void> {
    const [isAuditor] = await chain.contracts.AccessManager.getFunction('hasRole')(
      roleOf('AUDITOR').id,
      account,
    );
    if (isAuditor)
      throw forbidden('An auditor attests deliveries and cannot prove one: ask another operator.');
  }

  async function sealProof(tx: Transaction, holder: string, proof: unknown): Promise<Buffer> {
    try {
      return await personalData.encrypt(tx, holder, PROOF_DATA, proof);
    } catch (error) {
      if (!(error instanceof PersonKeyDestroyedError)) throw error;
      throw conflict(
        'personal-data-destroyed',
        "The holder's data was destroyed: prove the delivery with the custodian's own account on the chain.",
      );
    }
  }

  async function decide(
    tx: Transaction,
    row: RedemptionRow,
    kind: StepKind,
    requestedBy: string,
    content: { barIds?: readonly string[]; hash?: string } = {},
  ): Promise<Redemption> {
    const stepId = await insertStep(tx, { redemptionId: row.id, kind, requestedBy, ...content });
    await addToOutbox(tx, STEP_TASK, stepId);
    return one(tx, row);
  }

  async function checkBars(tx: Transaction, row: RedemptionRow, barIds: readonly string[]): Promise<void> {
    const unique = new Set(barIds);
    if (unique.size !== row.count || barIds.length !== row.count)
      throw unprocessable(
        'bars-wrong-count',
        `Choose ${row.count} different bar(s); ${barIds.length} were given.`,
      );
    const product = await productOf(row);
    const bars = await barsByIds(tx, barIds.map(BigInt));
    const unfit = [...unique].filter((barId) => {
      const bar = bars.find((candidate) => String(candidate.bar_id) === barId);
      const inRange =
        bar && bar.fine_weight_mg >= product.minFineWeightMg && bar.fine_weight_mg <= product.maxFineWeightMg;
      return !inRange || bar.state !== 'Active';
    });
    if (unfit.length > 0)
      throw unprocessable(
        'bars-unfit',
        `Bar ${unfit.join(', ')} is not Active or not in the product's range: choose another one.`,
      );
  }

  return [
    route({
      method: 'get',
      path: '/v1/operations/redemptions',
      summary: 'Redemptions of all holders, newest first.',
      tag,
      access: ['operator', 'custodian', 'auditor'],
      query: z.object({
        state: RedemptionState.optional(),
        cursor: Uint.optional(),
        limit: z.coerce.number().int().min(1).max(100).default(50),
      }),
      answer: pageOf(Redemption),
      async handle({ query }) {
        const rows = await listRedemptions(db, {
          state: query.state,
          before: query.cursor,
          limit: query.limit + 1,
        });
        const page = rows.slice(0, query.limit);
        return {
          items: await presentRedemptions(db, await products(), page),
          next: rows.length > query.limit ? String(page[page.length - 1]!.id) : null,
        };
      },
    }),
    route({
      method: 'get',
      path: '/v1/operations/redemptions/:id',
      summary:
        'One redemption, with the delivery details opened and the bars that could be set aside for it.',
      tag,
      access: ['operator', 'custodian'],
      params,
      answer: RedemptionForOperator,
      async handle({ params: { id } }) {
        const row = await redemptionById(db, id);
        if (!row) throw notFound('This redemption');
        return {
          ...(await one(db, row)),
          deliveryDetails: await deliveryDetails(row),
          eligibleBars: await eligibleBars(row),
        };
      },
    }),
    route({
      method: 'post',
      path: '/v1/operations/redemptions/:id/accept',
      summary: 'Sets bars aside for a redemption; the excess of the escrow goes back to the holder at once.',
      tag,
      access: ['operator', 'custodian'],
      status: 202,
      params,
      body: AcceptRequest,
      answer: Redemption,
      async handle({ params: { id }, body, account, tx }) {
        const { row, desk, now } = await prepare(tx, id, ['Requested'], 'accepted');
        checkDeadline(now, desk.shipBy, 'shipped');
        await checkBars(tx, row, body.barIds);
        return decide(tx, row, 'accept', account, { barIds: body.barIds });
      },
    }),
    route({
      method: 'post',
      path: '/v1/operations/redemptions/:id/ship',
      summary: 'Hands the bars to a carrier. The chain gets the salted hash of carrier and number.',
      tag,
      access: ['operator', 'custodian'],
      status: 202,
      params,
      body: ShipRequest,
      answer: Redemption,
      async handle({ params: { id }, body, account, tx }) {
        const { row, desk, now } = await prepare(tx, id, ['Accepted'], 'shipped');
        checkDeadline(now, desk.shipBy, 'shipped');
        // carriers tell whoever has the number where a parcel goes, and a bare hash of one can be guessed
        const salt = hexlify(randomBytes(16));
        const trackingHash = hashOf(`${body.carrier} ${body.trackingNumber} ${salt}`);
        await insertShipment(tx, {
          redemption_id: row.id,
          tracking_hash: trackingHash,
          carrier: body.carrier,
          tracking_number: body.trackingNumber,
          shipped_by: account,
          salt,
        });
        return decide(tx, row, 'ship', account, { hash: trackingHash });
      },
    }),
    route({
      method: 'post',
      path: '/v1/operations/redemptions/:id/prove-delivery',
      summary: "Proves a delivery by the hash of the carrier's document; an auditor then attests it.",
      tag,
      access: ['operator', 'custodian'],
      status: 202,
      params,
      body: ProveDeliveryRequest,
      answer: Redemption,
      async handle({ params: { id }, body, account, tx }) {
        await refuseAuditor(account);
        const { row, desk, now } = await prepare(tx, id, ['Shipped'], 'proved');
        checkDeadline(now, desk.deliverBy, 'delivered');
        if (desk.provenAt) throw conflict('redemption-proved', 'The delivery was proved already.');
        const { signedBy, deliveredAt, documentHash } = body;
        const sealed = await sealProof(tx, row.holder, { signedBy, deliveredAt });
        await insertProof(tx, { redemptionId: row.id, proofHash: documentHash, sealed });
        return decide(tx, row, 'prove', account, { hash: documentHash });
      },
    }),
    route({
      method: 'post',
      path: '/v1/operations/redemptions/:id/complete',
      summary: 'Completes a proved and attested delivery after its dispute window. Anyone may, on the chain.',
      tag,
      access: ['operator', 'custodian'],
      status: 202,
      params,
      answer: Redemption,
      async handle({ params: { id }, account, tx }) {
        const { row, desk, now } = await prepare(tx, id, ['Shipped'], 'completed');
        const disputableUntil = desk.attestedAt + desk.disputeWindow;
        if (!desk.attestedAt)
          throw conflict(
            'redemption-not-attested',
            'The auditor has not attested the delivery: ask them first.',
          );
        if (now <= disputableUntil)
          throw conflict(
            'redemption-dispute-window',
            `The holder may dispute until ${isoTime(disputableUntil)}: complete it after that.`,
          );
        return decide(tx, row, 'complete', account);
      },
    }),
  ];
}
