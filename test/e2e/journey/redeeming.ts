import { redemptionDeskAbi } from '@e-aurum/sdk/abi';
import type { Page } from '@playwright/test';
import { decodeBytes32String, Interface } from 'ethers';
import { addressOf, chainNow, events, provider, view } from '../support/chain.ts';
import { exactGrams, expectAgrees, expectExact, fact } from '../support/figures.ts';
import { expect, test } from '../support/people.ts';
import { DELIVERY, REDEMPTION, redemptionOf, requestBar, timesOnChain, transact } from '../support/steps.ts';

const JOB_TIMEOUT_MS = 40_000;
const BAR = { Committed: 4n, Delivered: 5n };
const TRACKING = 'E2E-TRACK-0001';
const CARRIER = 'Example Valuables';

async function newestOf(holder: string, state: bigint): Promise<bigint> {
  const requests = await events('RedemptionDesk', 'RedemptionRequested', { topics: [null, holder] });
  for (const { args } of requests.reverse()) {
    if ((await redemptionOf(args.id)).state === state) return args.id;
  }
  throw new Error(`${holder} has no redemption in state ${state}`);
}

export async function openInOperations(operator: Page, id: bigint): Promise<void> {
  await operator.getByRole('tab', { name: 'Redemptions' }).click();
  await operator.getByRole('button', { name: 'All', exact: true }).click();
  await operator.getByRole('button', { name: `Open redemption ${id}`, exact: true }).click();
  await expect(operator.getByRole('heading', { name: `Redemption ${id}` })).toBeVisible();
}

/** The operator's page shows the transaction of a step until it is final. */
export async function expectFinal(operator: Page, job: string): Promise<void> {
  await expect(operator.getByRole('status').filter({ hasText: job })).toContainText('Final', {
    timeout: JOB_TIMEOUT_MS,
  });
}

/** The head of a redemption's page, once it says so. */
const ended = (page: Page, word: string) => page.getByRole('heading', { level: 1 }).filter({ hasText: word });

const step = (page: Page, title: string) =>
  page
    .getByRole('list', { name: 'Steps of the redemption' })
    .getByRole('listitem')
    .filter({ hasText: title });

/** A redemption that nobody will serve: asked for early, since it waits out its deadline. */
export function redemptionThatNobodyServes(): void {
  test('5. a third redemption is asked for, to ship within 90 seconds', async ({ become }) => {
    const page = await become('Investor 2', '/redeem');
    const id = await requestBar(page, '100 g bar, express');
    const { holder, state } = await redemptionOf(id);
    expect([holder, state]).toEqual([addressOf('investor2'), REDEMPTION.Requested]);
  });
}

