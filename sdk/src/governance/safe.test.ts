import {
  AbiCoder,
  concat,
  Interface,
  id,
  keccak256,
  TypedDataEncoder,
  toBeHex,
  Wallet,
  zeroPadValue,
} from 'ethers';
import { describe, expect, it } from 'vitest';
import { aurumAccessManagerAbi, multiSendCallOnlyAbi, upgradeVerifierAbi } from '../abi/index.ts';
import { findBuild, maskImmutables, withoutMetadata } from './builds.ts';
import {
  decodeMultiSend,
  type Encode,
  executeCeremony,
  executeUpgradeCeremony,
  type Hex,
  joinSignatures,
  multiSendData,
  safeTransaction,
  safeTypedData,
  scheduleCeremony,
  vetoCall,
} from './safe.ts';

const encode: Encode = (abi, name, args) => new Interface(abi as never).encodeFunctionData(name, args);
const address = (n: number): Hex => zeroPadValue(toBeHex(n), 20) as Hex;
const treasury = {
  safe: address(1),
  accessManager: address(2),
  multiSendCallOnly: address(3),
  upgradeVerifier: address(4),
};
const operation = { target: address(5), data: '0x4f1ef2861234' as Hex };

describe('transactions of the treasury Safe', () => {
  it('are hashed as Safe 1.4.1 hashes them', () => {
    const typed = safeTypedData(
      56,
      address(9),
      safeTransaction({ to: address(7), data: '0x1234', value: 5n }, 3n),
    );
    // SAFE_TX_TYPEHASH and DOMAIN_SEPARATOR_TYPEHASH of Safe.sol
    const types = { SafeTx: [...typed.types.SafeTx] };
    expect(id(TypedDataEncoder.from(types).encodeType('SafeTx'))).toBe(
      '0xbb8310d486368db6bd6f849402fdd73ad53d316b5a4b2644ad6efe0f941286d8',
    );
    const domainHash = TypedDataEncoder.hashDomain(typed.domain);
    const domain = AbiCoder.defaultAbiCoder().encode(
      ['bytes32', 'uint256', 'address'],
      ['0x47e79534a245952e8b16893a336b85a3d9ea9fa8c573f3d803afb92a79469218', 56, address(9)],
    );
    expect(domainHash).toBe(keccak256(domain));
  });

  it('carry signatures by ascending owner', async () => {
    const wallets = Array.from({ length: 5 }, () => Wallet.createRandom());
    const signatures = await Promise.all(
      wallets.map(async (wallet) => ({ signer: wallet.address, signature: await wallet.signMessage('x') })),
    );
    const sorted = [...signatures].sort((a, b) => (BigInt(a.signer) < BigInt(b.signer) ? -1 : 1));
    expect(joinSignatures(signatures)).toBe(concat(sorted.map(({ signature }) => signature)));
    expect(() => joinSignatures([signatures[0]!, signatures[0]!])).toThrow(/signed twice/);
    expect(() => joinSignatures([{ signer: address(1), signature: '0x12' }])).toThrow(/not 65 bytes/);
  });

  it('batch calls as MultiSendCallOnly reads them', () => {
    const calls = [
      { to: address(10), value: 0n, data: '0x' as Hex },
      { to: address(11), value: 7n, data: `0x${'ab'.repeat(33)}` as Hex },
    ];
    const data = multiSendData(calls);
    const packed = new Interface(multiSendCallOnlyAbi).decodeFunctionData('multiSend', data)[0];
    expect(data).toBe(new Interface(multiSendCallOnlyAbi).encodeFunctionData('multiSend', [packed]));
    expect(decodeMultiSend(data)).toEqual(calls);
    expect(() => decodeMultiSend('0x12345678')).toThrow(/not a call of multiSend/);
    const delegate = new Interface(multiSendCallOnlyAbi).encodeFunctionData('multiSend', [
      `0x01${packed.slice(4)}`,
    ]);
    expect(() => decodeMultiSend(delegate)).toThrow(/something else than plain calls/);
    const cut = new Interface(multiSendCallOnlyAbi).encodeFunctionData('multiSend', [packed.slice(0, -2)]);
    expect(() => decodeMultiSend(cut)).toThrow(/in the middle of a call/);
  });

  it('schedule, execute and veto through the access manager', () => {
    const manager = new Interface(aurumAccessManagerAbi);
    const schedule = scheduleCeremony(treasury, operation, 4n, encode);
    expect(schedule).toMatchObject({ to: treasury.accessManager, operation: 0, nonce: 4n, value: 0n });
    expect([...manager.decodeFunctionData('schedule', schedule.data)]).toEqual([
      operation.target,
      operation.data,
      0n,
    ]);
    const execute = executeCeremony(treasury, operation, 5n, encode);
    expect([...manager.decodeFunctionData('execute', execute.data)]).toEqual([
      operation.target,
      operation.data,
    ]);
    const veto = vetoCall(treasury, operation, encode);
    expect([...manager.decodeFunctionData('cancel', veto.data)]).toEqual([
      treasury.safe,
      operation.target,
      operation.data,
    ]);
  });

  it('upgrade in one batch between snapshot and verification', () => {
    const checks = { accounts: [address(20)], holders: [{ role: 8n, account: address(21) }] };
    const transaction = executeUpgradeCeremony(treasury, operation, checks, 6n, encode);
    expect(transaction).toMatchObject({ to: treasury.multiSendCallOnly, operation: 1, nonce: 6n });
    const [before, upgrade, after] = decodeMultiSend(transaction.data);
    const verifier = new Interface(upgradeVerifierAbi);
    expect(before!.to).toBe(treasury.upgradeVerifier);
    expect(verifier.parseTransaction(before!)!.name).toBe('snapshot');
    expect(upgrade!.to).toBe(treasury.accessManager);
    expect(verifier.parseTransaction(after!)!.name).toBe('verify');
    expect(after!.data.slice(10)).toBe(before!.data.slice(10));
  });
});

describe('builds', () => {
  const build = {
    name: 'Sample',
    codeHash: '0x60003456' as Hex,
    codeBytes: 4,
    immutables: [[1, 1]] as [number, number][],
    layout: {},
  };

  it('are recognised whatever their immutables are', () => {
    expect(maskImmutables('0x60ff3456', build.immutables)).toBe('0x60003456');
    expect(findBuild('0x60ff3456', [build], (hex) => hex)).toBe(build);
    expect(findBuild('0x60ff3457', [build], (hex) => hex)).toBeUndefined();
    expect(findBuild('0x60ff345600', [build], (hex) => hex)).toBeUndefined();
  });

  it('are recognised whatever was compiled with them', () => {
    const metadata = `a2${'11'.repeat(8)}0009`;
    expect(withoutMetadata(`0x60ff3456${metadata}`)).toBe('0x60ff3456');
    expect(withoutMetadata('0x60ff3456')).toBe('0x60ff3456');
    expect(findBuild(`0x60ff3456${metadata}`, [build], (hex) => hex)).toBe(build);
  });
});
