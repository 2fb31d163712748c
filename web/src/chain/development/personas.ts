export interface Persona {
  key: string;
  /** Index in the development mnemonic, the same table that the devnet is funded and deployed with. */
  index: number;
  name: string;
  role: string;
}

/** Whom one can be on a development chain. */
export const PERSONAS: readonly Persona[] = [
  { key: 'newcomer', index: 20, name: 'Newcomer', role: 'an investor who is not verified yet' },
  { key: 'investor1', index: 21, name: 'Investor 1', role: 'verified, holds gold' },
  { key: 'investor2', index: 22, name: 'Investor 2', role: 'verified, holds gold' },
  { key: 'investor3', index: 23, name: 'Investor 3', role: 'verified, holds gold' },
  { key: 'investor4', index: 24, name: 'Investor 4', role: 'verified, holds gold' },
  { key: 'treasury1', index: 1, name: 'Signer 1', role: 'treasury signer' },
  { key: 'treasury2', index: 2, name: 'Signer 2', role: 'treasury signer' },
  { key: 'treasury3', index: 3, name: 'Signer 3', role: 'treasury signer' },
  { key: 'guardian1', index: 4, name: 'Guardian 1', role: 'can stop and veto, never start' },
  { key: 'guardian2', index: 5, name: 'Guardian 2', role: 'can stop and veto, never start' },
  { key: 'custodian', index: 6, name: 'Operator', role: 'vault operator: KYC, bars, deliveries' },
  { key: 'auditor', index: 7, name: 'Auditor', role: 'endorses bars, attests the reserve' },
];
