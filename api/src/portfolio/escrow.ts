import { id, zeroPadValue } from 'ethers';
import { readCheckpoint } from '../indexer/store.ts';
import type { Chain } from '../platform/chain/chain.ts';
import type { Queryable } from '../platform/database/database.ts';
import { openRedemptionIdsOf } from '../redemptions/store.ts';

const REQUESTED = id(
  'RedemptionRequested(uint256,address,uint32,uint8,uint256,uint256,bytes32,uint48,uint48)',
);

/** Redemptions that were requested after the last block that is projected: a page must not lose the grams meanwhile. */
async function newRedemptionIds(
  db: Queryable,
  chain: Chain,
  holder: string,
  toBlock: number,
): Promise<bigint[]> {
  const checkpoint = await readCheckpoint(db);
  const fromBlock = (checkpoint?.block_number ?? chain.deployment.block - 1) + 1;
  if (fromBlock > toBlock) return [];
  const logs = await chain.provider.getLogs({
    address: chain.addresses.RedemptionDesk,
    topics: [REQUESTED, null, zeroPadValue(holder, 32)],
    fromBlock,
    toBlock,
  });
  return logs.map((log) => BigInt(log.topics[1]!));
}

/**
 * Wei of EAU that an account has in escrow at a block, read from the desk.
 * @returns all of it, and the part whose bars are not set aside yet
 */
export async function escrowOf(
  db: Queryable,
  chain: Chain,
  holder: string,
  blockTag: number,
): Promise<{ total: bigint; unallocated: bigint }> {
  const known = await openRedemptionIdsOf(db, holder);
  const ids = new Set([...known, ...(await newRedemptionIds(db, chain, holder, blockTag))]);
  const read = chain.contracts.RedemptionDesk.getFunction('redemption');
  const redemptions: { escrow: bigint; state: bigint }[] = await Promise.all(
    [...ids].map((redemptionId) => read(redemptionId, { blockTag })),
  );
  const requested = 1n;
  let total = 0n;
  let unallocated = 0n;
  for (const { escrow, state } of redemptions) {
    total += escrow;
    if (state === requested) unallocated += escrow;
  }
  return { total, unallocated };
}
