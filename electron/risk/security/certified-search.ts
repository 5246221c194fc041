/**
 * Branch and bound whose every step is exact: a branch is closed only by an integer argument, the solver merely
 * proposes multipliers and where to branch. Where it ends, the best attack is known for certain, and where that gains
 * nothing the network is secure.
 */
import type { RunHooks } from '../work.ts';
import { checkCancelled, withoutProgress } from './check-cancelled.ts';
import { FREE, IN, OUT, makeFreeDecisions, type Decisions } from './cover-cut.ts';
import { evaluateCover, secureValue, type CoverProblem, type CoverSolution } from './cover-problem.ts';
import { computeLpBound, type CutState } from './lp-bound.ts';
import type { Solver } from './solver.ts';

export interface CertifiedOptions {
  readonly timeLimitSeconds: number;
  readonly maxNodes: number;
  /** The best attack known; null: none. */
  readonly incumbent: CoverSolution | null;
}

export interface CertifiedOptimum {
  /** The best attack found; null where none pays. */
  readonly incumbent: CoverSolution | null;
  /** No attack is worth more, in units, exact; the value of the incumbent where the search has ended. */
  readonly bound: bigint;
  readonly hasFinished: boolean;
  /** Branches closed. */
  readonly leaves: number;
  readonly secondsUsed: number;
}

interface Node {
  readonly decisions: Decisions;
  /** Upper bound inherited from the parent. */
  readonly bound: bigint;
  /** The parent's cuts and basis. */
  readonly state: CutState;
}

/** Rounds of cuts at a node below the root. */
const NODE_ROUNDS = 3;

/**
 * @param root cuts to start with, at least the plain rows (makeBaseCuts), or where computeLpBound ended
 * @param bound of all attacks, as already proved
 * @throws AppError cancelled
 */
export function searchCertified(
  problem: CoverProblem,
  solver: Solver,
  root: CutState,
  bound: bigint,
  options: CertifiedOptions,
  hooks: RunHooks = {},
): CertifiedOptimum {
  let { incumbent } = options;
  let secondsUsed = 0;
  let leaves = 0;
  let nodes = 0;
  const open: Node[] = [{ decisions: makeFreeDecisions(problem), bound, state: root }];
  const goal = (): bigint => incumbent?.value ?? secureValue(problem);
  const offer = (isTaken: ArrayLike<number>): void => {
    const found = evaluateCover(problem, isTaken);
    if (found !== null && found.value > goal()) incumbent = found;
  };
  while (open.length > 0) {
    checkCancelled(hooks);
    if (nodes >= options.maxNodes || secondsUsed >= options.timeLimitSeconds) break;
    const node = open.pop()!;
    nodes += 1;
    if (node.bound <= goal() || !propagate(problem, node.decisions)) {
      leaves += 1;
      continue;
    }
    const lp = computeLpBound(
      problem,
      solver,
      node.state,
      node.decisions,
      {
        timeLimitSeconds: options.timeLimitSeconds - secondsUsed,
        maxRounds: NODE_ROUNDS,
        goal: goal(),
      },
      withoutProgress(hooks),
    );
    secondsUsed += lp.secondsUsed;
    if (lp.itemValues !== null) offer(lp.itemValues.map((value) => (value > 0.5 ? 1 : 0)));
    if (lp.bound === null || lp.bound <= goal()) {
      leaves += 1;
      continue;
    }
    const branch = chooseBranch(problem, node.decisions, lp.itemValues, lp.targetValues);
    if (branch === null) {
      // Everything about the targets and items is decided: the leaf is a single set.
      offer(node.decisions.items.map((decision) => (decision === IN ? 1 : 0)));
      leaves += 1;
      continue;
    }
    const tighter = lp.bound < node.bound ? lp.bound : node.bound;
    // The likelier side last, so that it is looked at first.
    for (const decision of branch.value >= 0.5 ? [OUT, IN] : [IN, OUT]) {
      open.push({ decisions: decide(node.decisions, branch, decision), bound: tighter, state: lp.state });
    }
  }
  let highest = goal();
  for (const node of open) if (node.bound > highest) highest = node.bound;
  return { incumbent, bound: highest, hasFinished: open.length === 0, leaves, secondsUsed };
}

interface Branch {
  readonly kind: 'items' | 'targets';
  readonly index: number;
  readonly value: number;
}

function decide(decisions: Decisions, { kind, index }: Branch, decision: number): Decisions {
  const next = { items: decisions.items.slice(), targets: decisions.targets.slice() };
  next[kind][index] = decision;
  return next;
}

/** The undecided target farthest from a whole number, else item; among equals the one that weighs most. */
function chooseBranch(
  problem: CoverProblem,
  decisions: Decisions,
  itemValues: Float64Array | null,
  targetValues: Float64Array | null,
): Branch | null {
  const target = pickFractional(decisions.targets, targetValues, problem.gains);
  if (target !== null && target.distance > 1e-6) return { kind: 'targets', ...target };
  const item = pickFractional(decisions.items, itemValues, problem.costs);
  if (item !== null && item.distance > 1e-6) return { kind: 'items', ...item };
  if (target !== null) return { kind: 'targets', ...target };
  return item === null ? null : { kind: 'items', ...item };
}

function pickFractional(
  decided: Uint8Array,
  values: Float64Array | null,
  sizes: readonly bigint[],
): { index: number; value: number; distance: number } | null {
  let best: { index: number; value: number; distance: number } | null = null;
  for (const [index, decision] of decided.entries()) {
    if (decision !== FREE) continue;
    const value = values?.[index] ?? 0.5;
    const distance = Math.min(value, 1 - value);
    const isBetter =
      best === null ||
      distance > best.distance + 1e-9 ||
      (distance > best.distance - 1e-9 && sizes[index]! > sizes[best.index]!);
    if (isBetter) best = { index, value, distance };
  }
  return best;
}

/**
 * What the decisions imply, exactly: a shared target that the items still allowed cannot reach is out, an item without
 * which a target that is in cannot be reached is in. False where a target that is in cannot be reached at all.
 */
function propagate(problem: CoverProblem, { items, targets }: Decisions): boolean {
  if (problem.kind === 'elastic') return true;
  const { itemsOf, itemWeights, needs } = problem;
  for (const [target, need] of needs.entries()) {
    if (targets[target] === OUT) continue;
    const [start, end] = [itemsOf.starts[target]!, itemsOf.starts[target + 1]!];
    let available = 0n;
    for (let place = start; place < end; place += 1) {
      if (items[itemsOf.entries[place]!] !== OUT) available += itemWeights[place]!;
    }
    if (available < need) {
      if (targets[target] === IN) return false;
      targets[target] = OUT;
      continue;
    }
    if (targets[target] === FREE) continue;
    for (let place = start; place < end; place += 1) {
      const item = itemsOf.entries[place]!;
      if (items[item] === FREE && available - itemWeights[place]! < need) items[item] = IN;
    }
  }
  return true;
}
