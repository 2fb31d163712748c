/** The seed's first blocks: people may deal, bars are in the vault, allowances are given. */
import { id, MaxUint256 } from 'ethers';
import { readArtifact } from '../../deploy/artifacts.ts';
import { devAccount } from '../accounts.ts';
import { deployBySingletonFactory, singletonAddress } from '../safe.ts';
import type { DevTransaction } from '../transactions.ts';
import { attestTransaction } from './attestation.ts';
import { barInput, seedBars, UNENDORSED_SERIAL } from './bars.ts';
import type { Contracts } from './contracts.ts';
import { INVESTOR_NAMES, INVESTORS } from './people.ts';

const YEAR_S = 365 * 86_400;
export interface SetupBlock {
  title: string;
  build(at: number): DevTransaction[] | Promise<DevTransaction[]>;
}

/** Creation code of the token's second version, for the proposal that waits in the treasury. */
export function tokenV2CreationCode({ reserve }: Contracts): string {
  const { bytecode } = readArtifact('GoldTokenV2');
  return bytecode + reserve.address.slice(2).toLowerCase().padStart(64, '0');
}

/** Where {@link setupBlocks} deploys it: the same on every devnet. */
export function tokenV2Address(contracts: Contracts): string {
  return singletonAddress(tokenV2CreationCode(contracts));
}

function approvals({ coins, token, desk, staking, redemption }: Contracts): DevTransaction[] {
  return INVESTOR_NAMES.flatMap((who) => [
    coins.USDT.send(who, 'approve', [desk.address, MaxUint256]),
    coins.USDC.send(who, 'approve', [desk.address, MaxUint256]),
    ...[desk, staking, redemption].map(({ address }) => token.send(who, 'approve', [address, MaxUint256])),
  ]);
}

export function setupBlocks(contracts: Contracts): SetupBlock[] {
  const { registry, reserve } = contracts;
  const bars = seedBars();
  const endorsed = bars.filter(({ serial }) => serial !== UNENDORSED_SERIAL);
  const barIdOf = async (bar: (typeof bars)[number]): Promise<bigint> => {
    const { refiner, serial, year } = barInput(bar);
    return (await reserve.read('barIdOf', [refiner, serial, year]))[0];
  };
  return [
    {
      title: 'investors pass KYC',
      build: (at) =>
        INVESTOR_NAMES.map((who) =>
          registry.send('compliance', 'setStatus', [
            devAccount(who).address,
            INVESTORS[who].tier,
            at + YEAR_S,
          ]),
        ),
    },
    { title: 'investors give allowances', build: () => approvals(contracts) },
    {
      title: 'the vault books its bars in',
      build: () => [reserve.send('custodian', 'bookMany', [bars.map(barInput)])],
    },
    {
      title: 'the auditor endorses them',
      build: async () => {
        const ids = await Promise.all(endorsed.map(barIdOf));
        return [
          reserve.send('auditor', 'endorseMany', [ids, endorsed.map(({ fineWeightMg }) => fineWeightMg)]),
        ];
      },
    },
    {
      title: 'the auditor attests the reserve',
      build: async (at) => [await attestTransaction(contracts, at - 1)],
    },
    {
      title: 'the second version of the token waits for its upgrade',
      build: () => [deployBySingletonFactory(tokenV2CreationCode(contracts), 'deploy GoldTokenV2')],
    },
  ];
}

/** The document that the upgrade publishes with the token. */
export const TOKEN_TERMS = {
  uri: 'https://e-aurum.example/terms/eau-1',
  hash: id('One EAU is one gram of fine gold in a numbered bar, held for whoever holds the token.'),
};
