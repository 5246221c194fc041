/**
 * THE HOT LOOP of the semi-analytic core: the law of the summed loss of independent sources, on a lattice.
 *
 * The recursion of Andersen, Sidenius and Basu ("All your hedges in one basket", Risk, November 2003) adds one source
 * after another to the law: sources x points multiplications for every node of the factor. Most of the sources are rare,
 * and for those there is a shorter way to the same law. With the generating function F(s) = product of g_i(s),
 *     s F'(s) = F(s) A(s),     A(s) = sum over i of s g_i'(s) / g_i(s),
 * so that n f(n) = sum over e of A(e) f(n - e). It is De Pril's recursion ("On the exact calculation of the aggregate
 * claims distribution in the individual life model", ASTIN Bulletin 16, 1986), and takes points^2 / 2 multiplications,
 * whatever the number of sources. A is a power series in x = p / (1 - p + p b) whose coefficients do not depend on the
 * factor (lattice-table.ts), so that a node costs a few additions per source. The series is cut where the next powers
 * would move less than 1e-15 of the whole law. The last term takes the sum of what follows at s = 1, so that the mean
 * stays exact, and f(0) is set so that the law sums to one.
 *
 * Nearly all terms are positive, so that far tails keep their relative accuracy, unlike those of a Fourier transform. It
 * is meant for sources whose chance under the factor is up to about a tenth; those above it are multiplied out by
 * product-of-sources.ts, on the same lattice.
 */
import { listPowers, MOST_POWERS, MOST_RATIO, type LatticeTable, type PowerRoom } from './lattice-table.ts';
import { LONGEST_JUMP } from './reach.ts';
import type { SourceTable } from './source-table.ts';

/** Probability of the whole law that the cut series of one source may misplace. */
const MISPLACED = 5e-16;
/** Books of no more sources are multiplied out throughout: exact in every digit, and no slower. */
export const SMALL_BOOK = 32;
/** The recursion ends once all but this share of the mean is reached. */
const SMALLEST_MEAN = 5e-14;
/** Values are brought down when they pass this; what is then below LOST of it is dropped. */
const LARGE = 1e200;
const LOG_LARGE = Math.log(LARGE);
const LOST = 1e-120;

/** The logarithmic derivative A, and the law it unfolds to. One per computation, used again for every node. */
export interface SumRoom {
  /** The last point a law may have. */
  readonly capacity: number;
  /** A. Longer than the capacity, so that no power of a jump needs to be checked against it. */
  readonly derivative: Float64Array;
  readonly law: Float64Array;
  /** The law's points run from `from` to `to`; outside it is zero, whatever the array holds. */
  from: number;
  to: number;
  /** log of the chance that none of the single sources summed here reaches a point above zero. */
  logZero: number;
  /** The last point of A, the widest jump of one source, and the mean in steps. */
  span: number;
  widest: number;
  mean: number;
  /** Room for binomial terms; ratios up to which so many powers are enough. */
  readonly terms: Float64Array;
  readonly cuts: Float64Array;
}

export function makeSumRoom(capacity: number): SumRoom {
  return {
    capacity,
    derivative: new Float64Array(Math.max(capacity, MOST_POWERS * LONGEST_JUMP) + 1),
    law: new Float64Array(capacity + 1),
    from: 0,
    to: 0,
    logZero: 0,
    span: 0,
    widest: 0,
    mean: 0,
    terms: new Float64Array(MOST_POWERS + 1),
    cuts: new Float64Array(MOST_POWERS + 1),
  };
}

/** Below this a chance p would lose digits in 1 - p. */
const TINY = 1e-3;

/** log(1 - p), faster than log1p where p is small. */
export function logOfOneMinus(p: number): number {
  if (p > TINY) return Math.log1p(-p);
  return -p * (1 + p * (1 / 2 + p * (1 / 3 + p * (1 / 4 + p * (1 / 5)))));
}

/**
 * Sums A over the classes whose chance is low enough, given the chance of each class, and lists the others in `high`,
 * single sources first. Returns the number of single ones and of all. `weight`: the share of this sum in the whole law.
 */
export function sumDerivatives(
  sources: SourceTable,
  table: LatticeTable,
  chances: Float64Array,
  weight: number,
  high: Int32Array,
  room: SumRoom,
  powerRoom: PowerRoom,
): { readonly singles: number; readonly all: number } {
  room.derivative.fill(0, 0, room.span + 1);
  room.span = 0;
  room.widest = 0;
  room.logZero = 0;
  room.mean = 0;
  const rows = sources.rowClasses.length;
  const mostRatio = rows > SMALL_BOOK ? MOST_RATIO : -1;
  fillCuts(room.cuts, weight);
  const singles = addSingles(table, chances, mostRatio, high, room);
  return { singles, all: addOthers(sources, table, chances, mostRatio, high, singles, room, powerRoom) };
}

