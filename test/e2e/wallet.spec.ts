import type { Page } from '@playwright/test';
import { devSigner } from '../../scripts/devnet/accounts.ts';
import { addressOf, contract, events, provider, view } from './support/chain.ts';
import { exactGrams, expectAgrees, fact } from './support/figures.ts';
import { expect, signIn, test } from './support/people.ts';
import { shortOf, transact } from './support/steps.ts';
import { installWallet, type TestWallet, WALLET_NAME } from './support/wallet.ts';

const BSC = 56;
const GRAM = 10n ** 18n;

/** Through RainbowKit's list, as somebody with an extension does. */
async function connect(page: Page, wallet: TestWallet): Promise<void> {
  const header = page.getByRole('banner');
  await header.getByRole('button', { name: 'Connect' }).click();
  await page.getByRole('dialog', { name: 'Connect' }).getByRole('button', { name: 'Another wallet' }).click();
  await page.getByRole('button', { name: WALLET_NAME }).click();
  await expect(header.getByRole('button', { name: shortOf(wallet.address) })).toBeVisible();
}

test.describe('an injected wallet, through RainbowKit', () => {
  let page: Page;
  let wallet: TestWallet;

  test.beforeEach(async ({ visit }) => {
    page = await visit('about:blank');
    wallet = await installWallet(page.context(), 'investor4');
    await page.goto('/stake');
    await connect(page, wallet);
  });

  test('stays connected over a reload, signs in and stakes', async () => {
    await page.reload();
    await expect(
      page.getByRole('banner').getByRole('button', { name: shortOf(wallet.address) }),
    ).toBeVisible();
    await page.getByLabel('You stake').fill('0.25');
    await transact(page.getByRole('button', { name: 'Stake 0.2500 g' }), page.getByText(/^You staked/));
    const deposits = await events('StakedGold', 'Deposit', { topics: [null, wallet.address] });
    expect(deposits.at(-1)!.args.assets).toBe(GRAM / 4n);
    await page.goto('/portfolio');
    await signIn(page);
    await expectAgrees(fact(page, 'in your account'), async () =>
      exactGrams(await view('GoldToken', 'balanceOf', [wallet.address])),
    );
    expect(wallet.asked.get('personal_sign')).toBe(1);
  });

  test('a declined signature and a declined transaction are told as such, and nothing is sent', async () => {
    await page.goto('/portfolio');
    wallet.declineNext();
    await page.getByRole('button', { name: 'Sign in with this wallet' }).click();
    await expect(page.getByText('You declined in your wallet.')).toBeVisible();
    await signIn(page);

    const nonce = await provider.getTransactionCount(wallet.address);
    await page.goto('/stake');
    await page.getByLabel('You stake').fill('1');
    wallet.declineNext();
    await transact(
      page.getByRole('button', { name: 'Stake 1.0000 g' }),
      page.getByText('You declined in your wallet.', { exact: true }),
    );
    expect(await provider.getTransactionCount(wallet.address)).toBe(nonce);
    await page.getByRole('button', { name: 'Back to the form' }).click();
    await expect(page.getByLabel('You stake')).toHaveValue('1');
  });

  test('on another network nothing can be sent until it is switched', async () => {
    await wallet.useChain(page, BSC);
    await expect(page.getByRole('banner').getByRole('button', { name: 'Switch network' })).toBeVisible();
    await expect(page.getByRole('button', { name: /^Stake/ })).toHaveCount(0);
    await page.getByRole('button', { name: 'Switch your wallet’s network' }).click();
    await expect(page.getByRole('button', { name: 'Stake: write an amount' })).toBeVisible();
    expect(wallet.asked.get('wallet_switchEthereumChain')).toBe(1);
  });

  test('a contract’s own error is told in plain words', async () => {
    const token = contract('GoldToken');
    const balance = await view('GoldToken', 'balanceOf', [wallet.address]);
    const elsewhere = addressOf('deployer');
    const owner = token.connect(devSigner('investor4', provider)) as typeof token;
    const keeper = token.connect(devSigner('deployer', provider)) as typeof token;
    await page.getByLabel('You stake').fill('2');
    // between the check and the wallet's own estimate the gold goes elsewhere
    wallet.beforeNextTransaction(async () => {
      await (await owner.transfer!(elsewhere, balance)).wait();
    });
    try {
      await transact(
        page.getByRole('button', { name: 'Stake 2.0000 g' }),
        page.getByText('There is not enough in your account.', { exact: true }),
      );
      await expect(page.getByText('It holds 0.0000, and 2.0000 are needed.').first()).toBeVisible();
    } finally {
      await (await keeper.transfer!(wallet.address, balance)).wait();
    }
  });
});
