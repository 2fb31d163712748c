import { expect, type Locator, type Page } from '@playwright/test';
import { events, view } from './chain.ts';

const TRANSACTION_TIMEOUT_MS = 45_000;

/** As the pages shorten an address. */
export const shortOf = (hex: string): string => `${hex.slice(0, 6)}…${hex.slice(-4)}`;

/** Presses the button of a transaction and waits for the word that says it is done. */
export async function transact(button: Locator, done: Locator): Promise<void> {
  await button.click();
  await expect(done.first()).toBeVisible({ timeout: TRANSACTION_TIMEOUT_MS });
}

/** Writes an amount into the trade form and waits for the quote. @returns the button that sends it */
export async function quoteBuy(page: Page, amount: string): Promise<Locator> {
  await page.getByLabel('You pay').fill(amount);
  const button = page.getByRole('button', { name: /^Buy [\d.,]+ g$/ });
  await expect(button).toBeEnabled();
  return button;
}

/** Buys on the trade page. */
export async function buy(page: Page, amount: string): Promise<void> {
  const button = await quoteBuy(page, amount);
  await transact(button, page.getByText(/^You bought/));
}

/** Where the bars of these tests go. */
export const DELIVERY = {
  Recipient: 'Nora Keller',
  'Street and number': 'Testweg 7',
  'Postal code': '8001',
  City: 'Zürich',
  Phone: '+41 44 555 01 07',
};
const PRODUCT_BY_NAME = { '100 g bar': 0, '100 g bar, express': 1 };

/** Fills the redeem form in for one bar. @returns the button that puts the grams in escrow */
export async function fillRedemption(page: Page, product: keyof typeof PRODUCT_BY_NAME): Promise<Locator> {
  await page.goto('/redeem');
  const signIn = page.getByRole('button', { name: 'Sign in with this wallet' });
  const mine = page.getByRole('region', { name: 'Your redemptions' });
  await expect(
    signIn.or(mine.getByRole('table')).or(mine.getByText('You have not asked')).first(),
  ).toBeVisible();
  if (await signIn.isVisible()) await signIn.click();
  await page
    .getByRole('radio', { name: /^100 g bar/ })
    .nth(PRODUCT_BY_NAME[product])
    .check();
  await expect(page.getByRole('heading', { level: 2, name: product, exact: true })).toBeVisible();
  for (const [label, text] of Object.entries(DELIVERY))
    await page.getByLabel(label, { exact: true }).fill(text);
  await page.getByLabel('Country').selectOption('CH');
  const button = page.getByRole('button', { name: /^Escrow [\d.,]+ g for 1 bar$/ });
  await expect(button).toBeEnabled();
  return button;
}

/** Asks for one bar. @returns its number on the chain */
export async function requestBar(page: Page, product: keyof typeof PRODUCT_BY_NAME): Promise<bigint> {
  await transact(await fillRedemption(page, product), page.getByText(/is requested$/));
  const said = await page.getByText(/is requested$/).textContent();
  return BigInt(/\d+/.exec(said ?? '')![0]);
}

export interface OnChainRedemption {
  holder: string;
  state: bigint;
  escrow: bigint;
  fee: bigint;
  deliveryRef: string;
  shipBy: bigint;
  barIds: bigint[];
}

export const redemptionOf = (id: bigint): Promise<OnChainRedemption> =>
  view<OnChainRedemption>('RedemptionDesk', 'redemption', [id]);

export const REDEMPTION = {
  Requested: 1n,
  Accepted: 2n,
  Shipped: 3n,
  Completed: 5n,
  Cancelled: 6n,
  Reclaimed: 7n,
};

/** How often an event of a redemption stands on the chain: once, whatever crashed meanwhile. */
export const timesOnChain = async (event: string, id: bigint): Promise<number> =>
  (await events('RedemptionDesk', event, { topics: [id] })).length;
