/**
 * The semi-analytic core: the whole loss law of a linear book, without sampling noise. Conditioned on the shocks with
 * members (shock-states.ts) and on the factor (factor-quadrature.ts) its sources are independent; their sum is computed
 * on a lattice (sum-of-sources.ts). Method, accuracy and limits: docs/method/loss-law.md.
 */
import { AppError } from '../../../../shared/contract/errors.ts';
import { findFactorStep, makeFactorNodes, type FactorNodes } from '../../math/factor-quadrature.ts';
import { createWork, type RunHooks } from '../../work.ts';
import { alignStep, chooseStep, findCommonUnit } from './choose-step.ts';
import { LevelLaw } from './level-law.ts';
import {
  computeExpectedLoss,
  findMeanOutcome,
  findMostOutcome,
  validateLinearBook,
  type LinearBook,
} from './linear-book.ts';
import type { LossLaw } from './loss-law.ts';
import {
  addSource,
  makeMixRoom,
  mixOverFactor,
  setConditionalChances,
  type MixRoom,
} from './mix-over-factor.ts';
import { computeSpread, type PointBudget } from './reach.ts';
import { listShockStates, type ShockState } from './shock-states.ts';
import { ABSENT, buildSourceTable, CERTAIN, OWN_CHANCE, type SourceTable } from './source-table.ts';
import { logOfOneMinus, SMALL_BOOK } from './sum-of-sources.ts';

export interface LossLawOptions {
  /**
   * Lattice points that carry the law of one state of the factor: losses are placed to within about 1 / points of the
   * largest loss that state brings. 32 to 8192.
   */
  readonly points?: number;
  /** States of shocks with members that are looked at, likeliest first. */
  readonly mostShockStates?: number;
  /** `isCancelled` is asked before every node of the factor; progress counts states of shocks. */
  readonly hooks?: RunHooks;
}

const DEFAULT_POINTS = 768;
const DEFAULT_SHOCK_STATES = 256;
/** With one node there is time for a lattice this much finer. */
const SINGLE_NODE_FACTOR = 4;
const MOST_CAPACITY = 16_384;
/**
 * Joint chances of all faults in small books, and of so many in larger ones, are exact to 1e-14; those of the faults of a
 * bad day to 2 exp(-5).
 */
const EXACT_FAULTS = 4;
const BAD_FACTOR = -3.1;
const LOG_BAD = 5;
/** Nodes x sources are held to about this, down to a least number of nodes. */
const MOST_EVALUATIONS = 4e5;
const LEAST_NODES = 128;
/** Width of the factor's range, for turning a number of nodes into a step. */
const RANGE = 16.8;
/**
 * Large sources off the factor are added at the end where this makes the step so much finer, for others that make so much
 * of the expected loss.
 */
const WORTH_ADDING_LATER = 2;
const WORTH_SHARE = 1e-3;
const MOST_LATER = 64;
/** In steps. */
const LARGE = 64;
/** A probability left out that is no more than the roundings of the rest. */
const ROUNDING = 1e-13;
/** States of shocks this likely get all of the lattice and of the nodes; rarer ones less. */
const LIKELY_STATE = 0.01;
const RARE_STATE = 1e-4;

/**
 * @throws AppError scenario-invalid where the book is no book (linear-book.ts), or an option out of its range
 * @throws AppError cancelled
 */
