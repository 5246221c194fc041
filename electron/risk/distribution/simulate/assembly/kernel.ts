/**
 * The hot loops of the simulation, in AssemblyScript: TypeScript's syntax over WebAssembly's types. `npm run kernel`
 * compiles this file into ../kernel-bytes.ts; a test compiles it again and compares. docs/adr/0004 says why it is not
 * plain TypeScript.
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
 *
 * Memory is laid out by ../kernel.ts and shared by all workers; each has a scratch of its own, and they write disjoint
 * parts of one tape.
 */

// The hazard table (../hazard-table.ts): cubic pieces over -12 ... 12.
const HAZARD_LEAST: f64 = -12;
const HAZARD_STEPS: f64 = 128;
const HAZARD_INTERVALS: i32 = 24 * 128;
/** log2 of the linear pieces of the factor within a bin. */
const KNOT_BITS: i32 = 5;

let sourceCount: i32 = 0;
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

/**
 * Reads additive figures off the tape: for every path the sum of `weights` over its rows. The null row's weight is
 * zero. Losses of the group's paths, one after the other, at `to`. Two sums at a time, so that an addition need not
 * wait for the one before it.
 */
export function sumRows(rows: usize, width: i32, paths: i32, weights: usize, to: usize): void {
  let at = rows;
  let out = to;
  const pairs = <usize>(width & ~1) << 1;
  const isOdd = (width & 1) == 1;
  for (const end = to + (<usize>paths << 3); out != end; out += 8) {
    let sum: f64 = 0;
    let other: f64 = 0;
    for (const last = at + pairs; at != last; at += 4) {
      sum += load<f64>(weights + (<usize>load<u16>(at) << 3));
      other += load<f64>(weights + (<usize>load<u16>(at, 2) << 3));
    }
    if (isOdd) {
      sum += load<f64>(weights + (<usize>load<u16>(at) << 3));
      at += 2;
    }
    store<f64>(out, sum + other);
  }
}

/** Adds `weight` to the cell of each of `count` values, cell = value x perCell. */
export function countValues(values: usize, count: i32, perCell: f64, weight: f64, histogram: usize): void {
  for (const end = values + (<usize>count << 3); values != end; values += 8) {
    const cell = histogram + (<usize>(<i32>(load<f64>(values) * perCell)) << 3);
    store<f64>(cell, load<f64>(cell) + weight);
  }
}

/** Adds to four numbers at `to`: sum of the values, sum of their squares, how many are above zero; and the largest. */
export function sumMoments(values: usize, count: i32, to: usize): void {
  let sum: f64 = 0;
  let squares: f64 = 0;
  let positives = 0;
  let most: f64 = 0;
  for (const end = values + (<usize>count << 3); values != end; values += 8) {
    const value = load<f64>(values);
    sum += value;
    squares += value * value;
    positives += i32(value > 0);
    most = max(most, value);
  }
  store<f64>(to, load<f64>(to) + sum);
  store<f64>(to, load<f64>(to, 8) + squares, 8);
  store<f64>(to, load<f64>(to, 16) + <f64>positives, 16);
  store<f64>(to, max(load<f64>(to, 24), most), 24);
}

