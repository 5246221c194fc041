import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  computeYield,
  YIELD_PARTS,
  type PercentRange,
  type YieldRequest,
  type YieldResult,
} from './yield.ts';

const exactly = (value: number): PercentRange => ({ low: value, high: value });

const request: YieldRequest = {
  gross: { base: exactly(3), service: exactly(0.5), emissions: exactly(1.5), unsplit: exactly(0) },
  fee: exactly(10),
  feeOn: ['base', 'service'],
  emissionsFactor: 0.5,
  expectedLoss: exactly(0.4),
  exitFee: exactly(0.2),
  horizonDays: 73,
  amount: 10n ** 18n,
};

/** What each step leaves at one end. */
function walk(result: YieldResult, end: 'worst' | 'best'): number[] {
  return result.steps.map((step) => Number((step[end]?.after ?? Number.NaN).toFixed(9)));
}

describe('a yield, worked out on paper', () => {
  it('goes from gross to net in steps', () => {
    const result = computeYield(request);
    // 3 + 0.5 + 1.5 = 5; less 10% of 3.5 is 4.65; emissions at half their price lose 0.75, 3.9; less 0.4 is 3.5;
    // an exit fee of 0.2% after a fifth of a year costs 1% a year, 2.5.
    expect(walk(result, 'worst')).toEqual([5, 4.65, 3.9, 3.5, 2.5]);
    expect(walk(result, 'best')).toEqual([5, 4.65, 3.9, 3.5, 2.5]);
    // 2.5% a year for a fifth of a year: 0.5%.
    expect(result.gain).toEqual({ low: 5n * 10n ** 15n, high: 5n * 10n ** 15n });
    // Without emissions: 3.5 - 0.35 - 0.4 - 1 = 1.75. Of the gross yield, 1.5 of 5 are emissions.
    expect(result.sustainable?.low).toBeCloseTo(1.75, 9);
    expect(result.emissionsShare).toEqual({ low: 30, high: 30 });
    expect(result.missing).toEqual([]);
  });

  it('takes a fee on emissions in kind', () => {
    const result = computeYield({ ...request, feeOn: YIELD_PARTS, emissionsFactor: 0 });
    // 5 less 10% is 4.5; of the emissions 1.35 were left, and they are worth nothing: 3.15.
    expect(walk(result, 'worst').slice(0, 3)).toEqual([5, 4.5, 3.15]);
  });

  it('keeps the ends of ranges apart: everything against the holder, and everything for them', () => {
    const result = computeYield({
      ...request,
      gross: { ...request.gross, base: { low: 2, high: 4 } },
      fee: { low: 5, high: 10 },
      expectedLoss: { low: 0.1, high: 1 },
      exitFee: { low: 0, high: 0.2 },
    });
    // Worst: 4, less 10% of 2.5 is 3.75, 3, less 1 is 2, less 1 is 1. Best: 6, less 5% of 4.5 is 5.775, 5.025, 4.925.
    expect(walk(result, 'worst')).toEqual([4, 3.75, 3, 2, 1]);
    expect(walk(result, 'best')).toEqual([6, 5.775, 5.025, 4.925, 4.925]);
    expect(result.net).toEqual({ low: result.steps[4]?.worst?.after, high: result.steps[4]?.best?.after });
  });

  it('counts yield that nobody breaks down as sustainable at the high end only', () => {
    const gross = { base: exactly(0), service: exactly(0), emissions: exactly(0), unsplit: exactly(3) };
    const result = computeYield({
      ...request,
      gross,
      feeOn: [],
      expectedLoss: exactly(0),
      exitFee: exactly(0),
    });
    expect(result.net).toEqual({ low: 3, high: 3 });
    expect(result.sustainable).toEqual({ low: 0, high: 3 });
    expect(result.emissionsShare).toEqual({ low: 0, high: 100 });
  });

  it('can be a loss, and rounds it away from the holder', () => {
    const result = computeYield({ ...request, amount: 7n, expectedLoss: exactly(50) });
    expect(result.net?.low).toBeLessThan(0);
    expect(result.gain?.low).toBe(-1n);
  });
});

