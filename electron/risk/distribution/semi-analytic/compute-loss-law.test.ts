import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import { computeLossLaw } from './compute-loss-law.ts';
import vectors from './correlated-default.vectors.json' with { type: 'json' };
import { computeExpectedLoss, makeLinearBook, makePlainBook, type LinearBook } from './linear-book.ts';
import {
  computeExceedance,
  computeExpectedShortfall,
  computeLawMean,
  computeValueAtRisk,
  type LossLaw,
} from './loss-law.ts';
import { computeVasicekQuantile } from './one-factor.ts';

function makeEvenBook(count: number, p: number, rho: number, loss = 1): LinearBook {
  return makePlainBook(new Float64Array(count).fill(p), new Float64Array(count).fill(loss), rho);
}

/** Probability the law puts on exactly this loss. */
function massAt(law: LossLaw, loss: number): number {
  return law.probabilities[law.losses.indexOf(loss)] ?? 0;
}

/** Book-keeping that has to hold for every law. */
function expectSound(law: LossLaw, book: LinearBook): void {
  const mass = law.probabilities.reduce((sum, p) => sum + p, 0);
  expect(Math.abs(mass - 1)).toBeLessThan(1e-11);
  const exact = computeExpectedLoss(book);
  expect(law.expectedLoss).toBe(exact);
  expect(Math.abs(computeLawMean(law) - exact)).toBeLessThanOrEqual(1e-12 * exact);
  for (let i = 0; i < law.losses.length; i += 1) {
    expect(law.probabilities[i]!).toBeGreaterThanOrEqual(0);
    if (i > 0) expect(law.losses[i]!).toBeGreaterThan(law.losses[i - 1]!);
  }
  expect(law.lossProbability).toBeGreaterThanOrEqual(0);
  expect(law.lossProbability).toBeLessThanOrEqual(1);
}

describe('computeLossLaw on even books', () => {
  it('reproduces 30-digit and published laws', () => {
    for (const { count, probability, rho, pmf } of [...vectors.pmf, ...vectors.scipyPmf]) {
      const law = computeLossLaw(makeEvenBook(count, probability, rho));
      for (const [k, p] of pmf.entries()) {
        // Points of less than 1e-14 of the mean may be cut off; 1 - p of a chance near one has lost digits.
        expect(Math.abs(massAt(law, k) - p), `${k} of ${count}`).toBeLessThan(
          1e-12 * p + (probability > 0.5 ? 1e-16 : 1e-18),
        );
      }
      expect(Math.abs(law.lossProbability - (1 - pmf[0]!))).toBeLessThan(1e-14);
    }
  });

  it('nears the Vasicek law as the book grows', () => {
    const count = 4000;
    for (const [p, rho, level] of [
      [0.01, 0.12, 0.999],
      [0.02, 0.2, 0.99],
    ] as const) {
      const law = computeLossLaw(makeEvenBook(count, p, rho, 1 / count));
      const found = computeValueAtRisk(law, level);
      expect(Math.abs(found / computeVasicekQuantile(p, rho, level) - 1)).toBeLessThan(0.02);
    }
  });

  it('holds a thousand sources that all are likely to fail', () => {
    const book = makeEvenBook(1000, 0.7, 0.3);
    const law = computeLossLaw(book);
    expectSound(law, book);
    expect(computeExceedance(law, 1)).toBeCloseTo(1, 6);
  });

  it('survives thousands of expected events, where the chance of none underflows', () => {
    const book = makeEvenBook(20_000, 0.08, 0);
    const law = computeLossLaw(book);
    expectSound(law, book);
    const deviation = Math.sqrt(20_000 * 0.08 * 0.92);
    expect(computeValueAtRisk(law, 0.975)).toBeGreaterThan(1600 + 1.9 * deviation);
    expect(computeValueAtRisk(law, 0.975)).toBeLessThan(1600 + 2.02 * deviation);
    expect(law.lossProbability).toBe(1);
  });
});

