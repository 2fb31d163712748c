/**
 * Transactions of the treasury Safe (1.4.1), and the two ceremonies of a delayed operation. Plain data and hex: what needs an
 * ABI encoder is given one, so that ethers and viem serve alike.
 */
import { aurumAccessManagerAbi } from '../abi/generated/AurumAccessManager.ts';
import { upgradeVerifierAbi } from '../abi/generated/UpgradeVerifier.ts';

export type Hex = `0x${string}`;

/** As its owners sign it. Amounts in wei. */
export interface SafeTransaction {
  to: string;
  value: bigint;
  data: Hex;
  /** 0 a call, 1 a delegatecall (MultiSendCallOnly alone, or the guard refuses). */
  operation: 0 | 1;
  safeTxGas: bigint;
  baseGas: bigint;
  gasPrice: bigint;
  gasToken: string;
  refundReceiver: string;
  nonce: bigint;
}

const NOBODY = '0x0000000000000000000000000000000000000000';

/** A transaction that pays no refund, as all of ours are. */
export function safeTransaction(
  call: { to: string; data: Hex; value?: bigint; operation?: 0 | 1 },
  nonce: bigint,
): SafeTransaction {
  return {
    to: call.to,
    value: call.value ?? 0n,
    data: call.data,
    operation: call.operation ?? 0,
    safeTxGas: 0n,
    baseGas: 0n,
    gasPrice: 0n,
    gasToken: NOBODY,
    refundReceiver: NOBODY,
    nonce,
  };
}

export const SAFE_TX_TYPES = {
  SafeTx: [
    { name: 'to', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'data', type: 'bytes' },
    { name: 'operation', type: 'uint8' },
    { name: 'safeTxGas', type: 'uint256' },
    { name: 'baseGas', type: 'uint256' },
    { name: 'gasPrice', type: 'uint256' },
    { name: 'gasToken', type: 'address' },
    { name: 'refundReceiver', type: 'address' },
    { name: 'nonce', type: 'uint256' },
  ],
} as const;

/** EIP-712 data for `signTypedData` of ethers, viem, or a wallet. */
export function safeTypedData(chainId: number, safe: string, transaction: SafeTransaction) {
  return {
    domain: { chainId, verifyingContract: safe as Hex },
    types: SAFE_TX_TYPES,
    primaryType: 'SafeTx' as const,
    message: transaction,
  };
}

/** Arguments of Safe.execTransaction. */
export function execTransactionArguments(transaction: SafeTransaction, signatures: Hex) {
  const { to, value, data, operation, safeTxGas, baseGas, gasPrice, gasToken, refundReceiver } = transaction;
  return [
    to,
    value,
    data,
    operation,
    safeTxGas,
    baseGas,
    gasPrice,
    gasToken,
    refundReceiver,
    signatures,
  ] as const;
}

/**
 * Owners' signatures (65 bytes each) in the order that the Safe asks for: by address, ascending.
 * @throws RangeError for two signatures of one owner, or one of another length
 */
export function joinSignatures(signatures: readonly { signer: string; signature: string }[]): Hex {
  const sorted = [...signatures].sort((a, b) => (BigInt(a.signer) < BigInt(b.signer) ? -1 : 1));
  for (const [index, { signer, signature }] of sorted.entries()) {
    if (!/^0x[0-9a-fA-F]{130}$/.test(signature))
      throw new RangeError(`the signature of ${signer} is not 65 bytes`);
    if (index > 0 && BigInt(sorted[index - 1]!.signer) === BigInt(signer)) {
      throw new RangeError(`${signer} signed twice`);
    }
  }
  return `0x${sorted.map(({ signature }) => signature.slice(2)).join('')}`;
}

export interface InnerCall {
  to: string;
  value?: bigint;
  data: Hex;
}

/** Selector of multiSend(bytes). */
const MULTI_SEND = '8d80ff0a';

const word = (value: bigint | number): string => BigInt(value).toString(16).padStart(64, '0');
const bytesOf = (hex: string): number => (hex.length - 2) / 2;

/** Calldata of MultiSendCallOnly.multiSend: the calls one after another, or none. */
export function multiSendData(calls: readonly InnerCall[]): Hex {
  const packed = calls
    .map(({ to, value = 0n, data }) => `00${to.slice(2)}${word(value)}${word(bytesOf(data))}${data.slice(2)}`)
    .join('');
  const length = packed.length / 2;
  const padding = '0'.repeat(((32 - (length % 32)) % 32) * 2);
  return `0x${MULTI_SEND}${word(32)}${word(length)}${packed}${padding}`.toLowerCase() as Hex;
}

