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

/**
 * Reads additive figures off the rows of one group: for every path the sum of the weights of its rows (the null row's
 * weight is zero), written at `losses`. In the same pass the group's four moments are written at `moments`: the sum of
 * its losses, the sum of their squares, how many are above zero, the largest; and the path's `weight` is added to the
 * cell of each loss. Four rows a load, two sums at a time, so that an addition need not wait for the one before it.
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
  const share = countSteps(weight);
  const fours = <usize>(width & ~3) << 1;
  const hasTwo = (width & 2) != 0;
  const isOdd = (width & 1) != 0;
  const zeroCell = histogram - (<usize>first << 3);
  let sum: f64 = 0;
  let squares: f64 = 0;
  let most: i64 = 0;
  let positives: i64 = 0;
  let at = rows;
  for (const end = losses + (<usize>paths << 3); losses != end; losses += 8) {
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
    loss += other;
    store<f64>(losses, loss);
    sum += loss;
    squares += loss * loss;
    const bits = reinterpret<i64>(loss);
    positives += i64(bits > 0);
    most = bits > most ? bits : most;
    count(bits, zeroCell, share, histogram);
  }
  writeMoments(moments, sum, squares, positives, most);
}

/** The same from losses that are there already. */
export function measureGroup(
  losses: usize,
  paths: i32,
  first: i32,
  weight: f64,
  histogram: usize,
  moments: usize,
): void {
  const share = countSteps(weight);
  const zeroCell = histogram - (<usize>first << 3);
  let sum: f64 = 0;
  let squares: f64 = 0;
  let most: i64 = 0;
  let positives: i64 = 0;
  for (const end = losses + (<usize>paths << 3); losses != end; losses += 8) {
    const loss = load<f64>(losses);
    sum += loss;
    squares += loss * loss;
    const bits = reinterpret<i64>(loss);
    positives += i64(bits > 0);
    most = bits > most ? bits : most;
    count(bits, zeroCell, share, histogram);
  }
  writeMoments(moments, sum, squares, positives, most);
}

/** A probability in steps of 2^-62. */
@inline
function countSteps(weight: f64): i64 {
  return <i64>nearest(weight * 4611686018427387904.0);
}

/**
 * Losses are not negative, so their bits are in the order of their sizes. Those too small for a cell of their own are in
 * the first. `zeroCell`: where cell number zero would be.
 */
@inline
function count(bits: i64, zeroCell: usize, share: i64, histogram: usize): void {
  const own = zeroCell + (<usize>(bits >>> (CELL_SHIFT - 3)) & ~7);
  const cell = <isize>own > <isize>histogram ? own : histogram;
  store<i64>(cell, load<i64>(cell) + share);
}

@inline
function writeMoments(to: usize, sum: f64, squares: f64, positives: i64, most: i64): void {
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
