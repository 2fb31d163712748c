import { formatAmount, usdValue } from '@e-aurum/sdk';
import { addressOf, coin, contract, events, provider, view } from '../support/chain.ts';
import { exactFigure, exactGrams, exactUsd, expectAgrees, expectExact, fact } from '../support/figures.ts';
import { expect, test } from '../support/people.ts';
import { quoteBuy, transact } from '../support/steps.ts';

const USD = 10n ** 18n;
const MODES = ['Halted', 'Normal', 'Degraded', 'After hours'];
const SOURCES = ['no feed', 'Chainlink', 'signed reports', 'Chainlink PAXG'];

/** 2. Gold for stablecoin at the price that the quote said. */
export function buying(): void {
  test('2. the investor buys for 1,000 USDT what the quote said, with its price observation', async ({
    become,
  }) => {
    const investor = addressOf('newcomer');
    const usdt = coin('USDT');
    const tokens = contract('GoldToken');
    const before = {
      usdt: (await usdt.balanceOf!(investor)) as bigint,
      eau: (await tokens.balanceOf!(investor)) as bigint,
    };
    const page = await become('Newcomer', '/trade', { signIn: true });
    await page.getByLabel('Coin').first().selectOption('USDT');
    const buyButton = await quoteBuy(page, '1,000');

    // the quote is the contract's own
    const quoteOf = (blockNumber?: number) =>
      view<{ grams: bigint; feeGrams: bigint; usdPerGram: bigint; usdPerCoin: bigint }>(
        'GoldDesk',
        'quoteBuy',
        [usdt.target, 1_000n * USD],
        blockNumber,
      );
    await expect(async () => {
      const { grams } = await quoteOf();
      expect(await page.getByLabel('You get', { exact: true }).inputValue()).toBe(formatAmount(grams));
    }).toPass();
    await expectAgrees(fact(page, 'So you deal at').locator('span').first(), async () =>
      exactUsd((await quoteOf()).usdPerGram),
    );
    await expectAgrees(fact(page, /^Fee, to stakers/), async () => exactGrams((await quoteOf()).feeGrams));
    await expect(fact(page, 'Price source')).toContainText('Normal');

    await transact(buyButton, page.getByText(/^You bought/));

    const [bought] = (await events('GoldDesk', 'Bought', { topics: [investor] })).slice(-1);
    const { args, blockNumber } = bought!;
    expect(args.coinIn).toBe(1_000n * USD);
    expect(args.grams).toBe((await quoteOf(blockNumber - 1)).grams);
    expect(await usdt.balanceOf!(investor)).toBe(before.usdt - 1_000n * USD);
    expect(await tokens.balanceOf!(investor)).toBe(before.eau + args.grams);

    // the page tells the event, and the observation that the trade used
    await expectExact(page.getByText(/^You bought/), exactGrams(args.grams));
    await expectExact(fact(page, 'You paid'), '1000 USDT');
    await expectExact(fact(page, 'Dealt at').locator('span').first(), exactUsd(args.usdPerGram));
    await expectExact(fact(page, 'Fee, to stakers'), exactGrams(args.feeGrams));
    const observation = await view<{ usdPerGram: bigint; mode: bigint; source: bigint }>(
      'PriceOracle',
      'observation',
      [args.observation],
    );
    expect(observation.usdPerGram).toBe(args.observed.usdPerGram);
    await expect(fact(page, 'Price observation')).toHaveText(
      `#${formatAmount(args.observation, { decimals: 0, places: 0 })} ` +
        `${MODES[Number(observation.mode)]}, ${SOURCES[Number(observation.source)]}`,
    );
    const [observed] = await events('PriceOracle', 'Observed', { topics: [args.observation] });
    expect(observed!.args.usdPerGram).toBe(args.observed.usdPerGram);
    expect((await provider.getTransactionReceipt(bought!.transactionHash))!.status).toBe(1);
  });

  test('2. the portfolio shows grams, value, cost and gain as the chain has them', async ({ become }) => {
    const investor = addressOf('newcomer');
    const page = await become('Newcomer', '/portfolio', { signIn: true });
    const trades = await events('GoldDesk', 'Bought', { topics: [investor] });
    await expect(page.getByRole('table', { name: /^Your trades/ }).getByRole('row')).toHaveCount(
      trades.length + 1,
    );
    const balance = () => view('GoldToken', 'balanceOf', [investor]);
    const price = async () => (await view<bigint[]>('PriceOracle', 'price'))[0]!;
    await expectAgrees(page.getByText('You own').locator('xpath=following-sibling::p[1]'), async () =>
      exactGrams(await balance()),
    );
    await expectAgrees(fact(page, 'in your account'), async () => exactGrams(await balance()));
    const worth = page.getByText(/^worth/);
    await expectAgrees(worth, async () => exactUsd(usdValue(await balance(), await price())));

    // cost and gain from the trades' own events
    const cost = trades.reduce(
      (sum: bigint, { args }) => sum + ((args.coinIn as bigint) * (args.usdPerCoin as bigint)) / USD,
      0n,
    );
    const usd = (value: bigint) => `$${formatAmount(value < 0n ? -value : value, { places: 2 })}`;
    await expect(async () => {
      const value = usdValue(await balance(), await price());
      const gain = value - cost;
      expect(await exactFigure(worth)).toBe(exactUsd(value));
      await expect(worth).toContainText(`cost ${usd(cost)}`, { timeout: 1 });
      await expect(worth).toContainText(gain < 0n ? `loss −${usd(gain)}` : `gain +${usd(gain)}`, {
        timeout: 1,
      });
    }).toPass({ timeout: 20_000 });
  });
}
