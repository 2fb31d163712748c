/** What the seed knows beyond the chain, for the API's database: profiles, delivery details, carriers, the proposal. */
import { id } from 'ethers';
import { devAccount } from '../accounts.ts';
import type { Contracts } from './contracts.ts';
import { deliveryDetailsOf, INVESTOR_NAMES, INVESTORS } from './people.ts';
import { makeProposal, type SeedProposal } from './proposal.ts';
import { deliveryRefOf, type SeedRedemption, trackingHashOf } from './script.ts';

export interface SeedFile {
  version: 1;
  chainId: number;
  investors: {
    account: string;
    tier: number;
    /** Unix seconds; the status on the chain was set then. */
    decidedAt: number;
    expiresAt: number;
    decidedBy: string;
    /** A KycApplication of the REST interface. */
    application: (typeof INVESTORS)[keyof typeof INVESTORS]['application'];
  }[];
  redemptions: {
    id: number;
    account: string;
    deliveryRef: string;
    /** DeliveryDetails of the REST interface. */
    details: ReturnType<typeof deliveryDetailsOf>;
    shipment: { carrier: string; trackingNumber: string; trackingHash: string } | null;
    proof: { text: string; proofHash: string } | null;
    dispute: { reason: string; reasonHash: string } | null;
  }[];
  proposals: SeedProposal[];
}

/** @param seeded the redemptions that the seed made on this chain */
export async function exportSeed(
  contracts: Contracts,
  chainId: number,
  seeded: SeedRedemption[],
): Promise<SeedFile> {
  const investors = await Promise.all(
    INVESTOR_NAMES.map(async (name) => {
      const account = devAccount(name).address;
      const [status] = await contracts.registry.read('statusOf', [account]);
      const { tier, application } = INVESTORS[name];
      return {
        account,
        tier,
        decidedAt: Number(status.updatedAt),
        expiresAt: Number(status.expiry),
        decidedBy: devAccount('compliance').address,
        application,
      };
    }),
  );
  const redemptions = seeded.map((redemption) => {
    const { carrier, trackingNumber, proof, disputeReason } = redemption;
    const shipped = carrier !== undefined && trackingNumber !== undefined;
    return {
      id: redemption.id,
      account: devAccount(redemption.holder).address,
      deliveryRef: deliveryRefOf(redemption),
      details: deliveryDetailsOf(redemption.holder),
      shipment: shipped ? { carrier, trackingNumber, trackingHash: trackingHashOf(redemption) } : null,
      proof: proof ? { text: proof, proofHash: id(proof) } : null,
      dispute: disputeReason ? { reason: disputeReason, reasonHash: id(disputeReason) } : null,
    };
  });
  return { version: 1, chainId, investors, redemptions, proposals: [await makeProposal(contracts)] };
}
