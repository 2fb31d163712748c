/** A real chain with the real price contracts, and one switchable door to it for each RPC endpoint. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { priceOracleAbi, signedPriceFeedAbi } from '@e-aurum/sdk/abi';
import { Contract, ContractFactory, Interface, id, JsonRpcProvider, NonceManager } from 'ethers';
import { type ContractName, readArtifact, readProxyArtifact } from '../../../scripts/deploy/artifacts.ts';
import { devGroup, devSigner } from '../../../scripts/devnet/accounts.ts';
import { anvilBinary } from '../../../scripts/devnet/anvil.ts';
import { devArtifact } from '../../../scripts/devnet/artifacts.ts';

export const CHAIN_ID = 31337;
export const THRESHOLD = 3;
export const MAX_SPAN_BPS = 100;

const BOUNDS = { decimals: 0, minUsdPerOunce: 500, maxUsdPerOunce: 20_000 };

export interface Chain {
  url: string;
  provider: JsonRpcProvider;
  feed: Contract;
  oracle: Contract;
  /** Chainlink's place: MAIN and FALLBACK. */
  setChainlink(usdPerOunce: number): Promise<void>;
  stop(): Promise<void>;
}

async function startAnvil(port: number, timestampS: number): Promise<ChildProcess> {
  const args = ['--port', String(port), '--chain-id', String(CHAIN_ID), '--accounts', '25', '--silent'];
  args.push('--block-time', '0.5', '--slots-in-an-epoch', '1', '--block-base-fee-per-gas', '0');
  args.push('--timestamp', String(timestampS));
  const child = spawn(anvilBinary(), args, { stdio: 'ignore' });
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] });
  const headers = { 'content-type': 'application/json' };
  for (let tries = 0; tries < 200; tries++) {
    const answered = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', headers, body }).catch(
      () => undefined,
    );
    if (answered?.ok) return child;
    await sleep(50);
  }
  child.kill('SIGKILL');
  throw new Error(`anvil did not answer on port ${port}`);
}

/** @param offsetS by which the chain's clock is ahead of the machine's */
export async function startChain(port: number, offsetS: number): Promise<Chain> {
  const child = await startAnvil(port, Math.floor(Date.now() / 1_000) + offsetS);
  const url = `http://127.0.0.1:${port}`;
  const provider = new JsonRpcProvider(url, CHAIN_ID, {
    staticNetwork: true,
    cacheTimeout: -1,
    pollingInterval: 200,
  });
  const deployer = new NonceManager(devSigner('deployer', provider));
  const deploy = async (
    abi: ConstructorParameters<typeof ContractFactory>[0],
    bytecode: string,
    args: unknown[],
  ) => {
    const contract = await new ContractFactory(abi, bytecode, deployer).deploy(...args);
    await contract.waitForDeployment();
    return contract.getAddress();
  };
  const own = (name: ContractName, args: unknown[]) => {
    const { abi, bytecode } = readArtifact(name);
    return deploy(abi, bytecode, args);
  };
  const proxied = async (name: ContractName, constructorArgs: unknown[], initializerArgs: unknown[]) => {
    const implementation = await own(name, constructorArgs);
    const data = new Interface(readArtifact(name).abi).encodeFunctionData('initialize', initializerArgs);
    const { abi, bytecode } = readProxyArtifact();
    return deploy(abi, bytecode, [implementation, data]);
  };

  const deployerAddress = await deployer.getAddress();
  const aggregator = devArtifact('DevAggregator');
  const chainlink = async (description: string) => {
    const address = await deploy(aggregator.interface, aggregator.bytecode, [
      deployerAddress,
      8,
      description,
    ]);
    return new Contract(address, aggregator.interface, deployer);
  };
  const main = await chainlink('XAU / USD');
  const fallback = await chainlink('PAXG / USD');
  const setChainlink = async (usdPerOunce: number): Promise<void> => {
    for (const feed of [main, fallback]) {
      const sent = await feed.getFunction('transmit')(BigInt(Math.round(usdPerOunce * 1e8)));
      await sent.wait();
    }
  };
  await setChainlink(4_000);

  const manager = await own('AurumAccessManager', [deployerAddress]);
  const reporters = devGroup('reporter').map(({ address }) => address);
  const feed = await proxied(
    'SignedPriceFeed',
    [id('XAU/USD')],
    [manager, reporters, THRESHOLD, MAX_SPAN_BPS],
  );
  const feedOf = (address: unknown, heartbeat: number) => ({ feed: address, heartbeat, ...BOUNDS });
  const oracle = await proxied(
    'PriceOracle',
    [],
    [manager, feedOf(main.target, 3_600), feedOf(feed, 60), feedOf(fallback.target, 3_600), 100, 200, 4_096],
  );
  return {
    url,
    provider,
    feed: new Contract(feed, signedPriceFeedAbi, deployer),
    oracle: new Contract(oracle, priceOracleAbi, deployer),
    setChainlink,
    async stop() {
      provider.destroy();
      const exited = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** An RPC endpoint that a test can take away and give back. */
export interface Door {
  url: string;
  open(): Promise<void>;
  shut(): Promise<void>;
}

export function createDoor(port: number, target: string): Door {
  const server = createServer((request, response) => {
    const onward = httpRequest(target, { method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  return {
    url: `http://127.0.0.1:${port}`,
    open: () => new Promise((resolve) => void server.listen(port, '127.0.0.1', resolve)),
    shut: () => new Promise((resolve) => void server.close(() => resolve()).closeAllConnections()),
  };
}
