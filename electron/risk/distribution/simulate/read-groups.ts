/**
 * Reading additive losses off the tape: what one event of each source takes is one number, and a path's loss is the sum
 * over its rows. The kernel does it group by group, in one pass with the moments and the histogram.
 */
import { weighSources, type Book } from '../book.ts';
import { GROUP_MOMENTS, HISTOGRAM_CELLS, type TapeGroup } from './event-tape.ts';
import { WEIGHTS_AT, type Kernel } from './kernel.ts';

/** Byte offsets into the kernel's memory, and the number of the histogram's first cell. */
export interface ReadingRoom {
  readonly rowsAt: number;
  readonly lossesAt: number;
  readonly momentsAt: number;
  readonly histogramAt: number;
  readonly firstCell: number;
}

/** The kernel counts probabilities in these: whole numbers, whose sum is the same in whatever order. */
export const PROBABILITY_STEP = 2 ** -62;

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
/** Of the high word: what the kernel shifts away of a loss's bits, less the low word. */
const HIGH_SHIFT = 13;

/** Cells end with the one that a loss of everything falls into. `total`: value of all positions. */
export function findFirstCell(total: number): number {
  // A margin for the rounding of sums.
  float[0] = total * (1 + 1e-6);
  return Math.max(0, (words[1]! >>> HIGH_SHIFT) - (HISTOGRAM_CELLS - 1));
}

/** The least loss of a cell; the first cell holds everything below the second. */
export function edgeOfCell(cell: number, firstCell: number): number {
  if (cell === 0) return 0;
  words[0] = 0;
  words[1] = (cell + firstCell) << HIGH_SHIFT;
  return float[0]!;
}

/** Puts what one event of each source takes where the kernel reads it. */
export function writeWeights(kernel: Kernel, book: Book): void {
  new Float64Array(kernel.memory.buffer, WEIGHTS_AT, book.sourceCount + 1).set(weighSources(book));
}

export function clearHistogram(kernel: Kernel, histogramAt: number): void {
  new Uint8Array(kernel.memory.buffer, histogramAt, 8 * HISTOGRAM_CELLS).fill(0);
}

/** Fills the losses of the groups from `start` up to `end`, and what the pass tells of each. */
export function readGroups(
  kernel: Kernel,
  groups: readonly TapeGroup[],
  start: number,
  end: number,
  room: ReadingRoom,
): void {
  const { rowsAt, lossesAt, momentsAt, histogramAt, firstCell } = room;
  for (let g = start; g < end; g++) {
    const { width, paths, rowStart, pathStart, weight } = groups[g]!;
    kernel.readGroup(
      rowsAt + 2 * rowStart,
      width,
      paths,
      lossesAt + 8 * pathStart,
      firstCell,
      weight,
      histogramAt,
      momentsAt + 8 * GROUP_MOMENTS * g,
    );
  }
}
