/** Proposals to the treasury over the REST interface: signed by real owners, executed and vetoed on a real chain. */
import { goldTokenV2Abi } from '@e-aurum/sdk/abi';
import { SAFE_TX_TYPES } from '@e-aurum/sdk/governance';
import type { Proposal, SafeTransaction } from '@e-aurum/sdk/rest';
import { ROLES } from '@e-aurum/sdk/roles';
import { concat, Interface, keccak256, Signature } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DevAccountName, devAccount, devSigner } from '../../scripts/devnet/accounts.ts';
import { bind } from '../../scripts/devnet/seed/contracts.ts';
import { TOKEN_TERMS, tokenV2Address } from '../../scripts/devnet/seed/setup.ts';
import { send } from '../../scripts/devnet/transactions.ts';
import type { Answer, Client } from './api/client.ts';
import { type OperatedApi, openOperatedApi, passTime, postTwice } from './api/operated-api.ts';
import { until } from './api/services.ts';

const WEEK_S = 7 * 86_400;
const TYPES = { SafeTx: [...SAFE_TX_TYPES.SafeTx] };
type CeremonyName = 'schedule' | 'execute';

let api: OperatedApi;
let signer1: Client;
let signer2: Client;
let upgradeId: string;

beforeAll(async () => {
  api = await openOperatedApi({
    rpcPort: 8660,
    pgPort: 5446,
    ports: { main: 4160, indexer: 4161, worker: 4162 },
    operators: [],
  });
  await api.start('main');
  await api.start('indexer');
  [signer1, signer2] = await Promise.all([api.as('treasury1'), api.as('treasury2')]);
}, 300_000);
afterAll(() => api?.close());

const clientOf = (name: DevAccountName): Client => (name === 'treasury1' ? signer1 : signer2);
const proposalNow = async (id: string): Promise<Proposal> =>
  (await signer1.get(`/v1/treasury/proposals/${id}`)).body;
const reaches = (id: string, state: Proposal['state']): Promise<Proposal> =>
  until(
    `the proposal being ${state}`,
    () => proposalNow(id),
    (proposal) => proposal.state === state,
  );

const PATH = '/v1/treasury/proposals';
const words = { title: 'A proposal of the tests', reason: 'To see what becomes of it.' };

function upgradeBody() {
  const callData = new Interface(goldTokenV2Abi).encodeFunctionData('initializeV2', [
    TOKEN_TERMS.uri,
    TOKEN_TERMS.hash,
  ]);
  const implementation = tokenV2Address(api.world.contracts);
  return { ...words, kind: 'upgrade', contract: 'GoldToken', implementation, callData };
}
const callBody = (method: string, args: unknown[]) => ({
  ...words,
  kind: 'call',
  target: api.world.contracts.accessManager.address,
  callData: api.world.contracts.accessManager.encode(method, args),
});

const domain = () => ({ chainId: 31337, verifyingContract: api.world.deployment.safe });
const signSafe = (name: DevAccountName, transaction: SafeTransaction, changes: { chainId?: number } = {}) =>
  devSigner(name).signTypedData({ ...domain(), ...changes }, TYPES, transaction);
const submit = (client: Client, id: string, ceremony: CeremonyName, signature: string): Promise<Answer> =>
  client.post(`${PATH}/${id}/signatures`, { ceremony, signature });

/** Signatures of two owners. @returns the calldata that anyone may now send to the Safe */
async function signByTwo(id: string, ceremony: CeremonyName): Promise<string> {
  for (const name of ['treasury1', 'treasury2'] as const) {
    const signature = await signSafe(name, (await proposalNow(id))[ceremony].safeTransaction);
    const answer = await submit(clientOf(name), id, ceremony, signature);
    expect(answer.status, answer.text).toBe(200);
  }
  const { executionData } = (await proposalNow(id))[ceremony];
  expect(executionData).not.toBeNull();
  return executionData!;
}
/** Anyone pays for the Safe's transaction. */
const toSafe = (data: string) =>
  send(api.world.url, [
    { from: devAccount('newcomer').address, to: api.world.deployment.safe, data, label: 'to the Safe' },
  ]);
const byGuardian = (name: DevAccountName, veto: NonNullable<Proposal['veto']>) =>
  send(api.world.url, [{ from: devAccount(name).address, ...veto, label: `veto of ${name}` }]);

