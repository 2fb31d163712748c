import { FetchRequest, JsonRpcProvider, Network } from 'ethers';
import type { Logger } from 'pino';
import { isEndpointFailure } from './rpc-error.ts';

export interface RpcPoolOptions {
  /** In order of preference. */
  urls: readonly string[];
  chainId: number;
  timeoutMs: number;
  log: Logger;
}

export interface EndpointState {
  /** Host and port only: the rest of a URL may hold an API key. */
  name: string;
  quarantined: boolean;
  failures: number;
}

/** What one endpoint answered to a transaction. */
export type SendOutcome =
  | { endpoint: string; accepted: true }
  | { endpoint: string; accepted: false; error: unknown };

export interface RpcPool {
  /**
   * Asks the endpoints in their order, those in quarantine last, until one answers.
   * @throws what the node answered (a revert, a wrong nonce), or the last failure when none could be reached
   */
  request(method: string, params: readonly unknown[]): Promise<unknown>;
  /** Hands a signed transaction to every endpoint that is not in quarantine (to all if all are). */
  broadcast(raw: string): Promise<SendOutcome[]>;
  /** Sets aside endpoints that answer, but whose chain stands still while another's goes on. */
  checkHeads(): Promise<void>;
  states(): EndpointState[];
  close(): void;
}

const FIRST_QUARANTINE_MS = 1_000;
const LONGEST_QUARANTINE_MS = 60_000;
/** Endpoints of one network differ by a few blocks at most. */
const MAX_HEAD_LAG_BLOCKS = 20;

interface Endpoint {
  name: string;
  provider: JsonRpcProvider;
  failures: number;
  quarantinedAt: number;
  quarantinedUntil: number;
  /** Checked when it is first used, and again after each quarantine. */
  chainChecked: boolean;
}

function createEndpoint(url: string, index: number, { chainId, timeoutMs }: RpcPoolOptions): Endpoint {
  const request = new FetchRequest(url);
  request.timeout = timeoutMs;
  request.setThrottleParams({ maxAttempts: 1 });
  const network = Network.from(chainId);
  const provider = new JsonRpcProvider(request, network, {
    staticNetwork: network,
    batchMaxCount: 20,
    batchStallTime: 5,
  });
  return {
    name: `${index}:${new URL(url).host}`,
    provider,
    failures: 0,
    quarantinedAt: 0,
    quarantinedUntil: 0,
    chainChecked: false,
  };
}

export function createRpcPool(options: RpcPoolOptions): RpcPool {
  const { chainId, log } = options;
  const endpoints = options.urls.map((url, index) => createEndpoint(url, index, options));
  const isQuarantined = ({ quarantinedUntil }: Endpoint): boolean => performance.now() < quarantinedUntil;

  /** @param startedAt when what failed was begun: of many requests under way at once, only the first failure counts */
  function quarantine(endpoint: Endpoint, why: unknown, startedAt: number): void {
    if (startedAt < endpoint.quarantinedAt) return;
    const forMs = Math.min(FIRST_QUARANTINE_MS * 2 ** endpoint.failures, LONGEST_QUARANTINE_MS);
    const level = isQuarantined(endpoint) ? 'debug' : 'warn';
    endpoint.failures++;
    endpoint.quarantinedAt = performance.now();
    endpoint.quarantinedUntil = endpoint.quarantinedAt + forMs;
    endpoint.chainChecked = false;
    const reason = why instanceof Error ? why.message.slice(0, 300) : String(why);
    log[level]({ endpoint: endpoint.name, forMs, reason }, 'an RPC endpoint is set aside');
  }

  async function ask(endpoint: Endpoint, method: string, params: readonly unknown[]): Promise<unknown> {
    if (!endpoint.chainChecked) {
      const found = Number(await endpoint.provider.send('eth_chainId', []));
      if (found !== chainId)
        throw new Error(`it is of chain ${found}, not ${chainId}: correct chain.rpc in the config`);
      endpoint.chainChecked = true;
    }
    const result = await endpoint.provider.send(method, [...params]);
    if (endpoint.failures > 0) log.info({ endpoint: endpoint.name }, 'an RPC endpoint is back');
    endpoint.failures = 0;
    endpoint.quarantinedUntil = 0;
    return result;
  }

  /** Like `ask`; a failure of the endpoint puts it in quarantine. */
  async function tryEndpoint(
    endpoint: Endpoint,
    method: string,
    params: readonly unknown[],
  ): Promise<unknown> {
    const startedAt = performance.now();
    try {
      return await ask(endpoint, method, params);
    } catch (error) {
      if (isEndpointFailure(error)) quarantine(endpoint, error, startedAt);
      throw error;
    }
  }

  const healthyFirst = (): Endpoint[] => [
    ...endpoints.filter((endpoint) => !isQuarantined(endpoint)),
    ...endpoints.filter(isQuarantined).sort((a, b) => a.quarantinedUntil - b.quarantinedUntil),
  ];

  return {
    async request(method, params) {
      let last: unknown;
      for (const endpoint of healthyFirst()) {
        try {
          return await tryEndpoint(endpoint, method, params);
        } catch (error) {
          if (!isEndpointFailure(error)) throw error;
          last = error;
        }
      }
      throw last;
    },

    broadcast(raw) {
      const healthy = endpoints.filter((endpoint) => !isQuarantined(endpoint));
      return Promise.all(
        (healthy.length > 0 ? healthy : endpoints).map(async (endpoint): Promise<SendOutcome> => {
          try {
            await tryEndpoint(endpoint, 'eth_sendRawTransaction', [raw]);
            return { endpoint: endpoint.name, accepted: true };
          } catch (error) {
            return { endpoint: endpoint.name, accepted: false, error };
          }
        }),
      );
    },

    async checkHeads() {
      const healthy = endpoints.filter((endpoint) => !isQuarantined(endpoint));
      if (healthy.length < 2) return;
      const heads = await Promise.all(
        healthy.map((endpoint) => tryEndpoint(endpoint, 'eth_blockNumber', []).then(Number, () => undefined)),
      );
      const best = Math.max(...heads.map((head) => head ?? 0));
      heads.forEach((head, index) => {
        if (head !== undefined && best - head > MAX_HEAD_LAG_BLOCKS)
          quarantine(healthy[index]!, `its head ${head} is ${best - head} blocks behind`, performance.now());
      });
    },

    states: () =>
      endpoints.map((endpoint) => ({
        name: endpoint.name,
        quarantined: isQuarantined(endpoint),
        failures: endpoint.failures,
      })),

    close() {
      for (const { provider } of endpoints) provider.destroy();
    },
  };
}
