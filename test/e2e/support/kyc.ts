import { expect, type Page } from '@playwright/test';
import { shortOf } from './steps.ts';

export const APPLICANT = {
  'Full name': 'Nora Keller',
  'Date of birth': '1991-05-23',
  'E-mail': 'nora.keller@example.org',
  'Street and number': 'Testweg 7',
  'Postal code': '8001',
  City: 'Zürich',
  'Number of the document': 'X0000020',
};

/** Fills the application in and sends it; the page then says that somebody reads it. */
export async function applyForVerification(page: Page): Promise<void> {
  for (const [label, text] of Object.entries(APPLICANT))
    await page.getByLabel(label, { exact: true }).fill(text);
  await page.getByLabel('Nationality').selectOption('CH');
  await page.getByLabel('Country', { exact: true }).selectOption('CH');
  await page.getByLabel('Document', { exact: true }).selectOption('passport');
  await page.getByLabel('Where the money comes from').selectOption('salary');
  await page.getByLabel(/^All of this is true/).check();
  await page.getByRole('button', { name: 'Send the application' }).click();
  await expect(page.getByRole('status', { name: 'Your verification' })).toContainText('We are reading it');
}

/** Opens an account's application on the operations page. */
export async function review(operator: Page, account: string): Promise<void> {
  await operator.getByRole('tab', { name: 'Verification' }).click();
  await operator.getByRole('button', { name: `Review ${shortOf(account)}` }).click();
  await expect(operator.getByRole('region', { name: 'What the applicant wrote' })).toBeVisible();
}
