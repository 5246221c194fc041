/**
 * The simulation against the law without sampling, on many more and larger runs than the tests take: a bias too small
 * to be seen in one book adds up over thousands.
 */
import { compareBook } from '../../electron/risk/distribution/testing/compare-books.ts';

const PATHS = 100_000;
/** Seeds of the tests are below. */
const FIRST_SEED = 10_000;
/** One figure in two million lies beyond 5 standard errors by chance. */
const MOST_ERRORS = 5;

export function compareLaws(books: number): { figures: number; worst: number; beyondTwo: number } {
  let figures = 0;
  let worst = 0;
  let beyondTwo = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + books; seed++) {
    for (const { figure, errors } of compareBook(seed, PATHS)) {
      if (errors > MOST_ERRORS)
        throw new Error(`${figure} of book ${seed} is ${errors.toFixed(1)} standard errors off`);
      figures++;
      worst = Math.max(worst, errors);
      if (errors > 2) beyondTwo++;
    }
  }
  return { figures, worst, beyondTwo };
}