/** Writes the places, in order, of those of `count` values that are `least` or more; 32 bits each. Returns how many. */
export function findAtLeast(values: usize, count: i32, least: f64, to: usize): i32 {
  let out = to;
  for (let i = 0; i < count; i++) {
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

// Spreading (../spread.ts): what faults draw after them. Addresses of the tables and of the room to work in.
let serviceCount: i32 = 0;
/** Edges of a service, by rising threshold: from serviceStarts[s] up to serviceStarts[s + 1]. */
let serviceStarts: usize = 0;
let edgeSources: usize = 0;
let edgeThresholds: usize = 0;
/** Edges of a source. */
let sourceStarts: usize = 0;
let ownServices: usize = 0;
let ownShares: usize = 0;
/** Sources that happen with a source. */
let memberStarts: usize = 0;
let members: usize = 0;
/** Sources that have happened before the path begins. */
let settled: usize = 0;
let settledCount: i32 = 0;
/** By source: the path it fell on last. */
let fallen: usize = 0;
let queue: usize = 0;
/** By service: the share of its stake that is at fault, and the first edge that has not fallen. */
let faultShares: usize = 0;
let nextEdges: usize = 0;
let touched: usize = 0;
let settleMark: i32 = 0;
let foundPaths: i32 = 0;
let foundRows: i32 = 0;

/** Lays the tables out from `base`; the caller fills those whose addresses are asked for below, then calls ready. */
export function layOutSpread(
  base: usize,
  services: i32,
  edges: i32,
  memberCount: i32,
  certainCount: i32,
): usize {
  serviceCount = services;
  settledCount = certainCount;
  settleMark = 0;
  const perSource = (<usize>sourceCount + 2) << 3;
  const perService = (<usize>services + 2) << 3;
  const perEdge = (<usize>edges + 1) << 3;
  serviceStarts = base;
  edgeSources = serviceStarts + perService;
  edgeThresholds = edgeSources + perEdge;
  sourceStarts = edgeThresholds + perEdge;
  ownServices = sourceStarts + perSource;
  ownShares = ownServices + perEdge;
  memberStarts = ownShares + perEdge;
  members = memberStarts + perSource;
  settled = members + ((<usize>memberCount + 1) << 3);
  fallen = settled + perSource;
  queue = fallen + perSource;
  faultShares = queue + perSource;
  nextEdges = faultShares + perService;
  touched = nextEdges + perService;
  memory.fill(fallen, 0, perSource);
  memory.fill(faultShares, 0, perService);
  return touched + perEdge;
}

export function serviceStartsAt(): usize {
  return serviceStarts;
}
export function edgeSourcesAt(): usize {
  return edgeSources;
}
export function edgeThresholdsAt(): usize {
  return edgeThresholds;
}
export function sourceStartsAt(): usize {
  return sourceStarts;
}
export function ownServicesAt(): usize {
  return ownServices;
}
export function ownSharesAt(): usize {
  return ownShares;
}
export function memberStartsAt(): usize {
  return memberStarts;
}
export function membersAt(): usize {
  return members;
}
export function settledAt(): usize {
  return settled;
}
export function foundPathCount(): i32 {
  return foundPaths;
}
export function foundRowCount(): i32 {
  return foundRows;
}

/** Once the tables are filled. */
export function readySpread(): void {
  for (let s = 0; s < serviceCount; s++) {
    store<i32>(nextEdges + (<usize>s << 2), load<i32>(serviceStarts + (<usize>s << 2)));
  }
}

/**
 * Looks at the paths `from` to `paths` of a group. Where the reaches of a path's rows, by source at `reach`, sum to
 * `limit` or more, what follows from its rows is written: the path's number and how many rows (32 bits each) at
 * `pathsOut`, the rows at `rowsOut`. Stops before a path that might not fit into `room` rows and says at which.
 */
export function spreadGroup(
  rows: usize,
  width: i32,
  from: i32,
  paths: i32,
  reach: usize,
  limit: f64,
  pathsOut: usize,
  rowsOut: usize,
  room: i32,
): i32 {
  foundPaths = 0;
  foundRows = 0;
  const stride = <usize>width << 1;
  let at = rows + <usize>from * stride;
  for (let path = from; path < paths; path++) {
    let sum: f64 = 0;
    for (const end = at + stride; at != end; at += 2) {
      sum += load<f64>(reach + (<usize>load<u16>(at) << 3));
    }
    if (sum < limit) continue;
    if (foundRows + sourceCount > room) return path;
    const count = settle(at - stride, width, rowsOut + (<usize>foundRows << 1));
    if (count === 0) continue;
    store<i32>(pathsOut + (<usize>foundPaths << 3), path);
    store<i32>(pathsOut + (<usize>foundPaths << 3), count, 4);
    foundPaths++;
    foundRows += count;
  }
  return paths;
}

/** What follows from the rows of one path, in the order in which it falls, as 16-bit rows at `to`. Returns how many. */
function settle(rows: usize, width: i32, to: usize): i32 {
  const path = ++settleMark;
  let tail = 0;
  for (let i = 0; i < settledCount; i++) tail = fall(load<i32>(settled + (<usize>i << 2)), path, tail);
  for (let i = 0; i < width; i++) {
    const row = <i32>load<u16>(rows + (<usize>i << 1));
    if (row < sourceCount) tail = fall(row, path, tail);
  }
  const given = tail;
  let touchedCount = 0;
  for (let head = 0; head < tail; head++) {
    const source = load<i32>(queue + (<usize>head << 2));
    const own = sourceStarts + (<usize>source << 2);
    for (let e = load<i32>(own), end = load<i32>(own, 4); e < end; e++) {
      const service = load<i32>(ownServices + (<usize>e << 2));
      const shareAt = faultShares + (<usize>service << 3);
      const before = load<f64>(shareAt);
      if (before === 0) {
        store<i32>(touched + (<usize>touchedCount << 2), service);
        touchedCount++;
      }
      const share = before + load<f64>(ownShares + (<usize>e << 3));
      store<f64>(shareAt, share);
      const nextAt = nextEdges + (<usize>service << 2);
      const last = load<i32>(serviceStarts + (<usize>service << 2), 4);
      let edge = load<i32>(nextAt);
      while (edge < last && load<f64>(edgeThresholds + (<usize>edge << 3)) <= share) {
        tail = fall(load<i32>(edgeSources + (<usize>edge << 2)), path, tail);
        edge++;
      }
      store<i32>(nextAt, edge);
    }
    const list = memberStarts + (<usize>source << 2);
    for (let m = load<i32>(list), end = load<i32>(list, 4); m < end; m++) {
      tail = fall(load<i32>(members + (<usize>m << 2)), path, tail);
    }
  }
  for (let i = given; i < tail; i++) {
    store<u16>(to + (<usize>(i - given) << 1), load<u16>(queue + (<usize>i << 2)));
  }
  for (let i = 0; i < touchedCount; i++) {
    const service = load<i32>(touched + (<usize>i << 2));
    store<f64>(faultShares + (<usize>service << 3), 0);
    store<i32>(nextEdges + (<usize>service << 2), load<i32>(serviceStarts + (<usize>service << 2)));
  }
  return tail - given;
}

@inline
function fall(source: i32, path: i32, tail: i32): i32 {
  const at = fallen + (<usize>source << 2);
  if (load<i32>(at) == path) return tail;
  store<i32>(at, path);
  store<i32>(queue + (<usize>tail << 2), source);
  return tail + 1;
}
