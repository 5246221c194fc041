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

/** Four rows a load, two sums at a time, so that an addition need not wait for the one before it. */
function sumRows(at: usize, width: i32, paths: i32, to: usize): void {
  const fours = <usize>(width & ~3) << 1;
  const hasTwo = (width & 2) != 0;
  const isOdd = (width & 1) != 0;
  for (const end = to + (<usize>paths << 3); to != end; to += 8) {
    let loss: f64 = 0;
    let other: f64 = 0;
    for (const last = at + fours; at != last; at += 8) {
      const four = load<u64>(at);
      loss += load<f64>(<usize>((four << 3) & PLACE), WEIGHTS);
      other += load<f64>(<usize>((four >> 13) & PLACE), WEIGHTS);
      loss += load<f64>(<usize>((four >> 29) & PLACE), WEIGHTS);
      other += load<f64>(<usize>((four >> 45) & PLACE), WEIGHTS);
    }
    if (hasTwo) {
      const two = load<u32>(at);
      loss += load<f64>((two << 3) & <u32>PLACE, WEIGHTS);
      other += load<f64>((two >> 13) & <u32>PLACE, WEIGHTS);
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
/** Bits of the largest loss. */
let most: i64 = 0;
let share: i64 = 0;
let cells: usize = 0;
/** Where cell number zero would be. */
let zeroCell: usize = 0;

@inline
function begin(first: i32, weight: f64, histogram: usize): void {
  sum = 0;
  squares = 0;
  positives = 0;
  most = 0;
  share = countSteps(weight);
  cells = histogram;
  zeroCell = histogram - (<usize>first << 3);
}

/**
 * Two paths at a time, each with sums of its own: one chain of additions would take as long as everything else. Losses
 * are not negative, so their bits are in the order of their sizes.
 */
function measure(losses: usize, paths: i32): void {
  let sumA: f64 = 0;
  let sumB: f64 = 0;
  let squaresA: f64 = 0;
  let squaresB: f64 = 0;
  let above: i64 = 0;
  let mostA: i64 = 0;
  let mostB: i64 = 0;
  const each = share;
  const histogram = cells;
  const zero = zeroCell;
  for (const end = losses + (<usize>(paths & ~1) << 3); losses != end; losses += 16) {
    const a = load<f64>(losses);
    const b = load<f64>(losses, 8);
    const bitsA = reinterpret<i64>(a);
    const bitsB = reinterpret<i64>(b);
    sumA += a;
    sumB += b;
    squaresA += a * a;
    squaresB += b * b;
    above += i64(bitsA > 0) + i64(bitsB > 0);
    mostA = bitsA > mostA ? bitsA : mostA;
    mostB = bitsB > mostB ? bitsB : mostB;
    count(bitsA, zero, each, histogram);
    count(bitsB, zero, each, histogram);
  }
  if ((paths & 1) != 0) {
    const a = load<f64>(losses);
    const bits = reinterpret<i64>(a);
    sumA += a;
    squaresA += a * a;
    above += i64(bits > 0);
    mostA = bits > mostA ? bits : mostA;
    count(bits, zero, each, histogram);
  }
  sum += sumA + sumB;
  squares += squaresA + squaresB;
  positives += above;
  mostA = mostA > mostB ? mostA : mostB;
  most = mostA > most ? mostA : most;
}

/** A probability in steps of 2^-62. */
@inline
function countSteps(weight: f64): i64 {
  return <i64>nearest(weight * 4611686018427387904.0);
}

/** Losses too small for a cell of their own are in the first. */
@inline
function count(bits: i64, zero: usize, each: i64, histogram: usize): void {
  const own = zero + (<usize>(bits >>> (CELL_SHIFT - 3)) & ~7);
  const cell = <isize>own > <isize>histogram ? own : histogram;
  store<i64>(cell, load<i64>(cell) + each);
}

@inline
function writeMoments(to: usize): void {
  store<f64>(to, sum);
  store<f64>(to, squares, 8);
  store<f64>(to, <f64>positives, 16);
  store<f64>(to, reinterpret<f64>(most), 24);
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
