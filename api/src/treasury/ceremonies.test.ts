import { concat, keccak256, TypedDataEncoder, Wallet } from 'ethers';
import { describe, expect, it } from 'vitest';
import { createCeremonies, operationIdOf } from './ceremonies.ts';
import { createDescriber } from './describe.ts';
import type { SignatureRow } from './store.ts';
import { chain, MULTI_SEND, proposalRow } from './testing.ts';

const ceremonies = createCeremonies(chain, createDescriber(chain));
const wallets = [1, 2, 3].map((n) => new Wallet(`0x${String(n).repeat(64)}`));
const owners = wallets.map((wallet) => wallet.address);
const proposal = proposalRow();

const hashAt = (nonce: bigint): string =>
  ceremonies.hashOf(ceremonies.transactionOf(proposal, 'schedule', nonce));
const signatureOf = (wallet: Wallet, nonce: bigint): SignatureRow => ({
  proposal_id: proposal.id,
  ceremony: 'schedule',
  safe_nonce: Number(nonce),
  safe_tx_hash: hashAt(nonce),
  signer: wallet.address,
  signature: wallet.signingKey.sign(hashAt(nonce)).serialized,
  created_at: new Date(0),
});
const present = (signatures: SignatureRow[], changes: { owners?: string[]; done?: string } = {}) =>
  ceremonies.present(proposal, 'schedule', {
    nonce: 7n,
    signatures,
    owners: changes.owners ?? owners,
    threshold: 2,
    transactionHash: changes.done ?? null,
  });

describe('signatures of a ceremony', () => {
  const hash = hashAt(7n);
  const signed = wallets[0]!.signingKey.sign(hash);
  const taken = { signer: owners[0], signature: signed.serialized };

  it('are read in every form that a device gives, and kept in the one that the Safe takes', () => {
    expect(ceremonies.readSignature(hash, signed.serialized)).toEqual(taken);
    expect(ceremonies.readSignature(hash, signed.compactSerialized)).toEqual(taken);
    const parity = concat([signed.r, signed.s, `0x0${signed.yParity}`]);
    expect(ceremonies.readSignature(hash, parity)).toEqual(taken);
  });

  it('are nobody’s when they are malformed, of high s, or of another hash', () => {
    const order = BigInt('0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141');
    const highS = `0x${(order - BigInt(signed.s)).toString(16).padStart(64, '0')}`;
    const malleated = concat([signed.r, highS, signed.v === 27 ? '0x1c' : '0x1b']);
    for (const bytes of ['0x', '0x1234', `0x${'00'.repeat(65)}`, malleated])
      expect(ceremonies.readSignature(hash, bytes)).toBeNull();
    expect(ceremonies.readSignature(hashAt(8n), signed.serialized)?.signer).not.toBe(owners[0]);
  });

  it('count for the Safe’s present nonce and owners alone', () => {
    const [first, second] = [signatureOf(wallets[0]!, 7n), signatureOf(wallets[1]!, 7n)];
    const stale = signatureOf(wallets[1]!, 6n);
    expect(present([first, stale])).toMatchObject({
      executionData: null,
      signatures: [{ signer: owners[0] }],
    });
    expect(present([first, second], { owners: [owners[0]!, owners[2]!] }).executionData).toBeNull();
    expect(present([first, second]).executionData).toMatch(/^0x6a761202/);
    const done = present([first, second], { owners: [owners[0]!, owners[2]!], done: hash });
    expect(done).toMatchObject({ executionData: null, signatures: [{}, { signer: owners[1] }] });
  });

  it('are as many as the threshold, by ascending owner', () => {
    const all = wallets.map((wallet) => signatureOf(wallet, 7n));
    const data = present(all).executionData!;
    const sorted = all.slice(0, 2).sort((a, b) => (BigInt(a.signer) < BigInt(b.signer) ? -1 : 1));
    expect(data).toContain(sorted.map(({ signature }) => signature.slice(2)).join(''));
    expect(data).not.toContain(all[2]!.signature.slice(2));
  });
});

describe('hashes of a ceremony', () => {
  it('bind chain, Safe, nonce and ceremony', () => {
    const shown = present([]);
    expect(shown.safeTransactionHash).toBe(hashAt(7n));
    expect(keccak256(concat(['0x1901', shown.domainHash, shown.messageHash]))).toBe(hashAt(7n));
    const domain = { chainId: 56, verifyingContract: chain.addresses.Safe };
    expect(shown.domainHash).toBe(TypedDataEncoder.hashDomain(domain));
    const others = [hashAt(8n), ceremonies.hashOf(ceremonies.transactionOf(proposal, 'execute', 7n))];
    const elsewhere = createCeremonies({ ...chain, chainId: 97 }, createDescriber(chain));
    others.push(elsewhere.hashOf(elsewhere.transactionOf(proposal, 'schedule', 7n)));
    expect(new Set([hashAt(7n), ...others]).size).toBe(4);
  });

  it('of an operation differ with caller, target and call', () => {
    const [a, b] = [chain.addresses.Safe, chain.addresses.GoldToken];
    const ids = [operationIdOf(a, b, '0x12'), operationIdOf(b, a, '0x12'), operationIdOf(a, b, '0x13')];
    expect(new Set(ids).size).toBe(3);
  });
});

describe('the second ceremony', () => {
  it('of an upgrade is one batch by delegatecall, of a call a plain one', () => {
    const upgrade = proposalRow({ kind: 'upgrade', checked_accounts: [chain.addresses.GoldDesk] });
    expect(ceremonies.transactionOf(upgrade, 'execute', 1n)).toMatchObject({ to: MULTI_SEND, operation: 1 });
    expect(ceremonies.transactionOf(proposal, 'execute', 1n)).toMatchObject({
      to: chain.addresses.AccessManager,
      operation: 0,
    });
  });
});
