/** From the losses of all paths to the figures of their distribution, each with its standard error. */
import type { Estimate, Tail } from '../../../../shared/domain/loss-distribution.ts';
import { HISTOGRAM_CELLS, type EventTape, type TapeGroup } from '../simulate/event-tape.ts';
import { createStratifiedMean } from './stratified-mean.ts';
import type { TapeLosses } from './tape-losses.ts';

export interface LossSummary {
  readonly expectedLoss: Estimate;
  readonly lossProbability: Estimate;
  readonly tails: readonly Tail[];
  readonly maximum: number;
  readonly exceedance: readonly { readonly loss: number; readonly probability: number }[];
}

/** Points of the exceedance curve, at most. */
const CURVE_POINTS = 200;

/** `levels`: confidence levels in (0, 1), ascending. */
export function summarizeLosses(tape: EventTape, found: TapeLosses, levels: readonly number[]): LossSummary {
  const { kernel, lossesAt, moments, momentsAt } = tape.room;
  const expected = createStratifiedMean();
  const lost = createStratifiedMean();
  let maximum = 0;
  for (const group of tape.groups) {
    moments.fill(0);
    kernel.sumMoments(lossesAt + 8 * group.pathStart, group.paths, momentsAt);
    const [sum, squares, positives, most] = moments;
    expected.add(group, sum!, squares!);
    lost.add(group, positives!, positives!);
    maximum = Math.max(maximum, most!);
  }
  const quantiles = countQuantiles(tape, found, maximum);
  return {
    expectedLoss: expected.estimate(),
    lossProbability: lost.estimate(),
    tails: levels.map((level) => describeTail(tape, quantiles, level)),
    maximum,
    exceedance: quantiles.curve,
  };
}

interface Quantiles {
  /** Smallest loss that is exceeded with probability at most 1 - level: one of the losses, exactly. */
  at(level: number): number;
  /** The same, interpolated within its cell: moves smoothly, for differences of quantiles. */
  near(level: number): number;
  readonly curve: readonly { readonly loss: number; readonly probability: number }[];
}

/**
 * Quantiles from a histogram: one pass counts losses into equal cells, and only the losses of the one cell that the
 * quantile falls into are sorted. So a quantile is one of the losses, exactly, without sorting them all.
 */
function countQuantiles(tape: EventTape, { losses }: TapeLosses, maximum: number): Quantiles {
  const { groups, room } = tape;
  const { kernel, histogram, histogramAt, lossesAt } = room;
  histogram.fill(0);
  const perCell = maximum > 0 ? (HISTOGRAM_CELLS - 1) / maximum : 0;
  let stored = 0;
  for (const { pathStart, paths, weight } of groups) {
    kernel.countValues(lossesAt + 8 * pathStart, paths, perCell, weight, histogramAt);
    stored += paths * weight;
  }
  histogram[0]! += Math.max(0, 1 - stored);
  const cells = histogram.slice();
  return {
    curve: drawCurve(cells, perCell),
    near(level) {
      if (perCell === 0) return 0;
      const { cell, beyond } = findCell(cells, 1 - level);
      return (cell + 1 - Math.min(1, (1 - level - beyond) / cells[cell]!)) / perCell;
    },
    at(level) {
      if (perCell === 0) return 0;
      const { cell, beyond } = findCell(cells, 1 - level);
      return selectInCell(groups, losses, perCell, cell, 1 - level - beyond);
    },
  };
}

/** The cell in which the probability summed from above exceeds `tail`, and what lies beyond that cell. */
function findCell(cells: Float64Array, tail: number): { cell: number; beyond: number } {
  let beyond = 0;
  let cell = cells.length - 1;
  while (cell > 0 && beyond + cells[cell]! <= tail) beyond += cells[cell--]!;
  return { cell, beyond };
}

/** The loss of a cell that is exceeded within it with probability at most `left`. */
function selectInCell(
  groups: readonly TapeGroup[],
  losses: Float64Array,
  perCell: number,
  cell: number,
  left: number,
): number {
  const found: { loss: number; weight: number }[] = [];
  for (const { pathStart, paths, weight } of groups) {
    for (let path = pathStart; path < pathStart + paths; path++) {
      const place = losses[path]! * perCell;
      if (place >= cell && place < cell + 1) found.push({ loss: losses[path]!, weight });
    }
  }
  found.sort((a, b) => b.loss - a.loss);
  let beyond = 0;
  for (const { loss, weight } of found) {
    beyond += weight;
    if (beyond > left) return loss;
  }
  return 0;
}

function drawCurve(cells: Float64Array, perCell: number): { loss: number; probability: number }[] {
  if (perCell === 0) return [];
  const points: { loss: number; probability: number }[] = [];
  let probability = 0;
  const step = Math.ceil(cells.length / CURVE_POINTS);
  for (let cell = cells.length - 1; cell >= 0; cell--) {
    probability += cells[cell]!;
    if (probability > 0 && (cell % step === 0 || points.length === 0) && cell > 0) {
      points.push({ loss: cell / perCell, probability: Math.min(1, probability) });
    }
  }
  return points.reverse();
}

/** Value at risk and expected shortfall; the atom at the value at risk is split so that the tail weighs 1 - level. */
function describeTail(tape: EventTape, quantiles: Quantiles, level: number): Tail {
  const { kernel, lossesAt, moments, momentsAt } = tape.room;
  const tail = 1 - level;
  const value = quantiles.at(level);
  const excess = createStratifiedMean();
  const beyond = createStratifiedMean();
  for (const group of tape.groups) {
    moments.fill(0);
    kernel.sumExcesses(lossesAt + 8 * group.pathStart, group.paths, value, momentsAt);
    const [sum, squares, above] = moments;
    excess.add(group, sum!, squares!);
    beyond.add(group, above!, above!);
  }
  const { value: excessValue, standardError } = excess.estimate();
  // One standard error of the tail's probability, up and down, read off as losses.
  const slack = Math.max(beyond.estimate().standardError ?? 0, 1e-12);
  const up = quantiles.near(Math.min(level + slack, 1 - 1e-12));
  const down = quantiles.near(Math.max(level - slack, 0));
  return {
    level,
    valueAtRisk: { value, standardError: (up - down) / 2 },
    expectedShortfall: { value: value + excessValue / tail, standardError: (standardError ?? 0) / tail },
  };
}
