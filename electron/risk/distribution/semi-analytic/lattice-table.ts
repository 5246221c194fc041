/**
 * The sources of a table on a lattice of one step, ready for the recursion of sum-of-sources.ts.
 *
 * Each loss is split over its two neighbouring points so that its mean is exact. A source is then a polynomial in s,
 * g(s) = 1 - p + p q(s). Written around b, the least chance within its class that q stays at zero (a loss far below one
 * step mostly does), with Q = q - b and x = p / (1 - p + p b), it is log g(s) = log(1 - p + p b) + log(1 + x Q(s)), and
 *     s d/ds log(1 + x Q) = sum over j of (-1)^(j+1) x^j / j  s d/ds Q^j.
 * The powers of Q do not depend on the factor. They are summed over a class and kept here, as a list of points and values
 * for each j, and made only as far as a node of the factor asks for.
 */
import type { SourceTable } from './source-table.ts';
import type { WindowLaw } from './window-law.ts';

/** More powers than a class needs while x Q(1) stays below {@link MOST_RATIO}. */
export const MOST_POWERS = 16;
/** Classes whose ratio x Q(1) is above are multiplied out instead (product-of-sources.ts). */
export const MOST_RATIO = 0.12;

export interface LatticeTable {
  readonly step: number;
  /** Points beyond are not needed by any law on this lattice. */
  readonly capacity: number;
  /** Rows left out: too large for the step, added afterwards one by one. */
  readonly setAside: readonly number[];
  /** Atoms of a row above zero, by rising point, and their sum. */
  readonly atomStarts: Int32Array;
  readonly atomPoints: Int32Array;
  readonly atomShares: Float64Array;
  readonly rowReaches: Float64Array;
  readonly isSetAside: Uint8Array;
  /** Per class, without the rows set aside: number of rows, 1 - b, and mean loss given the event, in steps. */
  readonly classCounts: Int32Array;
  readonly classReaches: Float64Array;
  readonly classMeans: Float64Array;
  /** Classes with more than one source or one loss. */
  readonly otherClasses: Int32Array;
  /**
   * Per class of one source with one loss: the lower of its two points and the shares of both; else a point of 0. As
   * doubles, because the points are factors too.
   */
  readonly singlePoints: Float64Array;
  readonly singleLowers: Float64Array;
  readonly singleUppers: Float64Array;
  /** Whether a loss above zero is partly at the point zero, so that the lattice overstates the chance of no loss. */
  readonly hasLostAtZero: boolean;
  /** Law of the classes off the factor that are multiplied out; made when a node first needs it. */
  constantLaw: WindowLaw | null;
  readonly powers: PowerLists;
}

/** Growing lists. Power j of class g: from `starts[g * (MOST_POWERS + 1) + j]` to `ends[...]`; j = 1 to `made[g]`. */
export interface PowerLists {
  points: Int32Array;
  values: Float64Array;
  used: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly made: Uint8Array;
}

/** A quotient this near to a whole number of steps is one: the difference is a rounding of the division. */
const WHOLE = 4e-15;

export function buildLatticeTable(
  sources: SourceTable,
  step: number,
  capacity: number,
  setAside: readonly number[],
): LatticeTable {
  const rowCount = sources.rowClasses.length;
  const classCount = sources.classChances.length;
  const isSetAside = new Uint8Array(rowCount);
  for (const row of setAside) isSetAside[row] = 1;
  const atomStarts = new Int32Array(rowCount + 1);
  const atomPoints = new Int32Array(2 * sources.outcomeLosses.length);
  const atomShares = new Float64Array(2 * sources.outcomeLosses.length);
  const rowReaches = new Float64Array(rowCount);
  const classCounts = new Int32Array(classCount);
  const classReaches = new Float64Array(classCount);
  const classMeans = new Float64Array(classCount);
  let hasLostAtZero = false;
  let end = 0;
  for (let row = 0; row < rowCount; row += 1) {
    atomStarts[row] = end;
    if (isSetAside[row] === 1) continue;
    const begin = end;
    let reach = 0;
    let mean = 0;
    for (let o = sources.outcomeStarts[row]!; o < sources.outcomeStarts[row + 1]!; o += 1) {
      const chance = sources.outcomeChances[o]!;
      const position = sources.outcomeLosses[o]! / step;
      const nearest = Math.round(position);
      const isWhole = Math.abs(position - nearest) <= WHOLE * position;
      const lower = isWhole ? nearest : Math.floor(position);
      const upperShare = isWhole ? 0 : chance * (position - lower);
      const lowerShare = chance - upperShare;
      mean += chance * position;
      reach += upperShare;
      if (lower === 0) {
        hasLostAtZero = true;
      } else {
        reach += lowerShare;
        // Losses rise, so an equal point can only be one of the last two.
        let at = end;
        while (at > begin && atomPoints[at - 1]! > lower) at -= 1;
        if (at > begin && atomPoints[at - 1] === lower) {
          atomShares[at - 1]! += lowerShare;
        } else {
          atomPoints[end] = lower;
          atomShares[end] = lowerShare;
          end += 1;
        }
      }
      if (upperShare > 0) {
        if (end > begin && atomPoints[end - 1] === lower + 1) {
          atomShares[end - 1]! += upperShare;
        } else {
          atomPoints[end] = lower + 1;
          atomShares[end] = upperShare;
          end += 1;
        }
      }
    }
    rowReaches[row] = reach;
    const g = sources.rowClasses[row]!;
    classCounts[g]! += 1;
    classMeans[g]! += mean;
    classReaches[g] = Math.max(classReaches[g]!, reach);
  }
  atomStarts[rowCount] = end;
  const singlePoints = new Float64Array(classCount);
  const singleLowers = new Float64Array(classCount);
  const singleUppers = new Float64Array(classCount);
  const otherClasses: number[] = [];
  for (let g = 0; g < classCount; g += 1) {
    if (classCounts[g] === 0) continue;
    const row = sources.classStarts[g]!;
    const begin = atomStarts[row]!;
    const width = atomStarts[row + 1]! - begin;
    const isSingle =
      sources.classStarts[g + 1] === row + 1 &&
      width <= 2 &&
      atomPoints[begin + width - 1]! <= atomPoints[begin]! + 1;
    if (!isSingle) {
      otherClasses.push(g);
      continue;
    }
    singlePoints[g] = atomPoints[begin]!;
    singleLowers[g] = atomShares[begin]!;
    singleUppers[g] = width === 2 ? atomShares[begin + 1]! : 0;
  }
  const lists = classCount * (MOST_POWERS + 1);
  const room = 1024;
  return {
    step,
    capacity,
    setAside,
    atomStarts,
    atomPoints,
    atomShares,
    rowReaches,
    isSetAside,
    classCounts,
    classReaches,
    classMeans,
    otherClasses: Int32Array.from(otherClasses),
    singlePoints,
    singleLowers,
    singleUppers,
    hasLostAtZero,
    constantLaw: null,
    powers: {
      points: new Int32Array(room),
      values: new Float64Array(room),
      used: 0,
      starts: new Int32Array(lists),
      ends: new Int32Array(lists),
      made: new Uint8Array(classCount),
    },
  };
}

