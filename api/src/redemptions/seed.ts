import { Address, DeliveryDetails, Hash } from '@e-aurum/sdk/rest';
import { z } from 'zod';
import type { Transaction } from '../platform/database/database.ts';
import type { PersonalData } from '../platform/encryption/personal-data.ts';
import { accountOf } from '../platform/http/validate.ts';
import { DELIVERY_DATA } from './redemptions.ts';
import { insertDeliveryDetails, insertShipment } from './store.ts';

/** Redemptions of development's seed: what their hashes on the chain stand for. */
export const SeededRedemptions = z.array(
  z.object({
    id: z.number().int(),
    account: Address,
    deliveryRef: Hash,
    details: DeliveryDetails,
    shipment: z.object({ carrier: z.string(), trackingNumber: z.string(), trackingHash: Hash }).nullable(),
  }),
);

export async function importRedemptions(
  tx: Transaction,
  personalData: PersonalData,
  redemptions: z.output<typeof SeededRedemptions>,
): Promise<void> {
  for (const { id, account: address, deliveryRef, details, shipment } of redemptions) {
    const account = accountOf(address);
    const sealed = await personalData.encrypt(tx, account, DELIVERY_DATA, details);
    await insertDeliveryDetails(tx, { delivery_ref: deliveryRef, account, sealed });
    if (!shipment) continue;
    await insertShipment(tx, {
      redemption_id: BigInt(id),
      tracking_hash: shipment.trackingHash,
      carrier: shipment.carrier,
      tracking_number: shipment.trackingNumber,
      shipped_by: null,
      salt: null,
    });
  }
}
