/** What happened in the ninety days: trades, stakes and redemptions, by day before today. */
import { id, parseEther } from 'ethers';
import type { Deployment } from '../../deploy/index.ts';
import { devAccount } from '../accounts.ts';
import type { DevTransaction } from '../transactions.ts';
import { barInput, seedBars } from './bars.ts';
import type { Contracts } from './contracts.ts';
import type { InvestorName } from './people.ts';

export interface ScriptContext {
  contracts: Contracts;
  deployment: Deployment;
  /** Spot gold at the block, dollars per gram. */
  usdPerGram: number;
  /** Time of the block, unix seconds. */
  at: number;
}

export interface ScriptEvent {
  /** Days before the end of the history. */
  day: number;
  title: string;
  /** Whether it waits for an observation with the gold market open (the rule), or closed, or takes either. */
  when?: 'closed' | 'either';
  build(context: ScriptContext): DevTransaction[] | Promise<DevTransaction[]>;
}

const DEADLINE_S = 600;
/** What a trade may cost beyond spot: spread, fee, and two feeds that differ. */
const TRADE_TOLERANCE = 0.04;

/** For as many whole dollars as `grams` cost at spot; spread and fee come off what is got. */
function buy(
  day: number,
  who: InvestorName,
  coin: 'USDT' | 'USDC',
  grams: number,
  when?: 'closed',
): ScriptEvent {
  return {
    day,
    title: `${who} buys about ${grams} g with ${coin}`,
    ...(when ? { when } : {}),
    build: ({ contracts, usdPerGram, at }) => {
      const usd = Math.round(grams * usdPerGram);
      const least = parseEther((grams * (1 - TRADE_TOLERANCE)).toFixed(9));
      const args = [contracts.coins[coin].address, parseEther(String(usd)), least, at + DEADLINE_S];
      return [contracts.desk.send(who, 'buy', args)];
    },
  };
}

function sell(day: number, who: InvestorName, coin: 'USDT' | 'USDC', grams: number): ScriptEvent {
  return {
    day,
    title: `${who} sells ${grams} g for ${coin}`,
    build: ({ contracts, usdPerGram, at }) => {
      const least = parseEther((grams * usdPerGram * (1 - TRADE_TOLERANCE)).toFixed(9));
      const args = [contracts.coins[coin].address, parseEther(String(grams)), least, at + DEADLINE_S];
      return [contracts.desk.send(who, 'sell', args)];
    },
  };
}

function stake(day: number, who: InvestorName, grams: number): ScriptEvent {
  return {
    day,
    title: `${who} stakes ${grams} g`,
    when: 'either',
    build: ({ contracts: { staking } }) => [
      staking.send(who, 'deposit', [parseEther(String(grams)), devAccount(who).address]),
    ],
  };
}

function unstake(day: number, who: InvestorName, grams: number): ScriptEvent {
  const { address } = devAccount(who);
  return {
    day,
    title: `${who} unstakes ${grams} g`,
    when: 'either',
    build: ({ contracts: { staking } }) => [
      staking.send(who, 'withdraw', [parseEther(String(grams)), address, address]),
    ],
  };
}

/** A redemption's facts; ids are given by the desk in the order of the requests. */
export interface SeedRedemption {
  id: number;
  holder: InvestorName;
  productId: number;
  serial?: string;
  carrier?: string;
  trackingNumber?: string;
  /** What the custodian proves delivery with. */
  proof?: string;
  disputeReason?: string;
}

export const REDEMPTIONS = {
  completed: {
    id: 1,
    holder: 'investor1',
    productId: 1,
    serial: 'SYN-100-0001',
    carrier: 'Example Valuables',
    trackingNumber: 'SYN-TRACK-0001',
  },
  cancelled: { id: 2, holder: 'investor2', productId: 1 },
  reclaimed: { id: 3, holder: 'investor4', productId: 1 },
  disputed: {
    id: 4,
    holder: 'investor3',
    productId: 1,
    serial: 'SYN-100-0002',
    carrier: 'Example Valuables',
    trackingNumber: 'SYN-TRACK-0004',
    proof: 'Synthetic delivery receipt of redemption 4, signed by the doorman.',
    disputeReason: 'The parcel that the doorman signed for was empty.',
  },
  shipped: {
    id: 5,
    holder: 'investor1',
    productId: 1,
    serial: 'SYN-100-0003',
    carrier: 'Example Secure Post',
    trackingNumber: 'SYN-TRACK-0005',
  },
  accepted: { id: 6, holder: 'investor3', productId: 2, serial: 'SYN-1000-0001' },
  requested: { id: 7, holder: 'investor2', productId: 1 },
} as const satisfies Record<string, SeedRedemption>;

/** The opaque reference on the chain to details that the API keeps. */
export function deliveryRefOf(redemption: SeedRedemption): string {
  return id(`e-Aurum devnet seed: delivery details of redemption ${redemption.id}`);
}

/** What `ship` is given for a carrier's number. */
export function trackingHashOf({ carrier, trackingNumber }: SeedRedemption): string {
  return id(`${carrier} ${trackingNumber}`);
}

