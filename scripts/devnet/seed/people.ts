/** The devnet's investors, invented. What is personal goes to the API's database, encrypted; the chain sees their status alone. */
import type { DeliveryDetails, KycApplication } from '@e-aurum/sdk/rest';
import type { DevAccountName } from '../accounts.ts';

export type InvestorName = 'investor1' | 'investor2' | 'investor3' | 'investor4';

export const INVESTORS: Record<InvestorName, { tier: number; application: KycApplication }> = {
  investor1: {
    tier: 2,
    application: {
      fullName: 'Clara Hofmann',
      dateOfBirth: '1984-03-17',
      nationality: 'CH',
      country: 'CH',
      address: 'Beispielgasse 12',
      city: 'Winterthur',
      postalCode: '8400',
      email: 'clara.hofmann@example.org',
      documentType: 'passport',
      documentNumber: 'X0000001',
      sourceOfFunds: 'salary',
      declaration: true,
    },
  },
  investor2: {
    tier: 2,
    application: {
      fullName: 'Marco Bellini',
      dateOfBirth: '1990-11-02',
      nationality: 'IT',
      country: 'IT',
      address: 'Via Esempio 4',
      city: 'Arezzo',
      postalCode: '52100',
      email: 'marco.bellini@example.org',
      documentType: 'identityCard',
      documentNumber: 'CA00002BB',
      sourceOfFunds: 'investments',
      declaration: true,
    },
  },
  investor3: {
    tier: 3,
    application: {
      fullName: 'Aiko Tanaka',
      dateOfBirth: '1976-07-29',
      nationality: 'JP',
      country: 'SG',
      address: '8 Sample Quay, #21-03',
      city: 'Singapore',
      postalCode: '018999',
      email: 'aiko.tanaka@example.org',
      documentType: 'passport',
      documentNumber: 'TZ0000003',
      sourceOfFunds: 'business',
      declaration: true,
    },
  },
  investor4: {
    tier: 1,
    application: {
      fullName: 'Tomás Ferreira',
      dateOfBirth: '1998-01-08',
      nationality: 'PT',
      country: 'PT',
      address: 'Rua do Exemplo 31, 2.º',
      city: 'Porto',
      postalCode: '4000-001',
      email: 'tomas.ferreira@example.org',
      documentType: 'identityCard',
      documentNumber: '00000004 0ZZ4',
      sourceOfFunds: 'savings',
      declaration: true,
    },
  },
};

export const INVESTOR_NAMES = Object.keys(INVESTORS) as InvestorName[];

/** Where an investor's bars go. */
export function deliveryDetailsOf(name: InvestorName): DeliveryDetails {
  const { fullName, address, city, postalCode, country } = INVESTORS[name].application;
  const phone = {
    CH: '+41 52 555 01 01',
    IT: '+39 0575 555 02',
    SG: '+65 6555 0103',
    PT: '+351 22 555 0104',
  };
  return {
    recipient: fullName,
    street: address,
    city,
    postalCode,
    country,
    phone: phone[country as keyof typeof phone],
    instructions: 'Call before you come; identity card at the door.',
  };
}

/** Dollars in coins that each begins with; the newcomer is the visitor, who has not passed KYC. */
export const FUNDS: Partial<Record<DevAccountName, { USDT: bigint; USDC: bigint }>> = {
  newcomer: { USDT: 25_000n, USDC: 10_000n },
  investor1: { USDT: 80_000n, USDC: 20_000n },
  investor2: { USDT: 80_000n, USDC: 80_000n },
  investor3: { USDT: 500_000n, USDC: 250_000n },
  investor4: { USDT: 20_000n, USDC: 5_000n },
};
