/**
 * Where every threshold is one, an attacked service needs all of its validators, and the best attack is a closure of
 * greatest weight: a minimum cut (Picard 1976). Both answers come with a proof: an attack, or a way to divide the
 * profit of every service among its validators so that nobody's stake is exceeded, after which no set of services can
 * be worth more than the stake behind it.
 */
import type { RunHooks } from '../work.ts';
import type { CoverProblem, CoverSolution } from './cover-problem.ts';
import { FlowNetwork } from './max-flow.ts';

/** How the gain of a target is divided among the items it needs; exact, in units. */
export interface ProfitShare {
  readonly target: number;
  readonly item: number;
  readonly amount: bigint;
}

export interface MinCut {
  /** The best attack; no targets where none gains. */
  readonly solution: CoverSolution;
  /** What the items can carry of the gains. All of them, exactly where no attack gains. */
  readonly shares: readonly ProfitShare[];
}

/**
 * Whether each target needs all of its items that weigh anything, so that the cut is the optimum: every threshold is
 * one, or so high that the rest never reaches it.
 */
export function needsEverything({ needs, itemsOf, itemWeights, kind }: CoverProblem): boolean {
  return (
    kind === 'shared' &&
    needs.every((need, target) => {
      const weights = itemWeights
        .slice(itemsOf.starts[target], itemsOf.starts[target + 1])
        .filter((weight) => weight > 0n);
      const all = weights.reduce((sum, weight) => sum + weight, 0n);
      return weights.every((weight) => all - weight < need);
    })
  );
}

/** @param problem one that {@link needsEverything}  @throws AppError cancelled */
export function solveMinCut(problem: CoverProblem, hooks: RunHooks = {}): MinCut {
  const { gains, costs, itemsOf } = problem;
  const [source, sink] = [0, 1];
  const targetNode = (target: number): number => 2 + target;
  const itemNode = (item: number): number => 2 + gains.length + item;
  const network = new FlowNetwork(2 + gains.length + costs.length);
  const edges: { target: number; item: number; edge: number }[] = [];
  for (const [target, gain] of gains.entries()) {
    network.addEdge(source, targetNode(target), gain);
    for (let place = itemsOf.starts[target]!; place < itemsOf.starts[target + 1]!; place += 1) {
      const item = itemsOf.entries[place]!;
      // More than the gain cannot flow here, so this is as good as no limit, and never part of a cut that matters.
      edges.push({ target, item, edge: network.addEdge(targetNode(target), itemNode(item), gain + 1n) });
    }
  }
  for (const [item, cost] of costs.entries()) network.addEdge(itemNode(item), sink, cost);
  const flow = network.maximise(source, sink, hooks);
  const reachable = new Set(network.listReachable(source));
  const shares = edges
    .map(({ target, item, edge }) => ({ target, item, amount: network.readFlow(edge) }))
    .filter(({ amount }) => amount > 0n);
  return {
    solution: {
      targets: [...gains.keys()].filter((target) => reachable.has(targetNode(target))),
      items: [...costs.keys()].filter((item) => reachable.has(itemNode(item))),
      value: gains.reduce((sum, gain) => sum + gain, 0n) - flow,
    },
    shares,
  };
}
