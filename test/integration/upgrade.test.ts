/** An upgrade from proposal to new code, with the signatures of real owners on a real chain. */
import { concat, Interface, keccak256, TypedDataEncoder, ZeroHash } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArtifact } from '../../scripts/deploy/artifacts.ts';
import { encode, read } from '../../scripts/deploy/calls.ts';
import { create2Address, create2Transaction } from '../../scripts/deploy/create2.ts';
import type { Deployment } from '../../scripts/deploy/index.ts';
import { devAccount, devSigner } from '../../scripts/devnet/accounts.ts';
import { rpc } from '../../scripts/devnet/rpc.ts';
import { goldTokenAbi, goldTokenV2Abi, safeAbi } from '../../sdk/src/abi/index.ts';
import {
  compareLayouts,
  type Encode,
  execTransactionArguments,
  executeUpgradeCeremony,
  findBuild,
  type Hex,
  joinSignatures,
  type Operation,
  type SafeTransaction,
  safeTypedData,
  scheduleCeremony,
  vetoCall,
} from '../../sdk/src/governance/index.ts';
import { BUILDS } from '../../sdk/src/governance/registry.ts';
import { ROLES, type RoleName } from '../../sdk/src/roles.ts';
import { type DeployChain, startDeployChain } from './deploy/chain.ts';

const PORT = Number(process.env.AURUM_TEST_UPGRADE_PORT ?? 8602);
const encodeCall: Encode = (abi, name, args) => new Interface(abi as never).encodeFunctionData(name, args);

let chain: DeployChain;
afterAll(() => chain?.stop());

describe('an upgrade by two ceremonies of two signatures', () => {
  let record: Deployment;
  let operation: Operation;
  const owners = ['treasury1', 'treasury2'] as const;
  const terms = { uri: 'ipfs://terms', hash: keccak256('0xabcd') };

  beforeAll(async () => {
    chain = await startDeployChain(PORT);
    record = await chain.run();
    const { abi, bytecode } = readArtifact('GoldTokenV2');
    const initCode = concat([
      bytecode,
      new Interface(abi).encodeDeploy([record.contracts.GoldReserve.proxy]),
    ]);
    await (await chain.deployer().sendTransaction(create2Transaction(initCode, ZeroHash))).wait();
    const initialize = encode(goldTokenV2Abi, 'initializeV2', [terms.uri, terms.hash]);
    operation = {
      target: record.contracts.GoldToken.proxy,
      data: encode(goldTokenAbi, 'upgradeToAndCall', [create2Address(initCode, ZeroHash), initialize]) as Hex,
    };
  });

  const safeNonce = async (): Promise<bigint> =>
    (await read(chain.provider, record.safe, safeAbi, 'nonce'))[0];

  async function signAndSend(transaction: SafeTransaction): Promise<void> {
    const typed = safeTypedData(record.chainId, record.safe, transaction);
    const types = { SafeTx: [...typed.types.SafeTx] };
    const {
      to,
      value,
      data,
      operation: kind,
      safeTxGas,
      baseGas,
      gasPrice,
      gasToken,
      refundReceiver,
      nonce,
    } = transaction;
    const hashArguments = [
      to,
      value,
      data,
      kind,
      safeTxGas,
      baseGas,
      gasPrice,
      gasToken,
      refundReceiver,
      nonce,
    ];
    const [hash] = await read(chain.provider, record.safe, safeAbi, 'getTransactionHash', hashArguments);
    expect(TypedDataEncoder.hash(typed.domain, types, typed.message)).toBe(hash);
    const signatures = await Promise.all(
      owners.map(async (name) => ({
        signer: devAccount(name).address,
        signature: await devSigner(name).signTypedData(typed.domain, types, typed.message),
      })),
    );
    const call = encode(
      safeAbi,
      'execTransaction',
      execTransactionArguments(transaction, joinSignatures(signatures)),
    );
    const response = await devSigner('newcomer', chain.provider).sendTransaction({
      to: record.safe,
      data: call,
    });
    await response.wait();
  }

  const checks = () => ({
    accounts: Object.values(record.contracts).map(({ proxy }) => proxy),
    holders: record.roles.map(({ role, holder }) => ({
      role: ROLES[role as RoleName].id,
      account: holder,
    })),
  });
  const execution = async () =>
    executeUpgradeCeremony(record, operation, checks(), await safeNonce(), encodeCall);

  it('can be vetoed by a guardian, and then not be executed', async () => {
    await signAndSend(scheduleCeremony(record, operation, await safeNonce(), encodeCall));
    const veto = vetoCall(record, operation, encodeCall);
    const response = await devSigner('guardian2', chain.provider).sendTransaction({
      to: veto.to,
      data: veto.data,
    });
    await response.wait();
    await rpc(chain.url, 'evm_increaseTime', [record.delaySeconds + 1]);
    await expect(signAndSend(await execution())).rejects.toThrow(/GS013/);
  });

  it('waits for its delay, then happens whole, and leaves everything as it was', async () => {
    await signAndSend(scheduleCeremony(record, operation, await safeNonce(), encodeCall));
    await expect(signAndSend(await execution())).rejects.toThrow(/GS013/);
    await rpc(chain.url, 'evm_increaseTime', [record.delaySeconds + 1]);
    await signAndSend(await execution());
    const [uri, hash] = await read(chain.provider, operation.target, goldTokenV2Abi, 'terms');
    expect({ uri, hash }).toEqual(terms);
    const [name] = await read(chain.provider, operation.target, goldTokenAbi, 'name');
    expect(name).toBe('e-Aurum Gold');
  });

  it('is seen in the record of the next run, as a build whose layout is compatible', async () => {
    const again = await chain.run({ previous: record });
    const { implementation } = again.contracts.GoldToken;
    expect(implementation).not.toBe(record.contracts.GoldToken.implementation);
    const next = findBuild(await chain.provider.getCode(implementation), BUILDS, keccak256)!;
    expect(next.name).toBe('GoldTokenV2');
    const old = BUILDS.find((build) => build.name === 'GoldToken')!;
    expect(compareLayouts(old.layout, next.layout).compatible).toBe(true);
  });
});