/** Room in which powers are multiplied; one per computation. */
export interface PowerRoom {
  readonly capacity: number;
  readonly current: Float64Array;
  readonly next: Float64Array;
  /** Sums of one power each, zero between calls from the point one on; made when a class first needs them. */
  readonly sums: Float64Array[];
}

export function makePowerRoom(capacity: number): PowerRoom {
  return {
    capacity,
    current: new Float64Array(capacity + 1),
    next: new Float64Array(capacity + 1),
    sums: [],
  };
}

/** Lists the powers 1 to `count` of class g, in place of what was listed. */
export function listPowers(
  sources: SourceTable,
  table: LatticeTable,
  g: number,
  count: number,
  room: PowerRoom,
): void {
  const { atomStarts, atomPoints, capacity, powers } = table;
  let lowest = capacity;
  let highest = 0;
  let hasZero = false;
  for (let row = sources.classStarts[g]!; row < sources.classStarts[g + 1]!; row += 1) {
    const begin = atomStarts[row]!;
    const end = atomStarts[row + 1]!;
    if (begin === end) continue;
    lowest = Math.min(lowest, atomPoints[begin]!);
    highest = Math.max(highest, atomPoints[end - 1]!);
    if (table.rowReaches[row]! < table.classReaches[g]!) hasZero = true;
  }
  powers.made[g] = count;
  while (room.sums.length < count) room.sums.push(new Float64Array(room.capacity + 1));
  for (let row = sources.classStarts[g]!; row < sources.classStarts[g + 1]!; row += 1) {
    if (atomStarts[row]! === atomStarts[row + 1]!) continue;
    addPowers(table, row, table.classReaches[g]! - table.rowReaches[row]!, count, room);
  }
  for (let j = 1; j <= count; j += 1) {
    const sums = room.sums[j - 1]!;
    const from = hasZero ? 1 : Math.min(capacity + 1, j * lowest);
    const to = Math.min(capacity, j * highest);
    ensureRoom(powers, to - from + 1);
    const list = g * (MOST_POWERS + 1) + j;
    powers.starts[list] = powers.used;
    for (let point = from; point <= to; point += 1) {
      const value = sums[point]!;
      if (value === 0) continue;
      sums[point] = 0;
      powers.points[powers.used] = point;
      // s d/ds brings down the point, and drops what is at zero.
      powers.values[powers.used] = (point * value) / j;
      powers.used += 1;
    }
    powers.ends[list] = powers.used;
  }
}

/** Adds Q^j of one row to the sums, j = 1 to count; `atZero` is Q's value at the point zero. */
function addPowers(table: LatticeTable, row: number, atZero: number, count: number, room: PowerRoom): void {
  const { atomStarts, atomPoints, atomShares, capacity } = table;
  const begin = atomStarts[row]!;
  const end = atomStarts[row + 1]!;
  const step = atomPoints[begin]!;
  const reach = atomPoints[end - 1]!;
  let { current, next } = room;
  current[0] = 1;
  let from = 0;
  let to = 0;
  for (let j = 1; j <= count; j += 1) {
    const nextFrom = atZero > 0 ? 0 : from + step;
    if (nextFrom > capacity) break;
    const nextTo = Math.min(capacity, to + reach);
    // A loop: `fill` costs more than most of these short ranges.
    for (let point = nextFrom; point <= nextTo; point += 1) next[point] = 0;
    if (atZero > 0) for (let point = from; point <= to; point += 1) next[point]! += atZero * current[point]!;
    for (let atom = begin; atom < end; atom += 1) {
      const jump = atomPoints[atom]!;
      const share = atomShares[atom]!;
      const last = Math.min(to, capacity - jump);
      for (let point = from; point <= last; point += 1) next[point + jump]! += share * current[point]!;
    }
    [current, next] = [next, current];
    from = nextFrom;
    to = nextTo;
    const sums = room.sums[j - 1]!;
    for (let point = from; point <= to; point += 1) sums[point]! += current[point]!;
  }
}

function ensureRoom(powers: PowerLists, more: number): void {
  if (powers.used + more <= powers.points.length) return;
  const size = 2 * powers.points.length + more;
  const points = new Int32Array(size);
  points.set(powers.points);
  powers.points = points;
  const values = new Float64Array(size);
  values.set(powers.values);
  powers.values = values;
}
