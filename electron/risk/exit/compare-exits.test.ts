import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DepthCurve } from '../../../shared/domain/exit.ts';
import { mulDivCeil, WAD, type Wad } from '../../../shared/domain/units.ts';
import { compareExits, type ExitOffer } from './compare-exits.ts';
import { findCapacity, quoteSale } from './depth-curve.ts';
import { arbitraryCurve, arbitraryShare, ETH, wad } from './testing/arbitrary-exit.ts';

const POOL: DepthCurve = {
  kind: 'constant-product',
  reserveIn: 10_000n * ETH,
  reserveOut: 10_000n * ETH,
  fee: 0n as Wad, // as: brands exist at compile time only
};

function offer(more: Partial<ExitOffer> = {}): ExitOffer {
  return { amount: 100n * ETH, curve: POOL, sold: 0n, waitingShare: wad(0.01), isNeverPaid: false, ...more };
}

describe('the cheaper way', () => {
  it('is to sell little and to wait with much', () => {
    expect(compareExits(offer({ amount: ETH })).cheaper).toBe('sell');
    expect(compareExits(offer({ amount: 1000n * ETH })).cheaper).toBe('wait');
  });

  it('changes at the break-even amount: a pool of 10,000 loses x / (10,000 + x), which is 1% at 101.01', () => {
    const { breakEven } = compareExits(offer());
    expect(Number(breakEven) / 1e18).toBeCloseTo(101.0101, 4);
    expect(compareExits(offer({ amount: breakEven! })).cheaper).not.toBe('wait');
    expect(compareExits(offer({ amount: breakEven! + 10n ** 9n })).cheaper).toBe('wait');
  });

  it('of a large position is to sell up to where the next unit costs as much as waiting', () => {
    // Marginal price (X / (X + a))^2 = 0.99 at a = X (1 / sqrt(0.99) - 1) = 50.378.
    const { split } = compareExits(offer({ amount: 1000n * ETH }));
    expect(Number(split!.sold) / 1e18).toBeCloseTo(50.3782, 4);
    expect(split!.sold + split!.waiting).toBe(1000n * ETH);
  });

  it('is the same where both cost nothing', () => {
    const free: DepthCurve = { kind: 'fixed-fee', fee: 0n as Wad, capacity: ETH }; // as: see above
    expect(compareExits(offer({ amount: ETH, curve: free, waitingShare: 0n as Wad })).cheaper).toBe('same');
  });

  it('is not known without a price of waiting, or without a market', () => {
    expect(compareExits(offer({ waitingShare: null }))).toEqual({
      cheaper: 'unknown',
      breakEven: null,
      split: null,
    });
    expect(compareExits(offer({ curve: null })).cheaper).toBe('unknown');
  });

  it('is to sell whatever can be sold where waiting is never paid', () => {
    const never = offer({ amount: 10n ** 6n * ETH, waitingShare: null, isNeverPaid: true });
    expect(compareExits(never)).toMatchObject({ cheaper: 'sell', breakEven: null, split: { waiting: 0n } });
    const shallow: DepthCurve = { kind: 'fixed-fee', fee: wad(0.5), capacity: ETH };
    expect(compareExits({ ...never, curve: shallow })).toMatchObject({
      cheaper: 'neither',
      breakEven: ETH,
      split: { sold: ETH, received: ETH / 2n },
    });
    expect(compareExits({ ...never, curve: null }).cheaper).toBe('neither');
  });

  it('has no break-even where waiting costs everything', () => {
    expect(compareExits(offer({ waitingShare: wad(1) })).breakEven).toBeNull();
  });

  it('counts what was sold into the market before', () => {
    const first = compareExits(offer()).split!;
    const after = compareExits(offer({ sold: first.sold }));
    expect(after.split!.sold).toBe(0n);
    expect(after.breakEven! < compareExits(offer()).breakEven!).toBe(true);
  });
});

describe('against brute force on small markets', () => {
  const small = fc.record({
    curve: arbitraryCurve(60n),
    amount: fc.bigInt(0n, 150n),
    sold: fc.bigInt(0n, 20n),
    waitingShare: arbitraryShare,
  });

  function costOf(curve: DepthCurve, sold: bigint, amount: bigint, part: bigint, share: Wad): bigint | null {
    const sale = quoteSale(curve, sold, part);
    return sale && sale.cost + mulDivCeil(amount - part, share, WAD);
  }

  it('the split is the best to within one unit, and never worse than either extreme', () => {
    fc.assert(
      fc.property(small, ({ curve, amount, sold, waitingShare }) => {
        const { split } = compareExits({ amount, curve, sold, waitingShare, isNeverPaid: false });
        let best: bigint | null = null;
        for (let part = 0n; part <= amount; part += 1n) {
          const cost = costOf(curve, sold, amount, part, waitingShare);
          if (cost !== null && (best === null || cost < best)) best = cost;
        }
        if (best !== null) {
          expect(split!.cost - best).toBeGreaterThanOrEqual(0n);
          expect(split!.cost - best).toBeLessThanOrEqual(1n);
          expect(split!.cost).toBe(costOf(curve, sold, amount, split!.sold, waitingShare));
        }
        expect(split!.cost <= mulDivCeil(amount, waitingShare, WAD)).toBe(true);
        const whole = quoteSale(curve, sold, amount);
        if (whole) expect(split!.cost <= whole.cost).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('the break-even is the largest amount whose sale costs no more, before rounding', () => {
    fc.assert(
      fc.property(small, ({ curve, sold, waitingShare }) => {
        const choice = compareExits({ amount: 1n, curve, sold, waitingShare, isNeverPaid: false });
        const { breakEven } = choice;
        const capacity = findCapacity(curve);
        if (breakEven === null || breakEven > 3000n) return;
        // Proceeds are rounded down and so cost up to one unit more than the line says.
        const isWorth = (amount: bigint, slack: bigint): boolean => {
          const sale = quoteSale(curve, sold, amount);
          return sale !== null && (sale.cost - slack) * WAD <= waitingShare * amount;
        };
        if (breakEven > 0n) expect(isWorth(breakEven, 1n)).toBe(true);
        for (let amount = breakEven + 1n; amount < breakEven + 200n; amount += 1n) {
          if (capacity !== null && sold + amount > capacity) break;
          expect(isWorth(amount, 0n)).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });
});
