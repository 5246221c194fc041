import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  exitAssumptionsSchema,
  exitOverviewSchema,
  exitStressSchema,
  type DepthCurve,
} from '../../../shared/domain/exit.ts';
import { mulDivCeil, WAD } from '../../../shared/domain/units.ts';
import { quoteSale } from './depth-curve.ts';
import { exactly } from './duration.ts';
import { planExit } from './plan-exit.ts';
import { LADDER_DAYS, planExits } from './plan-exits.ts';
import {
  arbitraryAssumptions,
  arbitraryExitPosition,
  assume,
  ETH,
  makeExitPosition,
  stressWith,
  wad,
} from './testing/arbitrary-exit.ts';

const HOLDINGS = ['ETH', 'stETH', 'weETH', 'rETH'].map((id) => makeExitPosition(id));

describe('a portfolio', () => {
  it('is out step by step: what is held at once, the rest as its wait ends', () => {
    const overview = planExits(HOLDINGS, assume());
    exitOverviewSchema.parse(overview);
    const rows = overview.ladder.map(({ day, waited }) => [day, waited.least, waited.typical, waited.most]);
    // By day 1 the buffers pay at best; by day 7 typically; at worst stETH and weETH wait for the queue of 42 days.
    expect(
      rows.map((row) => row.map((cell) => (typeof cell === 'bigint' ? Number(cell / ETH) : cell))),
    ).toEqual([
      [1, 100, 100, 400],
      [7, 100, 300, 400],
      [14, 100, 300, 400],
      [30, 100, 300, 400],
      [60, 200, 300, 400],
    ]);
    expect(overview.untimedIds).toEqual(['rETH']);
    expect(overview.total).toBe(400n * ETH);
  });

  it('with nothing in it is out', () => {
    expect(planExits([], assume())).toMatchObject({ plans: [], total: 0n, sold: 0n, unvaluedIds: [] });
  });

  it('leaves what has no value out of every sum, and names it', () => {
    const overview = planExits([makeExitPosition('ETH', { amount: null })], assume());
    expect(overview).toMatchObject({ total: 0n, unvaluedIds: ['ETH'] });
    expect(overview.ladder.at(-1)!.waited.most).toBe(0n);
  });

  it('enters the exit queue together: each waits behind all of it', () => {
    const half = [0, 1].map((index) => makeExitPosition('mETH', { id: `m${index}`, amount: 500_000n * ETH }));
    const whole = planExit(makeExitPosition('mETH', { amount: 1_000_000n * ETH }), assume());
    for (const plan of planExits(half, assume()).plans) expect(plan.total).toEqual(whole.total);
  });

  it('is refused twice over, or in two units', () => {
    expect(() => planExits([HOLDINGS[0]!, HOLDINGS[0]!], assume())).toThrow('planned together');
    const bitcoin = makeExitPosition('LBTC', { unit: 'sat' });
    expect(() => planExits([HOLDINGS[0]!, bitcoin], assume())).toThrow('planned together');
    expect(planExits([bitcoin], assume()).unit).toBe('sat');
  });

  it('stops when it is no longer wanted', () => {
    expect(() => planExits(HOLDINGS, assume(), undefined, { isCancelled: () => true })).toThrow('Cancelled');
  });
});