export function computeLossLaw(book: LinearBook, options: LossLawOptions = {}): LossLaw {
  validateLinearBook(book);
  const { points: asked = DEFAULT_POINTS, mostShockStates = DEFAULT_SHOCK_STATES, hooks = {} } = options;
  requireWithin('points', asked, 32, 8192);
  requireWithin('mostShockStates', mostShockStates, 1, 65_536);
  const expectedLoss = computeExpectedLoss(book);
  if (!(expectedLoss > 0)) {
    const nothing = { losses: new Float64Array(1), probabilities: new Float64Array([1]) };
    return { ...nothing, expectedLoss: 0, lossProbability: 0, maximum: 0, truncatedProbability: 0 };
  }
  const { states, leftOut } = listShockStates(book.probabilities, book.shocks, mostShockStates);
  const live = listLiveLosses(book);
  const budget = chooseBudget(book, asked);
  const later = chooseLater(book, states[0]!, budget, expectedLoss);
  const likeliest = buildSourceTable(book, listFates(book, states[0]!, later));
  const finest = findStep(likeliest, book.rho, budget) ?? live.maximum / budget.points;
  const room = makeMixRoom(budget.capacity);
  let law = new LevelLaw(alignStep(finest, findCommonUnit(live.losses)), budget.capacity);
  let lossProbability = 0;
  const work = createWork(states.length, hooks);
  for (const [i, state] of states.entries()) {
    const sources = i === 0 ? likeliest : buildSourceTable(book, listFates(book, state, later));
    lossProbability += addState(sources, book.rho, state.probability, budget, law, room, work.check);
    work.advance();
  }

  const laterSources = buildSourceTable(book, listFates(book, null, later));
  let logNothing = 0;
  for (let row = 0; row < laterSources.rowClasses.length; row += 1) {
    work.check();
    const p = laterSources.classChances[laterSources.rowClasses[row]!]!;
    law = addSource(law, laterSources, row, p);
    logNothing += logOfOneMinus(p * (1 - laterSources.rowNothings[row]!));
  }
  const listed = law.list();
  if (leftOut > ROUNDING) addLeftOut(listed, leftOut, expectedLoss, live.maximum);
  return {
    ...listed,
    expectedLoss,
    lossProbability: Math.min(1, lossProbability - (1 - lossProbability) * Math.expm1(logNothing) + leftOut),
    maximum: live.maximum,
    truncatedProbability: leftOut,
  };
}

function requireWithin(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new AppError('scenario-invalid', `The option ${name} is ${value}.`, {
    help: `Give a whole number from ${least} to ${most}.`,
  });
}

/** The losses that can happen, and their sum with every source at its worst. */
function listLiveLosses(book: LinearBook): { losses: Float64Array; maximum: number } {
  const isForced = new Set(
    book.shocks.flatMap(({ source, members }) => (book.probabilities[source]! > 0 ? members : [])),
  );
  const losses: number[] = [];
  let maximum = 0;
  for (let i = 0; i < book.probabilities.length; i += 1) {
    if (book.probabilities[i] === 0 && !isForced.has(i)) continue;
    maximum += findMostOutcome(book, i);
    for (let o = book.outcomeStarts[i]!; o < book.outcomeStarts[i + 1]!; o += 1) {
      if (book.outcomeChances[o]! > 0) losses.push(book.outcomeLosses[o]!);
    }
  }
  // In order, so that the common unit found among them is the same for every order of the book.
  return { losses: Float64Array.from(losses).sort(), maximum };
}

function chooseBudget(book: LinearBook, asked: number): PointBudget {
  const isMixed = book.rho > 0 && book.isOnFactor.includes(1);
  const points = isMixed ? asked : Math.min(MOST_CAPACITY, asked * SINGLE_NODE_FACTOR);
  // Splitting the losses of n sources brings a deviation of half the square root of n steps at most: 16 of it fit.
  const spread = 64 + Math.ceil(8 * Math.sqrt(book.probabilities.length));
  return { points, capacity: Math.max(Math.min(MOST_CAPACITY, 8 * points), spread) };
}

/** What a state of the shocks makes of each source. With `state` null: only the rows of `later`. */
function listFates(book: LinearBook, state: ShockState | null, later: ReadonlySet<number>): Uint8Array {
  const fates = new Uint8Array(book.probabilities.length).fill(state === null ? ABSENT : OWN_CHANCE);
  for (const row of later) fates[row] = state === null ? OWN_CHANCE : ABSENT;
  if (state === null) return fates;
  for (const { source, members } of book.shocks) if (members.length > 0) fates[source] = ABSENT;
  for (const shock of state.shocks) {
    const { source, members } = book.shocks[shock]!;
    fates[source] = CERTAIN;
    for (const member of members) fates[member] = CERTAIN;
  }
  return fates;
}

/** The finest affordable step with the factor at its median; null where the sources lose nothing. */
function findStep(sources: SourceTable, rho: number, budget: PointBudget): number | null {
  if (sources.largestRows.length === 0) return null;
  const chances = sources.classChances.slice();
  setConditionalChances(sources, rho, 0, chances);
  return chooseStep(sources, chances, computeSpread(sources, chances), budget);
}

/**
 * Sources off the factor that are best added at the very end, once for all nodes: the few that are so large that with
 * them the step would be coarse for all others.
 */
