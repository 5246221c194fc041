/** From the losses of all paths to the figures of their distribution, each with its standard error. */
import type { Estimate, Tail } from '../../../../shared/domain/loss-distribution.ts';
import { GROUP_MOMENTS, type EventTape, type TapeGroup } from '../simulate/event-tape.ts';
import { drawCurve, findCell, readHistogram, type Histogram } from './histogram.ts';
import { selectFromTop } from './select-from-top.ts';
import { createStratifiedMean } from './stratified-mean.ts';
import { listTailPaths, type TailPaths } from './tail-paths.ts';

export interface LossSummary {
  readonly expectedLoss: Estimate;
  readonly lossProbability: Estimate;
  readonly tails: readonly Tail[];
  readonly maximum: number;
  readonly exceedance: readonly { readonly loss: number; readonly probability: number }[];
  /** Paths from the lowest level's value at risk up, for whoever looks further into the tail. */
  readonly tailPaths: TailPaths;
}

/**
 * Reads what computeLosses left in the tape's room. Quantiles come from its histogram: a second pass picks out the paths
 * from the cell of the lowest quantile up, and only the losses of a quantile's own cell are sorted. So a quantile is one of the losses, exactly, without sorting them all.
 *
 * `levels`: confidence levels in (0, 1), ascending.
 */
export function summarizeLosses(tape: EventTape, levels: readonly number[]): LossSummary {
  const { moments, holds } = tape.room;
  const expected = createStratifiedMean();
  const lost = createStratifiedMean();
  let maximum = 0;
  for (let g = 0; g < tape.groups.length; g++) {
    const group = tape.groups[g]!;
    const at = GROUP_MOMENTS * g;
    expected.add(group, moments[at]!, moments[at + 1]!);
    lost.add(group, moments[at + 2]!, moments[at + 2]!);
    maximum = Math.max(maximum, moments[at + 3]!);
  }
  const histogram = readHistogram(tape, holds?.firstCell ?? 0, maximum);
  const lowest = Math.min(...levels);
  const least = maximum === 0 || levels.length === 0 ? Infinity : findCell(histogram, 1 - lowest).from;
  const tailPaths = listTailPaths(tape, least);
  return {
    expectedLoss: expected.estimate(),
    lossProbability: lost.estimate(),
    tails: levels.map((level) => describeTail(tape, histogram, tailPaths, level)),
    maximum,
    exceedance: drawCurve(histogram),
    tailPaths,
  };
}

/** Value at risk and expected shortfall; the atom at the value at risk is split so that the tail weighs 1 - level. */
function describeTail(tape: EventTape, histogram: Histogram, paths: TailPaths, level: number): Tail {
  const tail = 1 - level;
  const value = selectQuantile(tape, histogram, paths, tail);
  const excess = createStratifiedMean();
  const beyond = createStratifiedMean();
  visitGroups(tape, paths, (group, from, to) => {
    let sum = 0;
    let squares = 0;
    let above = 0;
    for (let i = from; i < to; i++) {
      const over = paths.losses[i]! - value;
      if (over <= 0) continue;
      sum += over;
      squares += over * over;
      above++;
    }
    excess.add(group, sum, squares);
    beyond.add(group, above, above);
  });
  const { value: excessValue, standardError } = excess.estimate();
  // One standard error of the tail's probability, up and down, read off as losses.
  const slack = Math.max(beyond.estimate().standardError ?? 0, 1e-12);
  const up = interpolate(histogram, Math.max(tail - slack, 1e-12));
  const down = interpolate(histogram, Math.min(tail + slack, 1));
  return {
    level,
    // Where more paths than the level asks for lose nothing, there is nothing to be wrong about.
    valueAtRisk: { value, standardError: value === 0 ? 0 : (up - down) / 2 },
    expectedShortfall: { value: value + excessValue / tail, standardError: (standardError ?? 0) / tail },
  };
}

/** The paths of the tail, group by group: `from` up to `to` of the lists. */
function visitGroups(
  tape: EventTape,
  { groups }: TailPaths,
  visit: (group: TapeGroup, from: number, to: number) => void,
): void {
  for (let from = 0; from < groups.length;) {
    let to = from + 1;
    while (to < groups.length && groups[to] === groups[from]) to++;
    visit(tape.groups[groups[from]!]!, from, to);
    from = to;
  }
}

/** Smallest loss that is exceeded with probability at most `tail`. */
function selectQuantile(tape: EventTape, histogram: Histogram, paths: TailPaths, tail: number): number {
  if (histogram.maximum === 0) return 0;
  const { from, to, beyond } = findCell(histogram, tail);
  const losses: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < paths.losses.length; i++) {
    const loss = paths.losses[i]!;
    if (loss < from || loss >= to) continue;
    losses.push(loss);
    weights.push(tape.groups[paths.groups[i]!]!.weight);
  }
  // Paths that are not stored lose nothing: they are the last of the first cell.
  if (from === 0 && histogram.unstored > 0) {
    losses.push(0);
    weights.push(histogram.unstored);
  }
  return selectFromTop(losses, weights, tail - beyond);
}

/** The same within its cell by straight line: moves smoothly, for differences of quantiles. */
function interpolate(histogram: Histogram, tail: number): number {
  if (histogram.maximum === 0) return 0;
  const { from, to, beyond, probability } = findCell(histogram, tail);
  return to - (to - from) * Math.min(1, (tail - beyond) / probability);
}
