/** The REST interface as the dApp uses it: real processes, a real PostgreSQL, the real contracts with ninety days behind them. */
import { afterAll, beforeAll } from 'vitest';
import { identityTests } from './api/identity.tests.ts';
import { marketTests } from './api/market.tests.ts';
import { redemptionTests } from './api/redemptions.tests.ts';
import { closeApi, openApi } from './api/seeded-api.ts';
import { serviceTests } from './api/services.tests.ts';
import { signInTests } from './api/sign-in.tests.ts';

beforeAll(openApi, 240_000);
afterAll(closeApi);

signInTests();
identityTests();
marketTests();
redemptionTests();
// last: they look for secrets in all that the others left, and end the processes
serviceTests();
