import { AbiCoder, id, keccak256, TypedDataEncoder } from 'ethers';
import { describe, expect, it } from 'vitest';
import { priceReportMessage, priceReportTypes, sessionFromCode, signedPriceFeedDomain } from './report.ts';

const feed = '0x1111111111111111111111111111111111111111';
const report = {
  configId: `0x${'ab'.repeat(32)}`,
  feedId: `0x${'cd'.repeat(32)}`,
  price: 439_200_000_000n,
  observedAt: 1_787_059_781,
  session: 'Closed',
} as const;

describe('a price report', () => {
  it('is hashed as EIP-712 says, field by field', () => {
    const coder = AbiCoder.defaultAbiCoder();
    const typeHash = id(
      'PriceReport(bytes32 configId,bytes32 feedId,uint128 price,uint48 observedAt,uint8 session)',
    );
    const structHash = keccak256(
      coder.encode(
        ['bytes32', 'bytes32', 'bytes32', 'uint128', 'uint48', 'uint8'],
        [typeHash, report.configId, report.feedId, report.price, report.observedAt, 1],
      ),
    );
    const domainHash = keccak256(
      coder.encode(
        ['bytes32', 'bytes32', 'bytes32', 'uint256', 'address'],
        [
          id('EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)'),
          id('e-Aurum SignedPriceFeed'),
          id('1'),
          56,
          feed,
        ],
      ),
    );
    const types = { PriceReport: [...priceReportTypes.PriceReport] };
    const digest = TypedDataEncoder.hash(signedPriceFeedDomain(56, feed), types, priceReportMessage(report));
    expect(digest).toBe(keccak256(`0x1901${domainHash.slice(2)}${structHash.slice(2)}`));
  });

  it('knows two sessions', () => {
    expect(sessionFromCode(0n)).toBe('Open');
    expect(sessionFromCode(1)).toBe('Closed');
    expect(() => sessionFromCode(2)).toThrow(RangeError);
  });
});
