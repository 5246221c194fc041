/**
 * The loss law of sources that move with one factor: given the factor they are independent, and the law is the mean of
 * the conditional laws over its nodes.
 */
import type { FactorNodes } from '../../math/factor-quadrature.ts';
import { normalCdf } from '../../math/normal.ts';
import { buildLatticeTable, makePowerRoom, type LatticeTable } from './lattice-table.ts';
import { LevelLaw } from './level-law.ts';
import { makeProductRoom, multiplySources, multiplyWindows, type ProductRoom } from './product-of-sources.ts';
import { computeSpread, fitLattice, type Lattice, type PointBudget, type Spread } from './reach.ts';
import type { SourceTable } from './source-table.ts';
import { logOfOneMinus, makeSumRoom, SMALL_BOOK, sumDerivatives, unfoldLaw } from './sum-of-sources.ts';
import { copyWindow, type WindowLaw } from './window-law.ts';

/** Arrays that every node uses again. */
export interface MixRoom {
  readonly capacity: number;
  readonly sum: ReturnType<typeof makeSumRoom>;
  /** Made when a node first needs it: most books have none that does. */
  product: ProductRoom | null;
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

/** What is mixed: `weight` times the law of the sources, added to `target`. */
export interface Mixture {
  readonly sources: SourceTable;
  readonly rho: number;
  readonly nodes: FactorNodes;
  readonly budget: PointBudget;
  readonly weight: number;
  readonly target: LevelLaw;
  /** Called before every node; may throw. */
  readonly check: () => void;
}

/** A node with less than this of the expected loss loses nothing. */
const SMALLEST_PART = 1e-15;
/**
 * Nodes get fewer points, by the fourth root, once they and all worse ones have less than this probability and less than
 * this share of the expected loss: their steps may be coarser.
 */
const COMMON = 1e-3;
const COMMON_LOSS = 0.1;
const LEAST_POINTS = 32;
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

/** log of the chance that none of these classes loses anything, given the chance of each class. */
function computeLogNothing(sources: SourceTable, chances: Float64Array, classes: Int32Array): number {
  const { classStarts, classHasNothing, rowNothings } = sources;
  let log = 0;
  for (const g of classes) {
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

/** Mixes as {@link Mixture} says. Returns `weight` times the chance of losing anything. */
export function mixOverFactor(mixture: Mixture, room: MixRoom): number {
  const { sources, rho, nodes, budget, weight, target, check } = mixture;
  const chances = sources.classChances.slice();
  const all = Int32Array.from(chances.keys());
  const tables = new Map<number, LatticeTable>();
  const mean = weight * computeMean(sources);
  const isSmall = sources.rowClasses.length <= SMALL_BOOK;
  let meanLeft = mean;
  let level = 0;
  let lossProbability = 0;
  // From good to bad: the worse the factor, the longer the law and the coarser the step.
  for (let k = nodes.positions.length - 1; k >= 0; k -= 1) {
    check();
    const nodeWeight = weight * nodes.weights[k]!;
    setConditionalChances(sources, rho, nodes.positions[k]!, chances);
    const spread = computeSpread(sources, chances);
    if (nodeWeight * spread.mean * nodes.positions.length <= SMALLEST_PART * mean) {
      target.add(0, NOTHING, 0, 1, 0, sources.certainLoss, nodeWeight);
      lossProbability -= nodeWeight * Math.expm1(computeLogNothing(sources, chances, all));
      continue;
    }
    const rarity = isSmall
      ? 1
      : Math.max(normalCdf(nodes.positions[k]!) / COMMON, meanLeft / (mean * COMMON_LOSS));
    const points = rarity < 1 ? Math.max(LEAST_POINTS, budget.points * rarity ** 0.25) : budget.points;
    meanLeft -= nodeWeight * spread.mean;
    const lattice = climb(mixture, chances, spread, points, level);
    level = lattice.level;
    const table =
      tables.get(level) ??
      buildLatticeTable(sources, lattice.step, room.capacity, sources.largestRows.slice(0, lattice.setAside));
    tables.set(level, table);
    const node = { chances, all, points: lattice.points, level, weight: nodeWeight };
    lossProbability -= nodeWeight * Math.expm1(addConditionalLaw(mixture, table, node, room));
  }
  return sources.certainLoss > 0 ? weight : lossProbability;
}

/** The finest level, from `from` on, whose lattice the points pay for. */
function climb(
  { sources, target, budget }: Mixture,
  chances: Float64Array,
  spread: Spread,
  points: number,
  from: number,
): Lattice & { readonly level: number } {
  for (let level = from; ; level += 1) {
    const step = target.step * 2 ** level;
    const lattice = fitLattice(sources, chances, spread, step, { points, capacity: budget.capacity });
    if (lattice !== null) return { ...lattice, level };
  }
}

interface Node {
  /** Per class; and the numbers of all classes. */
  readonly chances: Float64Array;
  readonly all: Int32Array;
  readonly points: number;
  readonly level: number;
  readonly weight: number;
}

/** Adds the law of one node to the target. Returns the log of the chance that nothing is lost, certain losses apart. */
function addConditionalLaw(mixture: Mixture, table: LatticeTable, node: Node, room: MixRoom): number {
  const { sources, target } = mixture;
  const { chances, level, weight } = node;
  const { sum } = room;
  const high = new Int32Array(chances.length);
  const count = sumDerivatives(sources, table, chances, weight, high, sum, room.powers);
  unfoldLaw(sum, node.points);
  let law: WindowLaw = { values: sum.law, start: sum.from, length: sum.to - sum.from + 1, from: sum.from };
  if (count.all > 0) {
    law = multiplyHigh(sources, table, chances, high.slice(0, count.all).sort(), law, room);
  }
  const { values, start, length, from } = law;
  if (table.setAside.length === 0) {
    target.add(level, values, start, length, from, sources.certainLoss, weight);
  } else {
    let whole = new LevelLaw(target.step, target.capacity);
    whole.add(level, values, start, length, from, sources.certainLoss, weight);
    for (const row of table.setAside) {
      whole = addSource(whole, sources, row, chances[sources.rowClasses[row]!]!);
    }
    whole.addTo(target, 0, 1);
  }
  if (table.hasLostAtZero || table.setAside.length > 0) return computeLogNothing(sources, chances, node.all);
  return (
    sum.logZero +
    computeLogNothing(sources, chances, high.subarray(0, count.singles)) +
    computeLogNothing(sources, chances, table.otherClasses)
  );
}

/** The law with the classes that are not rare, `high` by rising number. */
function multiplyHigh(
  sources: SourceTable,
  table: LatticeTable,
  chances: Float64Array,
  high: Int32Array,
  low: WindowLaw,
  room: MixRoom,
): WindowLaw {
  const product = (room.product ??= makeProductRoom(room.capacity));
  const firstOnFactor = high.findIndex((g) => g >= sources.constantClasses);
  const constants = firstOnFactor < 0 ? high : high.subarray(0, firstOnFactor);
  let law = low;
  if (constants.length > 0) {
    // Classes off the factor are the same at every node: their law is kept.
    table.constantLaw ??= copyWindow(multiplySources(sources, table, chances, constants, product));
    law = copyWindow(multiplyWindows(law, table.constantLaw, product));
  }
  if (constants.length < high.length) {
    const moving = multiplySources(sources, table, chances, high.subarray(constants.length), product);
    law = multiplyWindows(moving, law, product);
  }
  return law;
}

/** The law with one more independent source: what it was, and what it was moved by each of the outcomes. */
export function addSource(law: LevelLaw, sources: SourceTable, row: number, p: number): LevelLaw {
  const next = new LevelLaw(law.step, law.capacity);
  law.addTo(next, 0, 1 - p + p * sources.rowNothings[row]!);
  for (let o = sources.outcomeStarts[row]!; o < sources.outcomeStarts[row + 1]!; o += 1) {
    law.addTo(next, sources.outcomeLosses[o]!, p * sources.outcomeChances[o]!);
  }
  return next;
}
