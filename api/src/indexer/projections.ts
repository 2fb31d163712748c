import { investorProjection } from '../kyc/projection.ts';
import { pricesProjection } from '../prices/projection.ts';
import { redemptionsProjection } from '../redemptions/projection.ts';
import { reserveProjection } from '../reserve/projection.ts';
import { stakingProjection } from '../staking/projection.ts';
import { tradesProjection } from '../trades/projection.ts';
import { operationsProjection } from '../treasury/projection.ts';
import type { Projection } from './projection.ts';

/** Every feature that keeps something of the chain. */
export const PROJECTIONS: readonly Projection[] = [
  investorProjection,
  operationsProjection,
  pricesProjection,
  redemptionsProjection,
  reserveProjection,
  stakingProjection,
  tradesProjection,
];
