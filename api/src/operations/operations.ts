import { OperationsOverview } from '@e-aurum/sdk/rest';
import { readCheckpoint } from '../indexer/store.ts';
import { countWaitingCases } from '../kyc/store.ts';
import type { Chain } from '../platform/chain/chain.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/database/database.ts';
import { type Route, route } from '../platform/http/route.ts';
import { countOutboxWaiting } from '../platform/queue/outbox.ts';
import { countRedemptions } from '../redemptions/store.ts';
import { countOpenTransactions } from '../transactions/store.ts';

/** What waits for an operator, and how the services are. */
export function createOperations(db: Database, chain: Chain, config: Config): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/operations/overview',
      summary: 'What waits, and how far the services are behind the chain.',
      tag: 'Operations',
      access: ['operator', 'custodian', 'auditor', 'compliance', 'guardian'],
      answer: OperationsOverview,
      async handle() {
        const finalized = await chain.finalizedBlock();
        const [kycWaiting, redemptions, transactionsPending, outboxWaiting, checkpoint] = await Promise.all([
          countWaitingCases(db),
          countRedemptions(db, new Date(finalized.timestamp * 1000)),
          countOpenTransactions(db),
          countOutboxWaiting(db),
          readCheckpoint(db),
        ]);
        const checkpointBlock = checkpoint?.block_number ?? Math.max(0, chain.deployment.block - 1);
        return {
          kycWaiting,
          redemptionsOpen: redemptions.open,
          redemptionsLate: redemptions.late,
          transactionsPending,
          indexer: {
            checkpointBlock,
            finalizedBlock: finalized.number,
            lagBlocks: Math.max(0, finalized.number - checkpointBlock),
            updatedAt: checkpoint?.updated_at.toISOString() ?? null,
          },
          outboxWaiting,
          queueBackend: config.redisUrl ? ('redis' as const) : ('postgresql' as const),
        };
      },
    }),
  ];
}
