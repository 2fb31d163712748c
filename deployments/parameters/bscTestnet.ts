/** BNB Smart Chain's testnet, 97: gold is quoted with 18 decimals there, and there is no PAXG feed. */
import { BOUNDS, DEALING, FEED_ID, HOLIDAYS, PRODUCTS, SAFE_1_4_1, SALT, STAKING, TOKEN } from './common.ts';
import { Parameters, type People } from './schema.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;

export function bscTestnet(people: People): Parameters {
  return Parameters.parse({
    network: 'bscTestnet',
    chainId: 97,
    salt: SALT,
    people,
    delay: 48 * HOUR,
    safe: SAFE_1_4_1,
    oracle: {
      main: { feed: '0x4E08A779a85d28Cc96515379903A6029487CEbA0', decimals: 18, heartbeat: DAY, ...BOUNDS },
      pivot: { heartbeat: HOUR, ...BOUNDS },
      fallback: null,
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
          address: '0x337610d27c682E347C9cD60BD4b3b107C9d34dDd',
          coinDecimals: 18,
          feed: '0xEca2605f0BCF2BA5966372C99837b1F182d3D620',
          decimals: 8,
          heartbeat: DAY,
          floor: 0n,
        },
      ],
    },
    redemption: { disputeWindow: 7 * DAY, products: PRODUCTS },
  });
}
