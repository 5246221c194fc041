import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DepthCurve } from '../../../shared/domain/exit.ts';
import type { Wad } from '../../../shared/domain/units.ts';
import {
  findAmountAtMarginalCost,
  findCapacity,
  isSaleWithin,
  quoteSale,
  validateDepthCurve,
  withdrawDepth,
} from './depth-curve.ts';
import { arbitraryCurve, arbitraryShare, ETH, wad } from './testing/arbitrary-exit.ts';

const FREE = 0n as Wad; // as: brands exist at compile time only
const pool = (reserveIn: bigint, reserveOut: bigint, fee = FREE): DepthCurve => ({
  kind: 'constant-product',
  reserveIn,
  reserveOut,
  fee,
});
const quotes = (...pairs: [bigint, bigint][]): DepthCurve => ({
  kind: 'points',
  points: pairs.map(([amount, received]) => ({ amount, received })),
});

describe('a constant product pool', () => {
  it('pays what Uniswap v2 pays', () => {
    // getAmountOut(1 ether, 5 ether, 10 ether) = 1662497915624478906, from the tests of uniswap-v2-periphery.
    expect(quoteSale(pool(5n * ETH, 10n * ETH, wad(0.003)), 0n, ETH)?.received).toBe(
      1_662_497_915_624_478_906n,
    );
  });

  it('keeps the product of the reserves, or leaves more in the pool', () => {
    fc.assert(
      fc.property(
        fc.bigInt(1n, 10n ** 27n),
        fc.bigInt(1n, 10n ** 27n),
        fc.bigInt(0n, 10n ** 27n),
        (x, y, dx) => {
          const { received } = quoteSale(pool(x, y), 0n, dx)!;
          expect((x + dx) * (y - received) >= x * y).toBe(true);
          expect((x + dx) * (y - received - 1n) < x * y).toBe(true);
        },
      ),
    );
  });

  it('charges a discount that is already in the reserves', () => {
    // 1000 of book value against 950 of money: 5% below book for the first unit.
    const sale = quoteSale(pool(1_000_000n * ETH, 950_000n * ETH), 0n, ETH)!;
    expect(Number(sale.costShare) / 1e18).toBeCloseTo(0.05, 5);
  });

  it('counts a premium as a cost below zero', () => {
    expect(quoteSale(pool(1000n * ETH, 1100n * ETH), 0n, ETH)!.cost < 0n).toBe(true);
  });
});

describe('quotes', () => {
  const curve = quotes([100n, 99n], [1000n, 900n]);

  it('are met where they stand and joined by straight lines', () => {
    expect(quoteSale(curve, 0n, 100n)?.received).toBe(99n);
    expect(quoteSale(curve, 0n, 1000n)?.received).toBe(900n);
    expect(quoteSale(curve, 0n, 550n)?.received).toBe(499n); // 99 + 801 / 2, rounded down
    expect(quoteSale(curve, 0n, 50n)?.received).toBe(49n);
  });

  it('say nothing beyond the last', () => {
    expect(quoteSale(curve, 0n, 1001n)).toBeNull();
    expect(quoteSale(curve, 1n, 1000n)).toBeNull();
  });

  it.each([
    ['none', quotes(), 'at least one'],
    ['an amount twice', quotes([100n, 90n], [100n, 91n]), 'small amounts to large'],
    ['falling amounts', quotes([100n, 90n], [50n, 40n]), 'small amounts to large'],
    ['an amount of nothing', quotes([0n, 0n]), 'small amounts to large'],
    ['amounts below zero', quotes([-5n, -6n]), 'small amounts to large'],
    ['falling proceeds', quotes([100n, 90n], [200n, 80n]), 'cannot bring less'],
    ['a price that rises', quotes([100n, 50n], [200n, 140n]), 'better price'],
    ['an astronomical amount', quotes([10n ** 41n, 1n]), 'small amounts to large'],
  ])('refuse %s', (_, hostile, message) => {
    expect(() => validateDepthCurve(hostile)).toThrow(message);
  });
});

describe('markets that cannot be', () => {
  it.each([
    [pool(0n, 5n), 'reserves'],
    [pool(5n, -1n), 'reserves'],
    [pool(5n, 5n, wad(1)), 'fee'],
    [pool(5n, 5n, wad(-0.1)), 'fee'],
    [{ kind: 'fixed-fee', fee: wad(0.01), capacity: -1n } satisfies DepthCurve, 'below zero'],
    [{ kind: 'fixed-fee', fee: wad(2), capacity: 1n } satisfies DepthCurve, 'fee'],
  ])('are refused: %o', (curve, message) => {
    expect(() => validateDepthCurve(curve)).toThrow(message);
  });
});

describe('every curve', () => {
  const amount = fc.bigInt(0n, 3000n);
  const curves = arbitraryCurve(2000n);

  it('is accepted by its own check, costs more for more, and ever more per unit', () => {
    fc.assert(
      fc.property(curves, amount, amount, amount, (curve, a, b, sold) => {
        validateDepthCurve(curve);
        const [small, large] = a < b ? [a, b] : [b, a];
        const first = quoteSale(curve, sold, small);
        const second = quoteSale(curve, sold, large);
        if (second === null) return;
        expect(first!.received <= second.received).toBe(true);
        // Convex: the average price does not rise, up to the unit lost to rounding.
        expect(second.received * small <= (first!.received + 1n) * large).toBe(true);
        // Later in the same market is never better, up to that unit.
        const later = quoteSale(curve, 0n, small)!;
        expect(first!.received <= later.received + 1n).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('pays in two sales what it pays in one, to the unit', () => {
    fc.assert(
      fc.property(curves, amount, amount, (curve, a, b) => {
        const whole = quoteSale(curve, 0n, a + b);
        if (whole === null) return;
        const parts = quoteSale(curve, 0n, a)!.received + quoteSale(curve, a, b)!.received;
        expect(whole.received - parts).toBeGreaterThanOrEqual(0n);
        expect(whole.received - parts).toBeLessThanOrEqual(1n);
      }),
    );
  });

  it('gives the amount at which the next unit costs the share', () => {
    fc.assert(
      fc.property(curves, arbitraryShare, (curve, share) => {
        const worth = findAmountAtMarginalCost(curve, share);
        if (worth === null || worth > 5000n) return;
        // All of it is sold at no more than the share, on average at least.
        expect(isSaleWithin(curve, 0n, worth, share)).toBe(true);
        // The next units cost more than the share: beyond `worth` nothing is gained.
        const next = quoteSale(curve, worth + 1n, 1000n);
        if (next !== null) expect(isSaleWithin(curve, worth + 1n, 1000n, share)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('with depth withdrawn is never better, and unchanged with none', () => {
    fc.assert(
      fc.property(
        arbitraryCurve(10n ** 20n),
        arbitraryShare,
        fc.bigInt(0n, 10n ** 20n),
        (curve, share, a) => {
          expect(withdrawDepth(curve, FREE)).toEqual(curve);
          const before = quoteSale(curve, 0n, a);
          const after = quoteSale(withdrawDepth(curve, share), 0n, a);
          if (after === null || before === null) return;
          expect(after.received <= before.received).toBe(true);
        },
      ),
    );
  });

  it('with all of its depth withdrawn takes nothing', () => {
    for (const curve of [
      pool(10n, 10n),
      quotes([10n, 9n]),
      { kind: 'fixed-fee', fee: FREE, capacity: 9n } as const,
    ]) {
      expect(findCapacity(withdrawDepth(curve, wad(1)))).toBe(0n);
    }
  });
});
