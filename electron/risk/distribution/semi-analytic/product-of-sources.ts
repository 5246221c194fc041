/**
 * The law of the summed loss of sources that are not rare, on a lattice, by multiplying their polynomials out. A few at a
 * time are added source by source (Andersen, Sidenius and Basu); the partial laws are then multiplied in pairs, as in a
 * tournament. Only the window of points that holds all but 1e-18 of a law is kept: the sum of n sources is about
 * sqrt(n) wide, so the pairs cost far less than adding every source to the law of all. All terms are positive.
 */
import type { LatticeTable } from './lattice-table.ts';
import type { SourceTable } from './source-table.ts';
import type { WindowLaw } from './window-law.ts';

/** Points up to which sources are added one by one. */
const LEAF = 96;
const LOST = 1e-18;

/** Partial laws, one behind the other in one array. `rank`: how many were multiplied, as a power of two. */
interface Part {
  readonly start: number;
  readonly length: number;
  /** Lattice point of the first value. */
  readonly from: number;
  readonly rank: number;
}

export interface ProductRoom {
  readonly values: Float64Array;
  readonly spare: Float64Array;
  /** Points beyond this are dropped. */
  readonly capacity: number;
  readonly parts: Part[];
}

export function makeProductRoom(capacity: number): ProductRoom {
  return {
    values: new Float64Array(20 * (capacity + LEAF)),
    spare: new Float64Array(2 * (capacity + LEAF) + 2),
    capacity,
    parts: [],
  };
}

/** The law of the sum of the classes listed in `classes`. Its values are good until the room is used again. */
export function multiplySources(
  sources: SourceTable,
  table: LatticeTable,
  chances: Float64Array,
  classes: Int32Array,
  room: ProductRoom,
): WindowLaw {
  const { parts, values } = room;
  const { atomStarts, atomPoints } = table;
  parts.length = 0;
  let start = 0;
  let length = 1;
  values[0] = 1;
  for (const g of classes) {
    const p = chances[g]!;
    for (let row = sources.classStarts[g]!; row < sources.classStarts[g + 1]!; row += 1) {
      const end = atomStarts[row + 1]!;
      if (atomStarts[row] === end) continue;
      if (length > 1 && length + atomPoints[end - 1]! > LEAF) {
        pushPart({ start, length, from: 0, rank: 0 }, room);
        const last = parts.at(-1)!;
        start = last.start + last.length;
        length = 1;
        values[start] = 1;
      }
      length = addSource(table, row, p, start, length, room);
    }
  }
  pushPart({ start, length, from: 0, rank: 0 }, room);
  while (parts.length > 1) mergeLastTwo(room);
  return { values, ...parts[0]! };
}

/** The law of the sum of two laws on one lattice. Its values are good until the room is used again. */
export function multiplyWindows(a: WindowLaw, b: WindowLaw, room: ProductRoom): WindowLaw {
  const from = a.from + b.from;
  const whole = convolve(a.values, a.start, a.length, b.values, b.start, b.length, room.spare);
  const length = Math.max(1, Math.min(whole, room.capacity + 1 - from));
  room.values.set(room.spare.subarray(0, length));
  return { values: room.values, start: 0, length, from };
}

/** Adds a source to the law of `length` points at `start`; returns the new length. */
function addSource(
  table: LatticeTable,
  row: number,
  p: number,
  start: number,
  length: number,
  room: ProductRoom,
): number {
  const { values, spare, capacity } = room;
  const { atomStarts, atomPoints, atomShares } = table;
  const end = atomStarts[row + 1]!;
  const longer = Math.min(length + atomPoints[end - 1]!, capacity + 1);
  const stay = 1 - p * table.rowReaches[row]!;
  for (let i = 0; i < length; i += 1) spare[i] = stay * values[start + i]!;
  for (let i = length; i < longer; i += 1) spare[i] = 0;
  for (let atom = atomStarts[row]!; atom < end; atom += 1) {
    const jump = atomPoints[atom]!;
    const share = p * atomShares[atom]!;
    const last = Math.min(length, longer - jump);
    for (let i = 0; i < last; i += 1) spare[i + jump]! += share * values[start + i]!;
  }
  for (let i = 0; i < longer; i += 1) values[start + i] = spare[i]!;
  return longer;
}

/** A finished law, trimmed; equal ranks are merged at once, so that few laws wait. */
function pushPart(part: Part, room: ProductRoom): void {
  const { parts } = room;
  parts.push(trim(room, part));
  while (parts.length > 1 && parts.at(-1)!.rank === parts.at(-2)!.rank) mergeLastTwo(room);
}

/** Cuts off what has less than LOST of the mass below, and less than LOST of the mean above. Moves it to its start. */
function trim(room: ProductRoom, part: Part): Part {
  const { values } = room;
  const { start } = part;
  let first = 0;
  let dropped = values[start]!;
  while (first < part.length - 1 && dropped < LOST) {
    first += 1;
    dropped += values[start + first]!;
  }
  let mean = 0;
  for (let i = first; i < part.length; i += 1) mean += values[start + i]! * (part.from + i);
  let last = part.length - 1;
  dropped = values[start + last]! * (part.from + last);
  while (last > first && dropped < LOST * mean) {
    last -= 1;
    dropped += values[start + last]! * (part.from + last);
  }
  const length = last - first + 1;
  if (first > 0) values.copyWithin(start, start + first, start + first + length);
  return { start, length, from: part.from + first, rank: part.rank };
}

function mergeLastTwo(room: ProductRoom): void {
  const { parts, values, spare, capacity } = room;
  const second = parts.pop()!;
  const first = parts.pop()!;
  const from = first.from + second.from;
  const whole = convolve(values, first.start, first.length, values, second.start, second.length, spare);
  const length = Math.max(1, Math.min(whole, capacity + 1 - from));
  values.set(spare.subarray(0, length), first.start);
  parts.push(trim(room, { start: first.start, length, from, rank: Math.max(first.rank, second.rank) + 1 }));
}

/** out = a x b from 0; returns its length. The loop outside runs over the window with fewer values that are not zero. */
function convolve(
  a: Float64Array,
  aStart: number,
  aLength: number,
  b: Float64Array,
  bStart: number,
  bLength: number,
  out: Float64Array,
): number {
  if (countNonZero(a, aStart, aLength) > countNonZero(b, bStart, bLength)) {
    return convolve(b, bStart, bLength, a, aStart, aLength, out);
  }
  const length = aLength + bLength - 1;
  out.fill(0, 0, length);
  for (let i = 0; i < aLength; i += 1) {
    const factor = a[aStart + i]!;
    if (factor === 0) continue;
    for (let j = 0; j < bLength; j += 1) out[i + j]! += factor * b[bStart + j]!;
  }
  return length;
}

function countNonZero(values: Float64Array, start: number, length: number): number {
  let count = 0;
  for (let i = 0; i < length; i += 1) if (values[start + i] !== 0) count += 1;
  return count;
}
