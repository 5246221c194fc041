/**
 * Looks for an attack that gains, without any promise to find the best: greedy paths from single services, the whole
 * network pared down, local search, and then perturbing the best again and again. What it returns is explicit and
 * exact, so its value is a lower bound of the optimum. Deterministic: the same problem gets the same answer.
 */
import type { RunHooks } from '../work.ts';
import { AttackState, COVER_ORDERS, type CoverOrder } from './attack-state.ts';
import { checkCancelled } from './check-cancelled.ts';
import { evaluateCover, type CoverProblem, type CoverSolution } from './cover-problem.ts';
import { rowOf } from './indexed-network.ts';
import { ratioToNumber } from './rational.ts';

export interface SearchOptions {
  /** Edges walked at most, about; a few million take a second. */
  readonly maxSteps: number;
  /** Perturbations without a better result after which a search ends; {@link PATIENCE} by default. */
  readonly patience?: number;
  /** Sets to start the local search from, besides its own. */
  readonly starts?: readonly Uint8Array[];
}

export const DEFAULT_SEARCH: SearchOptions = { maxSteps: 8_000_000 };

/** Parts of a search's work after which the greedy paths and the local search from the best of them end. */
const PATHS_END = 0.25;
const LOCAL_END = 0.5;
/** Starts that the local search improves, besides those given. */
const KEPT_STARTS = 3;
const PATIENCE = 1500;
/** What a perturbation may lose at first: the largest gain divided by it; nothing any more when patience ends. */
const TOLERANCE_DIVISOR = 40;
/**
 * Percent of the true gains, in descending order. While gains are inflated the search keeps targets that only pay
 * together with others, and looks for the cheapest items to hold them; step by step it then gives up what does not pay.
 */
const INFLATIONS = [300n, 200n, 160n, 130n, 115n, 105n, 100n];

interface Found {
  readonly value: bigint;
  readonly isTaken: Uint8Array;
}

/** @throws AppError cancelled */
export function searchAttack(
  problem: CoverProblem,
  options: SearchOptions = DEFAULT_SEARCH,
  hooks: RunHooks = {},
): CoverSolution | null {
  const share = Math.ceil(options.maxSteps / (INFLATIONS.length + 1));
  const direct = new Search(problem, { ...options, maxSteps: share }, hooks).run();
  let isTaken: Uint8Array = new Uint8Array(problem.costs.length).fill(1);
  for (const percent of INFLATIONS) {
    const inflated = { ...problem, gains: problem.gains.map((gain) => (gain * percent) / 100n) };
    isTaken = new Search(inflated, { ...options, maxSteps: share }, hooks).refine(isTaken).isTaken;
  }
  const descended = evaluateCover(problem, isTaken);
  const found = evaluateCover(problem, direct.isTaken);
  return descended !== null && found !== null && descended.value > found.value ? descended : found;
}

class Search {
  readonly #state: AttackState;
  readonly #options: SearchOptions;
  readonly #hooks: RunHooks;
  /** State of a linear congruential generator; only its high bits are used. */
  #seed = 1;

  constructor(problem: CoverProblem, options: SearchOptions, hooks: RunHooks) {
    this.#state = new AttackState(problem);
    this.#options = options;
    this.#hooks = hooks;
  }