async function schedule(id: string): Promise<Proposal> {
  await toSafe(await signByTwo(id, 'schedule'));
  return reaches(id, 'scheduled');
}

async function goldOf() {
  const { token, desk, staking, redemption } = api.world.contracts;
  const holders = ['investor1', 'investor2', 'investor3', 'investor4'] as const;
  const accounts = [
    ...holders.map((name) => devAccount(name).address),
    desk.address,
    staking.address,
    redemption.address,
  ];
  const balances = await Promise.all(
    accounts.map(async (account) => (await token.read('balanceOf', [account]))[0]),
  );
  return { supply: (await token.read('totalSupply'))[0], balances };
}

describe('an upgrade of the token', () => {
  it('is proposed by a signer, once, and by nobody else', async () => {
    const newcomer = await api.as('newcomer');
    expect((await newcomer.post(PATH, upgradeBody())).status).toBe(403);
    const [first, again] = await postTwice(signer1, PATH, upgradeBody());
    expect(first.status, first.text).toBe(201);
    expect(again).toMatchObject({ status: 201, body: first.body });
    upgradeId = first.body.id;
    const twin = await signer2.post(PATH, upgradeBody());
    expect(twin).toMatchObject({ status: 409, body: { code: 'proposal-exists' } });
    const [a, b] = await Promise.all(
      [signer1, signer2].map((client) =>
        client.post(PATH, callBody('labelRole', [ROLES.ISSUER.id, 'ISSUERS'])),
      ),
    );
    expect([a!.status, b!.status].sort()).toEqual([201, 409]);
  });

  it('is shown as what it is: code, storage, a simulation, every call in words', async () => {
    const proposal = await proposalNow(upgradeId);
    expect(proposal).toMatchObject({
      state: 'collecting',
      proposer: devAccount('treasury1').address,
      delaySeconds: 60,
      target: { contract: 'GoldToken' },
      simulation: { ok: true },
      upgrade: {
        oldVersion: 'GoldToken',
        newVersion: 'GoldTokenV2',
        newImplementation: tokenV2Address(api.world.contracts),
        storage: { compatible: true },
      },
      veto: null,
    });
    expect(proposal.schedule.calls.map((call) => call.function)).toEqual(['schedule', 'upgradeToAndCall']);
    expect(proposal.execute.calls.map((call) => call.function)).toEqual([
      'snapshot',
      'execute',
      'upgradeToAndCall',
      'verify',
    ]);
  });

  it('has the hashes that the Safe itself has', async () => {
    const { safe } = api.world.contracts;
    const proposal = await proposalNow(upgradeId);
    const [separator] = await safe.read('domainSeparator');
    for (const name of ['schedule', 'execute'] as const) {
      const { safeTransaction: tx, safeTransactionHash, domainHash, messageHash } = proposal[name];
      const [hash] = await safe.read('getTransactionHash', [
        tx.to,
        tx.value,
        tx.data,
        tx.operation,
        tx.safeTxGas,
        tx.baseGas,
        tx.gasPrice,
        tx.gasToken,
        tx.refundReceiver,
        tx.nonce,
      ]);
      expect(safeTransactionHash).toBe(hash);
      expect(domainHash).toBe(separator);
      expect(keccak256(concat(['0x1901', domainHash, messageHash]))).toBe(hash);
    }
  });

  it('takes no signature but the caller’s own, for this chain, nonce and ceremony', async () => {
    const { schedule: ceremony, execute } = await proposalNow(upgradeId);
    const tx = ceremony.safeTransaction;
    const wrong = [
      await signSafe('treasury2', tx),
      await signSafe('treasury1', tx, { chainId: 56 }),
      await signSafe('treasury1', { ...tx, nonce: String(BigInt(tx.nonce) + 1n) }),
      await signSafe('treasury1', execute.safeTransaction),
      '0x1234',
    ];
    for (const signature of wrong)
      expect((await submit(signer1, upgradeId, 'schedule', signature)).status).toBe(403);
    const newcomer = await api.as('newcomer');
    expect((await submit(newcomer, upgradeId, 'schedule', await signSafe('newcomer', tx))).status).toBe(403);
    const early = await submit(
      signer1,
      upgradeId,
      'execute',
      await signSafe('treasury1', execute.safeTransaction),
    );
    expect(early).toMatchObject({ status: 409, body: { code: 'proposal-wrong-state' } });
    expect((await proposalNow(upgradeId)).schedule.signatures).toEqual([]);
  });

  it('is scheduled by two signatures, whichever form a device gives them', async () => {
    const tx = (await proposalNow(upgradeId)).schedule.safeTransaction;
    const ledger = Signature.from(await signSafe('treasury1', tx));
    const withParity = concat([ledger.r, ledger.s, `0x0${ledger.yParity}`]);
    const [first, again] = await postTwice(signer1, `${PATH}/${upgradeId}/signatures`, {
      ceremony: 'schedule',
      signature: withParity,
    });
    expect(first).toMatchObject({ status: 200, body: { signatures: 1, threshold: 2 } });
    expect(again.body).toEqual(first.body);
    expect((await proposalNow(upgradeId)).schedule.executionData).toBeNull();
    const compact = Signature.from(await signSafe('treasury2', tx)).compactSerialized;
    expect((await submit(signer2, upgradeId, 'schedule', compact)).body.signatures).toBe(2);
    const signed = await proposalNow(upgradeId);
    expect(signed.state).toBe('schedulable');
    await toSafe(signed.schedule.executionData!);
    // the manager's table knows before the finalized projection does
    const late = await signSafe('treasury1', (await proposalNow(upgradeId)).schedule.safeTransaction);
    expect(await submit(signer1, upgradeId, 'schedule', late)).toMatchObject({ status: 409 });
    const scheduled = await reaches(upgradeId, 'scheduled');
    expect(scheduled.schedule.transactionHash).toMatch(/^0x/);
    expect(Date.parse(scheduled.expiresAt!) - Date.parse(scheduled.executableAt!)).toBe(WEEK_S * 1000);
  });

  it('cannot run before its delay, then runs, and leaves supply and balances as they were', async () => {
    const { token } = api.world.contracts;
    const before = await goldOf();
    const executionData = await signByTwo(upgradeId, 'execute');
    await expect(toSafe(executionData)).rejects.toThrow();
    expect((await proposalNow(upgradeId)).state).toBe('scheduled');
    await passTime(api.world.url, 61);
    await reaches(upgradeId, 'executable');
    await toSafe(executionData);
    const executed = await reaches(upgradeId, 'executed');
    expect(executed).toMatchObject({ veto: null, simulation: null, upgrade: { oldVersion: 'GoldToken' } });
    expect(executed.execute).toMatchObject({ executionData: null });
    expect(executed.execute.transactionHash).toMatch(/^0x/);
    expect(await goldOf()).toEqual(before);
    const second = bind(api.world.url, token.address, goldTokenV2Abi as never);
    expect([...(await second.read('terms'))].slice(0, 2)).toEqual([TOKEN_TERMS.uri, TOKEN_TERMS.hash]);
    await expect(toSafe(executionData)).rejects.toThrow();
  });

  it('is not proposed as a plain call, which would go round its checks', async () => {
    const { token } = api.world.contracts;
    const callData = token.encode('upgradeToAndCall', [tokenV2Address(api.world.contracts), '0x']);
    const answer = await signer1.post(PATH, { ...words, kind: 'call', target: token.address, callData });
    expect(answer).toMatchObject({ status: 422, body: { code: 'upgrade-as-call' } });
  });

  it('is refused where the manager would refuse it, and where its address is mistyped', async () => {
    const { registry } = api.world.contracts;
    const newcomer = devAccount('newcomer').address;
    const refused = await signer1.post(PATH, {
      ...words,
      kind: 'call',
      target: registry.address,
      callData: registry.encode('setStatus', [newcomer, 1, 2_000_000_000]),
    });
    expect(refused, refused.text).toMatchObject({ status: 422, body: { code: 'proposal-not-schedulable' } });
    const implementation = devAccount('treasury1').address;
    const nothing = await signer1.post(PATH, { ...upgradeBody(), implementation });
    expect(nothing.body.code).toBe('implementation-missing');
    const mistyped = implementation.replace(/[a-f]/, (letter) => letter.toUpperCase());
    const typo = await signer1.post(PATH, { ...upgradeBody(), implementation: mistyped });
    expect(typo.body.code).toBe('address-checksum');
  });
});

