/** What every chain has in common: the Safe's canonical contracts, and the issuer's programme. */
import { encodeBytes32String, id } from 'ethers';
import type { Parameters } from './schema.ts';

const DAY = 86_400;
const grams = (count: number): bigint => BigInt(count) * 10n ** 18n;

/** Safe 1.4.1 at its canonical addresses (safe-global/safe-deployments). */
export const SAFE_1_4_1: Parameters['safe'] = {
  factory: '0x4e1DCf7AD4e460CfD30791CCC4F9c8a4f820ec67',
  singleton: '0x29fcB43b46531BcA003ddC8FCB67FFE91900C762',
  fallbackHandler: '0xfd0732Dc9E303f09fCEf3a7388Ad10A83459Ec99',
  multiSendCallOnly: '0x9641d764fc13c8B624c04430C7356C1C7C8102e2',
  saltNonce: 0n,
};

export const SALT = id('e-Aurum deployment 1');
export const FEED_ID = encodeBytes32String('XAU/USD');

/** Far outside every price there was, near enough to refuse one that is off by a decimal. */
export const BOUNDS = { minUsdPerOunce: 500, maxUsdPerOunce: 20_000 };

/** Christmas and New Year, the days on which spot gold does not trade. */
export const HOLIDAYS = ['2026-12-25', '2027-01-01'];

export const TOKEN: Parameters['token'] = {
  maxAttestationAge: 35 * DAY,
  deskMintLimit: { capacity: grams(100_000), window: DAY },
};

export const STAKING: Parameters['staking'] = { streamDuration: 7 * DAY };

export const DEALING: Pick<Parameters['desk'], 'feeBps' | 'normal' | 'degraded' | 'afterHours'> = {
  feeBps: 10,
  normal: { spreadBps: 20, maxGrams: grams(5_000), hourlyGrams: grams(50_000) },
  degraded: { spreadBps: 60, maxGrams: grams(1_000), hourlyGrams: grams(5_000) },
  afterHours: { spreadBps: 100, maxGrams: grams(500), hourlyGrams: grams(2_500) },
};

/** Product 1, 2, 3 ... in this order. */
export const PRODUCTS: Parameters['redemption']['products'] = [
  {
    name: '100 g bar',
    minFineWeightMg: 99_900,
    maxFineWeightMg: 100_100,
    feePerBar: grams(2),
    shipWithin: 5 * DAY,
    deliverWithin: 21 * DAY,
    terms: 'One bar of 100 g, fineness 999.9 or 999.0, by a refiner on the LBMA list, insured to the door.',
  },
  {
    name: 'Kilobar',
    minFineWeightMg: 999_000,
    maxFineWeightMg: 1_000_500,
    feePerBar: grams(5),
    shipWithin: 5 * DAY,
    deliverWithin: 21 * DAY,
    terms: 'One bar of 1 kg, fineness 999.9 or 999.5, by a refiner on the LBMA list, insured to the door.',
  },
  {
    name: '400 oz Good Delivery bar',
    // 350 and 430 troy ounces of fine gold, the range of a Good Delivery bar
    minFineWeightMg: 10_886_216,
    maxFineWeightMg: 13_374_495,
    feePerBar: grams(30),
    shipWithin: 10 * DAY,
    deliverWithin: 42 * DAY,
    terms: 'One London Good Delivery bar, 350 to 430 oz fine, moved under bond to a vault or insured to the door.',
  },
];
