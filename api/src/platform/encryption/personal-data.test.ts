import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { open, seal } from './personal-data.ts';

describe('seal and open', () => {
  const key = randomBytes(32);
  const plain = Buffer.from('a name and an address');

  it('give back what was sealed, and never the same bytes twice', () => {
    const sealed = seal(key, 'kyc 0x1', plain);
    expect(open(key, 'kyc 0x1', sealed)).toEqual(plain);
    expect(seal(key, 'kyc 0x1', plain)).not.toEqual(sealed);
    expect(sealed.includes(plain)).toBe(false);
  });

  it('refuse another key, another place, and every changed byte', () => {
    const sealed = seal(key, 'kyc 0x1', plain);
    expect(() => open(randomBytes(32), 'kyc 0x1', sealed)).toThrow();
    expect(() => open(key, 'kyc 0x2', sealed)).toThrow();
    for (let index = 0; index < sealed.length; index++) {
      const changed = Buffer.from(sealed);
      changed[index]! ^= 1;
      expect(() => open(key, 'kyc 0x1', changed)).toThrow();
    }
  });
});
