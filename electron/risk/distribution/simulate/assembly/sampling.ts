/**
 * Sampling: which sources of loss happen on which path.
 *
 * What is drawn. Within a factor bin every source has a highest hazard h_i, at the bin's worst factor. Candidates
 * arrive on a path as a Poisson process whose rate is their sum, and each is source i with probability h_i / sum: so
 * far, source i arrives as a Poisson process of rate h_i. Keeping a candidate with probability h_i(z) / h_i, z being
 * the path's own factor, thins it to rate h_i(z) (Lewis & Shedler 1979), and the chance that it arrives at all is
 * 1 - exp(-h_i(z)) = p_i(z), exactly the one-factor model. A source that arrives twice has happened once: the second
 * arrival is dropped by a stamp.
 *
 * What makes it fast. The cost is that of the faults, not of operators times paths, and hardly any branch is guessed
 * wrong:
 *  1. The number of candidates of every path is decided beforehand, and paths of one number lie together
 *     (../candidate-counts.ts). Loops have fixed lengths, and a path without a candidate is never visited.
 *  2. A candidate costs one draw of 32 bits. Its high bits choose a cell of an alias table (Walker 1974, Vose 1991), its
 *     low bits, `f`, a side: f < split is the cell's own source, else its alias. On either side the first part, in
 *     proportion to the source's lowest hazard in the bin over its highest, is accepted at once: no factor of the bin
 *     could refuse it.
 *  3. What falls beyond, 2 to 4 in a hundred, is decided by the path's place `v` in the bin, drawn once per path when
 *     first needed. The ratio h_i(z(v)) / h_i falls from 1 to `squeeze`, nearly along the chord; a draw further from
 *     the chord than the bin's `band` needs no more than a comparison. Only the rest looks the hazard up.
 *  4. Refused candidates leave a null row instead of a gap, so every path of a group has the same number of rows, and
 *     every later pass over the tape has fixed loops too.
 */

// The hazard table (../hazard-table.ts): cubic pieces over -12 ... 12.
const HAZARD_LEAST: f64 = -12;
const HAZARD_STEPS: f64 = 128;
const HAZARD_INTERVALS: i32 = 24 * 128;
/** log2 of the linear pieces of the factor within a bin. */
const KNOT_BITS: i32 = 5;

export let sourceCount: i32 = 0;
/** cell = bits >>> shift; f = bits & mask. */
let shift: i32 = 0;
let mask: i32 = 0;
/** sqrt(rho), and 1 / sqrt(1 - rho). */
let loading: f64 = 0;
let scale: f64 = 1;
/** How far the ratio of any source strays from its chord, as a share of 1 - squeeze. */
let band: f64 = 1;

// Addresses of the scratch.
/** By cell, 16 bytes: split - 1; limit of the own side; limit of the alias' side; own source | alias << 16. */
let cells: usize = 0;
/** By source: the path it was last seen on. One more for the null row. */
let stamps: usize = 0;
/** Phi^-1(p), for sources on the factor. */
let thresholds: usize = 0;
/** Hazard of sources off the factor, -1 for those on it. */
let fixedHazards: usize = 0;
let highest: usize = 0;
let lowest: usize = 0;
let squeeze: usize = 0;
let scaled: usize = 0;
let stack: usize = 0;
let hazards: usize = 0;
/** Factor at the 2^KNOT_BITS + 1 knots of the bin. */
let knots: usize = 0;

/** Number of the current path, never used twice. */
let mark: i32 = 0;
// xoshiro128++ (Blackman & Vigna 2019): 128 bits, no weak bits high or low.
let stateA: u32 = 0;
let stateB: u32 = 0;
let stateC: u32 = 0;
let stateD: u32 = 0;

/** Lays the scratch out from `base`, a multiple of 64, for 2^bits cells, and returns the address after it. */
export function layOut(base: usize, sources: i32, bits: i32, rho: f64): usize {
  sourceCount = sources;
  shift = 32 - bits;
  mask = (1 << (32 - bits)) - 1;
  loading = sqrt(rho);
  scale = 1 / sqrt(1 - rho);
  mark = 0;
  const cellCount: usize = 1 << bits;
  const perSource = (<usize>sources + 1) << 3;
  cells = base;
  stamps = cells + (cellCount << 4);
  thresholds = stamps + perSource;
  fixedHazards = thresholds + perSource;
  highest = fixedHazards + perSource;
  lowest = highest + perSource;
  squeeze = lowest + perSource;
  scaled = squeeze + perSource;
  stack = scaled + (cellCount << 3);
  hazards = stack + (cellCount << 3);
  knots = hazards + ((HAZARD_INTERVALS + 1) << 4);
  memory.fill(stamps, 0, perSource);
  return knots + (((1 << KNOT_BITS) + 2) << 3);
}

