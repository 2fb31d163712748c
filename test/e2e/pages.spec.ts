/// <reference lib="dom" />
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page, Response } from '@playwright/test';
import { conductOf, expect, test } from './support/people.ts';

const KB = 1000;
const WALLET_FREE_KB = 180;
const WALLET_KB = 400;
const PHONE = 390;

interface PageUnderTest {
  path: string;
  title: RegExp;
  /** What one came for; the keyboard must get there. */
  action: (page: Page) => Locator;
  scriptKb: number;
}

const connect = (page: Page) =>
  page.getByRole('main').getByRole('button', { name: 'Connect a wallet' }).first();
const PAGES: PageUnderTest[] = [
  {
    path: '/',
    title: /Gold you can check/,
    action: (page) => page.getByRole('main').getByRole('link', { name: 'Buy gold' }).first(),
    scriptKb: WALLET_FREE_KB,
  },
  {
    path: '/reserve',
    title: /The reserve/,
    action: (page) => page.getByLabel('Find a bar'),
    scriptKb: WALLET_FREE_KB,
  },
  {
    path: '/prices',
    title: /Prices/,
    action: (page) => page.getByRole('link', { name: 'Download as CSV' }),
    scriptKb: WALLET_FREE_KB,
  },
  { path: '/trade', title: /Buy and sell gold/, action: connect, scriptKb: WALLET_KB },
  { path: '/stake', title: /Stake gold/, action: connect, scriptKb: WALLET_KB },
  { path: '/redeem', title: /Have a bar sent/, action: connect, scriptKb: WALLET_KB },
  { path: '/portfolio', title: /Your gold/, action: connect, scriptKb: WALLET_KB },
  { path: '/onboarding', title: /Get verified/, action: connect, scriptKb: WALLET_KB },
  {
    path: '/treasury',
    title: /Treasury/,
    action: (page) => page.getByRole('link', { name: 'Propose something' }),
    scriptKb: WALLET_KB,
  },
  { path: '/operations', title: /Operations/, action: connect, scriptKb: WALLET_KB },
];

/** Serious and critical findings, each with where it is. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`),
    );
}

async function scriptBytes(responses: Response[]): Promise<number> {
  const sizes = await Promise.all(
    responses.map(async (response) => {
      const { responseBodySize } = await response.request().sizes();
      const encoding = await response.headerValue('content-encoding');
      return encoding ? responseBodySize : gzipSync(await response.body()).length;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

const sidewaysPx = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function setTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
}

/** Light, dark, and on a phone. */
async function checkLooks(page: Page): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(page, theme);
    expect(await findings(page), `axe, ${theme}`).toEqual([]);
  }
  await page.setViewportSize({ width: PHONE, height: 844 });
  expect(await sidewaysPx(page), `sideways scroll at ${PHONE} px`).toBe(0);
  expect(await findings(page), `axe, dark, ${PHONE} px`).toEqual([]);
  await setTheme(page, 'light');
  expect(await findings(page), `axe, light, ${PHONE} px`).toEqual([]);
}

/** Goes past the header by the link for keyboards, then on by Tab. */
async function reachByKeyboard(page: Page, action: Locator): Promise<void> {
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeFocused();
  await page.keyboard.press('Enter');
  const reached = () => action.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 60 && !(await reached()); presses++) await page.keyboard.press('Tab');
  await expect(action).toBeFocused();
}

for (const { path, title, action, scriptKb } of PAGES) {
  test(`${path} is light enough, keeps to itself, and can be read and used by all`, async ({ visit }) => {
    const page = await visit('about:blank');
    const scripts: Response[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response);
    });
    expect((await page.goto(path, { waitUntil: 'networkidle' }))?.status()).toBe(200);
    const kb = (await scriptBytes(scripts)) / KB;
    const line = `${path}: ${kb.toFixed(1)} kB of JavaScript, gzipped, in ${scripts.length} files (limit ${scriptKb})`;
    test.info().annotations.push({ type: 'first load', description: line });
    console.log(`    ${line}`);
    expect(kb, line).toBeLessThan(scriptKb);

    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(action(page)).toBeVisible();
    await reachByKeyboard(page, action(page));
    await checkLooks(page);
    expect(conductOf(page).errors, 'errors on the console').toEqual([]);
  });
}

/** What stands behind the gates, as those see it whom it is for. */
const BEHIND_THE_GATES = [
  { persona: 'Investor 1', paths: ['/trade', '/stake', '/redeem', '/portfolio'] },
  { persona: 'Newcomer', paths: ['/onboarding'] },
  { persona: 'Signer 1', paths: ['/treasury'] },
  { persona: 'Operator', paths: ['/operations'] },
];

for (const { persona, paths } of BEHIND_THE_GATES) {
  test(`${persona} finds ${paths.join(', ')} readable, light and dark, wide and narrow`, async ({
    become,
  }) => {
    const page = await become(persona, '/portfolio', { signIn: true });
    for (const path of paths) {
      await page.setViewportSize({ width: 1280, height: 900 });
      expect((await page.goto(path, { waitUntil: 'networkidle' }))?.status()).toBe(200);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByRole('button', { name: /^Sign in/ })).toHaveCount(0);
      await checkLooks(page);
    }
    expect(conductOf(page).errors, 'errors on the console').toEqual([]);
  });
}
