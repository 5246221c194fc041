import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeLossLaw } from './compute-loss-law.ts';
import { makeLinearBook, type LinearSource } from './linear-book.ts';
import { computeExpectedShortfall, computeLawMean, computeValueAtRisk } from './loss-law.ts';
import { computeBruteLaw, computeStopLoss } from './testing/brute-force-law.ts';

const chance = fc.oneof(
  fc.constantFrom(0, 1, 1e-9, 0.5),
  fc.double({ min: 0, max: 0.2, noNaN: true }),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const rho = fc.oneof(fc.constantFrom(0, 0.2, 0.9), fc.double({ min: 0, max: 0.97, noNaN: true }));

function arbitrarySource(loss: fc.Arbitrary<number>): fc.Arbitrary<LinearSource> {
  return fc
    .record({
      probability: chance,
      isOnFactor: fc.boolean(),
      losses: fc.array(loss, { minLength: 1, maxLength: 3 }),
      given: fc.double({ min: 0.1, max: 1, noNaN: true }),
    })
    .map(({ probability, isOnFactor, losses, given }) => ({
      probability,
      isOnFactor,
      outcomes: losses.map((each) => ({ loss: each, chance: given / losses.length })),
    }));
}

const wholeSources = fc.array(arbitrarySource(fc.integer({ min: 0, max: 30 })), {
  minLength: 1,
  maxLength: 8,
});
const realSources = fc.array(
  arbitrarySource(fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 30, noNaN: true }))),
  {
    minLength: 1,
    maxLength: 60,
  },
);

/** Adds a shock off the factor, over the first sources. */
function withShock(sources: readonly LinearSource[], probability: number, members: number) {
  const shock: LinearSource = { probability, isOnFactor: false, outcomes: [{ loss: 5, chance: 0.5 }] };
  const count = Math.min(members, sources.length);
  return {
    sources: [...sources, shock],
    shocks: [{ source: sources.length, members: Array.from({ length: count }, (_, i) => i) }],
  };
}

describe('computeLossLaw on random books', () => {
  it('is the law found by listing everything that can happen, where losses are whole', () => {
    fc.assert(
      fc.property(wholeSources, rho, (sources, correlation) => {
        const book = makeLinearBook(sources, correlation);
        const brute = computeBruteLaw(book);
        const law = computeLossLaw(book, { points: 1024 });
        const found = new Map(
          [...law.losses].map((loss, i) => [Math.round(loss * 1e6) / 1e6, law.probabilities[i]!]),
        );
        for (const loss of new Set([...brute.keys(), ...found.keys()])) {
          expect(Math.abs((found.get(loss) ?? 0) - (brute.get(loss) ?? 0)), `at ${loss}`).toBeLessThan(2e-11);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is that law under a shock with members too', () => {
    fc.assert(
      fc.property(
        wholeSources,
        rho,
        chance,
        fc.integer({ min: 1, max: 4 }),
        (plain, correlation, q, members) => {
          const { sources, shocks } = withShock(plain, q, members);
          const book = makeLinearBook(sources, correlation, shocks);
          const law = computeLossLaw(book, { points: 2048 });
          const found = [...law.losses].map((loss, i) => [loss, law.probabilities[i]!] as const);
          const brute = computeBruteLaw(book);
          for (const level of [0, 3, 10, 25, 60]) {
            expect(Math.abs(computeStopLoss(found, level) - computeStopLoss(brute, level))).toBeLessThan(
              1e-9,
            );
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it('keeps the mean to 1e-12 and the mass to 1e-11, and never doubts the exact loss probability', () => {
    fc.assert(
      fc.property(realSources, rho, (sources, correlation) => {
        const law = computeLossLaw(makeLinearBook(sources, correlation));
        expect(Math.abs(computeLawMean(law) - law.expectedLoss)).toBeLessThanOrEqual(
          1e-12 * law.expectedLoss + Number.MIN_VALUE * 1e9,
        );
        expect(Math.abs(law.probabilities.reduce((sum, p) => sum + p, 0) - 1)).toBeLessThan(1e-11);
        const onLattice = 1 - (law.losses[0] === 0 ? law.probabilities[0]! : 0);
        expect(law.lossProbability).toBeGreaterThanOrEqual(onLattice - 1e-9);
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on the order of the sources', () => {
    fc.assert(
      fc.property(realSources, rho, fc.integer(), (sources, correlation, seed) => {
        const shuffled = [...sources].sort(
          (a, b) => Math.sin(seed + 1e3 * a.probability) - Math.sin(seed + 1e3 * b.probability),
        );
        const one = computeLossLaw(makeLinearBook(sources, correlation));
        const other = computeLossLaw(makeLinearBook(shuffled.reverse(), correlation));
        expect(Math.abs(one.expectedLoss - other.expectedLoss)).toBeLessThanOrEqual(
          1e-13 * one.expectedLoss + Number.MIN_VALUE * 1e9,
        );
        const masses = new Map([...other.losses].map((loss, i) => [loss, other.probabilities[i]!]));
        for (const [i, loss] of one.losses.entries()) {
          expect(Math.abs(one.probabilities[i]! - (masses.get(loss) ?? 0))).toBeLessThan(1e-13);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('loses more where a chance or a loss is larger', () => {
    fc.assert(
      fc.property(realSources, rho, fc.nat(), fc.boolean(), (sources, correlation, which, isChance) => {
        const at = which % sources.length;
        const raised = sources.map((source, i) =>
          i !== at
            ? source
            : isChance
              ? { ...source, probability: Math.min(1, source.probability * 1.5 + 0.01) }
              : { ...source, outcomes: source.outcomes.map((o) => ({ ...o, loss: o.loss * 1.5 + 1 })) },
        );
        const less = computeLossLaw(makeLinearBook(sources, correlation), { points: 256 });
        const more = computeLossLaw(makeLinearBook(raised, correlation), { points: 256 });
        expect(more.expectedLoss).toBeGreaterThanOrEqual(less.expectedLoss);
        // Two books have two lattices: figures may differ by a point of either.
        const slack = (more.maximum + less.maximum) / 100;
        for (const level of [0.5, 0.9, 0.99]) {
          expect(computeValueAtRisk(more, level)).toBeGreaterThanOrEqual(
            computeValueAtRisk(less, level) - slack,
          );
          expect(computeExpectedShortfall(more, level)).toBeGreaterThanOrEqual(
            computeExpectedShortfall(less, level) - slack,
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it('nears the law found by listing as the lattice gets finer, where losses are not whole', () => {
    const sources: LinearSource[] = [1.234, 0.777, 3.1415, 2.718, 0.1001, 5.55].map((loss, i) => ({
      probability: 0.03 * (i + 1),
      isOnFactor: i !== 2,
      outcomes: [
        { loss, chance: 0.6 },
        { loss: loss / 3, chance: 0.4 },
      ],
    }));
    const book = makeLinearBook(sources, 0.3);
    const brute = computeBruteLaw(book);
    const errorOf = (points: number) => {
      const law = computeLossLaw(book, { points });
      const found = [...law.losses].map((loss, i) => [loss, law.probabilities[i]!] as const);
      return Math.max(
        ...[0.5, 1, 2, 4, 8].map((level) =>
          Math.abs(computeStopLoss(found, level) - computeStopLoss(brute, level)),
        ),
      );
    };
    expect(errorOf(128)).toBeLessThan(2e-3);
    expect(errorOf(2048)).toBeLessThan(1e-4);
  });
});
