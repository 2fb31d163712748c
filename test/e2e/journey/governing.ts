import { aurumAccessManagerAbi, goldTokenV2Abi, safeAbi } from '@e-aurum/sdk/abi';
import { roleOf } from '@e-aurum/sdk/roles';
import type { Page } from '@playwright/test';
import { Contract, Interface, ZeroAddress } from 'ethers';
import type { DevAccountName } from '../../../scripts/devnet/accounts.ts';
import { accessManager, addressOf, chainNow, deployment, provider, view } from '../support/chain.ts';
import { expect, signIn, test } from '../support/people.ts';
import { transact } from '../support/steps.ts';
import { API_URL } from '../support/world.ts';

const UPGRADE = 'Publish what a holder of EAU owns with the token itself';
const IMPLEMENTATION_SLOT = '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc';
const STATE_TIMEOUT_MS = 30_000;
const HOLDERS: DevAccountName[] = ['newcomer', 'investor1', 'investor2', 'investor3', 'investor4'];

const manager = new Interface(aurumAccessManagerAbi as never);
const tokenV2 = new Interface(goldTokenV2Abi as never);
const safe = () => new Contract(deployment().safe, safeAbi as never, provider);

async function openProposal(page: Page, title: string): Promise<void> {
  await page.goto('/treasury');
  await page.getByRole('link', { name: title }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}

async function sign(page: Page, ceremony: 'schedule' | 'execute', count: number): Promise<void> {
  const title = ceremony === 'schedule' ? 'First: schedule it' : 'Second: execute it';
  await page.getByRole('button', { name: `Sign to ${ceremony} it` }).click();
  await expect(page.getByRole('region', { name: title })).toContainText(`${count} of 2 signatures`);
}

async function schedule(page: Page): Promise<void> {
  await transact(page.getByRole('button', { name: 'Schedule it now' }), page.getByText(/^Done\./));
  await page.getByRole('button', { name: 'Back to the proposal' }).click();
  await expect(page.getByText('Waiting out its delay').first()).toBeVisible({ timeout: STATE_TIMEOUT_MS });
}

/** A fact of the first ceremony's details, whole. */
async function detail(page: Page, label: string): Promise<string> {
  const value = page.locator('dt').filter({ hasText: new RegExp(`^${label}$`) });
  return (await value.locator('xpath=following-sibling::dd[1]').getByRole('button').getAttribute('title'))!;
}

const implementationNow = async (): Promise<string> => {
  const word = await provider.getStorage(deployment().contracts.GoldToken.proxy, IMPLEMENTATION_SLOT);
  return `0x${word.slice(-40)}`;
};

/** Supply and balances at the end of a block. */
async function holdings(blockNumber: number): Promise<bigint[]> {
  const accounts = [
    ...HOLDERS.map(addressOf),
    deployment().contracts.StakedGold.proxy,
    deployment().contracts.RedemptionDesk.proxy,
  ];
  const balances = accounts.map((account) => view('GoldToken', 'balanceOf', [account], blockNumber));
  return Promise.all([view('GoldToken', 'totalSupply', [], blockNumber), ...balances]);
}

/** 6. The first ceremony of the upgrade that a signer proposed. */
export function scheduling(): void {
  test('6. a second signer sees what the upgrade does, and signs; it is scheduled', async ({ become }) => {
    const page = await become('Signer 2', '/treasury');
    await openProposal(page, UPGRADE);
    await expect(page.getByRole('region', { name: 'First: schedule it' })).toContainText('1 of 2 signatures');

    // what is shown is what will be signed: decoded here once more, and hashed by the Safe itself
    await page.getByText('Domain and message hash, fields and data').click();
    const [to, data, shownHash] = [
      await detail(page, 'To'),
      await detail(page, 'Data'),
      await detail(page, 'Safe transaction hash'),
    ];
    expect(to).toBe(deployment().accessManager);
    const scheduled = manager.decodeFunctionData('schedule', data);
    expect(scheduled.target).toBe(deployment().contracts.GoldToken.proxy);
    const upgrade = tokenV2.decodeFunctionData('upgradeToAndCall', scheduled.data);
    const nonce = await safe().nonce!();
    const gasless = [0, 0, 0, ZeroAddress, ZeroAddress] as const;
    expect(shownHash).toBe(await safe().getTransactionHash!(to, 0, data, 0, ...gasless, nonce));
    await expect(page.getByTestId('safe-transaction-hash')).toHaveText(
      shownHash.slice(2).replace(/(.{4})(?=.)/g, '$1 '),
    );
    await expect(page.getByText('AccessManager.schedule')).toBeVisible();
    await expect(page.getByText('GoldToken.upgradeToAndCall').first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Copy old implementation' })).toHaveAttribute(
      'title',
      new RegExp(await implementationNow(), 'i'),
    );
    await expect(page.getByRole('button', { name: 'Copy new implementation' })).toHaveAttribute(
      'title',
      upgrade[0],
    );
    await expect(page.getByText('Compatible', { exact: true })).toBeVisible();
    await expect(page.getByText(/equals the build GoldTokenV2/)).toBeVisible();

    await sign(page, 'schedule', 2);
    await schedule(page);
    const operation = await accessManager().hashOperation!(
      deployment().safe,
      scheduled.target,
      scheduled.data,
    );
    expect(await accessManager().getSchedule!(operation)).toBeGreaterThan(0n);
    expect(await implementationNow()).toBe(deployment().contracts.GoldToken.implementation.toLowerCase());
  });

  test('6. two signatures do not execute it before its delay', async ({ become }) => {
    for (const [at, signer] of ['Signer 2', 'Signer 3'].entries()) {
      const page = await become(signer, '/treasury');
      await openProposal(page, UPGRADE);
      await sign(page, 'execute', at + 1);
      if (at === 0) continue;
      await expect(page.getByRole('button', { name: 'Not before its delay is over' })).toBeDisabled();
      await expect(page.getByText(/^It can run in/)).toBeVisible();
    }
    const { proposals } = (await (await fetch(`${API_URL}/v1/treasury`)).json()) as {
      proposals: { title: string; execute: { executionData: string } }[];
    };
    const { executionData } = proposals.find(({ title }) => title === UPGRADE)!.execute;
    await expect(
      provider.call({ to: deployment().safe, data: executionData, from: addressOf('treasury1') }),
    ).rejects.toThrow(/revert/);
  });
}

/** 6. The second ceremony, and what guardians stop. */
export function executing(): void {
  test('6. after its delay two signatures execute the upgrade; balances are as before', async ({
    become,
  }) => {
    const page = await become('Signer 3', '/treasury');
    await openProposal(page, UPGRADE);
    const execute = page.getByRole('button', { name: 'Execute it now' });
    await expect(execute).toBeEnabled({ timeout: 75_000 });
    await transact(execute, page.getByText(/^Done\./));
    await page.getByRole('button', { name: 'Back to the proposal' }).click();
    await expect(page.getByText('Executed', { exact: true })).toBeVisible({ timeout: STATE_TIMEOUT_MS });

    expect(await implementationNow()).not.toBe(deployment().contracts.GoldToken.implementation.toLowerCase());
    const upgraded = new Contract(deployment().contracts.GoldToken.proxy, tokenV2, provider);
    const [published] = await upgraded.queryFilter('TermsPublished', deployment().block);
    expect(await holdings(published!.blockNumber)).toEqual(await holdings(published!.blockNumber - 1));
    const [uri, hash, since] = await upgraded.terms!();
    expect(uri).toBe('https://e-aurum.example/terms/eau-1');
    expect(hash).toMatch(/^0x[0-9a-f]{64}$/);
    expect(since).toBeGreaterThan(0n);
    expect(Number(since)).toBeLessThanOrEqual(await chainNow());
  });

  const VETOED = [
    {
      title: 'Stream fees over a day',
      contract: 'StakedGold',
      call: 'setStreamDuration',
      fill: (page: Page) => page.getByLabel('newDuration').fill('86400'),
    },
    {
      title: 'Let nobody veto an upgrade any more',
      contract: 'AurumAccessManager',
      call: 'setRoleGuardian',
      fill: async (page: Page) => {
        await page.getByLabel('roleId').selectOption('UPGRADER');
        await page.getByLabel('guardian').selectOption('ADMIN');
      },
    },
  ];
  for (const proposal of VETOED) {
    test(`6. a guardian vetoes a proposal: ${proposal.title}`, async ({ become }) => {
      const upgrader = roleOf('UPGRADER').id;
      const guardianRole = await accessManager().getRoleGuardian!(upgrader);
      const signer = await become('Signer 1', '/treasury');
      await signer.getByRole('link', { name: 'Propose something' }).click();
      await signIn(signer);
      await signer.getByRole('tab', { name: 'Call a function' }).click();
      await signer.getByLabel('Title').fill(proposal.title);
      await signer.getByLabel('Reason').fill('To see that a guardian can stop it.');
      await signer.getByLabel('Contract', { exact: true }).selectOption(proposal.contract);
      await signer.getByLabel('Function', { exact: true }).selectOption(proposal.call);
      await proposal.fill(signer);
      await signer.getByRole('button', { name: 'Propose it' }).click();
      await expect(signer.getByRole('heading', { level: 1, name: proposal.title })).toBeVisible();
      await sign(signer, 'schedule', 1);
      const second = await become('Signer 2', '/treasury');
      await openProposal(second, proposal.title);
      await sign(second, 'schedule', 2);
      await schedule(second);

      const guardian = await become('Guardian 1', '/treasury');
      await openProposal(guardian, proposal.title);
      await transact(
        guardian.getByRole('button', { name: 'Veto this proposal' }),
        guardian.getByText(/^Done\./),
      );
      await guardian.getByRole('button', { name: 'Back to the proposal' }).click();
      await expect(guardian.getByText('A guardian vetoed it. It will never run.')).toBeVisible({
        timeout: STATE_TIMEOUT_MS,
      });
      const cancelled = await accessManager().queryFilter('OperationCanceled', deployment().block);
      const last = cancelled.at(-1) as unknown as { args: { operationId: string } };
      expect(await accessManager().getSchedule!(last.args.operationId)).toBe(0n);
      expect(await accessManager().getRoleGuardian!(upgrader)).toBe(guardianRole);
    });
  }
}
