/**
 * The event tape: what happened on every path, and nothing about what it cost. Losses are read off it afterwards, as
 * often as anybody likes (../aggregate): a change of exposure, severity, cover or deductible costs one pass over the
 * tape, on the same paths, so that a slider moves the figures and never makes them jitter.
 *
 * Paths are exchangeable, so they are stored by bin and, within a bin, by their number of candidate faults: a group
 * holds `paths` paths of exactly `width` rows each, one after the other. A row is the index of a source; a candidate
 * that was thinned out or came twice is the null row, `sourceCount`. Paths without candidates are not stored, unless
 * something is certain to happen. What shocks and contagion add to a path does not fit its width and stands in
 * `extras`.
 *
 * The layout is fixed before anything is drawn (planSimulation), so that workers fill disjoint parts of one memory and
 * its bytes do not depend on them.
 */
import type { LossModel } from '../loss-model.ts';
import type { Kernel } from './kernel.ts';

export interface TapeGroup {
  readonly bin: number;
  readonly width: number;
  readonly paths: number;
  /** Where its rows begin in {@link EventTape.rows}. */
  readonly rowStart: number;
  /** Number of its first path among the stored paths. */
  readonly pathStart: number;
  /** Probability that one of its paths stands for. */
  readonly weight: number;
}

export interface TapeBin {
  /** Paths, with those that are not stored. */
  readonly paths: number;
  readonly probability: number;
  /** Groups from here up to the next bin's. */
  readonly groupStart: number;
  readonly groupEnd: number;
}

/** Further sources that happen on some paths. Ascending by path. */
export interface TapeExtras {
  /** Numbers among the stored paths. */
  readonly paths: Uint32Array;
  /** `paths.length + 1` offsets into `rows`. */
  readonly starts: Uint32Array;
  readonly rows: Uint16Array;
}

export interface EventTape {
  readonly seed: number;
  readonly sourceCount: number;
  /** All paths, also those without an event. */
  readonly pathCount: number;
  readonly storedPaths: number;
  readonly bins: readonly TapeBin[];
  readonly groups: readonly TapeGroup[];
  readonly rows: Uint16Array;
  readonly extras: TapeExtras;
  /** Sources of probability one, and what follows from them: they happen on every path and have no rows. */
  readonly certain: readonly number[];
  /** Room for the passes over the tape, beside it in the kernel's memory. */
  readonly room: TapeRoom;
}

/** What the passes over a tape work on. Each overwrites what the one before it left. */
export interface TapeRoom {
  readonly kernel: Kernel;
  readonly rowsAt: number;
  /** One number per source and one for the null row. */
  readonly weights: Float64Array;
  /** One number per stored path. */
  readonly lossesAt: number;
  readonly losses: Float64Array;
  /** By group: sum of the losses, sum of their squares, how many are above zero, the largest. */
  readonly momentsAt: number;
  readonly moments: Float64Array;
  /** By cell (../aggregate/histogram.ts) the probability, as a whole number of 2^-62, low word first. */
  readonly histogramAt: number;
  readonly histogram: Uint32Array;
  /** Histograms of the threads that sampled, the first of them `histogram`. */
  readonly histograms: readonly Uint32Array[];
  /** Room for the numbers of all stored paths. */
  readonly placesAt: number;
  readonly places: Uint32Array;
  /** Probability with which each source's rows occur; NaN first, until somebody has counted them. */
  readonly countsAt: number;
  readonly counts: Float64Array;
  /** Whose losses, moments and histogram are in the room; null for nobody's. */
  holds: Reading | null;
}

/** A pass over the tape that has been made. */
export interface Reading {
  readonly model: LossModel;
  /** Number of the histogram's first cell. */
  readonly firstCell: number;
}

/** Sources that a tape can name: a row has 16 bits, and one value is the null row. */
export const MAX_SOURCES = 65_534;

/** Cells of the histogram that quantiles are found with: 128 for each halving of the loss, 32 halvings. */
export const HISTOGRAM_CELLS = 4096;
/** Numbers that a pass leaves of each group. */
export const GROUP_MOMENTS = 4;
