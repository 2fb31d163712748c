/**
 * The devnet, 31337: what stands on BSC, at the same addresses, with delays a visitor can wait for. Also for a fork of BSC,
 * which keeps this chain id.
 */
import { devAccount, devGroup } from '../../scripts/devnet/accounts.ts';
import { bsc } from './bsc.ts';
import { Parameters, type People } from './schema.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** The development mnemonic's accounts in their roles. */
export function devnetPeople(): People {
  const addresses = (accounts: { address: string }[]): string[] => accounts.map(({ address }) => address);
  return {
    safeOwners: addresses(devGroup('treasury')),
    safeThreshold: 2,
    guardians: addresses(devGroup('guardian')),
    // the vault operator's own wallet, and the key with which the API fulfils redemptions
    custodians: [devAccount('custodian').address, devAccount('fulfilment').address],
    auditors: [devAccount('auditor').address],
    complianceSigners: [devAccount('compliance').address],
    issuers: [devAccount('issuer').address],
    reporters: addresses(devGroup('reporter')),
    reporterThreshold: 3,
  };
}

export function devnet(people: People = devnetPeople()): Parameters {
  const real = bsc(people);
  const [hundredGrams] = real.redemption.products;
  return Parameters.parse({
    ...real,
    network: 'devnet',
    chainId: 31_337,
    delay: MINUTE,
    oracle: {
      ...real.oracle,
      main: { ...real.oracle.main, heartbeat: HOUR },
      // The transmitter brings a round a minute: a visitor who switches the reporters' sources off sees it die.
      pivot: { ...real.oracle.pivot, heartbeat: 150 },
      fallback: { ...real.oracle.fallback, heartbeat: HOUR },
    },
    desk: {
      ...real.desk,
      coins: real.desk.coins.map((coin) => ({ ...coin, floor: 1_000n * 10n ** 18n })),
    },
    redemption: {
      disputeWindow: MINUTE,
      products: [
        ...real.redemption.products,
        {
          ...hundredGrams,
          name: '100 g bar, express',
          shipWithin: 90,
          deliverWithin: 3 * MINUTE,
          terms: 'One bar of 100 g that ships within 90 seconds or not at all: to see an escrow come back.',
        },
      ],
    },
  });
}
