/** Random books, simulated and computed without sampling: how far apart, in standard errors. */
import { aggregate } from '../loss-distribution.ts';
import { computeLossLaw } from '../semi-analytic/compute-loss-law.ts';
import { makePlainBook } from '../semi-analytic/linear-book.ts';
import { computeExceedance, computeExpectedShortfall, computeLawMean } from '../semi-analytic/loss-law.ts';
import { simulate } from '../simulate/simulate.ts';
import { createUniform, makePlainModel } from './make-model.ts';

const LEVELS = [0.9, 0.99];

export interface RandomBook {
  readonly chances: readonly number[];
  /** Whole amounts, so that the law's lattice holds them exactly. */
  readonly amounts: readonly number[];
  readonly rho: number;
}

export function makeRandomBook(seed: number): RandomBook {
  const random = createUniform(seed);
  const count = 1 + Math.floor(40 * random());
  const chances = Array.from({ length: count }, () => 10 ** (-3.5 + 3 * random()));
  const amounts = Array.from({ length: count }, () => 1 + Math.floor(30 * random()));
  return { chances, amounts, rho: seed % 7 === 0 ? 0 : 0.95 * random() };
}

export interface Deviation {
  readonly figure: string;
  /** In standard errors of the simulation. */
  readonly errors: number;
}

/** Expected loss, chance of any loss, and expected shortfalls of one book. */
export function compareBook(seed: number, paths: number): Deviation[] {
  const { chances, amounts, rho } = makeRandomBook(seed);
  const law = computeLossLaw(makePlainBook(Float64Array.from(chances), Float64Array.from(amounts), rho));
  const model = makePlainModel(chances, amounts, rho);
  const tape = simulate(model, { paths, seed, allocation: seed % 2 === 0 ? 'tail' : 'proportional' });
  const found = aggregate(tape, model, { levels: LEVELS, attributionLevel: 0.99 });
  const pairs = [
    { figure: 'expected loss', estimate: found.expectedLoss, exact: computeLawMean(law) },
    { figure: 'chance of any loss', estimate: found.lossProbability, exact: computeExceedance(law, 1) },
    ...found.tails.map(({ level, expectedShortfall }) => ({
      figure: `expected shortfall at ${level}`,
      estimate: expectedShortfall,
      exact: computeExpectedShortfall(law, level),
    })),
  ];
  return pairs.map(({ figure, estimate: { value, standardError }, exact }) => ({
    figure,
    // Where every path of the tail is the same the simulation has no error; the law's lattice has one of 1e-7.
    errors: Math.abs(value - exact) / Math.max(standardError ?? 0, 1e-6 * Math.abs(exact)),
  }));
}