/** 5. A bar from the vault to the door. */
export function redeeming(): void {
  test('5. the investor asks for a bar: escrow on the chain, the address nowhere near it', async ({
    become,
  }) => {
    const investor = addressOf('newcomer');
    const before = await view('GoldToken', 'balanceOf', [investor]);
    const page = await become('Newcomer', '/redeem');
    const id = await requestBar(page, '100 g bar');
    const { escrow, deliveryRef } = await redemptionOf(id);
    await expectExact(page.getByText(/ g wait in escrow/), exactGrams(escrow));
    expect(await view('GoldToken', 'balanceOf', [investor])).toBe(before - escrow);

    const [requested] = await events('RedemptionDesk', 'RedemptionRequested', { topics: [id] });
    const { data } = (await provider.getTransaction(requested!.transactionHash))!;
    const call = new Interface(redemptionDeskAbi as never).parseTransaction({ data })!;
    expect(call.args.deliveryRef).toBe(deliveryRef);
    for (const text of Object.values(DELIVERY)) {
      expect(data).not.toContain(Buffer.from(text, 'utf8').toString('hex'));
    }
  });

  test('5. the operator accepts with a real bar and ships; the holder confirms; the certificate is theirs', async ({
    become,
  }) => {
    test.setTimeout(240_000);
    const investor = addressOf('newcomer');
    const id = await newestOf(investor, REDEMPTION.Requested);
    const page = await become('Newcomer', `/redeem/${id}`, { signIn: true });
    await expectAgrees(fact(page, 'In escrow'), async () => exactGrams((await redemptionOf(id)).escrow));

    const operator = await become('Operator', '/operations', { signIn: true });
    await openInOperations(operator, id);
    const address = operator.getByRole('region', { name: 'Where it goes' });
    for (const text of [DELIVERY.Recipient, DELIVERY['Street and number'], DELIVERY.City])
      await expect(address).toContainText(text);
    await operator.getByRole('checkbox').first().check();
    await operator.getByRole('button', { name: /^Set aside 1 bar/ }).click();
    await expectFinal(operator, 'Set the bars aside');
    await expect(step(page, 'Bars set aside for you')).toContainText('(done)');
    const accepted = await redemptionOf(id);
    const [barId] = accepted.barIds;
    const bar = await view<{ state: bigint; serial: string; fineWeightMg: bigint }>('GoldReserve', 'bar', [
      barId,
    ]);
    expect(bar.state).toBe(BAR.Committed);
    await expect(page.getByText(decodeBytes32String(bar.serial)).first()).toBeVisible();
    await expectAgrees(fact(page, 'In escrow'), async () => exactGrams((await redemptionOf(id)).escrow));

    await operator.getByLabel('Carrier').fill(CARRIER);
    await operator.getByLabel('Tracking number').fill(TRACKING);
    await operator.getByRole('button', { name: 'Ship it with this number' }).click();
    await expectFinal(operator, 'Tell the chain that it was shipped');
    await expect(step(page, 'Handed to the carrier')).toContainText('(done)');
    await expect(fact(page, 'Tracking number')).toHaveText(TRACKING);
    await expect(fact(page, 'Carrier')).toHaveText(CARRIER);

    const supply = await view('GoldToken', 'totalSupply');
    const { escrow, fee } = await redemptionOf(id);
    await transact(
      page.getByRole('button', { name: 'Confirm that you received 1 bar' }),
      ended(page, 'Delivered'),
    );
    const [completed] = await events('RedemptionDesk', 'RedemptionCompleted', { topics: [id] });
    expect(completed!.args.burned + completed!.args.fee).toBe(escrow);
    expect(completed!.args.fee).toBe(fee);
    expect(await view('GoldToken', 'totalSupply')).toBe(supply - completed!.args.burned);
    expect((await view<{ state: bigint }>('GoldReserve', 'bar', [barId])).state).toBe(BAR.Delivered);
    expect(await view<string>('GoldReserve', 'ownerOf', [barId])).toBe(investor);
    await expect(step(page, 'Yours: escrow burned')).toContainText('(done)');
    await expect(fact(page, 'In escrow')).toHaveText('nothing any more');

    await page.goto('/portfolio');
    const certificates = page.getByRole('table', { name: 'Bars that were delivered to you' });
    await expect(certificates).toContainText(decodeBytes32String(bar.serial));
    for (const event of ['RedemptionAccepted', 'RedemptionShipped', 'RedemptionCompleted'])
      expect(await timesOnChain(event, id)).toBe(1);
  });
}

/** The request that was made while dealing was halted. */
export function cancelling(): void {
  test('5. a second redemption is cancelled by the investor, and all of it comes back', async ({
    become,
  }) => {
    const investor = addressOf('newcomer');
    const id = await newestOf(investor, REDEMPTION.Requested);
    const { escrow } = await redemptionOf(id);
    const before = await view('GoldToken', 'balanceOf', [investor]);
    const page = await become('Newcomer', `/redeem/${id}`, { signIn: true });
    await transact(page.getByRole('button', { name: /^Cancel, and get/ }), ended(page, 'Cancelled'));
    expect((await redemptionOf(id)).state).toBe(REDEMPTION.Cancelled);
    expect(await view('GoldToken', 'balanceOf', [investor])).toBe(before + escrow);
    await expect(fact(page, 'In escrow')).toHaveText('nothing any more');
  });
}

/** The end of {@link redemptionThatNobodyServes}. */
export function reclaiming(): void {
  test('5. the third, never served, is reclaimed after its deadline', async ({ become }) => {
    const investor = addressOf('investor2');
    const requests = await events('RedemptionDesk', 'RedemptionRequested', { topics: [null, investor] });
    const { id } = requests.at(-1)!.args;
    const { shipBy, escrow } = await redemptionOf(id);
    const page = await become('Investor 2', `/redeem/${id}`, { signIn: true });
    await expectExact(fact(page, 'In escrow'), exactGrams(escrow));
    const take = page.getByRole('button', { name: /^Take .* back$/ });
    const waitMs = Math.max(0, Number(shipBy) - (await chainNow())) * 1000;
    test.setTimeout(waitMs + 90_000);
    await expect(take).toBeVisible({ timeout: waitMs + 20_000 });
    await expect(page.getByText(/was not shipped in time/)).toBeVisible();

    const before = await view('GoldToken', 'balanceOf', [investor]);
    await transact(take, ended(page, 'Escrow returned'));
    const [reclaimed] = await events('RedemptionDesk', 'RedemptionReclaimed', { topics: [id] });
    expect(reclaimed!.args.returned).toBe(escrow);
    expect(await view('GoldToken', 'balanceOf', [investor])).toBe(before + escrow);
    expect((await redemptionOf(id)).state).toBe(REDEMPTION.Reclaimed);
  });
}
