/** Maximum flow by Dinic's algorithm, with integer capacities of any size. */
import type { RunHooks } from '../work.ts';
import { checkCancelled } from './check-cancelled.ts';

export class FlowNetwork {
  readonly #heads: number[][];
  readonly #targets: number[] = [];
  /** Capacity left; the reverse of edge e is e ^ 1. */
  readonly #left: bigint[] = [];

  constructor(nodeCount: number) {
    this.#heads = Array.from({ length: nodeCount }, () => []);
  }

  /** Adds an edge and returns its number, for {@link readFlow}. */
  addEdge(from: number, to: number, capacity: bigint): number {
    const edge = this.#targets.length;
    this.#targets.push(to, from);
    this.#left.push(capacity, 0n);
    this.#heads[from]!.push(edge);
    this.#heads[to]!.push(edge + 1);
    return edge;
  }

  /** What flows through an edge after {@link maximise}. */
  readFlow(edge: number): bigint {
    return this.#left[edge + 1]!;
  }

  /** @throws AppError cancelled */
  maximise(source: number, sink: number, hooks: RunHooks = {}): bigint {
    let total = 0n;
    for (let levels = this.#level(source); levels[sink]! >= 0; levels = this.#level(source)) {
      const next = new Int32Array(this.#heads.length);
      for (;;) {
        checkCancelled(hooks);
        const pushed = this.#pushPath(source, sink, levels, next);
        if (pushed === 0n) break;
        total += pushed;
      }
    }
    return total;
  }

  /** Nodes that the source still reaches after {@link maximise}: its side of the smallest minimum cut. */
  listReachable(source: number): number[] {
    const levels = this.#level(source);
    return [...levels.keys()].filter((node) => levels[node]! >= 0);
  }

  /** Distance of each node from the source over edges with capacity left; -1 where it is not reached. */
  #level(source: number): Int32Array {
    const levels = new Int32Array(this.#heads.length).fill(-1);
    levels[source] = 0;
    const queue = [source];
    for (const node of queue) {
      for (const edge of this.#heads[node]!) {
        const to = this.#targets[edge]!;
        if (levels[to] !== -1 || this.#left[edge] === 0n) continue;
        levels[to] = levels[node]! + 1;
        queue.push(to);
      }
    }
    return levels;
  }

  /** One augmenting path through the levels, found without recursion; zero where there is none. */
  #pushPath(source: number, sink: number, levels: Int32Array, next: Int32Array): bigint {
    const path: number[] = [];
    let node = source;
    while (node !== sink) {
      const edge = this.#heads[node]![next[node]!];
      if (edge === undefined) {
        // A dead end: go back, and do not come here again in this phase.
        const last = path.pop();
        if (last === undefined) return 0n;
        node = this.#targets[last ^ 1]!;
        next[node]! += 1;
        continue;
      }
      const to = this.#targets[edge]!;
      if (this.#left[edge]! > 0n && levels[to] === levels[node]! + 1) {
        path.push(edge);
        node = to;
      } else {
        next[node]! += 1;
      }
    }
    let amount = this.#left[path[0]!]!;
    for (const edge of path) if (this.#left[edge]! < amount) amount = this.#left[edge]!;
    for (const edge of path) {
      this.#left[edge]! -= amount;
      this.#left[edge ^ 1]! += amount;
    }
    return amount;
  }
}
