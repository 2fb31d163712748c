'use client';

import type { LatestPrice } from '@e-aurum/sdk/rest';
import type { Result } from '../api/problem';
import { type ApiQuery, useApi } from '../api/use-api';

const REFRESH_MS = 6_000;

/** The price now; one reading for the pill, the page and the form. */
export const useLatestPrice = (initial?: Result<LatestPrice>): ApiQuery<LatestPrice> =>
  useApi<LatestPrice>('/v1/prices/latest', { initial, refreshMs: REFRESH_MS });