describe('guardians and the Safe’s nonce', () => {
  let again: string;
  let againData: string;
  let disarm: string;

  it('a call that fails in its simulation says why', async () => {
    const answer = await signer2.post(PATH, upgradeBody());
    expect(answer.status, answer.text).toBe(201);
    expect(answer.body.simulation).toMatchObject({ ok: false });
    expect(answer.body.simulation.detail).toMatch(/InvalidInitialization/);
    // what runs now is the second version
    expect(answer.body.upgrade.oldVersion).toBe('GoldTokenV2');
    again = answer.body.id;
  });

  it('an upgrade that would break the token is undone by its own batch, and that is seen before', async () => {
    const { implementation } = api.world.deployment.contracts.GoldDesk;
    const { body } = await signer2.post(PATH, { ...upgradeBody(), implementation, callData: '0x' });
    expect(body.simulation).toMatchObject({ ok: false });
    expect(body.simulation.detail).toMatch(/the batch undoes it/);
    expect(body.upgrade).toMatchObject({ newVersion: 'GoldDesk', storage: { compatible: false } });
  });

  it('a transaction of the Safe voids what was signed for its nonce', async () => {
    const guardian = devAccount('guardian1').address;
    disarm = (await signer1.post(PATH, callBody('revokeRole', [ROLES.GUARDIAN.id, guardian]))).body.id;
    againData = await signByTwo(again, 'schedule');
    expect((await proposalNow(again)).state).toBe('schedulable');
    await schedule(disarm);
    const voided = await proposalNow(again);
    expect(voided).toMatchObject({ state: 'collecting', schedule: { signatures: [], executionData: null } });
    await expect(toSafe(againData)).rejects.toThrow();
  });

  it('a proposal to disarm a guardian says so, and the other guardian vetoes it', async () => {
    const proposal = await proposalNow(disarm);
    expect(proposal.simulation).toMatchObject({ ok: true });
    expect(proposal.schedule.calls.map((call) => call.words).join(' ')).toContain(
      `Takes the guardians' veto from ${devAccount('guardian1').address}`,
    );
    await expect(byGuardian('guardian1', proposal.veto!)).rejects.toThrow();
    await expect(byGuardian('newcomer', proposal.veto!)).rejects.toThrow();
    await byGuardian('guardian2', proposal.veto!);
    const vetoed = await reaches(disarm, 'vetoed');
    expect(vetoed).toMatchObject({ veto: null, simulation: null });
    const signature = await signSafe('treasury1', vetoed.execute.safeTransaction);
    expect((await submit(signer1, disarm, 'execute', signature)).status).toBe(409);
  });

  it('what becomes of a call proposed again is not told of the first', async () => {
    const { veto } = await schedule(again);
    const { proposals } = (await signer1.get('/v1/treasury')).body as { proposals: Proposal[] };
    const stateOf = (id: string) => proposals.find((proposal) => proposal.id === id)!.state;
    expect([stateOf(upgradeId), stateOf(again)]).toEqual(['executed', 'scheduled']);
    await byGuardian('guardian1', veto!);
    await reaches(again, 'vetoed');
    expect((await proposalNow(upgradeId)).state).toBe('executed');
  });

  it('a call left for a week after its delay expires, and can be proposed anew', async () => {
    const body = callBody('labelRole', [ROLES.AUDITOR.id, 'AUDITORS']);
    const { id } = (await signer1.post(PATH, body)).body;
    const { execute } = await schedule(id);
    await passTime(api.world.url, 61 + WEEK_S);
    expect((await proposalNow(id)).state).toBe('expired');
    const signature = await signSafe('treasury1', execute.safeTransaction);
    expect((await submit(signer1, id, 'execute', signature)).status).toBe(409);
    const anew = await signer1.post(PATH, body);
    expect(anew.status, anew.text).toBe(201);
    await schedule(anew.body.id);
    await passTime(api.world.url, 61);
    await toSafe(await signByTwo(anew.body.id, 'execute'));
    await reaches(anew.body.id, 'executed');
    expect((await proposalNow(id)).state).toBe('expired');
  });
});
