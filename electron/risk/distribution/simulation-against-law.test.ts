import { describe, expect, it } from 'vitest';
import { aggregate } from './loss-distribution.ts';
import { computeLossLaw } from './semi-analytic/compute-loss-law.ts';
import { makePlainBook } from './semi-analytic/linear-book.ts';
import { computeExceedance, computeExpectedShortfall, computeLawMean } from './semi-analytic/loss-law.ts';
import { simulate } from './simulate/simulate.ts';
import { createUniform, makePlainModel } from './testing/make-model.ts';

const BOOKS = 240;
const PATHS = 20_000;
const LEVELS = [0.9, 0.99];

/** Whole amounts, so that the law's lattice holds them exactly. */
function makeBook(seed: number): { chances: number[]; amounts: number[]; rho: number } {
  const random = createUniform(seed);
  const count = 1 + Math.floor(40 * random());
  const chances = Array.from({ length: count }, () => 10 ** (-3.5 + 3 * random()));
  const amounts = Array.from({ length: count }, () => 1 + Math.floor(30 * random()));
  return { chances, amounts, rho: seed % 7 === 0 ? 0 : 0.95 * random() };
}

describe('the simulation and the law without sampling', () => {
  it(`agree within 4 standard errors on ${BOOKS} random books`, () => {
    let worst = 0;
    for (let seed = 0; seed < BOOKS; seed++) {
      const { chances, amounts, rho } = makeBook(seed);
      const law = computeLossLaw(makePlainBook(Float64Array.from(chances), Float64Array.from(amounts), rho));
      const model = makePlainModel(chances, amounts, rho);
      const tape = simulate(model, {
        paths: PATHS,
        seed,
        allocation: seed % 2 === 0 ? 'tail' : 'proportional',
      });
      const found = aggregate(tape, model, { levels: LEVELS, attributionLevel: 0.99 });
      const pairs = [
        [found.expectedLoss, computeLawMean(law)],
        [found.lossProbability, computeExceedance(law, 1)],
        ...found.tails.map(
          (tail) => [tail.expectedShortfall, computeExpectedShortfall(law, tail.level)] as const,
        ),
      ] as const;
      for (const [{ value, standardError }, exact] of pairs) {
        const error = Math.max(standardError!, 1e-9 * Math.abs(exact));
        worst = Math.max(worst, Math.abs(value - exact) / error);
        expect(Math.abs(value - exact)).toBeLessThan(4 * error);
      }
    }
    // Were the stated errors far too large, nothing would ever come near them.
    expect(worst).toBeGreaterThan(2);
  });

  it('agree on the expected loss to twelve digits with the sum of chance times amount', () => {
    for (const rho of [0, 0.2, 0.5, 0.8, 0.95, 0.99]) {
      const { chances, amounts } = makeBook(11);
      const law = computeLossLaw(makePlainBook(Float64Array.from(chances), Float64Array.from(amounts), rho));
      const exact = chances.reduce((sum, chance, i) => sum + chance * amounts[i]!, 0);
      expect(Math.abs(computeLawMean(law) / exact - 1)).toBeLessThan(1e-12);
    }
  });
});
