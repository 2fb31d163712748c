import { multiSendData } from '@e-aurum/sdk/governance';
import { ROLES } from '@e-aurum/sdk/roles';
import { describe, expect, it } from 'vitest';
import { interfaces } from '../platform/chain/contracts.ts';
import { createDescriber } from './describe.ts';
import { addressOf, chain, MULTI_SEND } from './testing.ts';

const describer = createDescriber(chain);
const { AccessManager, GoldToken, GoldDesk } = chain.addresses;
const manager = (name: string, args: unknown[]): string =>
  interfaces.AccessManager.encodeFunctionData(name, args);
const upgrade = interfaces.GoldToken.encodeFunctionData('upgradeToAndCall', [addressOf(9), '0x']);
const wordsOf = (to: string, data: string): string[] =>
  describer.describe(to, data).map((call) => call.words);

describe('a call in words', () => {
  it('names contract, function and every argument', () => {
    const data = interfaces.GoldToken.encodeFunctionData('approve', [addressOf(5), 7n]);
    expect(describer.describe(GoldToken, data)).toMatchObject([
      {
        contract: 'GoldToken',
        function: 'approve',
        arguments: [
          { type: 'address', value: addressOf(5) },
          { type: 'uint256', value: '7' },
        ],
        words: 'Calls approve of GoldToken.',
      },
    ]);
  });

  it('shows lists and structures whole', () => {
    const data = manager('setTargetFunctionRole', [
      GoldDesk,
      ['0x11223344', '0x55667788'],
      ROLES.TREASURER.id,
    ]);
    const [call] = describer.describe(AccessManager, data);
    expect(call!.arguments.find(({ type }) => type === 'bytes4[]')!.value).toBe('[0x11223344, 0x55667788]');
    expect(call!.words).toBe('Changes who may call functions of GoldDesk: from then on TREASURER.');
  });

  it('opens what is inside a ceremony and inside a batch', () => {
    const data = manager('schedule', [GoldToken, upgrade, 0]);
    expect(wordsOf(AccessManager, data)).toEqual([
      expect.stringMatching(/^Schedules a call of GoldToken/),
      `Replaces the code behind GoldToken by ${addressOf(9)}.`,
    ]);
    const batch = multiSendData([
      { to: AccessManager, data: manager('execute', [GoldToken, upgrade]) as `0x${string}` },
      { to: addressOf(77), data: '0xdeadbeef' },
    ]);
    expect(wordsOf(MULTI_SEND, batch)).toEqual([
      'Runs the scheduled call of GoldToken.',
      `Replaces the code behind GoldToken by ${addressOf(9)}.`,
      expect.stringMatching(/Don't sign/),
    ]);
  });

  it('says when the guardians would lose their veto', () => {
    expect(wordsOf(AccessManager, manager('revokeRole', [ROLES.GUARDIAN.id, addressOf(60)]))[0]).toMatch(
      /^Takes the guardians' veto from/,
    );
    expect(wordsOf(AccessManager, manager('setRoleGuardian', [ROLES.UPGRADER.id, ROLES.ADMIN.id]))[0]).toBe(
      'Takes the veto over what UPGRADER schedules from GUARDIAN in the role table, and gives it to ADMIN.',
    );
    expect(
      wordsOf(AccessManager, manager('setRoleGuardian', [ROLES.UPGRADER.id, ROLES.GUARDIAN.id]))[0],
    ).toBe('Lets GUARDIAN veto what UPGRADER schedules.');
  });

  it('names roles, and those without a name by their number', () => {
    const grant = (role: bigint) => wordsOf(AccessManager, manager('grantRole', [role, addressOf(5), 0]))[0];
    expect(grant(ROLES.MINTER.id)).toBe(`Gives MINTER to ${addressOf(5)}.`);
    expect(grant(999n)).toBe(`Gives role 999 to ${addressOf(5)}.`);
  });

  it('warns of what it cannot read: another contract, another function, arguments that do not decode', () => {
    for (const [to, data] of [
      [addressOf(77), upgrade],
      [GoldToken, '0xdeadbeef'],
      [GoldToken, upgrade.slice(0, 20)],
      [GoldToken, '0x'],
    ] as const) {
      const [call] = describer.describe(to, data);
      expect(call).toMatchObject({ function: 'unknown function', arguments: [] });
      expect(call!.words).toMatch(/Don't sign what you can't read/);
    }
  });
});
