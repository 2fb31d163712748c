import { Wallet } from 'ethers';
import { pruneSessions } from './auth/auth.ts';
import { createRegisterTask } from './kyc/registration.ts';
import { startEvery } from './platform/every.ts';
import { runService } from './platform/process.ts';
import {
  countOutboxWaiting,
  noteOutboxFailure,
  pruneOutbox,
  publishOutbox,
  workOutboxRow,
} from './platform/queue/outbox.ts';
import { createOutboxQueue, type OutboxJob } from './platform/queue/queue.ts';
import type { Task } from './platform/queue/task.ts';
import { createStepTask } from './redemptions/steps.ts';
import { createSender } from './transactions/sender.ts';

const CONCURRENCY = 4;
const HOUSEKEEPING_MS = 60_000;

/** Works on the outbox and moves transactions on. Any number of these may run. */
runService('worker', async ({ config, db, chain, log, metrics }) => {
  const compliance = new Wallet(config.signerKeys.compliance);
  const fulfilment = new Wallet(config.signerKeys.fulfilment);

  const tasks: readonly Task[] = [
    createRegisterTask(chain, compliance.address),
    createStepTask(chain, fulfilment.address),
  ];

  const byKind = new Map(tasks.map((task) => [task.kind, task]));
  const queue = await createOutboxQueue(config, log);
  await queue.work(async ({ outboxId }: OutboxJob) => {
    let kind = 'unknown';
    try {
      await workOutboxRow(db, outboxId, async (row, tx) => {
        kind = row.kind;
        const task = byKind.get(row.kind);
        if (!task) throw new Error(`no task is called ${row.kind}`);
        await task.handle(tx, row.subject);
      });
    } catch (error) {
      metrics.outboxFailures.inc({ kind });
      log.warn({ err: error, outboxId, kind }, 'a task failed: it is tried again');
      await noteOutboxFailure(db, outboxId, (error as Error).name);
      throw error;
    }
  }, CONCURRENCY);

  const sender = createSender({
    db,
    chain,
    log,
    metrics,
    wallets: [compliance, fulfilment],
    fees: { priorityFeeWei: config.priorityFeeWei, maxFeeWei: config.maxFeeWei },
    stuckAfterMs: config.stuckAfterMs,
  });

  const loops = [
    startEvery(config.outboxPollMs, log, 'outbox', () => publishOutbox(db, queue.publish)),
    startEvery(config.senderPollMs, log, 'sender', () => sender.tick()),
    startEvery(HOUSEKEEPING_MS, log, 'housekeeping', async () => {
      metrics.outboxWaiting.set(await countOutboxWaiting(db));
      await pruneSessions(db);
      await pruneOutbox(db);
    }),
  ];
  return {
    port: config.ports.worker,
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
      await queue.close();
    },
  };
});
