import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createSealer, type Place } from './sealing.ts';

const key = new Uint8Array(32).fill(7);
const sealer = createSealer(key);
const place: Place = { table: 'accounts', column: 'sealed', row: 'a1' };

describe('a sealed value', () => {
  it('opens to what was sealed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.boolean(), (text, isLarge) => {
        expect(sealer.unseal(place, sealer.seal(place, text, isLarge))).toBe(text);
      }),
    );
  });

  it('never looks the same twice', () => {
    expect(sealer.seal(place, 'same', false)).not.toEqual(sealer.seal(place, 'same', false));
  });

  it('does not open after any single bit of it was turned', () => {
    for (const isLarge of [false, true]) {
      const sealed = sealer.seal(place, '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045', isLarge);
      for (let bit = 0; bit < sealed.length * 8; bit += 1) {
        const changed = Uint8Array.from(sealed);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        expect(() => sealer.unseal(place, changed), `bit ${bit}`).toThrow();
      }
    }
  });

  it('does not open cut short, in another place, or with another key', () => {
    const sealed = sealer.seal(place, 'label', false);
    expect(() => sealer.unseal(place, sealed.subarray(0, -1))).toThrow();
    expect(() => sealer.unseal(place, new Uint8Array(0))).toThrow();
    expect(() => sealer.unseal({ ...place, row: 'a2' }, sealed)).toThrow();
    expect(() => sealer.unseal({ ...place, table: 'runs' }, sealed)).toThrow();
    expect(() => sealer.unseal({ ...place, column: 'other' }, sealed)).toThrow();
    expect(() => createSealer(new Uint8Array(32).fill(8)).unseal(place, sealed)).toThrow();
  });
});

describe('a mark', () => {
  it('is the same for the same parts and key only', () => {
    expect(sealer.mark('a', 'b')).toEqual(sealer.mark('a', 'b'));
    expect(sealer.mark('a', 'b')).not.toEqual(sealer.mark('ab', ''));
    expect(sealer.mark('a', 'b')).not.toEqual(createSealer(new Uint8Array(32)).mark('a', 'b'));
  });
});
