import { defineConfig } from '@playwright/test';
import { findChromium } from './support/browser.ts';
import { WEB_URL } from './support/world.ts';

const { executablePath, args } = await findChromium();

export default defineConfig({
  testDir: '.',
  fullyParallel: false,
  workers: 2,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // the summing runner names the file; without it the JSON would fill the screen
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : [['list']],
  // the journey in its order, and beside it those who look on; crashes come last, since they would disturb both
  projects: [
    { name: 'world', testMatch: ['journey.spec.ts', 'pages.spec.ts', 'wallet.spec.ts'] },
    { name: 'crashes', testMatch: 'kill.spec.ts', dependencies: ['world'] },
  ],
  globalSetup: './support/global-setup.ts',
  outputDir: '../../test-results',
  use: {
    baseURL: WEB_URL,
    viewport: { width: 1280, height: 900 },
    actionTimeout: 20_000,
    screenshot: 'only-on-failure',
    trace: process.env.E2E_TRACE ? 'retain-on-failure' : 'off',
    launchOptions: { executablePath, args },
  },
});
