import type { KycApplication, KycCase } from '@e-aurum/sdk/rest';
import type { Tone } from '@/shared/ui/Tag';

export type KycState = KycCase['state'];

export const KYC_WORDS: Record<KycState, string> = {
  submitted: 'To review',
  approving: 'On its way to the chain',
  approved: 'Approved',
  rejected: 'Rejected',
  revoked: 'Revoked',
};
export const KYC_TONES: Record<KycState, Tone> = {
  submitted: 'warn',
  approving: 'gold',
  approved: 'up',
  rejected: 'down',
  revoked: 'down',
};

export const APPLICATION_LABELS: Record<Exclude<keyof KycApplication, 'declaration'>, string> = {
  fullName: 'Full name',
  dateOfBirth: 'Date of birth',
  nationality: 'Nationality',
  address: 'Street and number',
  postalCode: 'Postal code',
  city: 'City',
  country: 'Country',
  email: 'E-mail',
  documentType: 'Document',
  documentNumber: 'Number of the document',
  sourceOfFunds: 'Where the money comes from',
};

const VALUE_WORDS: Record<string, string> = {
  passport: 'Passport',
  identityCard: 'Identity card',
  drivingLicence: 'Driving licence',
};
export const valueWords = (value: string): string => VALUE_WORDS[value] ?? value;

export const KYC_PATH = '/v1/operations/kyc';
