import { makeError, Transaction, Wallet } from 'ethers';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RpcPool } from '../chain/rpc-pool.ts';
import { feeRules } from './fees.ts';
import { type Call, createSender, type Sender } from './sender.ts';

const chainId = 31_337;
const wallet = Wallet.createRandom();
const signer = {
  address: wallet.address,
  signDigest: async (digest: string) => wallet.signingKey.sign(digest),
};
const rules = feeRules({ floorGwei: 1, capGwei: 3, raisePercent: 25, raiseAfterMs: 0 });
const round: Call = { purpose: 'round', reason: 'deviation', to: `0x${'11'.repeat(20)}`, data: '0x1234' };
const fresher: Call = { ...round, data: '0x5678' };

/** One node with one account: keeps the best paid transaction of each nonce, as nodes do. */
class Node {
  pool = new Map<number, Transaction>();
  mined: Transaction[] = [];
  sends: Transaction[] = [];
  down = false;
  gasPrice = 1_000_000_000n;
  /** The node takes transactions, and its answers get lost. */
  deaf = false;
  reverts = new Set<string>();

  rpc: RpcPool = {
    request: async (method, params) => this.answer(method, params),
    broadcast: async (raw) => {
      if (this.down) return [{ endpoint: 'a', accepted: false, error: new Error('connect ECONNREFUSED') }];
      const error = this.receive(Transaction.from(raw));
      if (this.deaf) return [{ endpoint: 'a', accepted: false, error: new Error('socket hang up') }];
      return [
        error
          ? { endpoint: 'a', accepted: false, error: new Error(error) }
          : { endpoint: 'a', accepted: true },
      ];
    },
    checkHeads: async () => {},
    states: () => [],
    close: () => {},
  };

  private receive(transaction: Transaction): string | undefined {
    this.sends.push(transaction);
    const { nonce } = transaction;
    if (nonce < this.mined.length) return 'nonce too low';
    const before = this.pool.get(nonce);
    if (before?.hash === transaction.hash) return 'already known';
    if (before && transaction.maxFeePerGas! * 10n < before.maxFeePerGas! * 11n)
      return 'replacement transaction underpriced';
    this.pool.set(nonce, transaction);
    return undefined;
  }

  private answer(method: string, params: readonly unknown[]): unknown {
    if (method === 'eth_getBlockByNumber') return { baseFeePerGas: '0x0' };
    if (method === 'eth_gasPrice') return `0x${this.gasPrice.toString(16)}`;
    if (method === 'eth_estimateGas') return '0x10000';
    if (method === 'eth_call') {
      if (this.reverts.has((params[0] as { data: string }).data))
        throw makeError('execution reverted', 'CALL_EXCEPTION');
      return '0x';
    }
    if (method === 'eth_getTransactionReceipt')
      return this.mined.some(({ hash }) => hash === params[0]) ? { status: '0x1' } : null;
    throw new Error(`not asked for here: ${method}`);
  }

  mine(): void {
    const next = this.pool.get(this.mined.length);
    if (!next) return;
    this.pool.delete(this.mined.length);
    this.mined.push(next);
  }

  account() {
    const nonce = this.mined.length;
    return { nonce, pendingNonce: nonce + this.pool.size, balanceWei: 1n };
  }
}

let node: Node;
let sender: Sender;
let log: string[];

function newSender(raiseAfterMs = 0): Sender {
  return createSender({
    rpc: node.rpc,
    chainId,
    signer,
    rules,
    raiseAfterMs,
    tag: 'latest',
    log: pino({ level: 'silent' }),
    events: {
      sent: (purpose) => log.push(`sent ${purpose}`),
      mined: (purpose, succeeded) => log.push(`mined ${purpose} ${succeeded}`),
      raised: (capped) => log.push(capped ? 'capped' : 'raised'),
      refused: (fault) => log.push(fault),
    },
  });
}

beforeEach(() => {
  node = new Node();
  log = [];
  sender = newSender();
});

describe('sending', () => {
  it('keeps one transaction under way, and is free again when it is mined', async () => {
    expect(await sender.check(node.account())).toBe('free');
    await sender.send(round, node.account());
    await expect(sender.send(round, node.account())).rejects.toThrow('under way');
    node.mine();
    expect(await sender.check(node.account())).toBe('free');
    expect(log).toEqual(['sent round', 'mined round true']);
    expect(node.mined[0]).toMatchObject({
      to: round.to,
      data: round.data,
      nonce: 0,
      chainId: BigInt(chainId),
    });
    expect(node.mined[0]!.from).toBe(wallet.address);
  });

  it('offers the floor, whatever was paid last', async () => {
    node.gasPrice = 2_900_000_000n;
    await sender.send(round, node.account());
    expect(node.pool.get(0)).toMatchObject({ maxFeePerGas: rules.floor, maxPriorityFeePerGas: rules.floor });
    await sender.check(node.account());
    await sender.replace(fresher);
    expect(node.pool.get(0)!.maxFeePerGas).toBe(2_900_000_000n);
  });

  it('waits before it raises', async () => {
    sender = newSender(60_000);
    await sender.send(round, node.account());
    expect(await sender.check(node.account())).toBe('waiting');
  });

  it('drops a nonce that another process used meanwhile', async () => {
    const behind = node.account();
    const twin = newSender();
    await twin.send(round, behind);
    node.mine();
    await sender.send(fresher, behind);
    expect(log).toContain('nonce-used');
    expect(await sender.check(node.account())).toBe('free');
    expect(node.mined).toHaveLength(1);
  });
});

