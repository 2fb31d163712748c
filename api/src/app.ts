import type { Express } from 'express';
import { createAccount } from './account/account.ts';
import { createCapacities } from './account/capacities.ts';
import { createAuth } from './auth/auth.ts';
import { createDeployment } from './deployment/deployment.ts';
import { createKyc, createKycState } from './kyc/kyc.ts';
import { createPersonalData } from './platform/encryption/personal-data.ts';
import type { Route } from './platform/http/route.ts';
import { createServer } from './platform/http/server.ts';
import { type Platform, readinessOf } from './platform/process.ts';

/** Everything the REST interface offers, a line a feature. */
export function createApp(platform: Platform): Express {
  const { config, log, metrics, db, chain } = platform;
  const personalData = createPersonalData(config.masterKey);
  const capacitiesOf = createCapacities(chain, config.operators);
  const account = createAccount({ capacitiesOf, kycStateOf: createKycState({ db, chain }) });

  const routes: Route[] = [
    ...createAuth({ config, db, chain, describe: account.describe }),
    ...account.routes,
    ...createKyc({ db, chain, personalData }),
    ...createDeployment(chain),
  ];
  return createServer({
    config,
    log,
    metrics,
    db,
    routes,
    capacitiesOf,
    ready: readinessOf(platform, undefined),
  });
}
