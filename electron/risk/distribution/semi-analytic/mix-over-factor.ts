/**
 * The loss law of sources that move with one factor: given the factor they are independent, and the law is the mean of
 * the conditional laws over its nodes.
 */
import type { FactorNodes } from '../../math/factor-quadrature.ts';
import { normalCdf } from '../../math/normal.ts';
import { buildLatticeTable, makePowerRoom, type LatticeTable } from './lattice-table.ts';
import { LevelLaw } from './level-law.ts';
import { makeProductRoom, multiplySources, multiplyWindows } from './product-of-sources.ts';
import { computeSpread, fitLattice, type Lattice, type PointBudget } from './reach.ts';
import type { SourceTable } from './source-table.ts';
import { logOfOneMinus, makeSumRoom, sumDerivatives, unfoldLaw } from './sum-of-sources.ts';

/** Arrays that every node uses again. */
export interface MixRoom {
  readonly capacity: number;
  readonly sum: ReturnType<typeof makeSumRoom>;
  /** Made when a node first needs it: most books have none that does. */
  product: ReturnType<typeof makeProductRoom> | null;
  readonly powers: ReturnType<typeof makePowerRoom>;
}

export function makeMixRoom(capacity: number): MixRoom {
  return {
    capacity,
    sum: makeSumRoom(capacity),
    product: null,
    powers: makePowerRoom(capacity),
  };
}

/** A node with less than this of the expected loss loses nothing. */
const SMALLEST_PART = 1e-15;
/** Nodes of the factor that are rarer than this get fewer points, by the fourth root: their steps may be coarser. */
const COMMON = 1e-3;
const NOTHING = new Float64Array([1]);

/** Expected loss of the table's sources, apart from what is certain. */
function computeMean(sources: SourceTable): number {
  let mean = 0;
  for (let g = 0; g < sources.classChances.length; g += 1) {
    mean += sources.classChances[g]! * sources.classMeans[g]!;
  }
  return mean;
}

/** Chance of each class given the factor, into `chances`. Constant classes are filled in already. */
export function setConditionalChances(
  sources: SourceTable,
  rho: number,
  z: number,
  chances: Float64Array,
): void {
  const { classThresholds, constantClasses } = sources;
  const scale = 1 / Math.sqrt(1 - rho);
  const shift = Math.sqrt(rho) * z * scale;
  for (let g = constantClasses; g < chances.length; g += 1) {
    chances[g] = normalCdf(classThresholds[g]! * scale - shift);
  }
}

/** log of the chance that none of the classes loses anything, of those listed, given the chance of each class. */
function computeLogNothing(
  sources: SourceTable,
  chances: Float64Array,
  classes: Int32Array | null,
  classCount: number,
): number {
  const { classStarts, classHasNothing, rowNothings } = sources;
  let log = 0;
  for (let i = 0; i < classCount; i += 1) {
    const g = classes === null ? i : classes[i]!;
    const p = chances[g]!;
    if (classHasNothing[g] === 0) {
      log += (classStarts[g + 1]! - classStarts[g]!) * logOfOneMinus(p);
      continue;
    }
    for (let row = classStarts[g]!; row < classStarts[g + 1]!; row += 1) {
      log += logOfOneMinus(p * (1 - rowNothings[row]!));
    }
  }
  return log;
}

/**
 * Adds `weight` times the law of the sources to `target`. Returns `weight` times the chance of losing anything.
 * `check` is called before every node and may throw.
 */
