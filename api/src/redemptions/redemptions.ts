import { DeliveryDetails, DeliveryReference, Product, pageOf, Redemption, Uint } from '@e-aurum/sdk/rest';
import { hexlify, randomBytes } from 'ethers';
import { z } from 'zod';
import type { Chain } from '../platform/chain/chain.ts';
import type { Database } from '../platform/database/database.ts';
import { type PersonalData, PersonKeyDestroyedError } from '../platform/encryption/personal-data.ts';
import { conflict, notFound } from '../platform/http/problem.ts';
import { type Route, route } from '../platform/http/route.ts';
import { activeBarsBetween } from '../reserve/store.ts';
import { presentRedemptions } from './present.ts';
import { type ProductState, presentProduct } from './products.ts';
import { insertDeliveryDetails, listRedemptions, redemptionById } from './store.ts';

/** Binds sealed delivery details to their place. */
export const DELIVERY_DATA = 'delivery';

export interface RedemptionsOptions {
  db: Database;
  chain: Chain;
  personalData: PersonalData;
  products(): Promise<ProductState[]>;
}

/** The holder's side: products, where a bar goes, and what became of a redemption. */
export function createRedemptions({ db, personalData, products }: RedemptionsOptions): Route[] {
  const tag = 'Redemption';
  return [
    route({
      method: 'get',
      path: '/v1/redemptions/products',
      summary: 'What can be redeemed, as the desk has it at the newest block.',
      tag,
      access: 'public',
      answer: z.array(Product),
      async handle() {
        return Promise.all(
          (await products()).map(async (product) => {
            const bars = await activeBarsBetween(db, product.minFineWeightMg, product.maxFineWeightMg);
            return presentProduct(product, bars.length);
          }),
        );
      },
    }),
    route({
      method: 'post',
      path: '/v1/redemptions/delivery-details',
      summary:
        'Where a bar shall go. Encrypted; the random reference it answers goes into the request on the chain.',
      tag,
      access: 'session',
      status: 201,
      body: DeliveryDetails,
      answer: DeliveryReference,
      async handle({ account, body, tx }) {
        const sealed = await personalData.encrypt(tx, account, DELIVERY_DATA, body).catch((error) => {
          if (!(error instanceof PersonKeyDestroyedError)) throw error;
          throw conflict(
            'personal-data-destroyed',
            'The data of this account was destroyed: use another account.',
          );
        });
        const deliveryRef = hexlify(randomBytes(32));
        await insertDeliveryDetails(tx, { delivery_ref: deliveryRef, account, sealed });
        return { deliveryRef };
      },
    }),
    route({
      method: 'get',
      path: '/v1/redemptions',
      summary: "The caller's redemptions, newest first.",
      tag,
      access: 'session',
      query: z.object({
        cursor: Uint.optional(),
        limit: z.coerce.number().int().min(1).max(100).default(20),
      }),
      answer: pageOf(Redemption),
      async handle({ account, query }) {
        const rows = await listRedemptions(db, {
          holder: account,
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
      path: '/v1/redemptions/:id',
      summary: "One of the caller's redemptions.",
      tag,
      access: 'session',
      params: z.object({ id: Uint }),
      answer: Redemption,
      async handle({ account, params }) {
        const row = await redemptionById(db, params.id);
        if (row?.holder !== account)
          throw notFound('This redemption of yours', 'It shows here about a second after its block.');
        return (await presentRedemptions(db, await products(), [row]))[0]!;
      },
    }),
  ];
}
