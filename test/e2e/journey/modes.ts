import { addressOf, coin, events, view } from '../support/chain.ts';
import { exactGrams, exactUsd, expectAgrees, expectExact, fact } from '../support/figures.ts';
import { allFeedsLive, setFeed } from '../support/market.ts';
import { expect, test } from '../support/people.ts';
import { buy, quoteBuy, redemptionOf, requestBar } from '../support/steps.ts';

const USD = 10n ** 18n;
const MODE = { Halted: 0n, Normal: 1n, Degraded: 2n };
const PIVOT = 2n;
/** The signed feed's heartbeat on the devnet, and a round that was on its way. */
const SIGNED_FEED_DIES_MS = 170_000;
const FEEDS_RETURN_MS = 60_000;

const modeNow = async () => (await view<bigint[]>('PriceOracle', 'price'))[3];
const spreadOf = async (mode: bigint) =>
  Number((await view<{ spreadBps: bigint }>('GoldDesk', 'terms', [mode])).spreadBps);
const percent = (bps: number) => `${(bps / 100).toFixed(2)}%`;

/** 3. Chainlink goes stale: dealing goes on, dearer, on the signed feed. */
export function degraded(): void {
  test('3. with Chainlink stale the quote says Degraded, costs more, and trades on the signed feed', async ({
    become,
  }) => {
    await setFeed('XAU/USD', 'stale');
    await expect.poll(modeNow).toBe(MODE.Degraded);
    const [normal, wider] = await Promise.all([spreadOf(MODE.Normal), spreadOf(MODE.Degraded)]);
    expect(wider).toBeGreaterThan(normal);

    const page = await become('Newcomer', '/trade');
    await quoteBuy(page, '14,500');
    await expect(fact(page, 'Price source')).toContainText('Degraded');
    await expect(fact(page, 'Price source')).toContainText('signed reports');
    await expect(fact(page, 'Spread')).toHaveText(percent(wider));
    await expect(page.getByText('The price is degraded.')).toBeVisible();

    await buy(page, '14,500');
    const bought = (await events('GoldDesk', 'Bought', { topics: [addressOf('newcomer')] })).at(-1)!;
    expect(bought.args.coinIn).toBe(14_500n * USD);
    expect(bought.args.observed.mode).toBe(MODE.Degraded);
    expect(bought.args.observed.source).toBe(PIVOT);
    await expectExact(page.getByText(/^You bought/), exactGrams(bought.args.grams));
    await expect(fact(page, 'Price observation')).toContainText('Degraded, signed reports');

    // the reporters' sources fall silent too; their feed lives on until its heartbeat is missed
    await setFeed('signed', 'dead');
  });
}

/** 3. Both feeds dead: no dealing, and every way out open. Then they come back. */
export function halted(): void {
  test('3. with both feeds dead buying says why it is halted, and redeeming still works', async ({
    become,
  }) => {
    test.setTimeout(SIGNED_FEED_DIES_MS + 60_000);
    await setFeed('XAU/USD', 'dead');
    await expect.poll(modeNow, { timeout: SIGNED_FEED_DIES_MS }).toBe(MODE.Halted);

    const page = await become('Newcomer', '/trade');
    await page.getByLabel('You pay').fill('100');
    await expect(page.getByText('Dealing is halted.').first()).toBeVisible();
    await expect(page.getByText(/feeds do not agree/).first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Dealing is halted' })).toBeDisabled();
    await expect(view('GoldDesk', 'quoteBuy', [coin('USDT').target, 100n * USD])).rejects.toThrow(
      /DealingHalted/,
    );

    const redemption = await redemptionOf(await requestBar(page, '100 g bar'));
    expect(redemption.holder).toBe(addressOf('newcomer'));
    await expectExact(page.getByText(/ g wait in escrow/), exactGrams(redemption.escrow));
  });

  test('3. feeds return, and so does Normal', async ({ visit }) => {
    await allFeedsLive();
    await expect.poll(modeNow, { timeout: FEEDS_RETURN_MS }).toBe(MODE.Normal);
    const page = await visit('/prices');
    await expect(fact(page, 'Mode')).toHaveText('Normal');
    await expectAgrees(fact(page, 'Low of the live feeds'), async () =>
      exactUsd((await view<bigint[]>('PriceOracle', 'price'))[1]!),
    );
  });
}
