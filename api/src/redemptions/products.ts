import type { Product } from '@e-aurum/sdk/rest';
import type { Block } from 'ethers';
import { z } from 'zod';
import { createBlockCache } from '../platform/chain/block-cache.ts';
import type { Chain } from '../platform/chain/chain.ts';

/** RedemptionDesk.Product, with its number and the words of the deployment. */
export interface ProductState {
  productId: number;
  name: string;
  terms: string;
  minFineWeightMg: bigint;
  maxFineWeightMg: bigint;
  feePerBar: bigint;
  shipWithin: bigint;
  deliverWithin: bigint;
  active: boolean;
  termsHash: string;
}

const DeployedProducts = z
  .array(z.object({ id: z.number(), name: z.string(), terms: z.string(), termsHash: z.string() }))
  .catch([]);

/** Products as the desk has them at the newest block. Names and terms are the deployment's, found by the terms' hash. */
export function createProducts(chain: Chain): () => Promise<ProductState[]> {
  const words = DeployedProducts.parse(chain.deployment.products);
  const { RedemptionDesk } = chain.contracts;
  return createBlockCache(chain, async (block: Block) => {
    const at = { blockTag: block.number };
    const count = Number(await RedemptionDesk.getFunction('productCount')(at));
    const ids = Array.from({ length: count }, (_, index) => index + 1);
    return Promise.all(
      ids.map(async (productId) => {
        const product: Omit<ProductState, 'productId' | 'name' | 'terms'> = await RedemptionDesk.getFunction(
          'product',
        )(productId, at);
        const known = words.find((word) => word.id === productId && word.termsHash === product.termsHash);
        return {
          productId,
          name: known?.name ?? `Product ${productId}`,
          terms: known?.terms ?? '',
          minFineWeightMg: product.minFineWeightMg,
          maxFineWeightMg: product.maxFineWeightMg,
          feePerBar: product.feePerBar,
          shipWithin: product.shipWithin,
          deliverWithin: product.deliverWithin,
          active: product.active,
          termsHash: product.termsHash,
        };
      }),
    );
  });
}

export function presentProduct(product: ProductState, barsAvailable: number): z.input<typeof Product> {
  return {
    productId: product.productId,
    name: product.name,
    minFineWeightMg: String(product.minFineWeightMg),
    maxFineWeightMg: String(product.maxFineWeightMg),
    feePerBar: String(product.feePerBar),
    shipWithinSeconds: Number(product.shipWithin),
    deliverWithinSeconds: Number(product.deliverWithin),
    active: product.active,
    termsHash: product.termsHash,
    terms: product.terms,
    barsAvailable,
  };
}
