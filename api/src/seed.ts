import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { importKycCases, SeededInvestors } from './kyc/seed.ts';
import { createChain } from './platform/chain/chain.ts';
import { readDeployment } from './platform/chain/deployment.ts';
import { readConfig } from './platform/config.ts';
import { createDatabase } from './platform/database/database.ts';
import { migrate } from './platform/database/migrate.ts';
import { createPersonalData } from './platform/encryption/personal-data.ts';
import { importRedemptions, SeededRedemptions } from './redemptions/seed.ts';
import { importProposals, SeededProposals } from './treasury/seed.ts';

/**
 * `node api/src/seed.ts`: brings what development's seed knows beyond the chain into the database (invented people and
 * where their bars go). Can be run again: what is there stays as it is. Production refuses it.
 */
const SeedFile = z.looseObject({
  version: z.literal(1),
  investors: SeededInvestors,
  redemptions: SeededRedemptions,
  proposals: SeededProposals,
});

const config = readConfig();
if (config.environment === 'production') {
  console.error('the seed is for development: production has no invented people');
  process.exit(1);
}
if (!existsSync(config.seedFile)) {
  console.log(`there is no seed at ${config.seedFile}: nothing to import`);
  process.exit(0);
}
const seed = SeedFile.parse(JSON.parse(readFileSync(config.seedFile, 'utf8')));
const personalData = createPersonalData(config.masterKey);
const chain = createChain(config, readDeployment(config.deploymentFile));
const db = createDatabase(config.databaseUrl, 2, (error) => console.error(error.message));
try {
  await migrate(db);
  await db.transaction(async (tx) => {
    await importKycCases(tx, personalData, seed.investors);
    await importRedemptions(tx, personalData, seed.redemptions);
    await importProposals(tx, chain, seed.proposals);
  });
  console.log(
    `seeded: ${seed.investors.length} investors, ${seed.redemptions.length} redemptions, ${seed.proposals.length} proposals`,
  );
} finally {
  await db.close();
  chain.close();
}
