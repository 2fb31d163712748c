import {
  type PriceReport,
  priceReportMessage,
  priceReportTypes,
  SESSIONS,
  signedPriceFeedDomain,
} from '@e-aurum/sdk';
import { recoverAddress, Signature, TypedDataEncoder } from 'ethers';
import { z } from 'zod';
import type { DigestSigner } from './platform/signer.ts';

const bytes32 = z.string().regex(/^0x[0-9a-f]{64}$/i, { error: 'must be 0x and 64 hex digits' });
const address = z.string().regex(/^0x[0-9a-f]{40}$/i, { error: 'must be an address' });

const MAX_UINT128 = 2n ** 128n - 1n;
const MAX_UINT48 = 2 ** 48 - 1;

/** What `GET /v1/report` answers: the latest observation, signed, and how it came to be. */
export const reportDocument = z.object({
  reporter: z.string().max(64),
  address,
  chainId: z.number().int().positive(),
  verifyingContract: address,
  report: z.object({
    configId: bytes32,
    feedId: bytes32,
    /** US dollars per troy ounce, 8 decimals, as a decimal string. */
    price: z
      .string()
      .regex(/^[1-9]\d{0,38}$/)
      .transform(BigInt)
      .refine((price) => price <= MAX_UINT128, { error: 'is beyond uint128' }),
    observedAt: z.number().int().positive().max(MAX_UINT48),
    session: z.enum(SESSIONS),
  }),
  /** EIP-2098. */
  signature: z.object({ r: bytes32, vs: bytes32 }),
});
export type ReportDocument = z.infer<typeof reportDocument>;

const types = { PriceReport: [...priceReportTypes.PriceReport] };

/** The digest that the SignedPriceFeed at `verifyingContract` checks. */
export function reportDigest(report: PriceReport, chainId: number, verifyingContract: string): string {
  return TypedDataEncoder.hash(
    signedPriceFeedDomain(chainId, verifyingContract),
    types,
    priceReportMessage(report),
  );
}

/** Signs a report for one feed on one chain: an EIP-2098 compact signature. */
export async function signReport(
  signer: DigestSigner,
  report: PriceReport,
  chainId: number,
  verifyingContract: string,
) {
  const { r, yParityAndS } = await signer.signDigest(reportDigest(report, chainId, verifyingContract));
  return { r, vs: yParityAndS };
}

/** Who signed it; undefined when the signature is none. */
export function reportSigner(document: ReportDocument): string | undefined {
  const { report, signature, chainId, verifyingContract } = document;
  try {
    const digest = reportDigest(report, chainId, verifyingContract);
    return recoverAddress(digest, Signature.from({ r: signature.r, yParityAndS: signature.vs }));
  } catch {
    return undefined;
  }
}
