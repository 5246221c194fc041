/**
 * Means over all paths with their sampling error. Bins and candidate counts are both spread by plan, not by chance, so
 * a group is a stratum of its own: paths within it are independent, between groups nothing is random but to which of two
 * neighbouring counts a bin's one fractional path goes. Paths that are not stored lose nothing and add nothing.
 */
import type { Estimate } from '../../../../shared/domain/loss-distribution.ts';
import type { EventTape, TapeGroup } from '../simulate/event-tape.ts';

/** Most variance of a whole number of paths around a planned fraction of one. */
const ROUNDING_VARIANCE = 0.25;

/** `sum` and `squares` are over the paths of the group; groups come in the order of the tape. */
export interface StratifiedMean {
  add(group: TapeGroup, sum: number, squares: number): void;
  estimate(): Estimate;
}

export function createStratifiedMean(): StratifiedMean {
  let mean = 0;
  let variance = 0;
  let bin = -1;
  let before = 0;
  return {
    add({ bin: own, paths, weight }, sum, squares) {
      mean += weight * sum;
      if (own !== bin) before = 0;
      bin = own;
      const ownMean = sum / paths;
      const step = ownMean - before;
      before = ownMean;
      // Of a single path the spread is not known; its own size errs on the safe side.
      const spread = paths > 1 ? (Math.max(0, squares - sum * ownMean) * paths) / (paths - 1) : squares;
      variance += weight * weight * (spread + ROUNDING_VARIANCE * step * step);
    },
    estimate: () => ({ value: mean, standardError: Math.sqrt(variance) }),
  };
}

/** The same of a function of the path. */
export function estimateMean({ groups }: EventTape, valueOf: (path: number) => number): Estimate {
  const mean = createStratifiedMean();
  for (const group of groups) {
    let sum = 0;
    let squares = 0;
    for (let path = group.pathStart, end = path + group.paths; path < end; path++) {
      const value = valueOf(path);
      sum += value;
      squares += value * value;
    }
    mean.add(group, sum, squares);
  }
  return mean.estimate();
}