function chooseLater(
  book: LinearBook,
  state: ShockState,
  budget: PointBudget,
  expectedLoss: number,
): ReadonlySet<number> {
  const tied = new Set(book.shocks.flatMap(({ source, members }) => [source, ...members]));
  const candidates: { row: number; most: number }[] = [];
  for (let row = 0; row < book.probabilities.length; row += 1) {
    const isFree = (book.isOnFactor[row] === 0 || book.rho === 0) && !tied.has(row);
    const p = book.probabilities[row]!;
    if (isFree && p > 0 && p < 1) candidates.push({ row, most: findMostOutcome(book, row) });
  }
  const none = new Set<number>();
  if (candidates.length === 0) return none;
  candidates.sort((a, b) => b.most - a.most);
  const stepWithout = (rows: ReadonlySet<number>) =>
    findStep(buildSourceTable(book, listFates(book, state, rows)), book.rho, budget);
  const step = stepWithout(none);
  if (step === null) return none;
  const alone = book.rho > 0 ? stepWithout(new Set(candidates.map(({ row }) => row))) : null;
  const large = candidates.filter(({ most }, rank) => rank < MOST_LATER && most > LARGE * (alone ?? step));
  const later = new Set(large.map(({ row }) => row));
  if (later.size === 0) return none;
  let left = 0;
  for (let row = 0; row < book.probabilities.length; row += 1) {
    if (!later.has(row)) left += book.probabilities[row]! * findMeanOutcome(book, row);
  }
  const isWorth =
    left >= WORTH_SHARE * expectedLoss && (stepWithout(later) ?? step) * WORTH_ADDING_LATER <= step;
  return isWorth ? later : none;
}

/** The nodes for a state's sources: as many as its faults need, and fewer where the state is rare. */
function chooseNodes(sources: SourceTable, rho: number, probability: number): FactorNodes {
  const { constantClasses, classChances, classStarts, classThresholds } = sources;
  if (constantClasses === classChances.length) {
    return { positions: new Float64Array(1), weights: new Float64Array([1]) };
  }
  const rows = sources.rowClasses.length - classStarts[constantClasses]!;
  const coarsest = findFactorStep(rho, Math.min(rows, 2));
  let step = coarsest;
  if (probability >= RARE_STATE) {
    const chances = classChances.slice();
    setConditionalChances(sources, rho, BAD_FACTOR, chances);
    let faults = 0;
    for (let g = constantClasses; g < chances.length; g += 1) {
      faults += chances[g]! * (classStarts[g + 1]! - classStarts[g]!);
    }
    const wanted = Math.min(
      findFactorStep(rho, rows <= SMALL_BOOK ? rows : EXACT_FAULTS),
      findFactorStep(rho, Math.max(1, faults), LOG_BAD),
    );
    const most = Math.max(LEAST_NODES, Math.min(1024, MOST_EVALUATIONS / rows));
    step = Math.min(coarsest, Math.max(wanted, RANGE / most));
  }
  return makeFactorNodes(step, classThresholds[constantClasses]!);
}

/** Adds the law under a state of the shocks of this probability. Returns the chance of it and of losing anything. */
function addState(
  sources: SourceTable,
  rho: number,
  probability: number,
  budget: PointBudget,
  law: LevelLaw,
  room: MixRoom,
  check: () => void,
): number {
  const nodes = chooseNodes(sources, rho, probability);
  let { points } = budget;
  if (probability < LIKELY_STATE) points = Math.ceil(points / 2);
  if (probability < RARE_STATE) points = Math.ceil(points / 2);
  const { capacity } = budget;
  const mixed = {
    sources,
    rho,
    nodes,
    budget: { points, capacity },
    weight: probability,
    target: law,
    check,
  };
  return mixOverFactor(mixed, room);
}

/** The states left out stand in the law as one loss, their mean, so that the mean of the whole law stays exact. */
function addLeftOut(
  law: { losses: Float64Array; probabilities: Float64Array },
  leftOut: number,
  expectedLoss: number,
  maximum: number,
): void {
  let mean = 0;
  for (let i = 0; i < law.losses.length; i += 1) mean += law.losses[i]! * law.probabilities[i]!;
  const loss = Math.min(maximum, Math.max(0, (expectedLoss - mean) / leftOut));
  const at = law.losses.findIndex((other) => other > loss);
  const place = at < 0 ? law.losses.length : at;
  const insert = (values: Float64Array, value: number) =>
    Float64Array.from([...values.subarray(0, place), value, ...values.subarray(place)]);
  law.losses = insert(law.losses, loss);
  law.probabilities = insert(law.probabilities, leftOut);
}
