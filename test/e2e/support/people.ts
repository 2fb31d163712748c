import { test as base, expect, type Page } from '@playwright/test';
import { WEB_URL, worldOffsetMs } from './world.ts';

interface Fixtures {
  /** A page of somebody's own, on a path, with the development wallet connected as a person of the devnet. */
  become: (persona: string, path: string, options?: { signIn?: boolean }) => Promise<Page>;
  /** A page of a visitor without a wallet. */
  visit: (path: string, options?: VisitOptions) => Promise<Page>;
}

export interface VisitOptions {
  theme?: 'light' | 'dark';
  width?: number;
}

/** What a page must never do; kept with the page and asked at the end of every test. */
export interface Conduct {
  errors: string[];
  strangers: string[];
}

const conducts = new WeakMap<Page, Conduct>();
export const conductOf = (page: Page): Conduct => conducts.get(page)!;

const DESKTOP = { width: 1280, height: 900 };

function watch(page: Page): void {
  const conduct: Conduct = { errors: [], strangers: [] };
  conducts.set(page, conduct);
  page.on('pageerror', (error) => conduct.errors.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') conduct.errors.push(`${page.url()}: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (/^https?:|^wss?:/.test(url.protocol) && url.origin !== WEB_URL) conduct.strangers.push(url.href);
  });
}

/** Says yes in the header's dialog: be that person. */
export async function connectAs(page: Page, persona: string): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Connect' }).click();
  await page.getByRole('dialog', { name: 'Connect' }).getByRole('button', { name: persona }).click();
  const account = page
    .getByRole('banner')
    .getByRole('button', { name: new RegExp(`^${persona} ?, your account$`) });
  await expect(account).toBeVisible();
}

export async function signIn(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Sign in/ })
    .first()
    .click();
  await expect(page.getByRole('button', { name: /^(Sign in|Waiting for your wallet)/ })).toHaveCount(0);
}

export const test = base.extend<Fixtures>({
  visit: async ({ browser }, use) => {
    const pages: Page[] = [];
    await use(async (path, { theme = 'light', width } = {}) => {
      const viewport = width ? { width, height: 844 } : DESKTOP;
      const context = await browser.newContext({ baseURL: WEB_URL, viewport, colorScheme: theme });
      // in a world that is moved in time the browser's clock must be the chain's
      if (worldOffsetMs() !== 0) await context.clock.install({ time: Date.now() + worldOffsetMs() });
      const page = await context.newPage();
      pages.push(page);
      watch(page);
      await page.goto(path);
      return page;
    });
    const strangers = pages.flatMap((page) => conductOf(page).strangers);
    for (const page of pages) await page.context().close();
    expect(strangers, 'requests that left the origin').toEqual([]);
  },
  become: async ({ visit }, use) => {
    await use(async (persona, path, options = {}) => {
      const page = await visit(path);
      await connectAs(page, persona);
      if (options.signIn) await signIn(page);
      return page;
    });
  },
});

export { expect };
