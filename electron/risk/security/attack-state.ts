/**
 * A set of items under construction: what it reaches and what it is worth, kept up to date item by item, with a way
 * back. All exact; doubles only say in which order to try things.
 */
import { valueTarget, type CoverProblem } from './cover-problem.ts';
import { ratioToNumber } from './rational.ts';

/** How items are tried when a target is to be reached. */
export const COVER_ORDERS = ['dense', 'cheap', 'dear'] as const;
export type CoverOrder = (typeof COVER_ORDERS)[number];

export class AttackState {
  readonly problem: CoverProblem;
  readonly isTaken: Uint8Array;
  /** Weight taken of each target. */
  readonly #got: bigint[];
  readonly #worth: bigint[];
  #value = 0n;
  /** Items changed since the last mark, in order. */
  readonly #log: number[] = [];
  /** Edges walked, as a measure of work. */
  #steps = 0;

  constructor(problem: CoverProblem) {
    this.problem = problem;
    this.isTaken = new Uint8Array(problem.costs.length);
    this.#got = problem.gains.map(() => 0n);
    this.#worth = problem.gains.map((_, target) => valueTarget(problem, target, 0n));
    for (const part of this.#worth) this.#value += part;
  }

  get value(): bigint {
    return this.#value;
  }

  get steps(): number {
    return this.#steps;
  }

  /** What the targets would bring beyond now if all were gained. */
  get remainingGain(): bigint {
    let rest = 0n;
    for (const [target, gain] of this.problem.gains.entries()) rest += gain - this.#worth[target]!;
    return rest;
  }

  isReached(target: number): boolean {
    return this.#got[target]! >= this.problem.needs[target]!;
  }

  /** Need still to be met, at least zero. */
  missing(target: number): bigint {
    const missing = this.problem.needs[target]! - this.#got[target]!;
    return missing > 0n ? missing : 0n;
  }

  /** Takes an item, or drops it where it is taken. */
  toggle(item: number): void {
    this.#log.push(item);
    this.#apply(item);
  }

  /** A point to which {@link undoTo} goes back. */
  mark(): number {
    return this.#log.length;
  }

  undoTo(mark: number): void {
    while (this.#log.length > mark) this.#apply(this.#log.pop()!);
  }

  /** Makes the set exactly the given one. */
  moveTo(isTaken: Uint8Array): void {
    for (let item = 0; item < isTaken.length; item += 1) {
      if (isTaken[item] !== this.isTaken[item]) this.#apply(item);
    }
    this.#log.length = 0;
  }

  #apply(item: number): void {
    const { targetsOf, targetWeights, costs } = this.problem;
    const isAdded = this.isTaken[item] === 0;
    this.isTaken[item] = isAdded ? 1 : 0;
    this.#value += isAdded ? -costs[item]! : costs[item]!;
    const end = targetsOf.starts[item + 1]!;
    for (let place = targetsOf.starts[item]!; place < end; place += 1) {
      const target = targetsOf.entries[place]!;
      this.#got[target]! += isAdded ? targetWeights[place]! : -targetWeights[place]!;
      this.#value -= this.#worth[target]!;
      this.#worth[target] = valueTarget(this.problem, target, this.#got[target]!);
      this.#value += this.#worth[target];
    }
    this.#steps += 1 + end - targetsOf.starts[item]!;
  }

  /**
   * Takes items until the target is reached: in the order given, but as soon as a single item would do, the cheapest
   * that does. Then drops again those of them that were not needed. Never takes `without`. False where all the rest
   * is too little.
   */
  reach(target: number, order: CoverOrder, without = -1, noise = noNoise): boolean {
    const candidates = this.#listCandidates(target, order, without, noise);
    const added: number[] = [];
    for (const [place, { item }] of candidates.entries()) {
      const missing = this.missing(target);
      if (missing === 0n) break;
      const finisher = this.#findFinisher(candidates, place, missing);
      this.toggle(finisher ?? item);
      added.push(finisher ?? item);
      if (finisher !== null) break;
    }
    if (!this.isReached(target)) return false;
    this.#dropSpare(added, target);
    return true;
  }

  #listCandidates(target: number, order: CoverOrder, without: number, noise: () => number): Candidate[] {
    const { itemsOf, itemWeights, costs } = this.problem;
    const candidates: Candidate[] = [];
    const missing = this.missing(target);
    for (let place = itemsOf.starts[target]!; place < itemsOf.starts[target + 1]!; place += 1) {
      const item = itemsOf.entries[place]!;
      if (this.isTaken[item] === 1 || item === without) continue;
      const weight = itemWeights[place]!;
      candidates.push({ item, weight, rank: this.#rank(item, weight, missing, order) * noise() });
    }
    this.#steps += candidates.length;
    return candidates.sort((a, b) => b.rank - a.rank || compareBigints(costs[a.item]!, costs[b.item]!));
  }

  #rank(item: number, weight: bigint, missing: bigint, order: CoverOrder): number {
    const cost = this.problem.costs[item]!;
    if (order === 'cheap') return -Number(cost);
    if (order === 'dear') return Number(cost);
    if (cost === 0n) return Infinity;
    // What a unit of cost goes towards, over all targets that are still open.
    const { targetsOf, targetWeights, gains } = this.problem;
    let worth = ratioToNumber(weight < missing ? weight : missing, cost);
    for (let place = targetsOf.starts[item]!; place < targetsOf.starts[item + 1]!; place += 1) {
      const target = targetsOf.entries[place]!;
      const open = this.missing(target);
      if (open === 0n) continue;
      const part = targetWeights[place]! < open ? targetWeights[place]! : open;
      worth += ratioToNumber(part * gains[target]!, open * cost);
    }
    this.#steps += targetsOf.starts[item + 1]! - targetsOf.starts[item]!;
    return worth;
  }

  #findFinisher(candidates: readonly Candidate[], from: number, missing: bigint): number | null {
    const { costs } = this.problem;
    let best: number | null = null;
    for (let place = from; place < candidates.length; place += 1) {
      const { item, weight } = candidates[place]!;
      if (weight < missing || this.isTaken[item] === 1) continue;
      if (best === null || costs[item]! < costs[best]!) best = item;
    }
    this.#steps += candidates.length - from;
    return best;
  }