  run(): Found {
    const starts = [this.#snapshot()];
    for (const isTaken of this.#options.starts ?? []) {
      this.#state.moveTo(isTaken);
      starts.push(this.#snapshot());
    }
    starts.push(...this.#pareDown());
    for (const seed of this.#rankSeeds()) {
      if (this.#hasUsed(PATHS_END)) break;
      for (const order of COVER_ORDERS) starts.push(this.#followPath(seed, order));
    }
    starts.sort((a, b) => (a.value > b.value ? -1 : a.value < b.value ? 1 : 0));
    let best = starts[0]!;
    for (const start of starts.slice(0, KEPT_STARTS + (this.#options.starts?.length ?? 0))) {
      const improved = this.#improve(start);
      if (improved.value > best.value) best = improved;
    }
    return this.#perturb(best);
  }

  /** The local search and the perturbation only, from one set. */
  refine(isTaken: Uint8Array): Found {
    return this.#perturb(this.#improve({ value: 0n, isTaken }));
  }

  #snapshot(): Found {
    return { value: this.#state.value, isTaken: this.#state.isTaken.slice() };
  }

  #hasUsed(share: number): boolean {
    return this.#state.steps > this.#options.maxSteps * share;
  }

  /** A whole number from 0 to below `count`. */
  #draw(count: number): number {
    this.#seed = (Math.imul(this.#seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#seed / 2 ** 32) * count);
  }

  /** A factor around one, so that what is nearly as good gets its turn. */
  readonly #noise = (): number => 0.5 + this.#draw(1 << 20) / (1 << 20);

  #listTaken(): number[] {
    const { isTaken } = this.#state;
    return [...isTaken.keys()].filter((item) => isTaken[item] === 1);
  }

  /** Everything taken, then dropped in different orders for as long as no target is lost that is worth it. */
  #pareDown(): Found[] {
    const { costs } = this.#state.problem;
    const byCost = [...costs.keys()].sort((a, b) =>
      costs[a]! < costs[b]! ? -1 : costs[a]! > costs[b]! ? 1 : a - b,
    );
    return [byCost, byCost.toReversed()].map((order) => {
      checkCancelled(this.#hooks);
      this.#state.moveTo(new Uint8Array(costs.length).fill(1));
      for (const item of order) this.#tryToggle(item);
      return this.#snapshot();
    });
  }

  /** Targets by gain per need, the richest first. */
  #rankSeeds(): number[] {
    const { gains, needs } = this.#state.problem;
    const ranks = gains.map((gain, target) =>
      needs[target] === 0n ? Number.MAX_VALUE : ratioToNumber(gain, needs[target]!),
    );
    return [...gains.keys()].sort((a, b) => ranks[b]! - ranks[a]! || a - b);
  }

  /** From nothing: reaches the seed, then again and again the target that promises most; the best point on the way. */
  #followPath(seed: number, order: CoverOrder): Found {
    const state = this.#state;
    state.moveTo(new Uint8Array(state.isTaken.length));
    let best = this.#snapshot();
    const refused = new Set<number>();
    for (let target: number | null = seed; target !== null; target = this.#pickTarget(refused)) {
      checkCancelled(this.#hooks);
      if (!state.reach(target, order)) refused.add(target);
      if (state.value > best.value) best = this.#snapshot();
      if (state.value + state.remainingGain <= best.value || this.#hasUsed(PATHS_END)) break;
    }
    return best;
  }

  /** The open target with the most gain over what it is short of. */
  #pickTarget(refused: ReadonlySet<number>): number | null {
    const { problem } = this.#state;
    let best: { target: number; surplus: bigint } | null = null;
    for (const [target, gain] of problem.gains.entries()) {
      if (this.#state.isReached(target) || refused.has(target)) continue;
      const surplus = gain - this.#state.missing(target);
      if (best === null || surplus > best.surplus) best = { target, surplus };
    }
    return best?.target ?? null;
  }

  /** Tries moves until none improves or the work is used up. */
  #improve(start: Found): Found {
    this.#state.moveTo(start.isTaken);
    this.#state.dropUseless(this.#listTaken());
    while (!this.#hasUsed(LOCAL_END) && this.#tryMoves());
    return this.#snapshot();
  }

  #tryMoves(): boolean {
    let hasImproved = false;
    const { gains, costs } = this.#state.problem;
    for (const item of costs.keys()) hasImproved = this.#tryToggle(item) || hasImproved;
    for (const target of gains.keys()) {
      if (this.#hasUsed(LOCAL_END)) return hasImproved;
      hasImproved = this.#tryTarget(target) || hasImproved;
    }
    for (const item of this.#listTaken()) {
      if (this.#hasUsed(LOCAL_END)) return hasImproved;
      if (this.#state.isTaken[item] === 1) hasImproved = this.#tryReplace(item) || hasImproved;
    }
    return hasImproved;
  }

  #tryToggle(item: number): boolean {
    if (this.#state.gainOfToggle(item) <= 0n) return false;
    this.#state.toggle(item);
    return true;
  }

  /** An open target: reach it. A reached one: give it up with all that only it needs. */
  #tryTarget(target: number): boolean {
    if (this.#state.isReached(target)) return this.#attempt(() => this.#giveUp(target));
    return COVER_ORDERS.some((order) => this.#attempt(() => this.#state.reach(target, order)));
  }

  #giveUp(target: number): void {
    for (const item of rowOf(this.#state.problem.itemsOf, target)) {
      if (this.#state.isTaken[item] === 1) this.#state.toggle(item);
      if (!this.#state.isReached(target)) return;
    }
  }

  /** Drops an item and reaches anew, in another way, what was lost with it. */
  #tryReplace(item: number): boolean {
    const reached = [...rowOf(this.#state.problem.targetsOf, item)].filter((target) =>
      this.#state.isReached(target),
    );
    return COVER_ORDERS.some((order) =>
      this.#attempt(() => {
        this.#state.toggle(item);
        for (const target of reached) {
          if (!this.#state.isReached(target)) this.#state.reach(target, order, item);
        }
      }),
    );
  }

  /** Keeps what `move` and a pruning after it lead to, where that improves, or loses no more than `tolerated`. */
  #attempt(move: () => void, tolerated = -1n): boolean {
    checkCancelled(this.#hooks);
    const { value } = this.#state;
    const mark = this.#state.mark();
    move();
    this.#state.dropUseless(this.#listTaken(), tolerated < 0n ? undefined : this.#noise);
    if (this.#state.value >= value - tolerated) return true;
    this.#state.undoTo(mark);
    return false;
  }

  /** Disturbs the set at random places, repairs it, and goes on from there where it is no worse. */
  #perturb(start: Found): Found {
    this.#state.moveTo(start.isTaken);
    let best = start;
    let largest = 0n;
    for (const gain of this.#state.problem.gains) largest = gain > largest ? gain : largest;
    const patience = this.#options.patience ?? PATIENCE;
    for (let idle = 0; idle < patience && !this.#hasUsed(1); idle += 1) {
      const tolerated = (largest * BigInt(patience - idle)) / BigInt(patience * TOLERANCE_DIVISOR);
      this.#attempt(() => this.#disturb(), tolerated);
      if (this.#state.value <= best.value) continue;
      best = this.#snapshot();
      idle = 0;
    }
    return best;
  }

  #disturb(): void {
    const { gains } = this.#state.problem;
    const reached = [...gains.keys()].filter((target) => this.#state.isReached(target));
    const taken = this.#listTaken();
    const kind = this.#draw(4);
    if (kind === 0 || taken.length === 0) {
      if (gains.length > 0) this.#state.reach(this.#draw(gains.length), this.#drawOrder(), -1, this.#noise);
    } else if (kind === 1 && reached.length > 0) {
      this.#giveUp(reached[this.#draw(reached.length)]!);
    } else {
      const count = 1 + this.#draw(Math.max(2, Math.floor(taken.length / 6)));
      for (let drop = 0; drop < count; drop += 1) {
        const item = taken[this.#draw(taken.length)]!;
        if (this.#state.isTaken[item] === 1) this.#state.toggle(item);
      }
    }
    // Repairs most of what was lost, starting anywhere.
    const offset = this.#draw(Math.max(1, reached.length));
    for (const index of reached.keys()) {
      const target = reached[(index + offset) % reached.length]!;
      if (!this.#state.isReached(target) && this.#draw(8) > 0)
        this.#state.reach(target, this.#drawOrder(), -1, this.#noise);
    }
  }

  #drawOrder(): CoverOrder {
    return COVER_ORDERS[this.#draw(COVER_ORDERS.length)]!;
  }
}