export function thresholdsAt(): usize {
  return thresholds;
}
export function fixedHazardsAt(): usize {
  return fixedHazards;
}
export function hazardTableAt(): usize {
  return hazards;
}
export function knotsAt(): usize {
  return knots;
}

export function seed(a: u32, b: u32, c: u32, d: u32): void {
  stateA = a;
  stateB = b;
  stateC = c;
  stateD = d;
}

@inline
function lookUpHazard(x: f64): f64 {
  const position = (x - HAZARD_LEAST) * HAZARD_STEPS;
  if (!(position > 0)) return load<f64>(hazards);
  if (position >= <f64>HAZARD_INTERVALS) return load<f64>(hazards, 16 * HAZARD_INTERVALS);
  const piece = <i32>position;
  const t = position - <f64>piece;
  const at = hazards + (<usize>piece << 4);
  const low = load<f64>(at);
  const slopeLow = load<f64>(at, 8);
  const high = load<f64>(at, 16);
  const slopeHigh = load<f64>(at, 24);
  const rise = high - low;
  return low + t * (slopeLow + t * (3 * rise - 2 * slopeLow - slopeHigh + t * (slopeLow + slopeHigh - 2 * rise)));
}

function fillHazards(into: usize, z: f64): f64 {
  const shiftBy = loading * z;
  let total: f64 = 0;
  for (let i = 0; i < sourceCount; i++) {
    const at = <usize>i << 3;
    let hazard = load<f64>(fixedHazards + at);
    if (hazard < 0) hazard = lookUpHazard((load<f64>(thresholds + at) - shiftBy) * scale);
    store<f64>(into + at, hazard);
    total += hazard;
  }
  return total;
}

/** Total hazard of all sources at a factor. */
export function sumHazards(z: f64): f64 {
  return fillHazards(highest, z);
}

/**
 * Builds the table of a bin from the hazards at its bounds. `follows`: the bin before was the last one built and ends
 * where this one begins, so its lowest hazards are this one's highest.
 */
export function fillTable(zLow: f64, zHigh: f64, total: f64, follows: bool, bandOfBin: f64): void {
  if (follows) {
    const before = highest;
    highest = lowest;
    lowest = before;
  } else {
    fillHazards(highest, zLow);
  }
  fillHazards(lowest, zHigh);
  band = bandOfBin;
  const cellCount = 1 << (32 - shift);
  const perCell = <f64>cellCount / total;
  // Cells with less than their share grow from the left end of the stack, those with more from the right.
  let small = 0;
  let large = cellCount;
  for (let i = 0; i < cellCount; i++) {
    const at = <usize>i << 3;
    let weight: f64 = 0;
    if (i < sourceCount) {
      const hazard = load<f64>(highest + at);
      store<f64>(squeeze + at, hazard > 0 ? load<f64>(lowest + at) / hazard : 1);
      weight = hazard * perCell;
    }
    store<f64>(scaled + at, weight);
    if (weight < 1) {
      store<i32>(stack + (<usize>small << 2), i);
      small++;
    } else {
      large--;
      store<i32>(stack + (<usize>large << 2), i);
    }
  }
  while (small > 0 && large < cellCount) {
    small--;
    const little = load<i32>(stack + (<usize>small << 2));
    const big = load<i32>(stack + (<usize>large << 2));
    const share = load<f64>(scaled + (<usize>little << 3));
    setCell(little, big, share);
    const rest = load<f64>(scaled + (<usize>big << 3)) - (1 - share);
    store<f64>(scaled + (<usize>big << 3), rest);
    if (rest < 1) {
      large++;
      store<i32>(stack + (<usize>small << 2), big);
      small++;
    }
  }
  // What is left is whole but for rounding.
  while (large < cellCount) {
    const cell = load<i32>(stack + (<usize>large << 2));
    setCell(cell, cell, 1);
    large++;
  }
  while (small > 0) {
    small--;
    const cell = load<i32>(stack + (<usize>small << 2));
    if (cell < sourceCount) setCell(cell, cell, 1);
    else setCell(cell, sourceCount - 1, 0);
  }
}

