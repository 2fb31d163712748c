/**
 * Deploys e-Aurum, or finishes a deployment that was interrupted anywhere. Every step reads the chain first and sends only
 * what is missing, at addresses known beforehand (CREATE2), so a second run changes nothing.
 */
import type { Provider, Signer, TransactionReceipt, TransactionResponse } from 'ethers';
import type { Parameters } from '../../deployments/parameters/schema.ts';
import { aurumAccessManagerAbi } from '../../sdk/src/abi/index.ts';
import { ROLES } from '../../sdk/src/roles.ts';
import { type Blueprint, drawBlueprint } from './blueprint.ts';
import { read } from './calls.ts';
import { checkGovernance } from './check.ts';
import { hasCode } from './create2.ts';
import { preflight } from './preflight.ts';
import { contractsAt, type Deployment, firstBlockOf, makeRecord } from './record.ts';
import { codePhases, governancePhases, type Phase, type Step } from './steps.ts';

export interface StepReport {
  phase: string;
  title: string;
  /** `already`: the chain has it. `sent`, then `mined`: this run did it. */
  state: 'already' | 'sent' | 'mined';
  transactionHash?: string;
  /** Steps that are behind us, of all. */
  done: number;
  total: number;
}

export interface DeployOptions {
  provider: Provider;
  /** Pays; holds ADMIN until it is handed over. Connected to `provider`. */
  signer: Signer;
  parameters: Parameters;
  /** The record of an earlier run on this chain: its addresses stand, even when the contracts were compiled anew since. */
  previous?: Deployment;
  /** Told after every step; what it throws ends the deployment there. */
  onStep?: (report: StepReport) => void;
}

/**
 * @returns the record to keep; the caller writes it where it wants it
 * @throws PreflightError before anything is sent, when the chain is not what the parameters say
 * @throws Error when a transaction fails, or when the live role table is not the declared one at the end
 */
export async function deploy({
  provider,
  signer,
  parameters,
  previous,
  onStep = () => {},
}: DeployOptions): Promise<Deployment> {
  if (previous && (await stillStands(provider, previous, parameters))) {
    // an upgrade may have changed the implementations since
    return { ...previous, contracts: await contractsAt(provider, (name) => previous.contracts[name].proxy) };
  }
  await preflight(provider, parameters);
  const deployer = await signer.getAddress();
  await settled(provider, deployer);
  const blueprint = await drawBlueprint(provider, parameters, deployer);
  const phases = [...codePhases(provider, blueprint), ...governancePhases(provider, blueprint)];
  const progress = { done: 0, total: phases.flatMap((phase) => phase.steps).length };
  let firstBlock: number | undefined;
  for (const phase of phases) {
    // After the handover settings are governance's: what a Safe changed since is no fault to be mended.
    if (await isHandedOver(provider, blueprint)) {
      for (const step of phase.steps)
        onStep({ phase: phase.title, title: step.title, state: 'already', ...count(progress) });
      continue;
    }
    const receipts = await runPhase(provider, signer, phase, (report) =>
      onStep({ ...report, ...(report.state === 'sent' ? progress : count(progress)) }),
    );
    firstBlock ??= receipts[0]?.blockNumber;
  }
  const block = Math.min(
    firstBlock ?? Number.POSITIVE_INFINITY,
    await firstBlockOf(provider, blueprint.accessManager.address),
  );
  const differences = await checkGovernance(provider, blueprint, block);
  if (differences.length > 0) {
    throw new Error(
      `The live role table is not the declared one:\n${differences.map((line) => `- ${line}`).join('\n')}`,
    );
  }
  return makeRecord(provider, blueprint, block);
}

