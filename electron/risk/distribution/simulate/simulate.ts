/** Carries out a simulation plan: the faults of every path, then what shocks and contagion add to them. */
import { AppError } from '../../../../shared/contract/errors.ts';
import type { RunHooks } from '../../work.ts';
import { createWork } from '../../work.ts';
import { compileBook } from '../book.ts';
import type { LossModel } from '../loss-model.ts';
import {
  GROUP_MOMENTS,
  HISTOGRAM_CELLS,
  type EventTape,
  type Reading,
  type TapeExtras,
  type TapeGroup,
  type TapeRoom,
} from './event-tape.ts';
import { createKernelMemory, scratchAt, startKernel, WEIGHTS_AT, type Kernel } from './kernel.ts';
import {
  fillKnots,
  listProbes,
  measureBand,
  planSimulation,
  type SimulationOptions,
  type SimulationPlan,
} from './plan.ts';
import { createRandom } from './random.ts';
import { clearHistogram, findFirstCell, readGroups, writeWeights } from './read-groups.ts';
import type { Spread } from './spread.ts';

/** What one bin's paths got beyond their own faults, in pieces, in the order of the paths. */
export interface BinExtras {
  readonly bin: number;
  readonly pieces: readonly ExtrasPiece[];
}

interface ExtrasPiece {
  /** Pairs: path within its group, and how many rows it got. */
  readonly found: Uint32Array;
  /** Number of the group's first path among the stored ones. */
  readonly pathStart: number;
  readonly rows: Uint16Array;
}

/** Rows of all pieces together: 2 bytes each. */
const MAX_EXTRA_ROWS = 100_000_000;

const HISTOGRAM_BYTES = 8 * HISTOGRAM_CELLS;

/** Byte offsets into the kernel's memory. */
export interface TapeLayout {
  readonly rowsAt: number;
  readonly lossesAt: number;
  readonly momentsAt: number;
  /** By thread. */
  readonly histogramsAt: readonly number[];
  readonly countsAt: number;
  readonly placesAt: number;
  readonly end: number;
}

export function layOutTape(plan: SimulationPlan, spread: Spread | null, workers: number): TapeLayout {
  const sources = plan.chances.thresholds.length;
  const align = (at: number): number => Math.ceil(at / 64) * 64;
  const rowsAt = scratchAt(workers, sources, spread);
  const lossesAt = align(rowsAt + 2 * plan.rowCount);
  const momentsAt = align(lossesAt + 8 * plan.storedPaths);
  const firstHistogram = align(momentsAt + 8 * GROUP_MOMENTS * plan.groups.length);
  const histogramsAt = Array.from({ length: workers }, (_, i) => firstHistogram + HISTOGRAM_BYTES * i);
  const countsAt = firstHistogram + HISTOGRAM_BYTES * workers;
  const placesAt = align(countsAt + 8 * (sources + 1));
  const end = placesAt + 4 * (plan.storedPaths + 1);
  return { rowsAt, lossesAt, momentsAt, histogramsAt, countsAt, placesAt, end };
}

/**
 * Where the model's own losses are read while its tape is sampled, each bin's by the thread that sampled it and while
 * its rows are in that thread's cache. Null where they cannot be: they are more than a sum, or not known before faults
 * have spread.
 */
export function prepareReading(
  kernel: Kernel,
  layout: TapeLayout,
  model: LossModel,
  plan: SimulationPlan,
  spread: Spread | null,
): Reading | null {
  if (spread !== null || plan.certain.length > 0) return null;
  const book = compileBook(model);
  if (!book.isAdditive) return null;
  writeWeights(kernel, book);
  return { model, firstCell: findFirstCell(book.totalValue) };
}

/** What a thread asks while it samples. */
export interface Pace {
  /** The next bin nobody has; undefined ends the work. */
  readonly nextBin: () => number | undefined;
  /** Asked every few thousand paths: true ends the work, unfinished. */
  readonly isStopped: () => boolean;
}

/** Rows sampled between two looks at the cancel flag: about a millisecond of work. */
const CHUNK_ROWS = 131_072;

/** What a thread samples, and with what. */
export interface Sampling {
  readonly plan: SimulationPlan;
  readonly kernel: Kernel;
  readonly layout: TapeLayout;
  readonly spread: Spread | null;
  /** Number of the histogram's first cell; null where losses are not read on the way. */
  readonly firstCell: number | null;
  /** 0 for the thread that asked. */
  readonly worker: number;
}

