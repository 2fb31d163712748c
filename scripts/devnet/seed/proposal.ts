/** An upgrade of the token that one of the treasury's signers has proposed and signed. */
import { goldTokenV2Abi } from '@e-aurum/sdk/abi';
import { type Hex, SAFE_TX_TYPES, safeTransaction } from '@e-aurum/sdk/governance';
import { Interface, Signature, TypedDataEncoder } from 'ethers';
import { devAccount, devSigner } from '../accounts.ts';
import { DEVNET_CHAIN_ID } from '../anvil.ts';
import type { Contracts } from './contracts.ts';
import { TOKEN_TERMS, tokenV2Address } from './setup.ts';

export interface SeedProposal {
  kind: 'upgrade';
  contract: 'GoldToken';
  implementation: string;
  /** What `upgradeToAndCall` calls on the new version. */
  callData: string;
  title: string;
  reason: string;
  proposer: string;
  /** The delayed call: `upgradeToAndCall` on the proxy. */
  target: string;
  targetData: string;
  /** The Safe transaction of the first ceremony: AccessManager.schedule(target, targetData, 0). */
  schedule: {
    safe: string;
    /** Of the Safe; all else of the transaction follows from the call. */
    nonce: string;
    safeTransactionHash: string;
    signatures: { signer: string; signature: string }[];
  };
}

/** The proposal with its first signature; the second signer finds it in the treasury. */
export async function makeProposal(contracts: Contracts): Promise<SeedProposal> {
  const { token, accessManager, safe } = contracts;
  const v2 = new Interface(goldTokenV2Abi);
  const implementation = tokenV2Address(contracts);
  const callData = v2.encodeFunctionData('initializeV2', [TOKEN_TERMS.uri, TOKEN_TERMS.hash]);
  const targetData = token.encode('upgradeToAndCall', [implementation, callData]);
  const [nonce] = await safe.read('nonce');
  const data = accessManager.encode('schedule', [token.address, targetData, 0]) as Hex;
  const transaction = safeTransaction({ to: accessManager.address, data }, BigInt(nonce));
  const domain = { chainId: DEVNET_CHAIN_ID, verifyingContract: safe.address };
  const types = { SafeTx: [...SAFE_TX_TYPES.SafeTx] };
  const proposer = devAccount('treasury1').address;
  const signed = await devSigner('treasury1').signTypedData(domain, types, transaction);
  return {
    kind: 'upgrade',
    contract: 'GoldToken',
    implementation,
    callData,
    title: 'Publish what a holder of EAU owns with the token itself',
    reason:
      'The second version of GoldToken keeps the document that says what a holder owns: its address and its hash. ' +
      'Balances, roles and every other function stay as they are.',
    proposer,
    target: token.address,
    targetData,
    schedule: {
      safe: safe.address,
      nonce: String(transaction.nonce),
      safeTransactionHash: TypedDataEncoder.hash(domain, types, transaction),
      signatures: [{ signer: proposer, signature: Signature.from(signed).serialized }],
    },
  };
}
