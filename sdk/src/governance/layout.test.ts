import { describe, expect, it } from 'vitest';
import { compareLayouts, type StorageField, type StorageLayout, type StorageType } from './layout.ts';
import { BUILDS } from './registry.ts';

const uint = (bits: number): StorageType => ({ kind: 'value', name: `uint${bits}`, bytes: bits / 8 });
const field = (label: string, slot: number, type: StorageType, offset = 0): StorageField => ({
  label,
  slot,
  offset,
  type,
});
const NAMESPACE = 'erc7201:test.storage.Vault';
const layout = (...fields: StorageField[]): StorageLayout => ({ [NAMESPACE]: fields });

const supply = field('supply', 0, uint(256));
const until = field('until', 1, uint(48));
const status = (...members: string[]): StorageField =>
  field('status', 2, { kind: 'enum', name: 'enum Vault.Status', bytes: 1, members });
const record = (fields: StorageField[]): StorageType => ({
  kind: 'struct',
  name: 'struct Vault.Record',
  bytes: 32,
  fields,
});
const mapping = (value: StorageType): StorageField =>
  field('records', 3, { kind: 'mapping', key: 'address', value });

describe('storage layouts', () => {
  it('finds nothing between a layout and itself, for every build of this repository', () => {
    expect(BUILDS.length).toBeGreaterThanOrEqual(9);
    for (const build of BUILDS) {
      expect(compareLayouts(build.layout, build.layout)).toEqual({ compatible: true, changes: [] });
    }
  });

  it('accepts the real second version of the token, and names what it adds', () => {
    const [first, second] = ['GoldToken', 'GoldTokenV2'].map(
      (name) => BUILDS.find((build) => build.name === name)!,
    );
    expect(compareLayouts(first!.layout, second!.layout)).toEqual({
      compatible: true,
      changes: ['erc7201:eaurum.storage.GoldTokenV2 is added, with termsHash, termsSince, termsUri'],
    });
  });

  it('refuses the way back, which would lose a namespace', () => {
    const [first, second] = ['GoldToken', 'GoldTokenV2'].map(
      (name) => BUILDS.find((build) => build.name === name)!,
    );
    const { compatible, changes } = compareLayouts(second!.layout, first!.layout);
    expect(compatible).toBe(false);
    expect(changes).toEqual(['erc7201:eaurum.storage.GoldTokenV2 is gone: what it holds would be lost']);
  });

  it('lets a namespace grow at its end only', () => {
    expect(compareLayouts(layout(supply), layout(supply, until))).toEqual({
      compatible: true,
      changes: [`${NAMESPACE}.until (uint48) is appended`],
    });
    expect(compareLayouts(layout(supply, until), layout(supply))).toEqual({
      compatible: false,
      changes: [`${NAMESPACE}.until (uint48) is removed`],
    });
  });

  it('refuses a field that is inserted, renamed, retyped or moved', () => {
    const inserted = layout(field('fee', 0, uint(16)), field('supply', 1, uint(256)));
    expect(compareLayouts(layout(supply), inserted)).toEqual({
      compatible: false,
      changes: [`${NAMESPACE}.supply (uint256) would be read as fee (uint16)`],
    });
    expect(compareLayouts(layout(supply), layout(field('total', 0, uint(256)))).compatible).toBe(false);
    expect(compareLayouts(layout(supply), layout(field('supply', 0, uint(128)))).changes).toEqual([
      `${NAMESPACE}.supply changes from uint256 to uint128`,
    ]);
    expect(compareLayouts(layout(until), layout(field('until', 1, uint(48), 6))).changes).toEqual([
      `${NAMESPACE}.until moves from slot 1, byte 0 to slot 1, byte 6`,
    ]);
  });

  it('lets an enum grow at its end, and no state take another one’s number', () => {
    const old = layout(status('None', 'Active'));
    expect(compareLayouts(old, layout(status('None', 'Active', 'Lost')))).toEqual({
      compatible: true,
      changes: [`${NAMESPACE}.status: enum Vault.Status may also be Lost`],
    });
    expect(compareLayouts(old, layout(status('None', 'Lost', 'Active'))).compatible).toBe(false);
  });

  it('lets a mapping’s record grow, which has room behind it, and an inner struct not', () => {
    const small = record([supply]);
    const grown = record([supply, until]);
    expect(compareLayouts(layout(mapping(small)), layout(mapping(grown))).compatible).toBe(true);
    const { compatible, changes } = compareLayouts(
      layout(field('last', 4, small)),
      layout(field('last', 4, grown)),
    );
    expect(compatible).toBe(false);
    expect(changes[0]).toMatch(/inside another struct/);
    const list = (base: StorageType): StorageField => field('list', 5, { kind: 'array', length: null, base });
    expect(compareLayouts(layout(list(small)), layout(list(grown))).compatible).toBe(false);
  });

  it('reads a contract as the address it is', () => {
    const asAddress = layout(field('reserve', 0, { kind: 'value', name: 'address', bytes: 20 }));
    const asContract = layout(
      field('reserve', 0, { kind: 'value', name: 'contract IGoldReserve', bytes: 20 }),
    );
    expect(compareLayouts(asAddress, asContract)).toEqual({ compatible: true, changes: [] });
  });
});
