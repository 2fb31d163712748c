import { addressOf, events, view } from '../support/chain.ts';
import { fact } from '../support/figures.ts';
import { APPLICANT, applyForVerification, review } from '../support/kyc.ts';
import { connectAs, expect, signIn, test } from '../support/people.ts';

const FINAL_TIMEOUT_MS = 30_000;

/** 1. From a wallet to an entry in the registry. */
export function identity(): void {
  test('1. the investor connects, signs in and applies; the operator approves; the registry says so', async ({
    visit,
    become,
  }) => {
    const investor = addressOf('newcomer');
    expect(await view<boolean>('InvestorRegistry', 'isEligible', [investor])).toBe(false);
    const page = await visit('/onboarding');
    await connectAs(page, 'Newcomer');
    await signIn(page);
    await applyForVerification(page);

    const operator = await become('Operator', '/operations', { signIn: true });
    await review(operator, investor);
    await expect(fact(operator, 'Full name')).toHaveText(APPLICANT['Full name']);
    const application = operator.getByRole('region', { name: 'What the applicant wrote' });
    await expect(application).toContainText(APPLICANT['Number of the document']);
    await operator.getByRole('button', { name: 'Approve the application' }).click();
    await expect(operator.getByRole('status').filter({ hasText: 'Tell the registry' })).toContainText(
      'Final',
      {
        timeout: FINAL_TIMEOUT_MS,
      },
    );

    await expect(page.getByRole('status', { name: 'Your verification' })).toContainText('You are verified', {
      timeout: FINAL_TIMEOUT_MS,
    });
    expect(await view<boolean>('InvestorRegistry', 'isEligible', [investor])).toBe(true);
    expect(await events('InvestorRegistry', 'StatusSet', { topics: [investor] })).toHaveLength(1);
  });
}
