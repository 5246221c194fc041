import { describe, expect, it } from 'vitest';
import { computeLossLaw } from './semi-analytic/compute-loss-law.ts';
import { makePlainBook } from './semi-analytic/linear-book.ts';
import { computeLawMean } from './semi-analytic/loss-law.ts';
import { compareBook, makeRandomBook } from './testing/compare-books.ts';

const BOOKS = 240;
const PATHS = 20_000;

describe('the simulation and the law without sampling', () => {
  it(`agree within 4 standard errors on ${BOOKS} random books`, () => {
    let worst = 0;
    for (let seed = 0; seed < BOOKS; seed++) {
      for (const { figure, errors } of compareBook(seed, PATHS)) {
        expect(errors, `${figure} of book ${seed}`).toBeLessThan(4);
        worst = Math.max(worst, errors);
      }
    }
    // Were the stated errors far too large, nothing would ever come near them.
    expect(worst).toBeGreaterThan(2);
  });

  it('agree on the expected loss to twelve digits with the sum of chance times amount', () => {
    for (const rho of [0, 0.2, 0.5, 0.8, 0.95, 0.99]) {
      const { chances, amounts } = makeRandomBook(11);
      const law = computeLossLaw(makePlainBook(Float64Array.from(chances), Float64Array.from(amounts), rho));
      const exact = chances.reduce((sum, chance, i) => sum + chance * amounts[i]!, 0);
      expect(Math.abs(computeLawMean(law) / exact - 1)).toBeLessThan(1e-12);
    }
  });
});