  /** Drops what the target is reached without, the dearest first; the target itself need not be worth it yet. */
  #dropSpare(items: readonly number[], target: number): void {
    const { costs } = this.problem;
    for (const item of [...items].sort((a, b) => compareBigints(costs[b]!, costs[a]!))) {
      const { value } = this;
      this.toggle(item);
      if (!this.isReached(target) || this.value < value) this.toggle(item);
    }
  }

  /** Drops items whose loss costs no more than it saves, the dearest first. */
  dropUseless(items: Iterable<number>, noise = noNoise): void {
    const { costs } = this.problem;
    const ranked = [...items]
      .filter((item) => this.isTaken[item] === 1)
      .map((item) => ({ item, rank: Number(costs[item]!) * noise() }))
      .sort((a, b) => b.rank - a.rank);
    for (const { item } of ranked) {
      if (this.gainOfToggle(item) >= 0n && costs[item]! > 0n) this.toggle(item);
    }
  }

  /** What taking, or dropping, the item would add to the value. */
  gainOfToggle(item: number): bigint {
    const { targetsOf, targetWeights, costs } = this.problem;
    const sign = this.isTaken[item] === 0 ? 1n : -1n;
    let change = -sign * costs[item]!;
    for (let place = targetsOf.starts[item]!; place < targetsOf.starts[item + 1]!; place += 1) {
      const target = targetsOf.entries[place]!;
      const got = this.#got[target]! + sign * targetWeights[place]!;
      change += valueTarget(this.problem, target, got) - this.#worth[target]!;
    }
    this.#steps += targetsOf.starts[item + 1]! - targetsOf.starts[item]!;
    return change;
  }
}

const noNoise = (): number => 1;

interface Candidate {
  readonly item: number;
  readonly weight: bigint;
  readonly rank: number;
}

function compareBigints(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
