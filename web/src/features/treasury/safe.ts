import { safeAbi } from '@e-aurum/sdk/abi';
import { type SafeTransaction, safeTypedData } from '@e-aurum/sdk/governance';
import type { Ceremony } from '@e-aurum/sdk/rest';
import { type Address, decodeFunctionData, type Hex, hashDomain, hashStruct, hashTypedData } from 'viem';
import type { TransactionPlan } from '@/chain/transaction/run';

export function transactionOf({ safeTransaction }: Ceremony): SafeTransaction {
  const { value, safeTxGas, baseGas, gasPrice, nonce, data, ...rest } = safeTransaction;
  return {
    ...rest,
    data: data as Hex,
    value: BigInt(value),
    safeTxGas: BigInt(safeTxGas),
    baseGas: BigInt(baseGas),
    gasPrice: BigInt(gasPrice),
    nonce: BigInt(nonce),
  };
}

/** What the wallet shows and signs: the Safe's own typed data. */
export function typedDataOf(chainId: number, safe: Address, ceremony: Ceremony) {
  const { domain, types, primaryType, message } = safeTypedData(chainId, safe, transactionOf(ceremony));
  return {
    domain,
    types,
    primaryType,
    message: {
      ...message,
      to: message.to as Address,
      gasToken: message.gasToken as Address,
      refundReceiver: message.refundReceiver as Address,
    },
  };
}

export interface SafeHashes {
  domain: Hex;
  message: Hex;
  transaction: Hex;
}

const DOMAIN_TYPE = [
  { name: 'chainId', type: 'uint256' },
  { name: 'verifyingContract', type: 'address' },
] as const;

/** The three hashes that a signing device may show, computed here from the transaction's own fields. */
export function hashesOf(chainId: number, safe: Address, ceremony: Ceremony): SafeHashes {
  const typed = typedDataOf(chainId, safe, ceremony);
  return {
    domain: hashDomain({
      domain: { ...typed.domain, chainId: BigInt(chainId) },
      types: { EIP712Domain: [...DOMAIN_TYPE] },
    }),
    message: hashStruct({
      data: typed.message as never,
      primaryType: 'SafeTx',
      types: { SafeTx: [...typed.types.SafeTx] },
    }),
    transaction: hashTypedData(typed),
  };
}

/** True if the service's hashes are those of the fields it shows: nobody should sign when they are not. */
export const hashesAgree = (hashes: SafeHashes, ceremony: Ceremony): boolean =>
  hashes.domain === ceremony.domainHash &&
  hashes.message === ceremony.messageHash &&
  hashes.transaction === ceremony.safeTransactionHash;

/** Safe.execTransaction with the signatures that were collected; any account may send it. */
export function planExecution(safe: Address, title: string, executionData: string): TransactionPlan {
  const { functionName, args } = decodeFunctionData({ abi: safeAbi, data: executionData as Hex });
  return {
    title,
    call: { address: safe, abi: safeAbi, functionName, args: (args ?? []) as readonly unknown[] },
  };
}
