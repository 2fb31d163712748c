/**
 * Closing the gold market on the chain: a guardian may at once, by their own key. Reopening it is the treasury's, with its
 * delay: here the Safe is impersonated, which only a development chain allows.
 */
import { readFileSync } from 'node:fs';
import { aurumAccessManagerAbi, priceOracleAbi } from '@e-aurum/sdk/abi';
import { Interface } from 'ethers';
import { devAccount } from '../devnet/accounts.ts';
import { rpc } from '../devnet/rpc.ts';
import { send, sendAs } from '../devnet/transactions.ts';
import type { ControlState } from './control-state.ts';

/** The contract lets a closure last a week at most. */
export const MAX_CLOSURE_S = 7 * 86_400;
/** Room for a block's clock to lag behind ours when an operation becomes ready. */
const READY_MARGIN_S = 2;

const oracleInterface = new Interface(priceOracleAbi);
const managerInterface = new Interface(aurumAccessManagerAbi);

export interface MarketClosureOptions {
  rpcUrl: string;
  /** The deployment record; read at each use, since it may be written after the market starts. */
  deploymentFile: string;
  control: ControlState;
  now: () => number;
}

interface Contracts {
  oracle: string;
  accessManager: string;
  safe: string;
  delaySeconds: number;
}

export class MarketClosureError extends Error {}

export interface MarketClosure {
  /** Unix seconds until which a guardian has closed the market, or 0. Undefined before there are contracts. */
  closedUntil(): Promise<number | undefined>;
  /** Closes for `seconds`. Throws {@link MarketClosureError} if it is closed for longer already. */
  close(seconds: number): Promise<void>;
  /** Schedules the reopening and returns when it takes effect (unix seconds); now if the market is not closed. */
  reopen(): Promise<number>;
  /** Executes a reopening that has become ready. */
  tick(): Promise<void>;
}

export function createMarketClosure(options: MarketClosureOptions): MarketClosure {
  const { rpcUrl, deploymentFile, control, now } = options;

  function contracts(): Contracts | undefined {
    try {
      const deployment = JSON.parse(readFileSync(deploymentFile, 'utf8'));
      const { accessManager, safe, delaySeconds } = deployment;
      return { oracle: deployment.contracts.PriceOracle.proxy, accessManager, safe, delaySeconds };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  function deployed(): Contracts {
    const found = contracts();
    if (!found) throw new MarketClosureError('There are no contracts yet.');
    return found;
  }

  async function closedUntil(): Promise<number | undefined> {
    const found = contracts();
    if (!found) return undefined;
    const data = oracleInterface.encodeFunctionData('marketClosedUntil');
    const answer = await rpc<string>(rpcUrl, 'eth_call', [{ to: found.oracle, data }, 'latest']);
    const until = Number(BigInt(answer));
    // A block may be a second ahead of our clock, and an idle chain's last one some seconds behind.
    const head = await rpc<{ timestamp: string }>(rpcUrl, 'eth_getBlockByNumber', ['latest', false]);
    return until > Math.max(now(), Number(head.timestamp)) ? until : 0;
  }

  const reopenCall = oracleInterface.encodeFunctionData('reopenMarket');

  return {
    closedUntil,
    async close(seconds) {
      const { oracle } = deployed();
      const until = now() + Math.min(seconds, MAX_CLOSURE_S);
      const before = (await closedUntil()) ?? 0;
      if (before >= until) throw new MarketClosureError(`The market is closed until ${before} already.`);
      const data = oracleInterface.encodeFunctionData('closeMarket', [until]);
      await send(rpcUrl, [
        { from: devAccount('guardian1').address, to: oracle, data, label: 'close the market' },
      ]);
    },
    async reopen() {
      const { oracle, accessManager, safe, delaySeconds } = deployed();
      if (!(await closedUntil())) return now();
      if (control.reopening) return control.reopening.readyAt;
      const data = managerInterface.encodeFunctionData('schedule', [oracle, reopenCall, 0]);
      await sendAs(rpcUrl, safe, [{ to: accessManager, data, label: 'schedule the reopening' }]);
      const readyAt = now() + delaySeconds + READY_MARGIN_S;
      control.setReopening({ readyAt });
      return readyAt;
    },
    async tick() {
      const { reopening } = control;
      if (!reopening || now() < reopening.readyAt) return;
      control.setReopening(undefined);
      if (!(await closedUntil())) return;
      const { oracle, accessManager, safe } = deployed();
      const data = managerInterface.encodeFunctionData('execute', [oracle, reopenCall]);
      await sendAs(rpcUrl, safe, [{ to: accessManager, data, label: 'reopen the market' }]);
    },
  };
}