describe('computeLossLaw on hostile books', () => {
  const nothing = { losses: [0], probabilities: [1], expectedLoss: 0, lossProbability: 0, maximum: 0 };

  it('gives no loss for no sources, impossible sources and sources without loss', () => {
    for (const book of [
      makePlainBook(new Float64Array(0), new Float64Array(0), 0.2),
      makePlainBook(new Float64Array([0, 0]), new Float64Array([5, 7]), 0.2),
      makePlainBook(new Float64Array([0.3, 1]), new Float64Array([0, 0]), 0.2),
      makeLinearBook([{ probability: 0.5, isOnFactor: true, outcomes: [] }], 0.99),
    ]) {
      const law = computeLossLaw(book);
      expect({ ...law, losses: [...law.losses], probabilities: [...law.probabilities] }).toEqual({
        ...nothing,
        truncatedProbability: 0,
      });
      expect(computeValueAtRisk(law, 0.99)).toBe(0);
      expect(computeExpectedShortfall(law, 0.99)).toBe(0);
    }
  });

  it('holds one source, on any factor, of any size', () => {
    for (const loss of [1e-30, 0.1, 1, Math.PI, 1e30]) {
      for (const rho of [0, 0.5, 0.99]) {
        const book = makeEvenBook(1, 0.25, rho, loss);
        const law = computeLossLaw(book);
        expectSound(law, book);
        expect(Math.abs(massAt(law, loss) - 0.25)).toBeLessThan(1e-13);
        expect(computeValueAtRisk(law, 0.75)).toBe(0);
        expect(computeValueAtRisk(law, 0.76)).toBe(loss);
        expect(computeExpectedShortfall(law, 0.5) / (loss / 2)).toBeCloseTo(1, 12);
        expect(law.maximum).toBe(loss);
      }
    }
  });

  it('takes what is certain as an addition to every loss', () => {
    const book = makePlainBook(new Float64Array([1, 1, 0.01]), new Float64Array([3, 1.5, 2]), 0.4);
    const law = computeLossLaw(book);
    expectSound(law, book);
    expect(law.lossProbability).toBe(1);
    expect(Math.abs(massAt(law, 4.5) - 0.99)).toBeLessThan(1e-12);
    expect(Math.abs(massAt(law, 6.5) - 0.01)).toBeLessThan(1e-12);
  });

  it('keeps the mean where sizes and chances are thirty orders apart', () => {
    const losses = Float64Array.from({ length: 300 }, (_, i) =>
      i % 3 === 0 ? 1e30 : i % 3 === 1 ? 1 : 1e-20,
    );
    const chances = Float64Array.from({ length: 300 }, (_, i) => 10 ** -(1 + (i % 17)));
    for (const rho of [0, 0.2, 0.9]) {
      const book = makePlainBook(chances, losses, rho);
      expectSound(computeLossLaw(book), book);
    }
  });

  it('sees the loss probability of chances of 1e-15', () => {
    const book = makePlainBook(new Float64Array(50).fill(1e-15), new Float64Array(50).fill(1), 0.2);
    const law = computeLossLaw(book);
    expectSound(law, book);
    expect(law.lossProbability / 5e-14).toBeCloseTo(1, 5);
  });

  it('keeps the mean under every correlation', () => {
    for (const rho of [0, 0.05, 0.3, 0.5, 0.8, 0.9, 0.95, 0.99]) {
      const count = 200;
      const chances = Float64Array.from({ length: count }, (_, i) => 10 ** -(0.2 + ((i * 7) % 50) / 8));
      const losses = Float64Array.from({ length: count }, (_, i) => 1 + ((i * 13) % 101) / 7);
      const book = makePlainBook(chances, losses, rho);
      expectSound(computeLossLaw(book), book);
    }
  });

  it('refuses a book that is none', () => {
    expect(() => computeLossLaw({ ...makeEvenBook(2, 0.1, 0.2), rho: 1 })).toThrow(AppError);
    expect(() => makeEvenBook(1, 1.5, 0.2)).toThrow(AppError);
    expect(() => makeEvenBook(1, 0.5, 0.2, -1)).toThrow(AppError);
    expect(() => makeEvenBook(1, 0.5, 0.2, Number.POSITIVE_INFINITY)).toThrow(AppError);
  });
});

describe('computeLossLaw while it runs', () => {
  it('ends at the next node when cancelled', () => {
    let asked = 0;
    const hooks = { isCancelled: () => (asked += 1) > 5 };
    expect(() => computeLossLaw(makeEvenBook(500, 0.01, 0.3), { hooks })).toThrow(
      expect.objectContaining({ code: 'cancelled' }) as Error,
    );
    expect(asked).toBe(6);
  });

  it('reports its progress to the end', () => {
    const seen: number[] = [];
    computeLossLaw(makeEvenBook(5, 0.01, 0.3), {
      hooks: { onProgress: (done, total) => seen.push(done / total) },
    });
    expect(seen.at(-1)).toBe(1);
  });
});
