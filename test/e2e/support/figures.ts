import { exactAmount } from '@e-aurum/sdk';
import { expect, type Locator, type Page } from '@playwright/test';

type Scope = Page | Locator;

/** The value that stands beside a label in a list of facts. */
export function fact(scope: Scope, label: string | RegExp): Locator {
  const text = typeof label === 'string' ? new RegExp(`^${literally(label)}$`) : label;
  return scope.getByRole('term').filter({ hasText: text }).locator('xpath=following-sibling::dd').first();
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A figure with all its digits: the page keeps them behind the shortened one. */
export async function exactFigure(shown: Locator): Promise<string> {
  const text = await shown.evaluate((element) => {
    const exact = element.matches('[data-exact]') ? element : element.querySelector('[data-exact]');
    return exact?.getAttribute('data-exact') ?? element.textContent ?? '';
  });
  return text.trim();
}

/** Waits until a figure says exactly this. */
export async function expectExact(shown: Locator, wanted: string, options: { timeout?: number } = {}) {
  await expect.poll(() => exactFigure(shown), { timeout: options.timeout ?? 20_000 }).toBe(wanted);
}

/** Waits until a figure agrees with the chain, both read anew each time, since both move. */
export async function expectAgrees(
  shown: Locator,
  onChain: () => Promise<string>,
  { timeout = 30_000 } = {},
): Promise<void> {
  await expect(async () => {
    const before = await onChain();
    const figure = await exactFigure(shown);
    const after = await onChain();
    expect([before, after], `the chain says ${before}, the page ${figure}`).toContain(figure);
  }).toPass({ timeout, intervals: [250, 500, 1_000] });
}

export const exactGrams = (wei: bigint): string => `${exactAmount(wei)} g`;
export const exactUsd = (value: bigint): string => `$${exactAmount(value)}`;
/** Grams of gold from whole milligrams, as the pages write weights. */
export const weight = (mg: bigint): string =>
  `${(mg / 1000n).toLocaleString('en')}.${String(mg % 1000n).padStart(3, '0')} g`;
