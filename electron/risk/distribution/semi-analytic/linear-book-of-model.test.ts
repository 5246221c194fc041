import { describe, expect, it } from 'vitest';
import { makeContagion, makeModel, makePlainModel, makeSource, makeStrike } from '../testing/make-model.ts';
import { computeLossLaw } from './compute-loss-law.ts';
import { readLinearBook } from './linear-book-of-model.ts';
import { computeExpectedLoss } from './linear-book.ts';
import { computeLawMean } from './loss-law.ts';
import { listOutcomes } from './source-outcomes.ts';

const POSITIONS = [
  { id: 'p0', token: 'a', value: 100 },
  { id: 'p1', token: 'b', value: 50 },
];
const hit = (position: number, share: number) => ({ position, share });

/** Chance by loss, rounded for comparison. */
function readOutcomes(outcomes: readonly { loss: number; chance: number }[]) {
  return outcomes.map(({ loss, chance }) => [Number(loss.toFixed(9)), Number(chance.toFixed(9))]);
}

describe('readLinearBook', () => {
  it('reads a plain model as it is', () => {
    const reading = readLinearBook(makePlainModel([0.01, 0.02], [5, 7], 0.2));
    if (reading.kind !== 'linear') throw new Error('not linear');
    expect(reading.boundBecause).toBeNull();
    expect([...reading.book.probabilities]).toEqual([0.01, 0.02]);
    expect([...reading.book.outcomeLosses]).toEqual([5, 7]);
    expect(reading.book.rho).toBe(0.2);
  });

  it('turns members into shocks', () => {
    const model = makeModel({
      positions: POSITIONS,
      sources: [
        makeSource('o', 0.01, { strikes: [makeStrike({ hits: [hit(0, 0.5)] })] }),
        makeSource('client', 0.03, { kind: 'dependency', isOnFactor: false, members: ['o'] }),
      ],
    });
    const reading = readLinearBook(model);
    if (reading.kind !== 'linear') throw new Error('not linear');
    expect(reading.book.shocks).toEqual([{ source: 1, members: [0] }]);
    expect(computeExpectedLoss(reading.book)).toBeCloseTo(50 * (1 - 0.99 * 0.97), 12);
  });

  it('is strict about what adds up', () => {
    const strike = (share: number, combine: 'adds' | 'multiplies' = 'adds', severity = [1]) =>
      makeStrike({ combine, severity, hits: [hit(0, share)] });
    const model = (...strikes: ReturnType<typeof strike>[]) =>
      makeModel({
        positions: POSITIONS,
        sources: strikes.map((each, i) => makeSource(`o${i}`, 0.1, { strikes: [each] })),
      });
    expect(readLinearBook(model(strike(0.5), strike(0.5))).kind).toBe('linear');
    expect(readLinearBook(model(strike(0.5), strike(0.6)))).toEqual({
      kind: 'not-linear',
      because: 'Slashes of position p0 together could take more than all of it.',
    });
    // A severity of at most a half leaves room for both.
    expect(readLinearBook(model(strike(0.5), strike(0.6, 'adds', [0, 0.5]))).kind).toBe('linear');
    expect(readLinearBook(model(strike(0.9, 'multiplies'))).kind).toBe('linear');
    expect(readLinearBook(model(strike(0.1, 'multiplies'), strike(0.1)))).toEqual({
      kind: 'not-linear',
      because: 'Layers of position p0 multiply.',
    });
    expect(readLinearBook(model(strike(0.1, 'multiplies'), strike(0.1, 'multiplies'))).kind).toBe(
      'not-linear',
    );
  });

  it('reads caps, layers and covers as a bound only when asked, and contagion never', () => {
    const plain = makePlainModel([0.1, 0.1], [5, 7], 0.2);
    const covered = { ...plain, covers: [{ id: 'c', positions: [0], deductible: 0, cap: 3, hangsOn: [] }] };
    expect(readLinearBook(covered).kind).toBe('not-linear');
    const bound = readLinearBook(covered, { asBound: true });
    expect(bound).toMatchObject({ kind: 'linear', boundBecause: 'A cover pays part of the losses.' });
    const spreading = { ...plain, contagion: makeContagion(['o0', 'o1'], 0.5) };
    expect(readLinearBook(spreading, { asBound: true }).kind).toBe('not-linear');
  });

  it('gives the law of a model with chances, severities and services', () => {
    const model = makeModel({
      positions: POSITIONS,
      rho: 0.3,
      sources: Array.from({ length: 6 }, (_, i) =>
        makeSource(`o${i}`, 0.05, {
          isSeverityCommon: i % 2 === 0,
          strikes: [
            makeStrike({ chance: 0.5, severity: [0.1, 0.4, 1], hits: [hit(0, 0.1), hit(1, 0.05)] }),
            makeStrike({ severity: [0.2, 0.8], hits: [hit(1, 0.1)] }),
          ],
        }),
      ),
    });
    const reading = readLinearBook(model);
    if (reading.kind !== 'linear') throw new Error('not linear');
    const mean = 6 * 0.05 * (0.5 * 0.5 * 12.5 + 0.5 * 5);
    expect(computeExpectedLoss(reading.book)).toBeCloseTo(mean, 12);
    expect(computeLawMean(computeLossLaw(reading.book))).toBeCloseTo(mean, 12);
  });
});

describe('listOutcomes', () => {
  it('lets strikes happen and draw on their own', () => {
    const source = makeSource('o', 0.1, {
      strikes: [makeStrike({ chance: 0.5 }), makeStrike({ severity: [0.5, 1] })],
    });
    expect(readOutcomes(listOutcomes(source, [10, 4]))).toEqual([
      [2, 0.25],
      [4, 0.25],
      [12, 0.25],
      [14, 0.25],
    ]);
  });

  it('gives all strikes the same rank where the draw is common', () => {
    const source = makeSource('o', 0.1, {
      isSeverityCommon: true,
      strikes: [makeStrike({ severity: [0, 1] }), makeStrike({ severity: [0.25, 0.5, 1] })],
    });
    expect(readOutcomes(listOutcomes(source, [10, 4]))).toEqual([
      [1, 0.333333333],
      [2, 0.166666667],
      [12, 0.166666667],
      [14, 0.333333333],
    ]);
  });

  it('keeps the mean where there are too many outcomes to list', () => {
    const strikes = Array.from({ length: 14 }, (_, i) =>
      makeStrike({ chance: 0.3, severity: [0.1, 0.35 + 0.01 * i, 1] }),
    );
    const sizes = strikes.map((_, i) => 1 + Math.sqrt(i));
    for (const isSeverityCommon of [false, true]) {
      const outcomes = listOutcomes(makeSource('o', 0.1, { strikes, isSeverityCommon }), sizes);
      expect(outcomes.length).toBeLessThan(100);
      const mean = strikes.reduce(
        (sum, { severity }, i) => sum + (0.3 * sizes[i]! * (1.45 + 0.01 * i)) / severity.length,
        0,
      );
      const found = outcomes.reduce((sum, { loss, chance }) => sum + loss * chance, 0);
      expect(found / mean).toBeCloseTo(1, 12);
      expect(outcomes.reduce((sum, { chance }) => sum + chance, 0)).toBeLessThan(1);
    }
  });
});