/** @throws AppError scenario-invalid where contagion spreads further than a tape may hold */
export function sampleBins(
  { plan, kernel, layout, spread, firstCell, worker }: Sampling,
  { nextBin, isStopped }: Pace,
): BinExtras[] {
  const { chances, bins, groups, seed } = plan;
  const { rowsAt } = layout;
  const probes = listProbes(chances);
  const knots = new Float64Array(kernel.memory.buffer, kernel.knotsAt(), 34);
  const extras: BinExtras[] = [];
  const histogramAt = layout.histogramsAt[worker]!;
  if (firstCell !== null) clearHistogram(kernel, histogramAt);
  let extraRows = 0;
  let last = -2;
  for (let index = nextBin(); index !== undefined; index = nextBin()) {
    const bin = bins[index]!;
    if (bin.groupStart === bin.groupEnd) continue;
    const state = createRandom(seed, index);
    kernel.seed(state[0]!, state[1]!, state[2]!, state[3]!);
    fillKnots(bin, knots);
    if (bin.isDense) {
      const sampleAll = (to: number, _width: number, paths: number): void => kernel.sampleAll(to, paths);
      if (!sampleInChunks(groups[bin.groupStart]!, rowsAt, sampleAll, isStopped)) return extras;
      last = -2;
    } else if (bin.hazard > 0) {
      const band = measureBand(chances, knots, probes);
      kernel.fillTable(bin.zLow, bin.zHigh, bin.hazard, last === index - 1 ? 1 : 0, band);
      last = index;
      for (let g = bin.groupStart; g < bin.groupEnd; g++) {
        if (!sampleInChunks(groups[g]!, rowsAt, kernel.sampleGroup, isStopped)) return extras;
      }
    }
    if (firstCell !== null) {
      readGroups(kernel, groups, bin.groupStart, bin.groupEnd, { ...layout, histogramAt, firstCell });
    }
    if (spread !== null) {
      const found = spreadBin(plan, kernel, layout, spread, index, isStopped);
      if (found === null) continue;
      extras.push(found);
      extraRows += found.pieces.reduce((sum, { rows }) => sum + rows.length, 0);
      if (extraRows > MAX_EXTRA_ROWS) refuseSpread(extraRows);
    }
  }
  return extras;
}

/** The generator goes on where it stopped, so chunks change no byte. False where the work was stopped. */
function sampleInChunks(
  { width, paths, rowStart }: TapeGroup,
  rowsAt: number,
  sample: (to: number, width: number, paths: number) => void,
  isStopped: () => boolean,
): boolean {
  const most = Math.max(1, Math.floor(CHUNK_ROWS / Math.max(1, width)));
  for (let path = 0; path < paths; path += most) {
    if (isStopped()) return false;
    sample(rowsAt + 2 * (rowStart + path * width), width, Math.min(most, paths - path));
  }
  return true;
}

function refuseSpread(rows: number): never {
  throw new AppError(
    'scenario-invalid',
    'Contagion spreads so far that the run would need too much memory.',
    {
      detail: `${rows} events by contagion and more, ${MAX_EXTRA_ROWS} at most`,
      help: 'Ask for fewer paths.',
    },
  );
}

function spreadBin(
  plan: SimulationPlan,
  kernel: Kernel,
  { rowsAt }: TapeLayout,
  { limit }: Spread,
  index: number,
  isStopped: () => boolean,
): BinExtras | null {
  const { groupStart, groupEnd } = plan.bins[index]!;
  const { pathsAt, rowsAt: foundAt, room } = kernel.found;
  const { buffer } = kernel.memory;
  const pieces: ExtrasPiece[] = [];
  for (let g = groupStart; g < groupEnd; g++) {
    const { width, paths: own, rowStart, pathStart } = plan.groups[g]!;
    for (let from = 0; from < own;) {
      if (isStopped()) return null;
      const at = rowsAt + 2 * rowStart;
      const to = Math.min(own, from + Math.max(1, Math.floor(CHUNK_ROWS / Math.max(1, width))));
      from = kernel.spreadGroup(at, width, from, to, WEIGHTS_AT, limit, pathsAt, foundAt, room);
      const count = kernel.foundPathCount();
      if (count === 0) continue;
      // Copies: the next call writes into the same room.
      const found = new Uint32Array(buffer, pathsAt, 2 * count).slice();
      const rows = new Uint16Array(buffer, foundAt, kernel.foundRowCount()).slice();
      pieces.push({ found, pathStart, rows });
    }
  }
  return pieces.length === 0 ? null : { bin: index, pieces };
}