/**
 * The calls in a batch, for those who sign it.
 * @throws RangeError when the data is no batch of plain calls
 */
export function decodeMultiSend(data: string): InnerCall[] {
  const digits = data.slice(2);
  if (!digits.startsWith(MULTI_SEND)) throw new RangeError('not a call of multiSend');
  const length = Number(BigInt(`0x${digits.slice(8 + 64, 8 + 128)}`));
  const packed = digits.slice(8 + 128, 8 + 128 + length * 2);
  const calls: InnerCall[] = [];
  for (let at = 0; at < packed.length; ) {
    if (packed.slice(at, at + 2) !== '00')
      throw new RangeError('a batch holds something else than plain calls');
    const to = `0x${packed.slice(at + 2, at + 42)}`;
    const value = BigInt(`0x${packed.slice(at + 42, at + 106)}`);
    const size = Number(BigInt(`0x${packed.slice(at + 106, at + 170)}`));
    const end = at + 170 + size * 2;
    if (end > packed.length) throw new RangeError('a batch ends in the middle of a call');
    calls.push({ to, value, data: `0x${packed.slice(at + 170, end)}` });
    at = end;
  }
  return calls;
}

/** Encodes a function call: `new Interface(abi).encodeFunctionData(name, args)`, or viem's encodeFunctionData. */
export type Encode = (abi: readonly unknown[], name: string, args: readonly unknown[]) => string;

/** What a delayed role does: `data` is called on `target` through the access manager. */
export interface Operation {
  target: string;
  data: Hex;
}

/** Where the ceremonies take place; a deployment record has all of it. */
export interface Treasury {
  safe: string;
  accessManager: string;
  multiSendCallOnly: string;
  upgradeVerifier: string;
}

/** What must be as before after an upgrade, besides name, symbol, decimals, supply and authority. */
export interface UpgradeChecks {
  /** Whose balances. */
  accounts: readonly string[];
  /** Who holds which role, by its id. */
  holders: readonly { role: bigint; account: string }[];
}

/** First ceremony: M of N schedule the operation, to run as soon as the delay of the Safe's role allows. */
export function scheduleCeremony(
  treasury: Treasury,
  operation: Operation,
  nonce: bigint,
  encode: Encode,
): SafeTransaction {
  const data = encode(aurumAccessManagerAbi, 'schedule', [operation.target, operation.data, 0]) as Hex;
  return safeTransaction({ to: treasury.accessManager, data }, nonce);
}

/** Second ceremony, after the delay and within a week of it: M of N execute what is scheduled. */
export function executeCeremony(
  treasury: Treasury,
  operation: Operation,
  nonce: bigint,
  encode: Encode,
): SafeTransaction {
  return safeTransaction(managerExecution(treasury, operation, encode), nonce);
}

/** Second ceremony of an upgrade: snapshot, upgrade, verify, in one batch, or nothing. */
export function executeUpgradeCeremony(
  treasury: Treasury,
  operation: Operation,
  checks: UpgradeChecks,
  nonce: bigint,
  encode: Encode,
): SafeTransaction {
  const compared = [operation.target, checks.accounts, checks.holders];
  const verifier = (name: 'snapshot' | 'verify'): InnerCall => ({
    to: treasury.upgradeVerifier,
    data: encode(upgradeVerifierAbi, name, compared) as Hex,
  });
  const calls = [verifier('snapshot'), managerExecution(treasury, operation, encode), verifier('verify')];
  return safeTransaction({ to: treasury.multiSendCallOnly, data: multiSendData(calls), operation: 1 }, nonce);
}

function managerExecution(treasury: Treasury, { target, data }: Operation, encode: Encode): InnerCall {
  return {
    to: treasury.accessManager,
    data: encode(aurumAccessManagerAbi, 'execute', [target, data]) as Hex,
  };
}

/** The guardian's veto, to be sent by a guardian from their own account. */
export function vetoCall(treasury: Treasury, { target, data }: Operation, encode: Encode): InnerCall {
  const cancel = encode(aurumAccessManagerAbi, 'cancel', [treasury.safe, target, data]) as Hex;
  return { to: treasury.accessManager, data: cancel };
}