export function mixOverFactor(
  sources: SourceTable,
  rho: number,
  nodes: FactorNodes,
  budget: PointBudget,
  weight: number,
  target: LevelLaw,
  room: MixRoom,
  check: () => void,
): number {
  const chances = sources.classChances.slice();
  const high = new Int32Array(chances.length);
  const tables = new Map<number, LatticeTable>();
  const negligible = (SMALLEST_PART * weight * computeMean(sources)) / nodes.positions.length;
  let level = 0;
  let lossProbability = 0;
  // From good to bad: the worse the factor, the longer the law and the coarser the step.
  for (let k = nodes.positions.length - 1; k >= 0; k -= 1) {
    check();
    const nodeWeight = weight * nodes.weights[k]!;
    setConditionalChances(sources, rho, nodes.positions[k]!, chances);
    const spread = computeSpread(sources, chances);
    if (nodeWeight * spread.mean <= negligible) {
      target.add(0, NOTHING, 0, 1, 0, sources.certainLoss, nodeWeight);
      lossProbability -= nodeWeight * Math.expm1(computeLogNothing(sources, chances, null, chances.length));
      continue;
    }
    const rarity = normalCdf(nodes.positions[k]!) / COMMON;
    const nodeBudget =
      rarity < 1 ? { ...budget, points: Math.max(32, budget.points * rarity ** 0.25) } : budget;
    let lattice: Lattice | null = null;
    while (lattice === null) {
      lattice = fitLattice(sources, chances, spread, target.step * 2 ** level, nodeBudget);
      if (lattice === null) level += 1;
    }
    let table = tables.get(level);
    if (table === undefined) {
      table = buildLatticeTable(
        sources,
        lattice.step,
        room.capacity,
        sources.largestRows.slice(0, lattice.setAside),
      );
      tables.set(level, table);
    }
    const logNothing = addConditionalLaw(
      sources,
      table,
      chances,
      lattice.points,
      level,
      nodeWeight,
      high,
      target,
      room,
    );
    lossProbability -= nodeWeight * Math.expm1(logNothing);
  }
  return sources.certainLoss > 0 ? weight : lossProbability;
}

/** Adds the law of one node to `target`. Returns the log of the chance that nothing is lost, certain losses apart. */
function addConditionalLaw(
  sources: SourceTable,
  table: LatticeTable,
  chances: Float64Array,
  points: number,
  level: number,
  weight: number,
  high: Int32Array,
  target: LevelLaw,
  room: MixRoom,
): number {
  const { sum } = room;
  const highCount = sumDerivatives(sources, table, chances, weight, high, sum, room.powers);
  unfoldLaw(sum, points);
  let values = sum.law;
  let start = sum.from;
  let length = sum.to - sum.from + 1;
  let from = sum.from;
  if (highCount > 0) {
    const product = (room.product ??= makeProductRoom(room.capacity));
    const part = multiplySources(sources, table, chances, high, highCount, product);
    const whole = multiplyWindows(sum.law, sum.from, sum.to, part, product);
    values = product.values;
    ({ start, length, from } = whole);
  }
  if (table.setAside.length === 0) {
    target.add(level, values, start, length, from, sources.certainLoss, weight);
    if (!table.hasLostAtZero) return sum.logZero + computeLogNothing(sources, chances, high, highCount);
    return computeLogNothing(sources, chances, null, chances.length);
  }
  let law = new LevelLaw(target.step, target.capacity);
  law.add(level, values, start, length, from, sources.certainLoss, weight);
  for (const row of table.setAside) law = addSource(law, sources, row, chances[sources.rowClasses[row]!]!);
  law.addTo(target, 0, 1);
  return computeLogNothing(sources, chances, null, chances.length);
}

/** The law with one more independent source: what it was, and what it was moved by each of the outcomes. */
export function addSource(law: LevelLaw, sources: SourceTable, row: number, p: number): LevelLaw {
  const next = new LevelLaw(law.step, law.capacity);
  let stay = 1 - p;
  stay += p * sources.rowNothings[row]!;
  law.addTo(next, 0, stay);
  for (let o = sources.outcomeStarts[row]!; o < sources.outcomeStarts[row + 1]!; o += 1) {
    law.addTo(next, sources.outcomeLosses[o]!, p * sources.outcomeChances[o]!);
  }
  return next;
}
