/**
 * Every position's own loss distribution, off one walk over the tape. The book as a whole is of no interest when products
 * are compared, and a pass for each of them (aggregate) would draw the same severities over again.
 */
import type { LossDistribution } from '../../../shared/domain/loss-distribution.ts';
import { createEvaluator } from '../distribution/aggregate/evaluate-path.ts';
import { selectFromTop } from '../distribution/aggregate/select-from-top.ts';
import { estimateMean } from '../distribution/aggregate/stratified-mean.ts';
import { walkPaths } from '../distribution/aggregate/tape-losses.ts';
import { compileBook } from '../distribution/book.ts';
import type { LossModel } from '../distribution/loss-model.ts';
import type { EventTape } from '../distribution/simulate/event-tape.ts';
import { createWork, type RunHooks } from '../work.ts';

export interface PositionLosses {
  /** By stored path; on the others nothing is lost. */
  readonly losses: Float64Array;
  readonly distribution: Pick<LossDistribution, 'expectedLoss' | 'lossProbability' | 'tails' | 'maximum'>;
}

/**
 * One entry for each position of the model.
 *
 * @param level of the tail, in (0, 1)
 * @throws AppError scenario-invalid, cancelled
 */
export function readPositions(
  tape: EventTape,
  model: LossModel,
  level: number,
  hooks: RunHooks = {},
): readonly PositionLosses[] {
  const work = createWork(Math.max(1, tape.groups.length), hooks);
  const all = model.positions.map(() => new Float64Array(tape.storedPaths));
  walkPaths(tape, createEvaluator(compileBook(model), tape.seed), work, (path, { touched, byPosition }) => {
    for (const position of touched) all[position]![path] = byPosition[position]!;
  });
  return all.map((losses) => {
    work.check();
    return { losses, distribution: summarize(tape, losses, level) };
  });
}

function summarize(tape: EventTape, losses: Float64Array, level: number): PositionLosses['distribution'] {
  const tail = 1 - level;
  const quantile = sortOutQuantiles(tape, losses);
  const valueAtRisk = quantile(tail);
  // The atom at the value at risk is split, so that the tail weighs 1 - level.
  const excess = estimateMean(tape, (path) => Math.max(0, losses[path]! - valueAtRisk));
  const beyond = estimateMean(tape, (path) => (losses[path]! > valueAtRisk ? 1 : 0));
  // One standard error of the tail's probability, up and down, read off as losses.
  const slack = beyond.standardError ?? 0;
  const spread = (quantile(Math.max(0, tail - slack)) - quantile(tail + slack)) / 2;
  return {
    expectedLoss: estimateMean(tape, (path) => losses[path]!),
    lossProbability: estimateMean(tape, (path) => (losses[path]! > 0 ? 1 : 0)),
    tails: [
      {
        level,
        valueAtRisk: { value: valueAtRisk, standardError: spread },
        expectedShortfall: {
          value: valueAtRisk + excess.value / tail,
          standardError: (excess.standardError ?? 0) / tail,
        },
      },
    ],
    maximum: losses.reduce((most, loss) => Math.max(most, loss), 0),
  };
}

/** The smallest loss that is exceeded with probability at most `tail`. */
function sortOutQuantiles({ groups }: EventTape, losses: Float64Array): (tail: number) => number {
  const lost: number[] = [];
  const weights: number[] = [];
  let total = 0;
  for (const { pathStart, paths, weight } of groups) {
    for (let path = pathStart; path < pathStart + paths; path++) {
      const loss = losses[path]!;
      if (loss === 0) continue;
      lost.push(loss);
      weights.push(weight);
      total += weight;
    }
  }
  return (tail) => (tail >= total ? 0 : selectFromTop(lost, weights, tail));
}