/**
 * What every bin found, in the order of the paths, whoever found it.
 *
 * @throws AppError scenario-invalid where that is more than a tape may hold
 */
export function joinExtras(extras: readonly BinExtras[]): TapeExtras {
  const pieces = extras.toSorted((a, b) => a.bin - b.bin).flatMap((bin) => bin.pieces);
  const pathCount = pieces.reduce((sum, { found }) => sum + found.length / 2, 0);
  const rowCount = pieces.reduce((sum, { rows }) => sum + rows.length, 0);
  if (rowCount > MAX_EXTRA_ROWS) refuseSpread(rowCount);
  const paths = new Uint32Array(pathCount);
  const starts = new Uint32Array(pathCount + 1);
  const rows = new Uint16Array(rowCount);
  let path = 0;
  let row = 0;
  for (const piece of pieces) {
    rows.set(piece.rows, row);
    for (let i = 0; i < piece.found.length; i += 2) {
      paths[path] = piece.pathStart + piece.found[i]!;
      row += piece.found[i + 1]!;
      starts[++path] = row;
    }
  }
  return { paths, starts, rows };
}

export function assembleTape(
  plan: SimulationPlan,
  kernel: Kernel,
  layout: TapeLayout,
  extras: TapeExtras,
  reading: Reading | null,
): EventTape {
  const { buffer } = kernel.memory;
  const sourceCount = plan.chances.thresholds.length;
  const histograms = layout.histogramsAt.map((at) => new Uint32Array(buffer, at, 2 * HISTOGRAM_CELLS));
  const room: TapeRoom = {
    kernel,
    rowsAt: layout.rowsAt,
    weights: new Float64Array(buffer, WEIGHTS_AT, sourceCount + 1),
    lossesAt: layout.lossesAt,
    losses: new Float64Array(buffer, layout.lossesAt, plan.storedPaths),
    histogramAt: layout.histogramsAt[0]!,
    histogram: histograms[0]!,
    histograms,
    placesAt: layout.placesAt,
    places: new Uint32Array(buffer, layout.placesAt, plan.storedPaths),
    momentsAt: layout.momentsAt,
    moments: new Float64Array(buffer, layout.momentsAt, GROUP_MOMENTS * plan.groups.length),
    countsAt: layout.countsAt,
    counts: new Float64Array(buffer, layout.countsAt, sourceCount + 1).fill(NaN),
    holds: reading,
  };
  const { seed, pathCount, storedPaths, bins, groups, certain } = plan;
  const rows = new Uint16Array(buffer, layout.rowsAt, plan.rowCount);
  return { seed, sourceCount, pathCount, storedPaths, bins, groups, rows, extras, certain, room };
}

/**
 * Simulates a model on one thread. Deterministic: the same model, paths, seed and allocation give the same bytes, with
 * any number of workers and wherever the same JavaScript engine runs. `memory`: one of an earlier run, used again where
 * it is large enough; the earlier tape is overwritten and must not be read any more.
 *
 * @throws AppError scenario-invalid for a model or options outside their range; cancelled
 */
export function simulate(
  model: LossModel,
  options: SimulationOptions,
  hooks: RunHooks = {},
  memory?: WebAssembly.Memory,
): EventTape {
  const { plan, spread } = planSimulation(model, options);
  const layout = layOutTape(plan, spread, 1);
  const isLarge = memory !== undefined && memory.buffer.byteLength >= layout.end;
  const kernel = startKernel(isLarge ? memory : createKernelMemory(layout.end), 0, plan.chances, spread);
  writeReach(kernel, spread);
  const reading = prepareReading(kernel, layout, model, plan, spread);
  const work = createWork(plan.bins.length, hooks);
  let next = 0;
  const sampling = { plan, kernel, layout, spread, firstCell: reading?.firstCell ?? null, worker: 0 };
  const extras = sampleBins(sampling, {
    nextBin() {
      work.check();
      if (next > 0) work.advance();
      return next < plan.bins.length ? next++ : undefined;
    },
    isStopped: () => hooks.isCancelled?.() === true,
  });
  work.check();
  return assembleTape(plan, kernel, layout, joinExtras(extras), reading);
}

/** The kernel's sum over a path's rows is the path's reach. */
export function writeReach(kernel: Kernel, spread: Spread | null): void {
  if (spread === null) return;
  new Float64Array(kernel.memory.buffer, WEIGHTS_AT, spread.reach.length).set(spread.reach);
}
