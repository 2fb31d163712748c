import { Staking } from '@e-aurum/sdk/rest';
import type { Block } from 'ethers';
import type { z } from 'zod';
import { createBlockCache } from '../platform/chain/block-cache.ts';
import type { Chain } from '../platform/chain/chain.ts';
import { isoTime, isoTimeOrNull } from '../platform/chain/enums.ts';
import type { Database } from '../platform/database/database.ts';
import { type Route, route } from '../platform/http/route.ts';
import { feesSince } from './store.ts';

const FEE_DAYS = 30n;
const DAY_S = 86_400;

/** What the fees of the last days would be in a year, against what is staked; hundredths of a percent. */
export function annualRateBps(fees: bigint, days: bigint, totalAssets: bigint): number | null {
  return totalAssets === 0n ? null : Number((fees * 365n * 10_000n) / (days * totalAssets));
}

async function readStaking(db: Database, chain: Chain, block: Block): Promise<z.input<typeof Staking>> {
  const { StakedGold } = chain.contracts;
  const at = { blockTag: block.number };
  const read = (name: string) => StakedGold.getFunction(name)(at) as Promise<bigint>;
  const decimals = await read('decimals');
  const [totalAssets, totalShares, assetsPerShare, pendingFees, unstreamed, nextStreamAt, stream, fees] =
    await Promise.all([
      read('totalAssets'),
      read('totalSupply'),
      StakedGold.getFunction('convertToAssets')(10n ** decimals, at) as Promise<bigint>,
      read('pendingFees'),
      read('unstreamed'),
      read('nextStreamAt'),
      StakedGold.getFunction('stream')(at) as Promise<{ end: bigint }>,
      feesSince(db, new Date((block.timestamp - Number(FEE_DAYS) * DAY_S) * 1000)),
    ]);
  return {
    totalAssets: String(totalAssets),
    totalShares: String(totalShares),
    assetsPerShare: String(assetsPerShare),
    pendingFees: String(pendingFees),
    unstreamed: String(unstreamed),
    streamEndsAt: Number(stream.end) > block.timestamp ? isoTime(stream.end) : null,
    nextStreamAt: isoTimeOrNull(nextStreamAt),
    feesLast30Days: String(fees),
    annualRateBps: annualRateBps(fees, FEE_DAYS, totalAssets),
  };
}

/** sEAU as the chain has it, and the fees its holders were given. */
export function createStaking(db: Database, chain: Chain): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/staking',
      summary: 'sEAU at the newest block, and the fees of the last 30 days.',
      tag: 'Staking',
      access: 'public',
      answer: Staking,
      handle: createBlockCache(chain, (block) => readStaking(db, chain, block)),
    }),
  ];
}