function redemptionStep(
  day: number,
  redemption: SeedRedemption,
  step: 'request' | 'accept' | 'ship' | 'prove and dispute' | 'confirm receipt' | 'cancel' | 'reclaim',
): ScriptEvent {
  return {
    day,
    title: `redemption ${redemption.id}: ${step}`,
    when: 'either',
    build: async ({ contracts: { redemption: desk, reserve }, deployment }) => {
      const { id: number, holder } = redemption;
      switch (step) {
        case 'request': {
          const { termsHash } = deployment.products.find(({ id }) => id === redemption.productId)!;
          const args = [redemption.productId, 1, deliveryRefOf(redemption), termsHash];
          return [desk.send(holder, 'request', args)];
        }
        case 'accept':
          return [desk.send('custodian', 'accept', [number, [await barIdOf(reserve, redemption.serial!)]])];
        case 'ship':
          return [desk.send('custodian', 'ship', [number, trackingHashOf(redemption)])];
        case 'prove and dispute':
          return [
            desk.send('custodian', 'proveDelivery', [number, id(redemption.proof!)]),
            desk.send(holder, 'dispute', [number, id(redemption.disputeReason!)]),
          ];
        case 'confirm receipt':
          return [desk.send(holder, 'confirmReceipt', [number])];
        case 'cancel':
          return [desk.send(holder, 'cancel', [number])];
        case 'reclaim':
          return [desk.send('transmitter', 'reclaim', [number])];
      }
    },
  };
}

async function barIdOf(reserve: Contracts['reserve'], serial: string): Promise<bigint> {
  const input = barInput(seedBars().find((bar) => bar.serial === serial)!);
  const [barId] = await reserve.read('barIdOf', [input.refiner, input.serial, input.year]);
  return barId;
}

/** In the order of time. Sums are such that everybody can pay for what they do. */
export const SCRIPT: ScriptEvent[] = [
  buy(84, 'investor1', 'USDT', 225),
  buy(82, 'investor2', 'USDC', 315),
  buy(78, 'investor3', 'USDT', 2_400),
  stake(76, 'investor1', 60),
  stake(72, 'investor3', 500),
  sell(70, 'investor2', 'USDC', 100),
  buy(62, 'investor2', 'USDT', 240),
  buy(60, 'investor4', 'USDC', 25),
  buy(56, 'investor1', 'USDT', 80),
  sell(48, 'investor2', 'USDT', 150),
  buy(44, 'investor3', 'USDC', 650),
  redemptionStep(40, REDEMPTIONS.completed, 'request'),
  redemptionStep(39, REDEMPTIONS.completed, 'accept'),
  redemptionStep(38, REDEMPTIONS.completed, 'ship'),
  buy(35, 'investor4', 'USDT', 106),
  redemptionStep(34, REDEMPTIONS.completed, 'confirm receipt'),
  buy(33, 'investor2', 'USDT', 165),
  redemptionStep(30, REDEMPTIONS.cancelled, 'request'),
  redemptionStep(29.5, REDEMPTIONS.cancelled, 'cancel'),
  buy(28, 'investor1', 'USDT', 80),
  redemptionStep(25, REDEMPTIONS.reclaimed, 'request'),
  sell(24, 'investor3', 'USDT', 200),
  sell(21, 'investor2', 'USDC', 50),
  stake(20, 'investor4', 10),
  redemptionStep(19, REDEMPTIONS.reclaimed, 'reclaim'),
  redemptionStep(16, REDEMPTIONS.disputed, 'request'),
  redemptionStep(15.5, REDEMPTIONS.disputed, 'accept'),
  buy(15, 'investor2', 'USDT', 95),
  redemptionStep(14, REDEMPTIONS.disputed, 'ship'),
  buy(12, 'investor1', 'USDT', 125),
  buy(10.5, 'investor2', 'USDC', 200),
  unstake(10, 'investor1', 20),
  sell(9, 'investor2', 'USDT', 80),
  redemptionStep(8, REDEMPTIONS.disputed, 'prove and dispute'),
  buy(6.5, 'investor4', 'USDT', 8, 'closed'),
  redemptionStep(6, REDEMPTIONS.shipped, 'request'),
  redemptionStep(5, REDEMPTIONS.shipped, 'accept'),
  unstake(4.5, 'investor4', 4),
  buy(4, 'investor3', 'USDC', 400),
  redemptionStep(3, REDEMPTIONS.shipped, 'ship'),
  sell(2, 'investor2', 'USDC', 30),
  redemptionStep(1.2, REDEMPTIONS.accepted, 'request'),
  buy(0.9, 'investor1', 'USDC', 33),
  redemptionStep(0.5, REDEMPTIONS.accepted, 'accept'),
  redemptionStep(0.3, REDEMPTIONS.requested, 'request'),
];

/** On a fork there is no past to write: what can be done now, by the clock. */
export const LIVE_REDEMPTIONS = {
  accepted: { ...REDEMPTIONS.accepted, id: 1 },
  requested: { ...REDEMPTIONS.requested, id: 2 },
} as const satisfies Record<string, SeedRedemption>;

export const LIVE_SCRIPT: ScriptEvent[] = [
  buy(0, 'investor1', 'USDT', 225),
  buy(0, 'investor2', 'USDC', 315),
  buy(0, 'investor3', 'USDT', 2_400),
  buy(0, 'investor4', 'USDT', 25),
  stake(0, 'investor1', 60),
  stake(0, 'investor3', 500),
  sell(0, 'investor2', 'USDC', 100),
  redemptionStep(0, LIVE_REDEMPTIONS.accepted, 'request'),
  redemptionStep(0, LIVE_REDEMPTIONS.requested, 'request'),
  redemptionStep(0, LIVE_REDEMPTIONS.accepted, 'accept'),
];
