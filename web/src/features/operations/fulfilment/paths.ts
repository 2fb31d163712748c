export const REDEMPTIONS_PATH = '/v1/operations/redemptions';
export const OPERATORS = ['operator', 'custodian'] as const;
