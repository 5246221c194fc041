import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  compare,
  divide,
  formatRational,
  makeRational,
  multiply,
  parseRational,
  ratioToNumber,
  subtract,
  sumOfRationals,
  toNumber,
  ZERO,
} from './rational.ts';

const integer = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });
const rational = fc
  .tuple(integer, fc.bigInt({ min: 1n, max: 10n ** 40n }))
  .map(([num, den]) => makeRational(num, den));

describe('exact fractions', () => {
  it.each([
    ['9/10', 9n, 10n],
    ['18/20', 9n, 10n],
    ['0.9', 9n, 10n],
    ['.5', 1n, 2n],
    ['5.', 5n, 1n],
    ['-3/6', -1n, 2n],
    ['1e30', 10n ** 30n, 1n],
    ['2.5E-1', 1n, 4n],
    [' 7 ', 7n, 1n],
  ])('reads %s', (text, num, den) => {
    expect(parseRational(text)).toEqual({ num, den });
  });

  it.each(['', '.', 'NaN', 'Infinity', '1/0', '1/-2', '0x10', '1e999', '1 2', 'e5', '1'.repeat(101)])(
    'refuses “%s”',
    (text) => {
      expect(parseRational(text)).toBeNull();
    },
  );

  it('adds, multiplies and compares as numbers do', () => {
    fc.assert(
      fc.property(rational, rational, rational, (a, b, c) => {
        expect(add(a, b)).toEqual(add(b, a));
        expect(subtract(add(a, b), b)).toEqual(a);
        expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
        if (b.num !== 0n) expect(multiply(divide(a, b), b)).toEqual(a);
        expect(compare(a, b)).toBe(-compare(b, a) + 0);
        expect(Math.sign(compare(a, b))).toBe(subtract(a, b).num < 0n ? -1 : subtract(a, b).num > 0n ? 1 : 0);
        expect(sumOfRationals([a, b, c])).toEqual(add(add(a, b), c));
        expect(parseRational(formatRational(a))).toEqual(a);
      }),
    );
  });

  it('becomes the nearest double, whatever the size', () => {
    expect(toNumber(ZERO)).toBe(0);
    expect(toNumber(makeRational(1n, 3n))).toBeCloseTo(1 / 3, 15);
    fc.assert(
      fc.property(
        fc.double({ min: 1e-200, max: 1e200, noNaN: true }),
        fc.integer({ min: 1, max: 400 }),
        (value, digits) => {
          const scale = 10n ** BigInt(digits);
          const num = BigInt(Math.round(value > 1 ? value : 1 / value)) * scale;
          const expected = Math.round(value > 1 ? value : 1 / value);
          expect(Math.abs(ratioToNumber(num, scale) / expected - 1)).toBeLessThan(1e-15);
          expect(Math.abs(ratioToNumber(scale, num) * expected - 1)).toBeLessThan(1e-15);
        },
      ),
    );
  });
});
