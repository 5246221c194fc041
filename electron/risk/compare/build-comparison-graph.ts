/** Several products as one graph, so that what they share is there once. */
import type {
  CataloguedProduct,
  ComparisonAssumption,
  ComparisonRequest,
} from '../../../shared/domain/product-comparison.ts';
import type { GraphOperator, RestakingGraph } from '../../../shared/domain/restaking-graph.ts';
import { describeProduct, UNIT_DECIMALS, type DescribeOptions } from './describe-product.ts';

export interface ComparisonGraph {
  readonly graph: RestakingGraph;
  /** Symbols that have a market. */
  readonly traded: readonly string[];
  readonly assumptions: readonly ComparisonAssumption[];
}

export function buildComparisonGraph(
  products: readonly CataloguedProduct[],
  options: DescribeOptions,
  { withMarketLoss }: Pick<ComparisonRequest, 'withMarketLoss'>,
): ComparisonGraph {
  const described = products.map((product) => describeProduct(product, options));
  const dependencies = new Map(
    described.flatMap((product) => product.dependencies).map((dependency) => [dependency.id, dependency]),
  );
  const ofAll = (key: ComparisonAssumption['key']): ComparisonAssumption => ({
    key,
    productId: null,
    values: {},
  });
  return {
    graph: {
      schema: 'ballast-graph/1',
      unit: 'unit',
      decimals: UNIT_DECIMALS,
      positions: described.map(({ position }) => position),
      pools: [],
      operators: mergeOperators(described.flatMap(({ operators }) => operators)),
      services: [],
      edges: [],
      dependencies: [...dependencies.values()],
      covers: [],
    },
    traded: described.filter(({ isTraded }) => isTraded).map(({ position }) => position.token),
    assumptions: [
      ofAll('sameValue'),
      ofAll('gross'),
      ofAll(withMarketLoss ? 'marketIn' : 'marketOut'),
      ...described.flatMap(({ assumptions }) => assumptions),
    ],
  };
}

/** Two products of one protocol stand with the same operators: its stakes hold both. */
function mergeOperators(operators: readonly GraphOperator[]): GraphOperator[] {
  const merged = new Map<string, GraphOperator>();
  for (const operator of operators) {
    const before = merged.get(operator.id);
    merged.set(operator.id, before === undefined ? operator : addStakes(before, operator));
  }
  return [...merged.values()];
}

function addStakes(one: GraphOperator, other: GraphOperator): GraphOperator {
  return {
    ...one,
    stakes: one.stakes.map((stake) => {
      const more = other.stakes.find(({ vault }) => vault === stake.vault)?.amount ?? 0n;
      return { ...stake, amount: stake.amount + more };
    }),
  };
}
