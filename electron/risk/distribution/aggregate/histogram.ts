/** Losses counted into equal cells, by the probability of their paths. */
import { HISTOGRAM_CELLS, type EventTape } from '../simulate/event-tape.ts';

export interface Histogram {
  readonly maximum: number;
  /** Loss at which cell i begins: i / perCell. */
  readonly perCell: number;
  readonly cells: Float64Array;
  /** Probability of the paths that are not stored: they lose nothing. */
  readonly unstored: number;
}

/** A smaller largest loss is none: cells so narrow have no width in floating point. */
const LEAST_MAXIMUM = 1e-200;
/** Points of the exceedance curve, at most. */
const CURVE_POINTS = 200;

/** Reads the losses in the tape's room; `maximum` is the largest. Paths that are not stored are in the first cell. */
export function countHistogram(tape: EventTape, maximum: number): Histogram {
  const { groups, room } = tape;
  const { kernel, histogram, histogramAt, lossesAt } = room;
  const perCell = maximum > LEAST_MAXIMUM ? (HISTOGRAM_CELLS - 1) / maximum : 0;
  histogram.fill(0);
  let stored = 0;
  for (const { pathStart, paths, weight } of groups) {
    kernel.countValues(lossesAt + 8 * pathStart, paths, perCell, weight, histogramAt);
    stored += paths * weight;
  }
  histogram[0]! += Math.max(0, 1 - stored);
  return {
    maximum: perCell === 0 ? 0 : maximum,
    perCell,
    cells: histogram.slice(),
    unstored: Math.max(0, 1 - stored),
  };
}

export interface Cell {
  /** Losses of the cell: from `from` up to below `to`. */
  readonly from: number;
  readonly to: number;
  readonly probability: number;
  /** Probability of the cells above. */
  readonly beyond: number;
}

/** The cell in which the probability, summed from above, exceeds `tail`. Small probabilities are summed first. */
export function findCell({ cells, perCell }: Histogram, tail: number): Cell {
  let beyond = 0;
  let cell = cells.length - 1;
  while (cell > 0 && beyond + cells[cell]! <= tail) beyond += cells[cell--]!;
  return { from: edgeOf(cell, perCell), to: edgeOf(cell + 1, perCell), probability: cells[cell]!, beyond };
}

/** The least loss that the kernel counts into the cell, whatever the division rounds to. */
function edgeOf(cell: number, perCell: number): number {
  let edge = cell / perCell;
  while (Math.floor(edge * perCell) < cell) edge *= 1 + Number.EPSILON;
  while (edge > 0 && Math.floor(edge * (1 - Number.EPSILON / 2) * perCell) >= cell)
    edge *= 1 - Number.EPSILON / 2;
  return edge;
}

/** Chance of losing at least so much, falling. */
export function drawCurve({ cells, perCell, maximum }: Histogram): { loss: number; probability: number }[] {
  if (maximum === 0) return [];
  const points: { loss: number; probability: number }[] = [];
  let probability = 0;
  const step = Math.ceil(cells.length / CURVE_POINTS);
  for (let cell = cells.length - 1; cell > 0; cell--) {
    probability += cells[cell]!;
    const isDrawn = probability > 0 && (cell % step === 0 || points.length === 0);
    if (isDrawn) points.push({ loss: cell / perCell, probability: Math.min(1, probability) });
  }
  return points.reverse();
}
