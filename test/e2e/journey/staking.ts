import { addressOf, events, view } from '../support/chain.ts';
import { exactFigure, exactGrams, expectAgrees, expectExact, fact } from '../support/figures.ts';
import { expect, test } from '../support/people.ts';
import { buy, transact } from '../support/steps.ts';

const GRAM = 10n ** 18n;
const STAKED = 5n * GRAM;

const weiOf = (figure: string): bigint => {
  const [whole = '0', part = ''] = figure.replace(/ g$/, '').replaceAll(',', '').split('.');
  return BigInt(whole) * GRAM + BigInt(part.padEnd(18, '0'));
};

/** 4. Staked gold earns the fees of others' trades. */
export function staking(): void {
  const staker = addressOf('newcomer');

  test('4. the investor stakes 5 g', async ({ become }) => {
    const page = await become('Newcomer', '/stake');
    await page.getByLabel('You stake').fill('5');
    await transact(page.getByRole('button', { name: 'Stake 5.0000 g' }), page.getByText(/^You staked/));
    const [deposit] = (await events('StakedGold', 'Deposit', { topics: [null, staker] })).slice(-1);
    expect(deposit!.args.assets).toBe(STAKED);
    expect(await view('StakedGold', 'balanceOf', [staker])).toBe(deposit!.args.shares);
    await expectExact(page.getByText(/^You staked/), exactGrams(STAKED));
  });

  test('4. fees of another’s trade arrive and stream to the stakers', async ({ become }) => {
    const waitingBefore = await view('StakedGold', 'pendingFees');
    const trader = await become('Investor 1', '/trade');
    await buy(trader, '2,000');
    const trade = (await events('GoldDesk', 'Bought', { topics: [addressOf('investor1')] })).at(-1)!;
    expect(await view('StakedGold', 'pendingFees')).toBe(waitingBefore + trade.args.feeGrams);

    const page = await become('Newcomer', '/stake');
    await expectAgrees(fact(page, 'Waiting'), async () =>
      exactGrams(await view('StakedGold', 'pendingFees')),
    );
    const start = page.getByRole('button', { name: /^Start streaming/ });
    const waiting = await view('StakedGold', 'pendingFees');
    await transact(start, page.getByText('The stream runs'));
    const [stream] = (await events('StakedGold', 'StreamStarted')).slice(-1);
    expect(stream!.args.amount).toBeGreaterThanOrEqual(waiting);
    expect(await view('StakedGold', 'pendingFees')).toBe(0n);
  });

  test('4. the investor unstakes with more than was staked', async ({ become }) => {
    const before = await view('GoldToken', 'balanceOf', [staker]);
    const page = await become('Newcomer', '/stake');
    const worth = page.getByText('You have staked', { exact: true }).locator('xpath=following-sibling::p[1]');
    await expect(async () => {
      const figure = weiOf(await exactFigure(worth));
      const shares = await view('StakedGold', 'balanceOf', [staker]);
      expect(figure).toBeGreaterThan(STAKED);
      expect(figure).toBeLessThanOrEqual(await view('StakedGold', 'convertToAssets', [shares]));
    }).toPass({ timeout: 20_000 });

    await page.getByRole('tab', { name: 'Unstake' }).click();
    await page.getByRole('button', { name: /^Use the whole Staked/ }).click();
    await transact(
      page.getByRole('button', { name: /^Unstake 5\.\d{4} g$/ }),
      page.getByText(/^You took out/),
    );
    const [withdrawn] = (await events('StakedGold', 'Withdraw', { topics: [null, null, staker] })).slice(-1);
    expect(withdrawn!.args.assets).toBeGreaterThan(STAKED);
    expect(await view('GoldToken', 'balanceOf', [staker])).toBe(before + withdrawn!.args.assets);
    expect(await view('StakedGold', 'balanceOf', [staker])).toBe(0n);
    await expectExact(page.getByText(/^You took out/), exactGrams(withdrawn!.args.assets));
  });
}