describe('a stuck transaction', () => {
  it('is sent again on its nonce with what is due now, better paid', async () => {
    await sender.send(round, node.account());
    expect(await sender.check(node.account())).toBe('stuck');
    await sender.replace(fresher);
    expect(node.pool.size).toBe(1);
    const waiting = node.pool.get(0)!;
    expect(waiting.data).toBe(fresher.data);
    expect(waiting.maxFeePerGas).toBe(1_250_000_000n);
    node.mine();
    expect(await sender.check(node.account())).toBe('free');
    expect(log.at(-1)).toBe('mined round true');
  });

  it('is repeated when nothing else is due, and given up for nothing when it would revert now', async () => {
    await sender.send(round, node.account());
    await sender.check(node.account());
    await sender.replace(undefined);
    expect(node.pool.get(0)!.data).toBe(round.data);
    node.reverts.add(round.data);
    await sender.check(node.account());
    await sender.replace(undefined);
    expect(node.pool.get(0)).toMatchObject({ to: wallet.address, data: '0x', value: 0n, gasLimit: 21_000n });
  });

  it('never costs more than the cap: there the same bytes go out again', async () => {
    await sender.send(round, node.account());
    for (let turn = 0; turn < 12; turn++) {
      expect(await sender.check(node.account())).toBe('stuck');
      await sender.replace(round);
    }
    expect(log).toContain('capped');
    const fees = node.sends.map(({ maxFeePerGas }) => maxFeePerGas!);
    expect(fees.every((fee) => fee <= rules.cap)).toBe(true);
    expect(node.sends.at(-1)!.hash).toBe(node.sends.at(-2)!.hash);
    node.mine();
    expect(await sender.check(node.account())).toBe('free');
  });

  it('of a killed process is found, outbid, and mined once', async () => {
    await newSender().send(round, node.account());
    expect(await sender.check(node.account())).toBe('stuck');
    await sender.replace(fresher);
    expect(node.pool.size).toBe(1);
    expect(node.pool.get(0)!.data).toBe(fresher.data);
    node.mine();
    expect(await sender.check(node.account())).toBe('free');
    expect(node.mined).toHaveLength(1);
  });

  it('of a killed process is waited for, not doubled', async () => {
    await newSender().send(round, node.account());
    sender = newSender(60_000);
    expect(await sender.check(node.account())).toBe('waiting');
    node.mine();
    expect(await sender.check(node.account())).toBe('free');
    expect(node.mined).toHaveLength(1);
  });

  it('of a killed process that the node dropped leaves the nonce free', async () => {
    await newSender().send(round, node.account());
    sender = newSender(60_000);
    expect(await sender.check(node.account())).toBe('waiting');
    node.pool.clear();
    expect(await sender.check(node.account())).toBe('free');
  });
});

describe('when answers get lost', () => {
  it('pays no more for a node that was down', async () => {
    node.down = true;
    await sender.send(round, node.account());
    for (let turn = 0; turn < 20; turn++) {
      expect(await sender.check(node.account())).toBe('stuck');
      await sender.replace(round);
    }
    node.down = false;
    await sender.check(node.account());
    await sender.replace(round);
    expect(node.pool.get(0)!.maxFeePerGas).toBe(1_000_000_000n);
  });

  it('learns from "already known" that a node has it, and raises from there', async () => {
    node.deaf = true;
    await sender.send(round, node.account());
    node.deaf = false;
    await sender.check(node.account());
    await sender.replace(round);
    expect(node.sends[1]!.hash).toBe(node.sends[0]!.hash);
    await sender.check(node.account());
    await sender.replace(round);
    expect(node.pool.get(0)!.maxFeePerGas).toBe(1_250_000_000n);
  });

  it('starts from where the chain is when that went back, as a restored development chain does', async () => {
    for (let n = 0; n < 3; n++) {
      await sender.send(round, node.account());
      node.mine();
      await sender.check(node.account());
    }
    await sender.send(round, node.account());
    node.mined = node.mined.slice(0, 1);
    node.pool.clear();
    expect(await sender.check(node.account())).toBe('free');
    await sender.send(round, node.account());
    expect([...node.pool.keys()]).toEqual([1]);
  });

  it('sends nothing twice to a node that had it all along', async () => {
    node.deaf = true;
    await sender.send(round, node.account());
    expect(await sender.check(node.account())).toBe('stuck');
    node.deaf = false;
    await sender.replace(fresher);
    expect(node.pool.size).toBe(1);
    node.mine();
    expect(await sender.check(node.account())).toBe('free');
    expect(node.mined).toHaveLength(1);
    expect(log.at(-1)).toBe('mined round true');
  });
});
