/**
 * Passes over a sampled tape: what every path lost, the moments and the histogram of that, who is in the tail.
 *
 * Losses are counted into cells of equal ratio: the exponent and the first seven bits of the mantissa of a loss number
 * its cell, so no largest loss need be known beforehand, and the cell costs a shift. Counts are whole numbers, shares of
 * 2^62: sums of them do not depend on the order in which, or the thread by which, they were added.
 */

/** A loss's bits without these are its cell's number, counted from `first`. */
const CELL_SHIFT: i64 = 45;

/** Where the weights are: at an address known beforehand, a load needs no addition. ../kernel.ts keeps the place free. */
export const WEIGHTS: usize = 65_536;
/** A row's place among the weights, from two bytes anywhere in a word. */
const PLACE: u64 = 0xffff << 3;

/** Paths at a time: their losses are still in the nearest cache when they are measured. */
const CHUNK: i32 = 512;

/**
 * Reads additive figures off the rows of one group: for every path the sum of the weights of its rows (the null row's
 * weight is zero), written at `losses`, and what measureGroup tells of them. Chunk by chunk, in two loops: in one, the
 * processor holds back the next path's loads until it knows where the histogram's stores go (measured: half as long
 * again).
 */
export function readGroup(
  rows: usize,
  width: i32,
  paths: i32,
  losses: usize,
  first: i32,
  weight: f64,
  histogram: usize,
  moments: usize,
): void {
  begin(first, weight, histogram);
  for (let done = 0; done < paths; done += CHUNK) {
    const count = min(CHUNK, paths - done);
    sumRows(rows, width, count, losses);
    measure(losses, count);
    rows += <usize>(width * count) << 1;
    losses += <usize>count << 3;
  }
  writeMoments(moments);
}

/**
 * Four rows a load, two sums at a time, so that an addition need not wait for the one before it. Most paths have four
 * rows or fewer: their sums are written out, because turning round in a loop would cost as much again.
 */
function sumRows(at: usize, width: i32, paths: i32, to: usize): void {
  if (width == 1) sumOne(at, paths, to);
  else if (width == 2) sumTwo(at, paths, to);
  else if (width == 3) sumThree(at, paths, to);
  else if (width == 4) sumFour(at, paths, to);
  else sumMany(at, width, paths, to);
}

/** Of the row `place` places up in a word of rows. */
@inline
function weightOf(word: u64, place: i32): f64 {
  const at = place == 0 ? word << 3 : word >> (16 * place - 3);
  return load<f64>(<usize>(at & PLACE), WEIGHTS);
}

function sumOne(at: usize, paths: i32, to: usize): void {
  for (const end = to + (<usize>(paths & ~3) << 3); to != end; to += 32) {
    const four = load<u64>(at);
    store<f64>(to, weightOf(four, 0));
    store<f64>(to, weightOf(four, 1), 8);
    store<f64>(to, weightOf(four, 2), 16);
    store<f64>(to, weightOf(four, 3), 24);
    at += 8;
  }
  for (const end = to + (<usize>(paths & 3) << 3); to != end; to += 8) {
    store<f64>(to, load<f64>(<usize>load<u16>(at) << 3, WEIGHTS));
    at += 2;
  }
}

function sumTwo(at: usize, paths: i32, to: usize): void {
  for (const end = to + (<usize>(paths & ~1) << 3); to != end; to += 16) {
    const four = load<u64>(at);
    store<f64>(to, weightOf(four, 0) + weightOf(four, 1));
    store<f64>(to, weightOf(four, 2) + weightOf(four, 3), 8);
    at += 8;
  }
  if ((paths & 1) != 0) {
    const two = <u64>load<u32>(at);
    store<f64>(to, weightOf(two, 0) + weightOf(two, 1));
  }
}

function sumThree(at: usize, paths: i32, to: usize): void {
  for (const end = to + (<usize>paths << 3); to != end; to += 8) {
    const two = <u64>load<u32>(at);
    const third = load<f64>(<usize>load<u16>(at, 4) << 3, WEIGHTS);
    store<f64>(to, weightOf(two, 0) + third + weightOf(two, 1));
    at += 6;
  }
}

function sumFour(at: usize, paths: i32, to: usize): void {
  for (const end = to + (<usize>paths << 3); to != end; to += 8) {
    const four = load<u64>(at);
    store<f64>(to, weightOf(four, 0) + weightOf(four, 2) + (weightOf(four, 1) + weightOf(four, 3)));
    at += 8;
  }
}

