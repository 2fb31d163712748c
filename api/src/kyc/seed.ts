import { Address, KycApplication } from '@e-aurum/sdk/rest';
import { z } from 'zod';
import type { Transaction } from '../platform/database/database.ts';
import type { PersonalData } from '../platform/encryption/personal-data.ts';
import { accountOf } from '../platform/http/validate.ts';
import { KYC_DATA } from './kyc.ts';
import { importCase } from './store.ts';

/** Investors of development's seed, whose status stands on the chain already. Times in unix seconds. */
export const SeededInvestors = z.array(
  z.object({
    account: Address,
    tier: z.number().int(),
    decidedAt: z.number().int(),
    expiresAt: z.number().int(),
    decidedBy: Address,
    application: KycApplication,
  }),
);

export async function importKycCases(
  tx: Transaction,
  personalData: PersonalData,
  investors: z.output<typeof SeededInvestors>,
): Promise<void> {
  for (const investor of investors) {
    const account = accountOf(investor.account);
    await importCase(tx, {
      account,
      application: await personalData.encrypt(tx, account, KYC_DATA, investor.application),
      tier: investor.tier,
      decidedAt: new Date(investor.decidedAt * 1000),
      expiresAt: new Date(investor.expiresAt * 1000),
      decidedBy: accountOf(investor.decidedBy),
    });
  }
}
