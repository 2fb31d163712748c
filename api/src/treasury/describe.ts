import { multiSendCallOnlyAbi, upgradeVerifierAbi } from '@e-aurum/sdk/abi';
import { decodeMultiSend } from '@e-aurum/sdk/governance';
import type { DecodedArgument, DecodedCall } from '@e-aurum/sdk/rest';
import { roleNameOf, roleOf } from '@e-aurum/sdk/roles';
import {
  getAddress,
  Interface,
  type InterfaceAbi,
  type ParamType,
  type Result,
  type TransactionDescription,
} from 'ethers';
import type { z } from 'zod';
import type { Chain } from '../platform/chain/chain.ts';
import { CONTRACT_NAMES, interfaces } from '../platform/chain/contracts.ts';

type Argument = z.input<typeof DecodedArgument>;
export type DescribedCall = z.input<typeof DecodedCall> & { words: string };

interface Known {
  name: string;
  coder: Interface;
}

const MULTI_SEND = new Interface(multiSendCallOnlyAbi as unknown as InterfaceAbi);
const VERIFIER = new Interface(upgradeVerifierAbi as unknown as InterfaceAbi);

/** "[1, 0xab, (2, true)]": what an argument says, for those who sign it. */
function valueText(type: ParamType, value: unknown): string {
  if (type.isArray()) {
    const items = [...(value as Result)].map((item) => valueText(type.arrayChildren as ParamType, item));
    return `[${items.join(', ')}]`;
  }
  if (type.isTuple()) {
    const fields = (type.components ?? []).map(
      (component, index) => `${component.name}: ${valueText(component, (value as Result)[index])}`,
    );
    return `(${fields.join(', ')})`;
  }
  return String(value);
}

/** @returns null for another function, and for arguments that do not decode */
function parse(coder: Interface, data: string): TransactionDescription | null {
  try {
    return coder.parseTransaction({ data });
  } catch {
    return null;
  }
}

const GUARDIAN = roleOf('GUARDIAN').id;
const roleName = (id: string): string => roleNameOf(BigInt(id)) ?? `role ${id}`;

/** Decodes calls to contracts of the house, and says in plain words what each does. */
export function createDescriber(chain: Chain) {
  const { deployment } = chain;
  const known = new Map<string, Known>(
    CONTRACT_NAMES.map((name) => [chain.addresses[name], { name, coder: interfaces[name] }]),
  );
  known.set(getAddress(String(deployment.multiSendCallOnly)), {
    name: 'MultiSendCallOnly',
    coder: MULTI_SEND,
  });
  known.set(getAddress(String(deployment.upgradeVerifier)), { name: 'UpgradeVerifier', coder: VERIFIER });

  const nameOf = (address: string): string => known.get(getAddress(address))?.name ?? address;

  function decode(to: string, data: string): { call: z.input<typeof DecodedCall>; args: Result | null } {
    const address = getAddress(to);
    const entry = known.get(address);
    const selector = data.slice(0, 10);
    const parsed = entry ? parse(entry.coder, data) : null;
    if (!entry || !parsed) {
      return {
        call: {
          contract: entry?.name ?? 'unknown contract',
          address,
          function: 'unknown function',
          selector,
          arguments: [],
        },
        args: null,
      };
    }
    const args: Argument[] = parsed.fragment.inputs.map((input, index) => ({
      name: input.name,
      type: input.type,
      value: valueText(input, parsed.args[index]),
    }));
    return {
      call: { contract: entry.name, address, function: parsed.fragment.name, selector, arguments: args },
      args: parsed.args,
    };
  }

  function words(call: z.input<typeof DecodedCall>, args: Result | null): string {
    if (!args)
      return `Calls ${call.contract} with ${call.selector}, which is no call we can read. Don't sign what you can't read.`;
    switch (`${call.contract}.${call.function}`) {
      case 'AccessManager.schedule':
        return `Schedules a call of ${nameOf(args.target)}; it can run after its delay, and a guardian can veto it until then.`;
      case 'AccessManager.execute':
        return `Runs the scheduled call of ${nameOf(args.target)}.`;
      case 'AccessManager.grantRole':
        return `Gives ${roleName(String(args.roleId))} to ${args.account}.`;
      case 'AccessManager.revokeRole':
        return args.roleId === GUARDIAN
          ? `Takes the guardians' veto from ${args.account}: it is no GUARDIAN any more. Only another guardian can veto this.`
          : `Takes ${roleName(String(args.roleId))} from ${args.account}.`;
      case 'AccessManager.setRoleGuardian':
        return args.guardian === GUARDIAN
          ? `Lets GUARDIAN veto what ${roleName(String(args.roleId))} schedules.`
          : `Takes the veto over what ${roleName(String(args.roleId))} schedules from GUARDIAN in the role table, and gives it to ${roleName(String(args.guardian))}.`;
      case 'AccessManager.setTargetFunctionRole':
        return `Changes who may call functions of ${nameOf(args.target)}: from then on ${roleName(String(args.roleId))}.`;
      case 'UpgradeVerifier.snapshot':
        return `Remembers name, supply, balances and roles of ${nameOf(args.proxy)}.`;
      case 'UpgradeVerifier.verify':
        return `Compares them, and undoes everything if one changed.`;
      default:
        return call.function === 'upgradeToAndCall'
          ? `Replaces the code behind ${call.contract} by ${args.newImplementation}.`
          : `Calls ${call.function} of ${call.contract}.`;
    }
  }

  function describeOne(to: string, data: string): DescribedCall[] {
    const { call, args } = decode(to, data);
    const described: DescribedCall = { ...call, words: words(call, args) };
    const isWrapper = call.contract === 'AccessManager' && ['schedule', 'execute'].includes(call.function);
    return isWrapper && args ? [described, ...describeOne(args.target, args.data)] : [described];
  }

  return {
    nameOf,
    /** The calls of a Safe transaction in their order, those inside a batch or a ceremony included. */
    describe(to: string, data: string): DescribedCall[] {
      if (nameOf(to) !== 'MultiSendCallOnly') return describeOne(to, data);
      return decodeMultiSend(data).flatMap((call) => describeOne(call.to, call.data));
    },
  };
}

export type Describer = ReturnType<typeof createDescriber>;
