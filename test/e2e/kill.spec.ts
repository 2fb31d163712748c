import type { Page } from '@playwright/test';
import { expectFinal, openInOperations } from './journey/redeeming.ts';
import { addressOf, events, provider, view } from './support/chain.ts';
import { applyForVerification, review } from './support/kyc.ts';
import { expect, test } from './support/people.ts';
import { crash } from './support/services.ts';
import { quoteBuy, REDEMPTION, redemptionOf, timesOnChain, transact } from './support/steps.ts';

/** kill -9 in the middle of things: started again by the supervisor, nothing lost, nothing done twice. */

const TRACKING = 'E2E-TRACK-KILL';

/** Presses a button whose POST the service answers, and crashes services so many ms after the answer. */
async function crashAfter(
  page: Page,
  press: string | RegExp,
  ms: number,
  services: Parameters<typeof crash>,
) {
  const answered = page.waitForResponse(
    (response) => response.request().method() === 'POST' && response.ok(),
  );
  await page.getByRole('button', { name: press }).click();
  await answered;
  await new Promise((resolve) => setTimeout(resolve, ms));
  await crash(...services);
}

test('a purchase survives the crash of API, worker, indexer and transmitter', async ({ become }) => {
  const buyer = addressOf('investor3');
  const fromBlock = (await provider.getBlockNumber()) + 1;
  const page = await become('Investor 3', '/trade', { signIn: true });
  const button = await quoteBuy(page, '500');
  const crashed = crash('indexer', 'transmitter');
  await transact(button, page.getByText(/^You bought/));
  await crashed;
  await crash('api', 'worker');

  const all = await events('GoldDesk', 'Bought', { topics: [buyer] });
  expect(all.filter(({ blockNumber }) => blockNumber >= fromBlock)).toHaveLength(1);
  const trade = all.at(-1)!;
  await page.goto('/portfolio');
  const table = page.getByRole('table', { name: /^Your trades/ });
  await expect(table.getByRole('button', { name: 'Copy transaction hash' }).first()).toHaveAttribute(
    'title',
    trade.transactionHash,
    { timeout: 30_000 },
  );
  await expect(table.locator(`button[title="${trade.transactionHash}"]`)).toHaveCount(1);
});

test('an approval survives the crash of worker and API: the registry is told once', async ({ become }) => {
  // anybody may apply, a treasury signer too
  const applicant = addressOf('treasury3');
  const page = await become('Signer 3', '/onboarding', { signIn: true });
  await applyForVerification(page);
  const operator = await become('Operator', '/operations', { signIn: true });
  await review(operator, applicant);
  await crashAfter(operator, 'Approve the application', 0, ['worker', 'api', 'indexer']);

  await expect(page.getByRole('status', { name: 'Your verification' })).toContainText('You are verified', {
    timeout: 60_000,
  });
  expect(await view<boolean>('InvestorRegistry', 'isEligible', [applicant])).toBe(true);
  expect(await events('InvestorRegistry', 'StatusSet', { topics: [applicant] })).toHaveLength(1);
});

test('a redemption survives crashes at each of its steps: every step is taken once', async ({ become }) => {
  const waiting = await events('RedemptionDesk', 'RedemptionRequested', {
    topics: [null, addressOf('investor2')],
  });
  const states = await Promise.all(waiting.map(async ({ args }) => (await redemptionOf(args.id)).state));
  const id: bigint = waiting[states.indexOf(REDEMPTION.Requested)]!.args.id;
  const operator = await become('Operator', '/operations', { signIn: true });
  await openInOperations(operator, id);
  await operator.getByRole('checkbox').first().check();
  await crashAfter(operator, /^Set aside 1 bar/, 0, ['worker']);
  await expectFinal(operator, 'Set the bars aside');
  expect((await redemptionOf(id)).state).toBe(REDEMPTION.Accepted);

  await operator.getByLabel('Carrier').fill('Example Valuables');
  await operator.getByLabel('Tracking number').fill(TRACKING);
  await crashAfter(operator, 'Ship it with this number', 400, ['worker', 'api', 'indexer', 'transmitter']);
  await expectFinal(operator, 'Tell the chain that it was shipped');
  expect((await redemptionOf(id)).state).toBe(REDEMPTION.Shipped);

  const holder = await become('Investor 2', `/redeem/${id}`, { signIn: true });
  const confirm = holder.getByRole('button', { name: 'Confirm that you received 1 bar' });
  await expect(confirm).toBeVisible();
  const crashed = crash('indexer');
  await transact(confirm, holder.getByRole('heading', { level: 1 }).filter({ hasText: 'Delivered' }));
  await crashed;
  await expect(holder.getByText(TRACKING)).toBeVisible({ timeout: 30_000 });
  for (const event of ['RedemptionAccepted', 'RedemptionShipped', 'RedemptionCompleted'])
    expect(await timesOnChain(event, id), event).toBe(1);
});