describe('one market for several positions', () => {
  const curve: DepthCurve = {
    kind: 'constant-product',
    reserveIn: 1000n * ETH,
    reserveOut: 1000n * ETH,
    fee: wad(0.001),
  };
  const market = assume({
    annualLossRate: 0.1,
    requiredAnnualYield: 0.05,
    markets: [{ id: 'lido', instrumentIds: ['stETH', 'wstETH'], curve }],
    coverage: { lido: 'not-covered' },
  });
  const pair = [
    makeExitPosition('stETH', { amount: 40n * ETH }),
    makeExitPosition('wstETH', { amount: 60n * ETH }),
  ];

  it('is sold into once: the second meets what the first left', () => {
    const urgent = { ...market, annualLossRate: 5 };
    const overview = planExits(pair, urgent);
    const one = planExit(makeExitPosition('stETH', { amount: 100n * ETH }), urgent);
    expect(overview.sold).toBe(one.choice.typical.split!.sold);
    expect(planExits([pair[0]!], urgent).sold).toBe(40n * ETH);
    expect(overview.sold > 40n * ETH && overview.sold < 100n * ETH).toBe(true);
    const whole = quoteSale(curve, 0n, overview.sold)!;
    expect(whole.received - overview.proceeds).toBeGreaterThanOrEqual(0n);
    expect(whole.received - overview.proceeds).toBeLessThanOrEqual(2n);
  });

  it('goes first to whoever loses most by waiting, in whatever order they are listed', () => {
    const dear = assume({ ...market, annualLossRates: { wstETH: 0.5 } });
    const [first, second] = [planExits(pair, dear), planExits(pair.toReversed(), dear)];
    expect(first.sold).toBe(second.sold);
    const sold = (id: string): bigint =>
      first.plans.find(({ positionId }) => positionId === id)!.choice.typical.split!.sold;
    expect(sold('wstETH') > 0n).toBe(true);
    expect(sold('stETH')).toBe(0n);
  });

  it('is divided as well as brute force divides it', () => {
    const small = fc.record({
      amounts: fc.tuple(fc.bigInt(1n, 25n), fc.bigInt(1n, 25n)),
      rates: fc.tuple(fc.double({ min: 0, max: 4, noNaN: true }), fc.double({ min: 0, max: 4, noNaN: true })),
      reserve: fc.bigInt(1n, 80n),
    });
    fc.assert(
      fc.property(small, ({ amounts, rates, reserve }) => {
        const tiny: DepthCurve = { ...curve, reserveIn: reserve, reserveOut: reserve };
        const assumptions = assume({
          ...market,
          markets: [{ id: 'lido', instrumentIds: ['stETH', 'wstETH'], curve: tiny }],
          annualLossRates: { stETH: rates[0], wstETH: rates[1] },
        });
        const positions = [
          makeExitPosition('stETH', { amount: amounts[0] }),
          makeExitPosition('wstETH', { amount: amounts[1] }),
        ];
        const overview = planExits(positions, assumptions);
        const shares = overview.plans.map(({ waiting }) => waiting!.share.typical!);
        const costOf = (a: bigint, b: bigint): bigint =>
          quoteSale(tiny, 0n, a + b)!.cost +
          mulDivCeil(amounts[0] - a, shares[0]!, WAD) +
          mulDivCeil(amounts[1] - b, shares[1]!, WAD);
        let best = costOf(0n, 0n);
        for (let a = 0n; a <= amounts[0]; a += 1n) {
          for (let b = 0n; b <= amounts[1]; b += 1n) {
            const cost = costOf(a, b);
            if (cost < best) best = cost;
          }
        }
        const cost = overview.plans.reduce((sum, { choice }) => sum + choice.typical.split!.cost, 0n);
        // One unit of rounding per position and sale.
        expect(cost - best).toBeLessThanOrEqual(3n);
      }),
      { numRuns: 60 },
    );
  });
});

