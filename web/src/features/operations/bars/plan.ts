import { asciiToBytes, barListRoot, type WeightListBar } from '@e-aurum/sdk';
import { goldReserveAbi } from '@e-aurum/sdk/abi';
import { type Address, type Hex, keccak256 } from 'viem';
import type { Config } from 'wagmi';
import { getBlock } from 'wagmi/actions';
import type { TransactionPlan } from '@/chain/transaction/run';
import { bars as barCount } from '@/features/redeem/words';
import { formatMg } from '@/shared/format/money';
import { type ChainBar, readBarList } from './use-bars';

export const weightOf = (bars: readonly { fineWeightMg: bigint }[]): bigint =>
  bars.reduce((sum, { fineWeightMg }) => sum + fineWeightMg, 0n);

const title = (verb: string, bars: readonly { fineWeightMg: bigint }[]): string =>
  `${verb} ${barCount(bars.length)}, ${formatMg(weightOf(bars))}`;

export const bookTitle = (bars: readonly WeightListBar[]): string => title('Book', bars);
export const endorseTitle = (bars: readonly ChainBar[]): string => title('Endorse', bars);
export const attestTitle = (bars: readonly ChainBar[]): string => title('Attest', bars);

interface Booking {
  bars: readonly WeightListBar[];
  /** Up to four characters. */
  vault: string;
  documentsHash: Hex;
}

export const planBooking = (reserve: Address, { bars, vault, documentsHash }: Booking): TransactionPlan => ({
  title: bookTitle(bars),
  call: {
    address: reserve,
    abi: goldReserveAbi,
    functionName: 'bookMany',
    args: [
      bars.map((bar) => ({
        refiner: asciiToBytes(bar.refiner, 8),
        serial: asciiToBytes(bar.serial, 32),
        year: bar.year,
        grossWeightMg: Number(bar.grossWeightMg),
        fineness: bar.fineness,
        vault: asciiToBytes(vault, 4),
        documentsHash,
      })),
    ],
  },
});

/** With the weights that the auditor saw: the reserve refuses when the booking says otherwise. */
export const planEndorsement = (reserve: Address, bars: readonly ChainBar[]): TransactionPlan => ({
  title: endorseTitle(bars),
  call: {
    address: reserve,
    abi: goldReserveAbi,
    functionName: 'endorseMany',
    args: [bars.map(({ barId }) => barId), bars.map(({ fineWeightMg }) => fineWeightMg)],
  },
});

export const planCancelBooking = (reserve: Address, { barId }: ChainBar): TransactionPlan => ({
  title: 'Cancel this booking',
  call: { address: reserve, abi: goldReserveAbi, functionName: 'cancel', args: [barId] },
});

export const isBacking = ({ state }: ChainBar): boolean => state === 'Active' || state === 'Committed';

export interface AttestationWish {
  chainId: number;
  reserve: Address;
  /** What the auditor counted, and signs for. */
  root: Hex;
  uri: string;
}

/**
 * Counts the list again, as of the newest block.
 * @throws when it is no longer the list that the auditor saw
 */
export async function planAttestation(config: Config, wish: AttestationWish): Promise<TransactionPlan> {
  const { chainId, reserve, root, uri } = wish;
  const { bars, version } = await readBarList(config, chainId, reserve);
  const counted = bars.filter(isBacking);
  if (barListRoot(counted, keccak256) !== root)
    throw new Error(
      'The list of bars changed while you looked at it. Look again, and attest what it says now.',
    );
  const { timestamp } = await getBlock(config, { chainId });
  return {
    title: attestTitle(counted),
    call: {
      address: reserve,
      abi: goldReserveAbi,
      functionName: 'attest',
      args: [
        {
          root,
          fineWeightMg: weightOf(counted),
          bars: counted.length,
          asOf: Number(timestamp),
          uri,
        },
        version,
      ],
    },
  };
}