/** A source of ratio x Q(1) up to `cuts[j]` needs j powers: the next, in a law of this weight, is below what is allowed. */
function fillCuts(cuts: Float64Array, weight: number): void {
  const allowed = Math.min(1e-4, MISPLACED / weight);
  for (let j = 1; j < MOST_POWERS; j += 1) cuts[j] = allowed ** (1 / (j + 1));
  cuts[MOST_POWERS] = Infinity;
}

/**
 * Adds the classes of one source with one loss, whose x Q(s) is (u + v s) s^k: for j = 1 to `last`, the terms
 * (-1)^(j+1) (j k + i) / j C(j, i) u^(j-i) v^i at the points j k + i. The first four powers are written out: a loop for
 * each costs more than its terms.
 */
function addSingles(
  table: LatticeTable,
  chances: Float64Array,
  mostRatio: number,
  high: Int32Array,
  room: SumRoom,
): number {
  const { singlePoints, singleLowers, singleUppers } = table;
  const { cuts } = room;
  const a = room.derivative;
  const count = chances.length;
  let highCount = 0;
  let last = 1;
  let mean = 0;
  let widest = 0;
  let span = 0;
  let stay = 1;
  for (let g = 0; g < count; g += 1) {
    const k = singlePoints[g]!;
    if (k === 0) continue;
    const p = chances[g]!;
    const lower = p * singleLowers[g]!;
    const upper = p * singleUppers[g]!;
    const reached = lower + upper;
    // 1 - reached is also 1 / (1 + x Q(1)), which closes the series.
    const rest = 1 - reached;
    const scale = 1 / rest;
    const ratio = reached * scale;
    if (!(ratio <= mostRatio)) {
      high[highCount] = g;
      highCount += 1;
      continue;
    }
    // Chances rise from class to class, and with them the powers that matter.
    while (ratio > cuts[last]!) last += 1;
    while (last > 1 && ratio <= cuts[last - 1]!) last -= 1;
    mean += k * reached + upper;
    if (reached < TINY) {
      room.logZero += logOfOneMinus(reached);
    } else {
      // One logarithm for many sources.
      stay *= rest;
      if (stay < 1e-200) {
        room.logZero += Math.log(stay);
        stay = 1;
      }
    }
    if (k > widest) widest = k;
    if (k * last > span) span = k * last;

    const u = lower * scale;
    const v = upper * scale;
    const step = k | 0;
    let at = step;
    let c = last === 1 ? rest : 1;
    a[at]! += c * k * u;
    a[at + 1]! += c * (k + 1) * v;
    if (last === 1) continue;
    const uu = u * u;
    const uv = u * v;
    const vv = v * v;
    at += step;
    c = last === 2 ? rest : 1;
    a[at]! -= c * k * uu;
    a[at + 1]! -= c * (2 * k + 1) * uv;
    a[at + 2]! -= c * (k + 1) * vv;
    if (last === 2) continue;
    at += step;
    c = last === 3 ? rest : 1;
    a[at]! += c * k * uu * u;
    a[at + 1]! += c * (3 * k + 1) * uu * v;
    a[at + 2]! += c * (3 * k + 2) * u * vv;
    a[at + 3]! += c * (k + 1) * vv * v;
    if (last === 3) continue;
    at += step;
    c = last === 4 ? rest : 1;
    a[at]! -= c * k * uu * uu;
    a[at + 1]! -= c * (4 * k + 1) * uu * uv;
    a[at + 2]! -= c * (6 * k + 3) * uu * vv;
    a[at + 3]! -= c * (4 * k + 3) * uv * vv;
    a[at + 4]! -= c * (k + 1) * vv * vv;
    if (last > 4) addHighPowers(a, at, step, u, v, last, rest, room.terms);
  }
  room.logZero += Math.log(stay);
  room.mean += mean;
  room.widest = widest + 1;
  // The upper point lies one beyond the lower, that of the j-th power j beyond.
  room.span = span + MOST_POWERS;
  return highCount;
}

