import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildElasticCover } from './assess-elastic.ts';
import { searchCertified } from './certified-search.ts';
import { makeFreeDecisions } from './cover-cut.ts';
import {
  buildCoverProblem,
  evaluateCover,
  isAttackValue,
  secureValue,
  type CoverProblem,
} from './cover-problem.ts';
import { solveOptimum } from './exact-optimum.ts';
import { searchExhaustively } from './exhaustive-search.ts';
import { indexNetwork } from './indexed-network.ts';
import { computeLpBound, makeBaseCuts, type CutState } from './lp-bound.ts';
import { needsEverything, solveMinCut } from './min-cut.ts';
import { searchAttack } from './search-attack.ts';
import { buildWholeCover } from './shared-cover.ts';
import type { Solver } from './solver.ts';
import { loadSolver } from './testing/load-solver.ts';
import { elasticNetwork, securityNetwork } from './testing/random-network.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadSolver();
});

const RUNS = { numRuns: 60 };
const SIZE = { validators: 9, services: 6 };

/** The attacker's problem of shared and of elastic networks. */
const problems: fc.Arbitrary<CoverProblem> = fc
  .oneof(
    securityNetwork(SIZE).map((network) => buildWholeCover(indexNetwork(network)).problem),
    elasticNetwork({ validators: 7, services: 5 }).map((network) => buildElasticCover(network).problem),
  )
  .filter(({ gains }) => gains.length > 0);

const LP = { timeLimitSeconds: 5, maxRounds: 25 };

const plainCuts = (problem: CoverProblem): CutState => ({ cuts: makeBaseCuts(problem), basis: null });

function boundOf(problem: CoverProblem, maxRounds = LP.maxRounds) {
  const goal = secureValue(problem) - 1n;
  return computeLpBound(problem, solver, plainCuts(problem), makeFreeDecisions(problem), {
    ...LP,
    maxRounds,
    goal,
  });
}

describe('a stake of one wei that decides', () => {
  const problem = buildCoverProblem({
    kind: 'shared',
    costs: [1n, 999_999_999_999n],
    gains: [10n ** 24n],
    needs: [10n ** 12n],
    pairs: [
      { target: 0, item: 0, weight: 1n },
      { target: 0, item: 1, weight: 999_999_999_999n },
    ],
  });

  it('is not lost between the solver’s tolerances', () => {
    const { solution, bound } = solveOptimum(problem, solver, makeBaseCuts(problem), {
      timeLimitSeconds: 5,
      start: null,
    });
    expect(solution!.items).toEqual([0, 1]);
    expect(solution!.value).toBe(10n ** 24n - 10n ** 12n);
    expect(bound! / 1e24).toBeCloseTo(1, 6);
  });
});

describe('against all sets of validators', () => {
  it('the linear bound is never below the best attack, with and without cuts', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const best = searchExhaustively(problem)!;
        const plain = boundOf(problem, 1).bound!;
        const tight = boundOf(problem).bound!;
        expect(tight >= best.value).toBe(true);
        expect(plain >= tight).toBe(true);
      }),
      RUNS,
    );
  });

  it('the search finds attacks that are what they say, never better than the best', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const best = searchExhaustively(problem)!;
        const found = searchAttack(problem, { maxSteps: 100_000 })!;
        const isTaken = new Uint8Array(problem.costs.length);
        for (const item of found.items) isTaken[item] = 1;
        expect(evaluateCover(problem, isTaken)).toEqual(found);
        expect(found.value <= best.value).toBe(true);
      }),
      RUNS,
    );
  });

  it('HiGHS ends at the best attack, and its bound is not below it', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const best = searchExhaustively(problem)!;
        const { solution, hasFinished, bound } = solveOptimum(problem, solver, makeBaseCuts(problem), {
          timeLimitSeconds: 5,
          start: null,
        });
        expect(hasFinished).toBe(true);
        const scale = [...problem.gains, ...problem.costs].reduce((sum, part) => sum + Number(part), 0);
        expect(bound!).toBeGreaterThanOrEqual(Number(best.value) - 1e-6 * scale);
        expect(solution!.value <= best.value).toBe(true);
        // Among amounts of thirty digits a set can be short of a need by less than a solver sees.
        if (scale > 1e6) return;
        expect(solution!.value).toBe(best.value);
        expect(Math.abs(bound! - Number(best.value))).toBeLessThanOrEqual(1e-6 * scale);
      }),
      RUNS,
    );
  });

  it('the certified search ends at the best attack exactly', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const best = searchExhaustively(problem)!;
        const result = searchCertified(problem, solver, plainCuts(problem), boundOf(problem, 1).bound!, {
          timeLimitSeconds: 5,
          maxNodes: 5000,
          incumbent: null,
        });
        expect(result.hasFinished).toBe(true);
        if (isAttackValue(problem, best.value)) expect(result.incumbent!.value).toBe(best.value);
        else expect(result.incumbent).toBeNull();
        expect(result.bound >= best.value).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('the minimum cut is the best attack where every service needs all of its validators', () => {
    const whole = securityNetwork(SIZE, true).map(
      (network) => buildWholeCover(indexNetwork(network)).problem,
    );
    fc.assert(
      fc.property(whole, (problem) => {
        expect(needsEverything(problem)).toBe(true);
        const { solution } = solveMinCut(problem);
        expect(solution.value).toBe(searchExhaustively(problem)!.value);
        const isTaken = new Uint8Array(problem.costs.length);
        for (const item of solution.items) isTaken[item] = 1;
        expect(evaluateCover(problem, isTaken)!.value).toBe(solution.value);
      }),
      RUNS,
    );
  });
});
