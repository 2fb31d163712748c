import {
  type Encode,
  execTransactionArguments,
  executeCeremony,
  executeUpgradeCeremony,
  type Hex,
  joinSignatures,
  SAFE_TX_TYPES,
  type SafeTransaction,
  scheduleCeremony,
  type Treasury,
  vetoCall,
} from '@e-aurum/sdk/governance';
import type { Ceremony } from '@e-aurum/sdk/rest';
import { ROLES, type RoleName } from '@e-aurum/sdk/roles';
import {
  AbiCoder,
  getAddress,
  Interface,
  type InterfaceAbi,
  keccak256,
  recoverAddress,
  Signature,
  TypedDataEncoder,
} from 'ethers';
import type { z } from 'zod';
import type { Chain } from '../platform/chain/chain.ts';
import { interfaces } from '../platform/chain/contracts.ts';
import type { Describer } from './describe.ts';
import type { CeremonyName, ProposalRow, SignatureRow } from './store.ts';

export const encode: Encode = (abi, name, args) =>
  new Interface(abi as InterfaceAbi).encodeFunctionData(name, args as unknown[]);

/** AccessManager.hashOperation. */
export function operationIdOf(safe: string, target: string, data: string): string {
  return keccak256(AbiCoder.defaultAbiCoder().encode(['address', 'address', 'bytes'], [safe, target, data]));
}

/** The Safe of one deployment, and how its transactions are made, hashed and signed. */
export function createCeremonies(chain: Chain, describer: Describer) {
  const { deployment } = chain;
  const treasury: Treasury = {
    safe: chain.addresses.Safe,
    accessManager: chain.addresses.AccessManager,
    multiSendCallOnly: getAddress(String(deployment.multiSendCallOnly)),
    upgradeVerifier: getAddress(String(deployment.upgradeVerifier)),
  };
  const domain = { chainId: chain.chainId, verifyingContract: treasury.safe };
  const types = { SafeTx: [...SAFE_TX_TYPES.SafeTx] };
  const holders = deployment.roles.map(({ role, holder }) => ({
    role: BigInt(ROLES[role as RoleName].id),
    account: holder,
  }));

  function transactionOf(proposal: ProposalRow, ceremony: CeremonyName, nonce: bigint): SafeTransaction {
    const operation = { target: proposal.target, data: proposal.call_data as Hex };
    if (ceremony === 'schedule') return scheduleCeremony(treasury, operation, nonce, encode);
    if (proposal.kind === 'call') return executeCeremony(treasury, operation, nonce, encode);
    const checks = { accounts: proposal.checked_accounts, holders };
    return executeUpgradeCeremony(treasury, operation, checks, nonce, encode);
  }

  const hashOf = (transaction: SafeTransaction): string => TypedDataEncoder.hash(domain, types, transaction);

  return {
    treasury,
    transactionOf,
    hashOf,

    /**
     * Who signed the hash, and the signature in the one form that the Safe takes for a plain key's (65 bytes, v 27 or 28:
     * with another v it means something else there); null when the bytes are no such signature.
     */
    readSignature(hash: string, bytes: string): { signer: string; signature: string } | null {
      try {
        const { serialized } = Signature.from(bytes);
        return { signer: recoverAddress(hash, serialized), signature: serialized };
      } catch {
        return null;
      }
    },

    veto(proposal: ProposalRow): { to: string; data: string } {
      return vetoCall(treasury, { target: proposal.target, data: proposal.call_data as Hex }, encode);
    },

    /**
     * A ceremony as its signers see it.
     * @param nonce of the Safe: the one it was executed with, or the next one
     * @param transactionHash of its execution, once the chain has it
     */
    present(
      proposal: ProposalRow,
      ceremony: CeremonyName,
      options: {
        nonce: bigint;
        signatures: readonly SignatureRow[];
        owners: readonly string[];
        threshold: number;
        transactionHash: string | null;
      },
    ): z.input<typeof Ceremony> {
      const transaction = transactionOf(proposal, ceremony, options.nonce);
      const hash = hashOf(transaction);
      // until it is done, those of an owner who left do not count; those for a nonce that is gone never do
      const isDone = options.transactionHash !== null;
      const valid = options.signatures.filter(
        ({ safe_tx_hash, signer }) => safe_tx_hash === hash && (isDone || options.owners.includes(signer)),
      );
      const enough = valid.length >= options.threshold;
      const executionData =
        enough && !isDone
          ? interfaces.Safe.encodeFunctionData(
              'execTransaction',
              execTransactionArguments(
                transaction,
                joinSignatures(valid.slice(0, options.threshold)),
              ) as unknown as unknown[],
            )
          : null;
      return {
        safeTransaction: {
          ...transaction,
          value: String(transaction.value),
          safeTxGas: String(transaction.safeTxGas),
          baseGas: String(transaction.baseGas),
          gasPrice: String(transaction.gasPrice),
          nonce: String(transaction.nonce),
        },
        safeTransactionHash: hash,
        domainHash: TypedDataEncoder.hashDomain(domain),
        messageHash: TypedDataEncoder.hashStruct('SafeTx', types, transaction),
        calls: describer.describe(transaction.to, transaction.data),
        signatures: valid.map(({ signer, signature, created_at }) => ({
          signer,
          signature,
          at: created_at.toISOString(),
        })),
        threshold: options.threshold,
        executionData,
        transactionHash: options.transactionHash,
      };
    },
  };
}

export type Ceremonies = ReturnType<typeof createCeremonies>;
