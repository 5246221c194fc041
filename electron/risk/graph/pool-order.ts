/** Which pool stands in which: cycles, and how long the chains are. Without recursion, because a file may be hostile. */
import type { GraphPool } from '../../../shared/domain/restaking-graph.ts';

/** "token weETH": how a pool is called in a sentence. */
export function nameNode({ kind, id }: GraphPool): string {
  return `${kind} ${id}`;
}

/** The pools that a pool's parts lead to; unknown ids lead nowhere. */
function listNext(pool: GraphPool, byId: ReadonlyMap<string, GraphPool>): GraphPool[] {
  return pool.parts.flatMap((part) => {
    const next = part.to === 'pool' ? byId.get(part.pool) : undefined;
    return next ? [next] : [];
  });
}

interface Walk {
  /** Every pool after all pools it stands in. */
  readonly order: readonly GraphPool[];
  /** A path that ends where it began. */
  readonly cycle: readonly GraphPool[] | null;
}

/** Depth first, with the path in view. */
function walk(pools: readonly GraphPool[]): Walk {
  const byId = new Map(pools.map((pool) => [pool.id, pool]));
  const finished = new Set<string>();
  const order: GraphPool[] = [];
  for (const root of pools) {
    if (finished.has(root.id)) continue;
    const path = [{ pool: root, next: listNext(root, byId) }];
    const onPath = new Set([root.id]);
    while (path.length > 0) {
      const top = path.at(-1)!;
      const child = top.next.pop();
      if (child === undefined) {
        path.pop();
        onPath.delete(top.pool.id);
        finished.add(top.pool.id);
        order.push(top.pool);
      } else if (onPath.has(child.id)) {
        const start = path.findIndex(({ pool }) => pool.id === child.id);
        return { order, cycle: [...path.slice(start).map(({ pool }) => pool), child] };
      } else if (!finished.has(child.id)) {
        path.push({ pool: child, next: listNext(child, byId) });
        onPath.add(child.id);
      }
    }
  }
  return { order, cycle: null };
}

/** The first cycle met, its first pool repeated at the end; null where there is none. */
export function findCycle(pools: readonly GraphPool[]): readonly GraphPool[] | null {
  return walk(pools).cycle;
}

/** How many pools stand in one another at most; the pools have no cycle. */
export function findLongestChain(pools: readonly GraphPool[]): number {
  const lengths = new Map<string, number>();
  let longest = 0;
  for (const pool of walk(pools).order) {
    let below = 0;
    for (const part of pool.parts) {
      if (part.to === 'pool') below = Math.max(below, lengths.get(part.pool) ?? 0);
    }
    lengths.set(pool.id, below + 1);
    longest = Math.max(longest, below + 1);
  }
  return longest;
}