/** The plan with what is done already; sends nothing. */
export async function plan(
  options: Pick<DeployOptions, 'provider' | 'parameters'> & { deployer: string },
): Promise<{
  blueprint: Blueprint;
  steps: { phase: string; title: string; isDone: boolean }[];
}> {
  const { provider, parameters, deployer } = options;
  const blueprint = await drawBlueprint(provider, parameters, deployer);
  const handedOver = await isHandedOver(provider, blueprint);
  const phases = [...codePhases(provider, blueprint), ...governancePhases(provider, blueprint)];
  const steps = await Promise.all(
    phases.flatMap((phase) =>
      phase.steps.map(async (step) => ({
        phase: phase.title,
        title: step.title,
        // A view of a contract that is not there yet cannot be read: not done.
        isDone: handedOver || (await step.isDone().catch(() => false)),
      })),
    ),
  );
  return { blueprint, steps };
}

function count(progress: { done: number; total: number }): { done: number; total: number } {
  progress.done += 1;
  return { ...progress };
}

/** The deployer gave ADMIN away: from here on only the Safe changes anything. */
async function isHandedOver(provider: Provider, { accessManager, deployer }: Blueprint): Promise<boolean> {
  if (!(await hasCode(provider, accessManager.address))) return false;
  const [isAdmin] = await read(provider, accessManager.address, aurumAccessManagerAbi, 'hasRole', [
    ROLES.ADMIN.id,
    deployer,
  ]);
  return !isAdmin;
}

async function stillStands(
  provider: Provider,
  previous: Deployment,
  parameters: Parameters,
): Promise<boolean> {
  const { chainId } = await provider.getNetwork();
  if (chainId !== BigInt(previous.chainId) || previous.chainId !== parameters.chainId) return false;
  const addresses = [
    previous.accessManager,
    previous.safe,
    ...Object.values(previous.contracts).map(({ proxy }) => proxy),
  ];
  return (await Promise.all(addresses.map((address) => hasCode(provider, address)))).every(Boolean);
}

const SETTLE_TIMEOUT_MS = 60_000;

/** A run that crashed may have left transactions that are not mined yet: sending them again would only fail. */
async function settled(provider: Provider, account: string): Promise<void> {
  const deadline = Date.now() + SETTLE_TIMEOUT_MS;
  for (;;) {
    const [mined, pending] = await Promise.all([
      provider.getTransactionCount(account, 'latest'),
      provider.getTransactionCount(account, 'pending'),
    ]);
    if (mined === pending) return;
    if (Date.now() > deadline) {
      throw new Error(
        `${pending - mined} transactions of ${account} have been pending for a minute: wait, or replace them, and run this again`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

type PhaseReport = Omit<StepReport, 'done' | 'total'>;

/** Sends what is missing in one go, and waits for all of it. */
async function runPhase(
  provider: Provider,
  signer: Signer,
  phase: Phase,
  report: (report: PhaseReport) => void,
): Promise<TransactionReceipt[]> {
  const isDone = await Promise.all(phase.steps.map((step) => step.isDone()));
  let nonce = await provider.getTransactionCount(await signer.getAddress(), 'latest');
  const sent: { step: Step; response: TransactionResponse }[] = [];
  for (const [index, step] of phase.steps.entries()) {
    if (isDone[index]) {
      report({ phase: phase.title, title: step.title, state: 'already' });
      continue;
    }
    const response = await signer.sendTransaction({ ...step.transaction, nonce: nonce++ }).catch((error) => {
      // ethers' message carries the whole calldata, which says nothing here
      throw new Error(`${step.title}: ${error.shortMessage ?? error.message}`, { cause: error.info });
    });
    report({ phase: phase.title, title: step.title, state: 'sent', transactionHash: response.hash });
    sent.push({ step, response });
  }
  const receipts: TransactionReceipt[] = [];
  for (const { step, response } of sent) {
    const receipt = await response.wait();
    if (receipt?.status !== 1) throw new Error(`${step.title}: transaction ${response.hash} failed`);
    if (!(await step.isDone()))
      throw new Error(
        `${step.title}: transaction ${response.hash} was mined, and the chain does not show it`,
      );
    report({ phase: phase.title, title: step.title, state: 'mined', transactionHash: response.hash });
    receipts.push(receipt);
  }
  return receipts;
}
