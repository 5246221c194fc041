/** The loss of every stored path of a tape under a book. Paths that are not stored lose nothing. */
import type { RunHooks } from '../../work.ts';
import { createWork, type Work } from '../../work.ts';
import { GROUP_MOMENTS, type EventTape } from '../simulate/event-tape.ts';
import { findFirstCell, readGroups, writeWeights } from '../simulate/read-groups.ts';
import type { Book } from '../book.ts';
import { createEvaluator, type Evaluator, type PathLosses } from './evaluate-path.ts';

/**
 * Fills the losses of the tape's room, with their moments and histogram, and returns the losses: a view, which the next
 * pass over the same tape overwrites. Nothing is done where the room holds this very book's already.
 *
 * @throws AppError cancelled
 */
export function computeLosses(tape: EventTape, book: Book, hooks: RunHooks = {}): Float64Array {
  const { groups, room } = tape;
  if (room.holds?.model === book.model) return room.losses;
  room.holds = null;
  const firstCell = findFirstCell(book.totalValue);
  const work = createWork(Math.max(1, groups.length), hooks);
  for (const histogram of room.histograms) histogram.fill(0);
  if (book.isAdditive) addLosses(tape, book, firstCell, work);
  else {
    evaluateLosses(tape, book, work);
    measureLosses(tape, firstCell);
  }
  room.holds = { model: book.model, firstCell };
  return room.losses;
}

/** Groups between two looks at the cancel flag. */
const GROUPS_AT_ONCE = 64;

/** One number per source: the kernel sums them, and extras are added afterwards. */
function addLosses(tape: EventTape, book: Book, firstCell: number, work: Work): void {
  const { groups, extras, certain, room } = tape;
  const { kernel, weights, losses } = room;
  writeWeights(kernel, book);
  const reading = { ...room, firstCell };
  for (let from = 0; from < groups.length; from += GROUPS_AT_ONCE) {
    work.check();
    readGroups(kernel, groups, from, Math.min(groups.length, from + GROUPS_AT_ONCE), reading);
  }
  if (extras.paths.length === 0 && certain.length === 0) return;
  for (let i = 0; i < extras.paths.length; i++) {
    const path = extras.paths[i]!;
    for (let at = extras.starts[i]!; at < extras.starts[i + 1]!; at++)
      losses[path]! += weights[extras.rows[at]!]!;
  }
  const sure = certain.reduce((sum, source) => sum + weights[source]!, 0);
  if (sure > 0) for (let path = 0; path < losses.length; path++) losses[path]! += sure;
  for (const histogram of room.histograms) histogram.fill(0);
  measureLosses(tape, firstCell);
}

/** Moments and histogram of losses that are there. */
function measureLosses({ groups, room }: EventTape, firstCell: number): void {
  const { kernel, lossesAt, momentsAt, histogramAt } = room;
  for (const [g, { paths, pathStart, weight }] of groups.entries()) {
    const moments = momentsAt + 8 * GROUP_MOMENTS * g;
    kernel.measureGroup(lossesAt + 8 * pathStart, paths, firstCell, weight, histogramAt, moments);
  }
}

function evaluateLosses(tape: EventTape, book: Book, work: Work): void {
  const { losses } = tape.room;
  const evaluator = createEvaluator(book, tape.seed);
  walkPaths(tape, evaluator, work, (path, { total }) => {
    losses[path] = total;
  });
}

/** Paths between two looks at the cancel flag. */
const CHUNK = 4096;

/** Evaluates stored paths in order and hands each to `visit`; `wants` leaves paths out. */
export function walkPaths(
  tape: EventTape,
  evaluator: Evaluator,
  work: Work,
  visit: (path: number, losses: PathLosses, weight: number) => void,
  wants: (path: number) => boolean = () => true,
): void {
  const { groups, rows, extras, certain, sourceCount } = tape;
  const sources: number[] = [];
  let extra = 0;
  for (const { width, paths, rowStart, pathStart, weight } of groups) {
    for (let i = 0; i < paths; i++) {
      if (i % CHUNK === 0) work.check();
      const path = pathStart + i;
      while (extra < extras.paths.length && extras.paths[extra]! < path) extra++;
      if (!wants(path)) continue;
      sources.length = 0;
      for (const source of certain) sources.push(source);
      for (let at = rowStart + i * width, end = at + width; at < end; at++) {
        if (rows[at]! < sourceCount) sources.push(rows[at]!);
      }
      if (extras.paths[extra] === path) {
        for (let at = extras.starts[extra]!; at < extras.starts[extra + 1]!; at++)
          sources.push(extras.rows[at]!);
      }
      visit(path, evaluator.evaluate(sources, path), weight);
    }
    work.advance();
  }
}
