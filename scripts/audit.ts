/**
 * `npm run audit`: from the chain alone (events and calldata, and the newest state to compare with) recomputes supply, backing
 * at every mint, the price of every trade, the median of every signed round and the bars of every redemption.
 * Exits 0 when everything fits, 1 with the exact places where something does not.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exactAmount, WEI_PER_MG } from '@e-aurum/sdk';
import { Contract, JsonRpcProvider } from 'ethers';
import { AUDITED, type AuditedContract, interfaceOf, loadEvents } from './audit/events.ts';
import { createRedemptionLedger } from './audit/redemptions.ts';
import { createReport, type Report } from './audit/report.ts';
import { coveredWei, createReserveLedger } from './audit/reserve.ts';
import { auditRounds } from './audit/rounds.ts';
import { createSupplyLedger } from './audit/supply.ts';
import { createTradeLedger } from './audit/trades.ts';
import { openHome, PROJECT_ROOT } from './supervisor/home.ts';
import { PlainError, sentenceOf } from './supervisor/sentence.ts';

interface Deployment {
  chainId: number;
  block: number;
  contracts: Record<string, { proxy: string }>;
}

/** Audits one deployment. @returns the report, and the figures it ended with */
export async function audit(
  rpcUrl: string,
  deployment: Deployment,
): Promise<{ report: Report; summary: string[] }> {
  const provider = new JsonRpcProvider(rpcUrl, deployment.chainId, {
    staticNetwork: true,
    batchMaxCount: 50,
  });
  try {
    const report = createReport();
    const addresses = Object.fromEntries(
      AUDITED.map((name) => [name, deployment.contracts[name]?.proxy as string]),
    ) as Record<AuditedContract, string>;
    const head = await provider.getBlock('finalized');
    if (!head) throw new PlainError('The chain has no finalized block yet.');
    const events = await loadEvents(provider, addresses, deployment.block, head.number);

    const reserve = createReserveLedger(report);
    const supply = createSupplyLedger(report, reserve);
    const trades = createTradeLedger(report);
    const redemptions = createRedemptionLedger(report, reserve);
    for (const event of events) {
      if (event.contract === 'GoldReserve') reserve.apply(event);
      else if (event.contract === 'GoldToken') supply.apply(event);
      else if (event.contract === 'RedemptionDesk') redemptions.apply(event);
      else if (event.contract === 'PriceOracle' || event.contract === 'GoldDesk') trades.apply(event);
    }
    const at = { blockTag: head.number };
    const contract = (name: AuditedContract) => new Contract(addresses[name], interfaceOf(name), provider);
    const read = async (name: AuditedContract, method: string, ...args: unknown[]): Promise<bigint> =>
      (await contract(name).getFunction(method)(...args, at)) as bigint;

    await auditRounds(
      report,
      events.filter((event) => event.contract === 'SignedPriceFeed'),
      {
        provider,
        chainId: deployment.chainId,
        feedAddress: addresses.SignedPriceFeed,
        feedId: (await contract('SignedPriceFeed').getFunction('feedId')(at)) as string,
      },
    );

    const same = (what: string, rebuilt: bigint, onChain: bigint) =>
      report.check(
        'rebuilt figures against the chain',
        rebuilt === onChain,
        () => `${what}: rebuilt ${rebuilt}, the chain says ${onChain} at block ${head.number}`,
      );
    same('supply', supply.supply, await read('GoldToken', 'totalSupply'));
    same('backing', reserve.backingMg, await read('GoldReserve', 'backing'));
    same('committed', reserve.committedMg, await read('GoldReserve', 'committed'));
    same('open escrow', redemptions.openEscrow(), await read('RedemptionDesk', 'totalEscrow'));
    const escrowed = supply.balanceOf(addresses.RedemptionDesk);
    report.check(
      'rebuilt figures against the chain',
      escrowed >= redemptions.openEscrow(),
      () => `the redemption desk holds ${escrowed} wei for an escrow of ${redemptions.openEscrow()}`,
    );
    const held = [...supply.balances.values()].reduce((total, balance) => total + balance, 0n);
    same('sum of all balances', held, supply.supply);
    report.check(
      'supply is covered now',
      supply.supply <= coveredWei(reserve),
      () => `supply ${supply.supply} wei, bars ${coveredWei(reserve)} wei: a shortfall, so minting is closed`,
    );

    const gram = (wei: bigint) => `${exactAmount(wei)} g`;
    const summary = [
      `blocks ${deployment.block} to ${head.number} (finalized) of chain ${deployment.chainId}, ${events.length} events`,
      `supply ${gram(supply.supply)}: staked ${gram(supply.balanceOf(addresses.StakedGold))}, in escrow ${gram(escrowed)}`,
      `bars cover ${gram(coveredWei(reserve))}, of it set aside ${gram(reserve.committedMg * WEI_PER_MG)}`,
      `${reserve.bars.size} bars, ${trades.observations.size} price observations, ${redemptions.redemptions.size} redemptions`,
    ];
    return { report, summary };
  } finally {
    provider.destroy();
  }
}

function readDeployment(path: string): Deployment {
  if (!existsSync(path))
    throw new PlainError(
      `There is no deployment file ${path}. Start e-Aurum first, or name one: npm run audit -- --deployment FILE`,
    );
  return JSON.parse(readFileSync(path, 'utf8')) as Deployment;
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { rpc: { type: 'string' }, deployment: { type: 'string' } } });
  const home = openHome(process.env);
  const deployment = readDeployment(
    values.deployment ? join(PROJECT_ROOT, values.deployment) : home.deployment,
  );
  const running = existsSync(home.services)
    ? (JSON.parse(readFileSync(home.services, 'utf8')) as { rpc?: { url: string } })
    : {};
  const rpcUrl = values.rpc ?? process.env.RPC_URL ?? running.rpc?.url ?? 'http://127.0.0.1:8545';
  const { report, summary } = await audit(rpcUrl, deployment);
  for (const line of summary) console.log(line);
  console.log('');
  for (const [area, checks, findings] of report.counts()) {
    console.log(
      `  ${findings === 0 ? 'holds' : 'FAILS'}  ${area} (${checks} checked${findings ? `, ${findings} do not fit` : ''})`,
    );
  }
  for (const { area, problem, place } of report.findings()) {
    console.log(
      `\n${area}: ${problem}${place ? `\n  block ${place.block}, transaction ${place.transaction}` : ''}`,
    );
  }
  const failed = report.findings().length;
  console.log(failed === 0 ? '\nEverything fits.' : `\n${failed} findings.`);
  return failed === 0 ? 0 : 1;
}

if (import.meta.main) {
  main().then(
    (code) => process.exit(code),
    (error) => {
      console.error(sentenceOf(error));
      process.exit(1);
    },
  );
}