describe('every portfolio', () => {
  const portfolio = fc.record({
    positions: fc.uniqueArray(arbitraryExitPosition, {
      minLength: 0,
      maxLength: 6,
      selector: ({ id }) => id,
    }),
    assumptions: arbitraryAssumptions,
  });

  it('has a ladder that rises, is ordered, and ends within what there is; sales never make it lower', () => {
    fc.assert(
      fc.property(portfolio, ({ positions, assumptions }) => {
        const overview = planExits(positions, assumptions);
        expect(overview.ladder.map(({ day }) => day)).toEqual(LADDER_DAYS);
        let last = 0n;
        for (const { waited, withSales } of overview.ladder) {
          for (const row of [waited, withSales]) {
            expect(row.least <= row.typical && row.typical <= row.most).toBe(true);
          }
          expect(waited.least >= last).toBe(true);
          expect(waited.most <= overview.total).toBe(true);
          expect(withSales.least >= overview.proceeds).toBe(true);
          last = waited.least;
        }
      }),
      { numRuns: 100 },
    );
  });

  it('has less by every day the more withdrawals are stressed', () => {
    fc.assert(
      fc.property(
        portfolio,
        fc.double({ min: 1, max: 9, noNaN: true }),
        ({ positions, assumptions }, multiple) => {
          const calm = planExits(positions, assumptions);
          const hard = planExits(
            positions,
            assumptions,
            stressWith({ queueMultiple: multiple, pauses: [{ protocol: 'all', days: 20 }] }),
          );
          for (const [index, { waited }] of hard.ladder.entries()) {
            const before = calm.ladder[index]!.waited;
            expect(
              waited.least <= before.least && waited.typical <= before.typical && waited.most <= before.most,
            ).toBe(true);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('the defaults', () => {
  it('are what their schemas describe, and pass their own checks', () => {
    expect(exitAssumptionsSchema.parse(assume())).toEqual(assume());
    expect(exitStressSchema.parse(stressWith())).toEqual(stressWith());
    expect(() => planExits(HOLDINGS, assume(), stressWith())).not.toThrow();
  });
});

describe('hostile input', () => {
  const plan = (more: Parameters<typeof assume>[0], stress: Parameters<typeof stressWith>[0] = {}) =>
    planExits(HOLDINGS, assume(more), stressWith(stress));
  const fee = { kind: 'fixed-fee', fee: wad(0.1), capacity: 5n } as const;

  it.each([
    [{ annualLossRate: Number.NaN }, 'rate of loss'],
    [{ annualLossRates: { x: -1 } }, 'rate of loss'],
    [{ requiredAnnualYield: Infinity }, 'yield'],
    [{ blockSeconds: 0 }, 'Blocks'],
    [{ blockSeconds: Number.NaN }, 'Blocks'],
    [{ totalActiveGwei: -1n }, 'below zero'],
    [{ queue: { kind: 'ahead', aheadGwei: -1n } as const }, 'below zero'],
    [{ validators: -5 }, 'counted'],
    [{ withdrawalsPerSlot: 0 }, 'counted'],
    [{ overrides: { 'lido-queue': { low: 3, typical: 2, high: 4 } } }, 'not a range'],
    [{ overrides: { 'lido-queue': { low: Number.NaN, typical: 2, high: 4 } } }, 'not a range'],
    [{ overrides: { 'lido-queue': { low: null, typical: 2, high: 4 } } }, 'not a range'],
    [{ overrides: { nonsense: exactly(1) } }, 'unknown'],
    [{ overrides: { constructor: exactly(1) } }, 'unknown'],
    [{ coverage: { nonsense: 'covered' } as const }, 'unknown way out'],
    [{ markets: [{ id: 'a', instrumentIds: ['stETH', 'stETH'], curve: fee }] }, 'same token'],
    [
      {
        markets: [
          { id: 'a', instrumentIds: ['stETH'], curve: fee },
          { id: 'a', instrumentIds: ['weETH'], curve: fee },
        ],
      },
      'listed twice',
    ],
    [{ markets: [{ id: 'a', instrumentIds: [], curve: { ...fee, capacity: -1n } }] }, 'below zero'],
  ])('is refused with a word on what is wrong: %o', (more, message) => {
    expect(() => plan(more)).toThrow(message);
  });

  it.each([
    [{ queueMultiple: Number.NaN }, 'multiplied'],
    [{ queueMultiple: -1 }, 'multiplied'],
    [{ pauses: [{ protocol: 'all', days: -1 }] }, 'pause'],
    [{ pauses: [{ protocol: 'all', days: Number.NaN }] }, 'pause'],
    [{ pauses: [{ protocol: 'nobody', days: 1 }] }, 'unknown'],
    [{ depthWithdrawn: wad(1.1) }, 'Depth'],
    [{ depthWithdrawn: wad(-0.1) }, 'Depth'],
  ])('in a stress is refused: %o', (stress, message) => {
    expect(() => plan({}, stress)).toThrow(message);
  });

  it.each([
    [{ amount: -1n }],
    [{ amount: 10n ** 81n }],
    [{ pathId: 'nonsense' }],
    [{ underlyingPathId: 'nonsense' }],
    [
      {
        readings: {
          'eigenlayer-escrow': {
            value: exactly(Number.NaN),
            evidence: { status: 'read', source: '', asOf: null },
          },
        },
      } as const,
    ],
  ])('in a position is refused: %o', (more) => {
    expect(() => planExits([makeExitPosition('stETH', more)], assume())).toThrow('cannot be planned');
  });

  it('of astronomical size is computed, not lost', () => {
    const huge = makeExitPosition('mETH', { amount: 10n ** 80n });
    const overview = planExits(
      [huge],
      assume({ annualLossRate: 0.1, queue: { kind: 'ahead', aheadGwei: 10n ** 30n } }),
    );
    expect(Number.isFinite(overview.plans[0]!.total.high)).toBe(true);
    expect(overview.plans[0]!.waiting!.cost.typical).toBe(10n ** 80n);
  });
});
