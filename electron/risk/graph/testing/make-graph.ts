/** Small restaking graphs for tests: what a case is about is given, the rest is filled in. */
import type {
  GraphDependency,
  GraphEdge,
  GraphOperator,
  GraphPart,
  GraphPool,
  GraphPosition,
  GraphService,
  RestakingGraph,
} from '../../../../shared/domain/restaking-graph.ts';

export function makeGraph(parts: Partial<RestakingGraph>): RestakingGraph {
  return {
    schema: 'ballast-graph/1',
    unit: 'ETH',
    decimals: 0,
    positions: [],
    pools: [],
    operators: [],
    services: [],
    edges: [],
    dependencies: [],
    covers: [],
    ...parts,
  };
}

export function makePosition(
  id: string,
  value: bigint | null,
  parts: GraphPart[] = [],
  dependsOn: string[] = [],
): GraphPosition {
  return { id, name: id, token: id.toUpperCase(), value, parts, dependsOn };
}

export function makePool(
  id: string,
  total: bigint,
  parts: GraphPart[],
  more: Partial<GraphPool> = {},
): GraphPool {
  return { id, kind: 'token', name: id, total, parts, dependsOn: [], ...more };
}

export function makeOperator(id: string, stake: bigint, more: Partial<GraphOperator> = {}): GraphOperator {
  return {
    id,
    name: id,
    kind: 'operator',
    stakes: [{ vault: null, amount: stake, earmarks: false }],
    slashFee: 0n,
    dependsOn: [],
    ...more,
  };
}

export function makeService(id: string, more: Partial<GraphService> = {}): GraphService {
  return { id, name: id, threshold: null, profit: null, ...more };
}

export function makeEdge(
  operator: string,
  service: string,
  allocation: bigint,
  mode: GraphEdge['mode'] = 'unique',
): GraphEdge {
  return { operator, vault: null, service, mode, allocation };
}

export function makeDependency(
  id: string,
  kind: GraphDependency['kind'] = 'contract',
  more: Partial<GraphDependency> = {},
): GraphDependency {
  return { id, kind, name: id, hazard: null, operator: null, ...more };
}

export function toPool(pool: string, amount: bigint, dependsOn: string[] = []): GraphPart {
  return { to: 'pool', pool, amount, dependsOn };
}

export function toOperator(operator: string, amount: bigint, dependsOn: string[] = []): GraphPart {
  return { to: 'operator', operator, vault: null, amount, dependsOn };
}

export function toFree(amount: bigint, dependsOn: string[] = []): GraphPart {
  return { to: 'free', amount, dependsOn };
}

export function toHidden(behind: string, amount: bigint, dependsOn: string[] = []): GraphPart {
  return { to: 'hidden', behind, amount, dependsOn };
}
