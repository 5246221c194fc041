/** Two books on the same paths: what changes, and how sure that is. */
import type { LossDistribution } from '../../../shared/domain/loss-distribution.ts';
import type { Change } from '../../../shared/domain/loss-study.ts';
import { estimateMean } from './aggregate/stratified-mean.ts';
import type { EventTape } from './simulate/event-tape.ts';

export interface Changes {
  readonly expectedLoss: Change;
  readonly lossProbability: Change;
  readonly tails: readonly {
    readonly level: number;
    readonly valueAtRisk: Change;
    readonly expectedShortfall: Change;
  }[];
  readonly maximum: Change;
}

/** Losses by stored path under either book; distributions of the same levels. */
export interface Compared {
  readonly losses: Float64Array;
  readonly distribution: Pick<LossDistribution, 'expectedLoss' | 'lossProbability' | 'tails' | 'maximum'>;
}

/**
 * The errors are those of the differences, path by path: what both books lose on the same luck cancels, so a small
 * change is seen long before either figure is known as well. The shortfall's difference is taken through the excess
 * over each book's own value at risk, whose first-order effect is nil.
 */
export function compareLosses(tape: EventTape, before: Compared, after: Compared): Changes {
  const one = before.distribution;
  const two = after.distribution;
  const measure = (valueOf: (loss: number, which: 0 | 1) => number): number =>
    estimateMean(tape, (path) => valueOf(after.losses[path]!, 1) - valueOf(before.losses[path]!, 0))
      .standardError ?? 0;
  const describe = (from: number, to: number, standardError: number | null): Change => ({
    before: from,
    after: to,
    change: { value: to - from, standardError },
  });
  return {
    expectedLoss: describe(
      one.expectedLoss.value,
      two.expectedLoss.value,
      measure((loss) => loss),
    ),
    lossProbability: describe(
      one.lossProbability.value,
      two.lossProbability.value,
      measure((loss) => (loss > 0 ? 1 : 0)),
    ),
    tails: one.tails.map(({ level, valueAtRisk, expectedShortfall }, index) => {
      const other = two.tails[index]!;
      const bounds = [valueAtRisk.value, other.valueAtRisk.value] as const;
      const excess = measure((loss, which) => Math.max(0, loss - bounds[which]));
      // How far the two books' quantiles move together is not known: the errors are taken as independent.
      const apart = Math.hypot(valueAtRisk.standardError ?? 0, other.valueAtRisk.standardError ?? 0);
      return {
        level,
        valueAtRisk: describe(bounds[0], bounds[1], apart),
        expectedShortfall: describe(
          expectedShortfall.value,
          other.expectedShortfall.value,
          excess / (1 - level),
        ),
      };
    }),
    maximum: describe(one.maximum, two.maximum, null),
  };
}
