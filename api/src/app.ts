import type { Express } from 'express';
import { createAccount } from './account/account.ts';
import { createCapacities } from './account/capacities.ts';
import { createAuth } from './auth/auth.ts';
import { createDeployment } from './deployment/deployment.ts';
import { createKyc, createKycState } from './kyc/kyc.ts';
import { createOperations } from './operations/operations.ts';
import { createPersonalData } from './platform/encryption/personal-data.ts';
import type { Route } from './platform/http/route.ts';
import { createServer } from './platform/http/server.ts';
import { type Platform, readinessOf } from './platform/process.ts';
import { createPortfolio } from './portfolio/portfolio.ts';
import { createOracleReader } from './prices/oracle.ts';
import { createPrices } from './prices/prices.ts';
import { createQuotes } from './quotes/quotes.ts';
import { createFulfilment } from './redemptions/fulfilment.ts';
import { createProducts } from './redemptions/products.ts';
import { createRedemptions } from './redemptions/redemptions.ts';
import { createReserve } from './reserve/reserve.ts';
import { createStaking } from './staking/staking.ts';
import { createTrades } from './trades/trades.ts';
import { createTreasury } from './treasury/treasury.ts';

/** Everything the REST interface offers, a line a feature. */
export function createApp(platform: Platform): Express {
  const { config, log, metrics, db, chain } = platform;
  const personalData = createPersonalData(config.masterKey);
  const capacitiesOf = createCapacities(chain, config.operators);
  const account = createAccount({ capacitiesOf, kycStateOf: createKycState({ db, chain }) });
  const readOracle = createOracleReader(chain);
  const products = createProducts(chain);

  const routes: Route[] = [
    ...createAuth({ config, db, chain, describe: account.describe }),
    ...account.routes,
    ...createKyc({ db, chain, personalData }),
    ...createPrices({ db, chain, readOracle }),
    ...createQuotes(chain),
    ...createTrades(db, chain),
    ...createPortfolio({ db, chain, readOracle }),
    ...createReserve(db, chain),
    ...createStaking(db, chain),
    ...createRedemptions({ db, chain, personalData, products }),
    ...createFulfilment({ db, chain, personalData, products }),
    ...createTreasury(db, chain),
    ...createOperations(db, chain, config),
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