describe('what is not known', () => {
  it('ends the steps that need it, and is named', () => {
    const result = computeYield({ ...request, expectedLoss: null });
    expect(result.steps.map(({ worst }) => worst !== null)).toEqual([true, true, true, false, false]);
    expect(result).toMatchObject({ net: null, gain: null, sustainable: null, missing: ['expectedLoss'] });
  });

  it('leaves the sustainable part where only emissions are not known', () => {
    const result = computeYield({ ...request, gross: { ...request.gross, emissions: null } });
    expect(result.net).toBeNull();
    expect(result.sustainable?.low).toBeCloseTo(1.75, 9);
    expect(result.missing).toEqual(['emissions']);
  });

  it('is no fee where nothing is charged, and no yield where all are zero', () => {
    expect(computeYield({ ...request, fee: null, feeOn: [] }).missing).toEqual([]);
    const nothing = Object.fromEntries(YIELD_PARTS.map((part) => [part, exactly(0)]));
    const gross = { ...request.gross, ...nothing };
    expect(computeYield({ ...request, gross }).emissionsShare).toBeNull();
  });

  it('is refused where it is nonsense', () => {
    const refused: Partial<YieldRequest>[] = [
      { fee: { low: 10, high: 5 } },
      { fee: exactly(101) },
      { gross: { ...request.gross, base: exactly(Number.NaN) } },
      { gross: { ...request.gross, base: exactly(-1) } },
      { emissionsFactor: -1 },
      { horizonDays: 0 },
      { amount: -1n },
    ];
    for (const change of refused) expect(() => computeYield({ ...request, ...change })).toThrow(RangeError);
  });
});

describe('any yield', () => {
  const range = (most: number) =>
    fc
      .tuple(fc.double({ min: 0, max: most, noNaN: true }), fc.double({ min: 0, max: most, noNaN: true }))
      .map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) }));
  const requests: fc.Arbitrary<YieldRequest> = fc.record({
    gross: fc.record({ base: range(20), service: range(20), emissions: range(20), unsplit: range(20) }),
    fee: range(100),
    feeOn: fc.subarray([...YIELD_PARTS]),
    emissionsFactor: fc.double({ min: 0, max: 3, noNaN: true }),
    expectedLoss: range(50),
    exitFee: range(5),
    horizonDays: fc.integer({ min: 1, max: 3650 }),
    amount: fc.bigInt({ min: 0n, max: 10n ** 24n }),
  });

  it('has its worst end below its best, and steps that add up', () => {
    fc.assert(
      fc.property(requests, (any) => {
        const { steps, net, gain, sustainable } = computeYield(any);
        for (const end of ['worst', 'best'] as const) {
          let sum = 0;
          for (const step of steps) {
            sum += step[end]!.change;
            expect(step[end]!.after).toBeCloseTo(sum, 6);
          }
        }
        for (const { worst, best } of steps) expect(worst!.after).toBeLessThanOrEqual(best!.after + 1e-9);
        expect(gain!.low).toBeLessThanOrEqual(gain!.high);
        expect(sustainable!.low).toBeLessThanOrEqual(net!.low + 1e-9);
        expect(sustainable!.high).toBeLessThanOrEqual(net!.high + 1e-9);
      }),
    );
  });

  it('is never better with a higher loss, fee or exit fee, nor worse with dearer emissions or a longer stay', () => {
    fc.assert(
      fc.property(requests, (any) => {
        const before = computeYield(any).net!;
        const raise = ({ low, high }: PercentRange): PercentRange => ({ low, high: Math.min(100, high + 1) });
        const worse: Partial<YieldRequest>[] = [
          { fee: raise(any.fee!) },
          { expectedLoss: raise(any.expectedLoss!) },
          { exitFee: raise(any.exitFee!) },
        ];
        for (const change of worse) {
          expect(computeYield({ ...any, ...change }).net!.low).toBeLessThanOrEqual(before.low + 1e-9);
        }
        const better = { emissionsFactor: any.emissionsFactor + 1, horizonDays: any.horizonDays * 2 };
        const after = computeYield({ ...any, ...better }).net!;
        expect(after.low).toBeGreaterThanOrEqual(before.low - 1e-9);
        expect(after.high).toBeGreaterThanOrEqual(before.high - 1e-9);
      }),
    );
  });
});