function sumMany(at: usize, width: i32, paths: i32, to: usize): void {
  const eights = <usize>(width & ~7) << 1;
  const hasFour = (width & 4) != 0;
  const hasTwo = (width & 2) != 0;
  const isOdd = (width & 1) != 0;
  for (const end = to + (<usize>paths << 3); to != end; to += 8) {
    let loss: f64 = 0;
    let other: f64 = 0;
    for (const last = at + eights; at != last; at += 16) {
      const four = load<u64>(at);
      const next = load<u64>(at, 8);
      loss += weightOf(four, 0);
      other += weightOf(four, 1);
      loss += weightOf(four, 2);
      other += weightOf(four, 3);
      loss += weightOf(next, 0);
      other += weightOf(next, 1);
      loss += weightOf(next, 2);
      other += weightOf(next, 3);
    }
    if (hasFour) {
      const four = load<u64>(at);
      loss += weightOf(four, 0);
      other += weightOf(four, 1);
      loss += weightOf(four, 2);
      other += weightOf(four, 3);
      at += 8;
    }
    if (hasTwo) {
      const two = <u64>load<u32>(at);
      loss += weightOf(two, 0);
      other += weightOf(two, 1);
      at += 4;
    }
    if (isOdd) {
      loss += load<f64>(<usize>load<u16>(at) << 3, WEIGHTS);
      at += 2;
    }
    store<f64>(to, loss + other);
  }
}

/**
 * Of losses that are there: adds each path's `weight` to the cell of its loss, and writes the group's four moments at
 * `moments`: the sum of its losses, the sum of their squares, how many are above zero, the largest.
 */
export function measureGroup(
  losses: usize,
  paths: i32,
  first: i32,
  weight: f64,
  histogram: usize,
  moments: usize,
): void {
  begin(first, weight, histogram);
  measure(losses, paths);
  writeMoments(moments);
}

// Of the group that is being measured.
let sum: f64 = 0;
let squares: f64 = 0;
let positives: i64 = 0;
let most: f64 = 0;
let share: i64 = 0;
/** Losses below it have no cell of their own, and are in the first. */
let least: f64 = 0;
/** Where cell number zero would be. */
let zeroCell: usize = 0;

@inline
function begin(first: i32, weight: f64, histogram: usize): void {
  sum = 0;
  squares = 0;
  positives = 0;
  most = 0;
  share = countSteps(weight);
  least = reinterpret<f64>(<i64>first << CELL_SHIFT);
  zeroCell = histogram - (<usize>first << 3);
}

/**
 * Two paths at a time, side by side in one register: sums, squares, counts and maxima cost one instruction for both.
 * Only the histogram is written path by path.
 */
function measure(losses: usize, paths: i32): void {
  let sums = f64x2.splat(0);
  let squared = f64x2.splat(0);
  let above = i64x2.splat(0);
  let largest = f64x2.splat(0);
  const nothing = f64x2.splat(0);
  const floor = f64x2.splat(least);
  const each = share;
  const zero = zeroCell;
  for (const end = losses + (<usize>(paths & ~1) << 3); losses != end; losses += 16) {
    const both = v128.load(losses);
    sums = f64x2.add(sums, both);
    squared = f64x2.add(squared, f64x2.mul(both, both));
    // All bits of what is true: minus one.
    above = i64x2.sub(above, f64x2.gt(both, nothing));
    largest = f64x2.pmax(largest, both);
    const own = i64x2.shr_u(f64x2.pmax(floor, both), <i32>CELL_SHIFT);
    count(zero + (<usize>i32x4.extract_lane(own, 0) << 3), each);
    count(zero + (<usize>i32x4.extract_lane(own, 2) << 3), each);
  }
  let last: f64 = 0;
  if ((paths & 1) != 0) {
    last = load<f64>(losses);
    count(zero + (<usize>(reinterpret<i64>(max(last, least)) >>> CELL_SHIFT) << 3), each);
  }
  sum += f64x2.extract_lane(sums, 0) + last + f64x2.extract_lane(sums, 1);
  squares += f64x2.extract_lane(squared, 0) + last * last + f64x2.extract_lane(squared, 1);
  positives += i64x2.extract_lane(above, 0) + i64x2.extract_lane(above, 1) + i64(last > 0);
  most = max(most, max(last, max(f64x2.extract_lane(largest, 0), f64x2.extract_lane(largest, 1))));
}

/** A probability in steps of 2^-62. */
@inline
function countSteps(weight: f64): i64 {
  return <i64>nearest(weight * 4611686018427387904.0);
}

@inline
function count(cell: usize, each: i64): void {
  store<i64>(cell, load<i64>(cell) + each);
}

@inline
function writeMoments(to: usize): void {
  store<f64>(to, sum);
  store<f64>(to, squares, 8);
  store<f64>(to, <f64>positives, 16);
  store<f64>(to, most, 24);
}

/**
 * Writes the places, in order, of those of the `values` from place `from` up to `end` that are `least` or more; 32 bits
 * each. Returns how many.
 */
export function findAtLeast(values: usize, from: i32, end: i32, least: f64, to: usize): i32 {
  let out = to;
  for (let i = from; i < end; i++) {
    store<i32>(out, i);
    out += <usize>i32(load<f64>(values + (<usize>i << 3)) >= least) << 2;
  }
  return <i32>((out - to) >> 2);
}

/** Adds `weight` to the number of each of `count` rows. */
export function countRows(rows: usize, count: i32, weight: f64, to: usize): void {
  for (const end = rows + (<usize>count << 1); rows != end; rows += 2) {
    const at = to + (<usize>load<u16>(rows) << 3);
    store<f64>(at, load<f64>(at) + weight);
  }
}