@inline
function setCell(cell: i32, alias: i32, share: f64): void {
  const size = <f64>mask + 1;
  const split = <i32>nearest(share * size);
  const at = cells + (<usize>cell << 4);
  store<i32>(at, split - 1);
  store<i32>(at, split > 0 ? <i32>(<f64>split * load<f64>(squeeze + (<usize>cell << 3))) : 0, 4);
  store<i32>(at, split + <i32>((size - <f64>split) * load<f64>(squeeze + (<usize>alias << 3))), 8);
  store<i32>(at, (cell & 0xffff) | (alias << 16), 12);
}

/** Draws `paths` paths of `width` candidates each, as 16-bit rows at `to`. */
export function sampleGroup(to: usize, width: i32, paths: i32): void {
  let a = stateA;
  let b = stateB;
  let c = stateC;
  let d = stateD;
  const nullRow = sourceCount;
  let at = to;
  let path = mark;
  for (const last = path + paths; path != last; ) {
    path++;
    let v: f64 = -1;
    for (let j = 0; j < width; j++) {
      // xoshiro128++
      const bits = rotl<u32>(a + d, 7) + a;
      let t = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= t;
      d = rotl<u32>(d, 11);

      const cell = cells + (<usize>(bits >>> shift) << 4);
      const f = <i32>bits & mask;
      // The sign bit of split - 1 - f: 1 on the alias' side.
      const side = <u32>(load<i32>(cell) - f) >>> 31;
      let row = <i32>((load<u32>(cell, 12) >>> (side << 4)) & 0xffff);
      if (f >= load<i32>(cell + (<usize>side << 2), 4)) {
        const draw = <f64>(rotl<u32>(a + d, 7) + a) * (1.0 / 4294967296.0);
        t = b << 9;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= t;
        d = rotl<u32>(d, 11);
        if (v < 0) {
          v = (<f64>(rotl<u32>(a + d, 7) + a) + 0.5) * (1.0 / 4294967296.0);
          t = b << 9;
          c ^= a;
          d ^= b;
          b ^= c;
          a ^= d;
          c ^= t;
          d = rotl<u32>(d, 11);
        }
        // Above the chord the candidate is refused, below it kept.
        const above = draw + v - 1;
        let isRefused = above > 0;
        if (abs(above) < band) isRefused = !isKept(row, draw, v);
        row = isRefused ? nullRow : row;
      }
      const stamp = stamps + (<usize>row << 2);
      row = load<i32>(stamp) == path ? nullRow : row;
      store<i32>(stamp, path);
      store<u16>(at, <u16>row);
      at += 2;
    }
  }
  mark = path;
  stateA = a;
  stateB = b;
  stateC = c;
  stateD = d;
}

/** Whether a candidate beyond the squeeze is kept, by the hazard at the path's own factor. */
function isKept(row: i32, draw: f64, v: f64): bool {
  const position = v * <f64>(1 << KNOT_BITS);
  const piece = <i32>position;
  const knot = knots + (<usize>piece << 3);
  const low = load<f64>(knot);
  const z = low + (load<f64>(knot, 8) - low) * (position - <f64>piece);
  const at = <usize>row << 3;
  const least = load<f64>(squeeze + at);
  const hazard = lookUpHazard((load<f64>(thresholds + at) - loading * z) * scale);
  return (least + (1 - least) * draw) * load<f64>(highest + at) <= hazard;
}

/**
 * Goes through all sources of each path instead, for bins so bad that most sources happen: candidates would mostly be
 * repeats there. Rows as in sampleGroup, one per source.
 */
export function sampleAll(to: usize, paths: i32): void {
  let at = to;
  for (let path = 0; path < paths; path++) {
    const position = drawUniform() * <f64>(1 << KNOT_BITS);
    const piece = <i32>position;
    const knot = knots + (<usize>piece << 3);
    const low = load<f64>(knot);
    fillHazards(highest, low + (load<f64>(knot, 8) - low) * (position - <f64>piece));
    for (let i = 0; i < sourceCount; i++) {
      // A process of this rate arrives before time one with probability 1 - exp(-hazard).
      const isHit = -Math.log(drawUniform()) < load<f64>(highest + (<usize>i << 3));
      store<u16>(at, <u16>(isHit ? i : sourceCount));
      at += 2;
    }
  }
}

function drawUniform(): f64 {
  const bits = rotl<u32>(stateA + stateD, 7) + stateA;
  const t = stateB << 9;
  stateC ^= stateA;
  stateD ^= stateB;
  stateB ^= stateC;
  stateA ^= stateD;
  stateC ^= t;
  stateD = rotl<u32>(stateD, 11);
  return (<f64>bits + 0.5) * (1.0 / 4294967296.0);
}
