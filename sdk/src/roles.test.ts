import { readFileSync } from 'node:fs';
import { Interface, id } from 'ethers';
import { describe, expect, it } from 'vitest';
import {
  goldDeskAbi,
  goldReserveAbi,
  goldTokenAbi,
  investorRegistryAbi,
  priceOracleAbi,
  redemptionDeskAbi,
  signedPriceFeedAbi,
  stakedGoldAbi,
} from './abi/index.ts';
import {
  PROXIED_CONTRACTS,
  type ProxiedContract,
  ROLE_NAMES,
  ROLES,
  restrictedFunctions,
  roleNameOf,
  roleOf,
  SELECTORS,
} from './roles.ts';

/** Functions that change something and that anyone may call; what they may do is the contract's own affair. */
const OPEN: Record<ProxiedContract, string[]> = {
  InvestorRegistry: ['initialize', 'present'],
  GoldReserve: [
    'initialize',
    'approve',
    'setApprovalForAll',
    'transferFrom',
    'safeTransferFrom(address,address,uint256)',
    'safeTransferFrom(address,address,uint256,bytes)',
  ],
  GoldToken: [
    'initialize',
    'approve',
    'transfer',
    'transferFrom',
    'permit(address,address,uint256,uint256,uint8,bytes32,bytes32)',
    'permit(address,address,uint256,uint256,bytes)',
    'transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)',
    'transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)',
    'receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)',
    'receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)',
    'cancelAuthorization(address,bytes32,uint8,bytes32,bytes32)',
    'cancelAuthorization(address,bytes32,bytes)',
  ],
  SignedPriceFeed: ['initialize', 'submit'],
  PriceOracle: ['initialize', 'record', 'grow'],
  StakedGold: [
    'initialize',
    'approve',
    'transfer',
    'transferFrom',
    'permit',
    'deposit',
    'mint',
    'withdraw',
    'redeem',
    'startStream',
  ],
  GoldDesk: ['initialize', 'buy', 'buyWithPermit', 'sell', 'sellWithPermit'],
  RedemptionDesk: [
    'initialize',
    'request',
    'requestWithPermit',
    'cancel',
    'confirmReceipt',
    'confirmReceiptBySig',
    'dispute',
    'reclaim',
    'complete',
    'settleBars',
    // refuses every caller but the desk itself
    'tellReserve',
  ],
};

const ABIS: Record<ProxiedContract, readonly unknown[]> = {
  InvestorRegistry: investorRegistryAbi,
  GoldReserve: goldReserveAbi,
  GoldToken: goldTokenAbi,
  SignedPriceFeed: signedPriceFeedAbi,
  PriceOracle: priceOracleAbi,
  StakedGold: stakedGoldAbi,
  GoldDesk: goldDeskAbi,
  RedemptionDesk: redemptionDeskAbi,
};

describe('the role table', () => {
  it.each(PROXIED_CONTRACTS)('names every function of %s that changes something, once', (name) => {
    const changing = new Interface(ABIS[name] as never).fragments.filter(
      (item) => item.type === 'function' && 'constant' in item && !item.constant,
    );
    const selectors = changing.map((item) => id(item.format('sighash')).slice(0, 10)).sort();
    const restricted = restrictedFunctions().filter(({ contract }) => contract === name);
    const open = OPEN[name].map((key) => {
      const selector = (SELECTORS[name] as Record<string, string>)[key];
      if (!selector) throw new Error(`${name} has no function ${key}`);
      return selector;
    });
    expect([...restricted.map(({ selector }) => selector), ...open].sort()).toEqual(selectors);
  });

  it('puts a function under one role only', () => {
    const keys = restrictedFunctions().map(({ contract, selector }) => `${contract} ${selector}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('has the ids of contracts/governance/Roles.sol', () => {
    const source = readFileSync(new URL('../../contracts/governance/Roles.sol', import.meta.url), 'utf8');
    const declared = [...source.matchAll(/constant (\w+) = (\d+);/g)].map(([, name, role]) => [
      name,
      BigInt(role!),
    ]);
    expect(ROLE_NAMES.map((name) => [name, ROLES[name].id])).toEqual(declared);
    for (const name of ROLE_NAMES) expect(roleNameOf(ROLES[name].id)).toBe(name);
    expect(roleNameOf(99)).toBeUndefined();
  });

  it('gives whoever waits a guardian, and nobody both a delay and a hot key', () => {
    for (const name of ROLE_NAMES) {
      const { delay, guardian, hot } = roleOf(name);
      if (delay === 'long' && name !== 'ADMIN') expect(guardian).toBe('GUARDIAN');
      expect(delay === 'long' && hot).toBe(false);
    }
  });

  it('marks as hot what AurumAccessManager.isHot names', () => {
    const source = readFileSync(
      new URL('../../contracts/governance/AurumAccessManager.sol', import.meta.url),
      'utf8',
    );
    const body = source.slice(source.indexOf('function isHot'), source.indexOf('function _grantRole'));
    const hot = [...body.matchAll(/role == Roles\.(\w+)/g)].map(([, name]) => name);
    expect(ROLE_NAMES.filter((name) => ROLES[name].hot)).toEqual(hot);
  });
});
