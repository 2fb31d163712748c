/** An upgrade of the token that one of the treasury's signers has proposed and signed. */
import { goldTokenV2Abi } from '@e-aurum/sdk/abi';
import { Interface, Signature, TypedDataEncoder, ZeroAddress } from 'ethers';
import { devAccount, devSigner } from '../accounts.ts';
import { DEVNET_CHAIN_ID } from '../anvil.ts';
import type { Contracts } from './contracts.ts';
import { TOKEN_TERMS, tokenV2Address } from './setup.ts';

const SAFE_TX_TYPES = {
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
};

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
    safeTransaction: Record<string, string | number>;
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
  const safeTransaction = {
    to: accessManager.address,
    value: '0',
    data: accessManager.encode('schedule', [token.address, targetData, 0]),
    operation: 0,
    safeTxGas: '0',
    baseGas: '0',
    gasPrice: '0',
    gasToken: ZeroAddress,
    refundReceiver: ZeroAddress,
    nonce: String(nonce),
  };
  const domain = { chainId: DEVNET_CHAIN_ID, verifyingContract: safe.address };
  const proposer = devAccount('treasury1').address;
  const signed = await devSigner('treasury1').signTypedData(domain, SAFE_TX_TYPES, safeTransaction);
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
      safeTransaction,
      safeTransactionHash: TypedDataEncoder.hash(domain, SAFE_TX_TYPES, safeTransaction),
      signatures: [{ signer: proposer, signature: Signature.from(signed).serialized }],
    },
  };
}
