/** BNB Smart Chain, 56. People come from a file that the operator keeps. */
import { BOUNDS, DEALING, FEED_ID, HOLIDAYS, PRODUCTS, SAFE_1_4_1, SALT, STAKING, TOKEN } from './common.ts';
import { Parameters, type People } from './schema.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;

export function bsc(people: People): Parameters {
  return Parameters.parse({
    network: 'bsc',
    chainId: 56,
    salt: SALT,
    people,
    delay: 48 * HOUR,
    safe: SAFE_1_4_1,
    oracle: {
      main: { feed: '0x86896fEB19D8A607c3b11f2aF50A0f239Bd71CD0', decimals: 8, heartbeat: DAY, ...BOUNDS },
      pivot: { heartbeat: HOUR, ...BOUNDS },
      fallback: { feed: '0x7F8caD4690A38aC28BDA3D132eF83DB1C17557Df', decimals: 8, heartbeat: DAY, ...BOUNDS },
      pivotBps: 75,
      fallbackBps: 150,
      ringCapacity: 65_536,
      holidays: HOLIDAYS,
    },
    signedFeed: { feedId: FEED_ID, maxSpanBps: 100 },
    token: TOKEN,
    staking: STAKING,
    desk: {
      ...DEALING,
      coins: [
        {
          symbol: 'USDT',
          address: '0x55d398326f99059fF775485246999027B3197955',
          coinDecimals: 18,
          feed: '0xB97Ad0E74fa7d920791E90258A6E2085088b4320',
          decimals: 8,
          heartbeat: DAY,
          floor: 50_000n * 10n ** 18n,
        },
        {
          symbol: 'USDC',
          address: '0x8AC76a51cc950d9822D68b83fE1Ad97B32Cd580d',
          coinDecimals: 18,
          feed: '0x51597f405303C4377E36123cBc172b13269EA163',
          decimals: 8,
          heartbeat: DAY,
          floor: 50_000n * 10n ** 18n,
        },
      ],
    },
    redemption: { disputeWindow: 7 * DAY, products: PRODUCTS },
  });
}