/** The powers from the fifth to `last` of a single loss; `fourth`: where the fourth begins; `rest` closes the series. */
function addHighPowers(
  a: Float64Array,
  fourth: number,
  step: number,
  u: number,
  v: number,
  last: number,
  rest: number,
  terms: Float64Array,
): void {
  const uu = u * u;
  const vv = v * v;
  terms[0] = uu * uu;
  terms[1] = 4 * uu * u * v;
  terms[2] = 6 * uu * vv;
  terms[3] = 4 * u * v * vv;
  terms[4] = vv * vv;
  let at = fourth;
  let sign = 1;
  for (let j = 5; j <= last; j += 1) {
    at += step;
    const c = (j === last ? sign * rest : sign) / j;
    let before: number = terms[0];
    terms[0] = before * u;
    a[at]! += c * at * terms[0];
    for (let i = 1; i < j; i += 1) {
      const term = terms[i]! * u + before * v;
      before = terms[i]!;
      terms[i] = term;
      a[at + i]! += c * (at + i) * term;
    }
    terms[j] = before * v;
    a[at + j]! += c * (at + j) * terms[j]!;
    sign = -sign;
  }
}

/** Adds the classes of several sources or several losses, from the lists of their powers. */
function addOthers(
  sources: SourceTable,
  table: LatticeTable,
  chances: Float64Array,
  mostRatio: number,
  high: Int32Array,
  highSoFar: number,
  room: SumRoom,
  powerRoom: PowerRoom,
): number {
  const { otherClasses, classReaches, classMeans, powers } = table;
  const { derivative, cuts } = room;
  let highCount = highSoFar;
  for (const g of otherClasses) {
    const p = chances[g]!;
    const reached = p * classReaches[g]!;
    const x = p / (1 - reached);
    const ratio = x * classReaches[g]!;
    if (!(ratio <= mostRatio)) {
      high[highCount] = g;
      highCount += 1;
      continue;
    }
    let last = 1;
    while (ratio > cuts[last]!) last += 1;
    room.mean += p * classMeans[g]!;
    if (powers.made[g]! < last) listPowers(sources, table, g, Math.min(MOST_POWERS, last + 1), powerRoom);
    const { points, values, starts, ends } = powers;
    const lists = g * (MOST_POWERS + 1);
    let factor = x;
    for (let j = 1; j <= last; j += 1) {
      const scale = j === last ? factor * (1 - reached) : factor;
      const end = ends[lists + j]!;
      for (let entry = starts[lists + j]!; entry < end; entry += 1) {
        derivative[points[entry]!]! += scale * values[entry]!;
      }
      factor *= -x;
    }
    const jump = points[ends[lists + 1]! - 1]!;
    room.widest = Math.max(room.widest, jump);
    room.span = Math.max(room.span, Math.min(room.capacity, jump * last));
  }
  return highCount;
}

/** Unfolds the law from A, up to the point `limit` at most. */
export function unfoldLaw(room: SumRoom, limit: number): void {
  const { derivative, law, widest, mean } = room;
  const span = Math.min(room.span, room.capacity);
  // log F(1) = log f(0) + sum of A(e) / e = 0. What lies beyond the capacity has less than 1e-14 of the mean.
  let logScale = 0;
  for (let e = 1; e <= room.span; e += 1) logScale -= derivative[e]! / e;
  let scale = Math.exp(logScale);
  let from = 0;
  let reached = 0;
  let quiet = 0;
  let n = 0;
  law[0] = 1;
  const enough = mean * (1 - SMALLEST_MEAN);
  while (n < limit && reached * scale < enough && quiet <= widest) {
    n += 1;
    const last = Math.min(span, n - from);
    // Four sums side by side, or each addition would wait for the one before.
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    let e = 1;
    for (; e + 3 <= last; e += 4) {
      sum0 += derivative[e]! * law[n - e]!;
      sum1 += derivative[e + 1]! * law[n - e - 1]!;
      sum2 += derivative[e + 2]! * law[n - e - 2]!;
      sum3 += derivative[e + 3]! * law[n - e - 3]!;
    }
    for (; e <= last; e += 1) sum0 += derivative[e]! * law[n - e]!;
    // n f(n). Where the law is all but over, roundings and the cut of the series may bring it below zero.
    const weighted = sum0 + sum1 + (sum2 + sum3);
    law[n] = weighted / n;
    reached += weighted;
    quiet = Math.abs(weighted) * scale < 1e-18 * mean && n > mean ? quiet + 1 : 0;
    if (weighted > LARGE) {
      for (let i = from; i <= n; i += 1) law[i]! /= LARGE;
      while (law[from]! < LOST) from += 1;
      reached /= LARGE;
      logScale += LOG_LARGE;
      scale = Math.exp(logScale);
    }
  }
  for (let i = from; i <= n; i += 1) law[i]! *= scale;
  if (n > from) {
    // What is beyond the end, or was too much before it, is settled between the last point and the first.
    const rest = (mean - reached * scale) / (n - from);
    law[n]! += rest;
    law[from]! -= rest;
  }
  room.from = from;
  room.to = n;
}
