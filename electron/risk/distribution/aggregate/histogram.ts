/** Losses counted into cells of equal ratio, by the probability of their paths. */
import { HISTOGRAM_CELLS, type EventTape } from '../simulate/event-tape.ts';
import { edgeOfCell, PROBABILITY_STEP } from '../simulate/read-groups.ts';

export interface Histogram {
  readonly maximum: number;
  /** The first cell holds what is below the second; every other ends 1/128 above where it begins, or a little less. */
  readonly firstCell: number;
  readonly cells: Float64Array;
  /** Probability of the paths that are not stored: they lose nothing. */
  readonly unstored: number;
}

/** Points of the exceedance curve, at most. */
const CURVE_POINTS = 200;
const WORD = 2 ** 32;

/** Reads the histogram in the tape's room; `maximum` is the largest loss. Paths not stored are in the first cell. */
export function readHistogram({ groups, room }: EventTape, firstCell: number, maximum: number): Histogram {
  const cells = new Float64Array(HISTOGRAM_CELLS);
  for (let cell = 0; cell < HISTOGRAM_CELLS; cell++) {
    // Words of one rank first, so that nothing is rounded before the end, however many threads counted.
    let low = 0;
    let high = 0;
    for (const histogram of room.histograms) {
      low += histogram[2 * cell]!;
      high += histogram[2 * cell + 1]!;
    }
    cells[cell] = (high * WORD + low) * PROBABILITY_STEP;
  }
  const stored = groups.reduce((sum, { paths, weight }) => sum + paths * weight, 0);
  const unstored = Math.max(0, 1 - stored);
  cells[0]! += unstored;
  return { maximum, firstCell, cells, unstored };
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
export function findCell({ cells, firstCell }: Histogram, tail: number): Cell {
  let beyond = 0;
  let cell = cells.length - 1;
  while (cell > 0 && beyond + cells[cell]! <= tail) beyond += cells[cell--]!;
  const from = edgeOfCell(cell, firstCell);
  return { from, to: edgeOfCell(cell + 1, firstCell), probability: cells[cell]!, beyond };
}

/** Chance of losing at least so much, falling: points about evenly spaced in the loss. */
export function drawCurve({ cells, firstCell, maximum }: Histogram): { loss: number; probability: number }[] {
  if (maximum === 0) return [];
  const points: { loss: number; probability: number }[] = [];
  const step = maximum / CURVE_POINTS;
  let probability = 0;
  let next = Infinity;
  for (let cell = cells.length - 1; cell > 0; cell--) {
    probability += cells[cell]!;
    const loss = edgeOfCell(cell, firstCell);
    if (probability === 0 || loss > next) continue;
    points.push({ loss, probability: Math.min(1, probability) });
    next = loss - step;
  }
  return points.reverse();
}
