import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  fractionOf,
  minOf,
  mulDivCeil,
  mulDivFloor,
  shareOf,
  sumOf,
  usdOfWei,
  WAD,
  weiOfTokens,
} from './units.ts';

const natural = fc.bigInt(0n, 2n ** 200n);
const positive = fc.bigInt(1n, 2n ** 200n);

it('rounds a quotient down or up, never by more than one, and not at all where it is whole', () => {
  fc.assert(
    fc.property(natural, natural, positive, (a, b, d) => {
      const floor = mulDivFloor(a, b, d);
      const ceil = mulDivCeil(a, b, d);
      expect(floor * d <= a * b && a * b < (floor + 1n) * d).toBe(true);
      expect(ceil - floor).toBe((a * b) % d === 0n ? 0n : 1n);
    }),
  );
});

it('keeps products above 256 bits exact', () => {
  expect(mulDivFloor(2n ** 255n, 2n ** 255n, 2n ** 254n)).toBe(2n ** 256n);
});

it('values tokens of any decimals in wei, and wei in dollars, rounding down', () => {
  expect(weiOfTokens(1_500_000n, 6, 2n * WAD)).toBe(3n * WAD);
  expect(weiOfTokens(1n, 18, WAD - 1n)).toBe(0n);
  expect(usdOfWei(WAD / 2n, 3_000_00000001n)).toBe(1_500_00000000n);
});

it('takes a share of a whole and finds the share back, never above it', () => {
  fc.assert(
    fc.property(positive, fc.bigInt(0n, WAD), (whole, share) => {
      const part = shareOf(whole, share);
      expect(part <= whole).toBe(true);
      expect((fractionOf(part, whole) ?? 0n) <= share).toBe(true);
    }),
  );
  expect(fractionOf(WAD, WAD)).toBe(WAD);
});

it('knows no share of nothing', () => {
  expect(fractionOf(0n, 0n)).toBeNull();
});

it('takes the smaller, and adds up', () => {
  expect([minOf(1n, 2n), minOf(2n, 1n), sumOf([]), sumOf([1n, 2n, -4n])]).toEqual([1n, 1n, 0n, -1n]);
});
