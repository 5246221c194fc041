import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import { computeLossLaw } from './compute-loss-law.ts';
import {
  computeEventProbabilities,
  computeExpectedLoss,
  makeLinearBook,
  type LinearSource,
} from './linear-book.ts';
import { computeLawMean } from './loss-law.ts';
import { computeBruteLaw } from './testing/brute-force-law.ts';

const source = (probability: number, loss: number, isOnFactor = false): LinearSource => ({
  probability,
  isOnFactor,
  outcomes: [{ loss, chance: 1 }],
});

describe('expected loss', () => {
  it('counts a member of several shocks once', () => {
    const sources = [source(0.1, 10), source(0.2, 0), source(0.3, 0)];
    const book = makeLinearBook(sources, 0, [
      { source: 1, members: [0] },
      { source: 2, members: [0, 0] },
    ]);
    const p = 1 - 0.9 * 0.8 * 0.7;
    expect(computeEventProbabilities(book)[0]).toBeCloseTo(p, 15);
    expect(computeExpectedLoss(book)).toBeCloseTo(10 * p, 14);
  });

  it('is that of the law under shocks that share members', () => {
    const sources = [
      source(0.1, 4, true),
      source(0.05, 7, true),
      source(0.2, 1, true),
      source(0.1, 2),
      source(0.15, 3),
    ];
    const shocks = [
      { source: 3, members: [0, 1] },
      { source: 4, members: [1, 2] },
    ];
    const book = makeLinearBook(sources, 0.3, shocks);
    const law = computeLossLaw(book);
    expect(Math.abs(computeLawMean(law) / computeExpectedLoss(book) - 1)).toBeLessThan(1e-12);
    const brute = computeBruteLaw(book);
    for (const [i, loss] of law.losses.entries()) {
      expect(Math.abs(law.probabilities[i]! - (brute.get(loss) ?? 0))).toBeLessThan(1e-12);
    }
    expect(law.maximum).toBe(17);
  });

  it('stays exact where states of shocks are left out', () => {
    const members = Array.from({ length: 8 }, (_, i) => source(0.01, 1 + i, true));
    const causes = Array.from({ length: 8 }, () => source(0.05, 0.5));
    const shocks = causes.map((_, i) => ({ source: 8 + i, members: [i, (i + 1) % 8] }));
    const book = makeLinearBook([...members, ...causes], 0.2, shocks);
    const law = computeLossLaw(book, { mostShockStates: 20 });
    expect(law.truncatedProbability).toBeGreaterThan(0.001);
    expect(Math.abs(computeLawMean(law) / law.expectedLoss - 1)).toBeLessThan(1e-12);
    expect(law.probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  });
});

describe('validation', () => {
  it('refuses outcomes that are no alternatives', () => {
    const twice: LinearSource = {
      ...source(0.1, 1),
      outcomes: [
        { loss: 1, chance: 0.7 },
        { loss: 2, chance: 0.7 },
      ],
    };
    expect(() => makeLinearBook([twice], 0)).toThrow(AppError);
    const odd: LinearSource = { ...source(0.1, 1), outcomes: [{ loss: 1, chance: Number.NaN }] };
    expect(() => makeLinearBook([odd], 0)).toThrow(AppError);
  });

  it('refuses shocks that move with others or name nobody', () => {
    const sources = [source(0.1, 1, true), source(0.1, 1), source(0.1, 1)];
    for (const shocks of [
      [{ source: 0, members: [1] }],
      [{ source: 1, members: [1] }],
      [{ source: 1, members: [7] }],
      [{ source: 1, members: [-1] }],
      [
        { source: 1, members: [0] },
        { source: 2, members: [1] },
      ],
      [
        { source: 1, members: [0] },
        { source: 1, members: [2] },
      ],
    ]) {
      expect(() => makeLinearBook(sources, 0.2, shocks)).toThrow(AppError);
    }
  });

  it('refuses numbers that no lattice could hold', () => {
    expect(() => makeLinearBook([source(0.1, 1e200)], 0)).toThrow(AppError);
    expect(() => makeLinearBook([source(0.1, 1e-200)], 0)).toThrow(AppError);
    expect(() => makeLinearBook([source(0.1, 1)], 1)).toThrow(AppError);
    expect(() => makeLinearBook([source(-0.1, 1)], 0)).toThrow(AppError);
  });
});
