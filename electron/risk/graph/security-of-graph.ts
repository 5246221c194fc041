/** The part of a restaking graph that the theory of network security speaks of, in its own terms. */
import type { GraphEdge, GraphService, RestakingGraph } from '../../../shared/domain/restaking-graph.ts';
import { minOf } from '../../../shared/domain/units.ts';
import type { ElasticNetworkInput } from '../security/elastic-network.ts';
import type { SecurityNetworkInput } from '../security/restaking-network.ts';
import { keyOfStake } from './stake-key.ts';

export interface GraphSecurity {
  /**
   * `shared`: every stake stands in full behind each of its services. `elastic`: some allocation is less than the stake,
   * or shrinks with others; what is shared in full is then the special case. `none`: no edge conducts an attack.
   */
  readonly network:
    | { readonly kind: 'shared'; readonly input: SecurityNetworkInput }
    | { readonly kind: 'elastic'; readonly input: ElasticNetworkInput }
    | { readonly kind: 'none' };
  /** Services with edges that are in no network, because their threshold or profit is not known. */
  readonly unknownServices: readonly string[];
}

/**
 * Validators are stakes, by {@link keyOfStake}: collateral in one vault answers for itself. Unique edges are left out:
 * there a service cannot take what was allocated to another, and nothing is shared that could fall together.
 */
export function securityOfGraph(graph: RestakingGraph): GraphSecurity {
  const known = new Map(graph.services.map((service) => [service.id, service]));
  const conducting = graph.edges.filter(({ mode, allocation }) => mode !== 'unique' && allocation > 0n);
  const edges = conducting.filter(({ service }) => isAssessable(known.get(service)));
  const unknownServices = [...new Set(conducting.map(({ service }) => service))].filter(
    (id) => !isAssessable(known.get(id)),
  );
  if (edges.length === 0) return { network: { kind: 'none' }, unknownServices };
  const stakes = new Map(
    graph.operators.flatMap(({ id, stakes: own }) =>
      own.map(({ vault, amount }) => [keyOfStake(id, vault), amount]),
    ),
  );
  const served = new Set(edges.map(({ service }) => service));
  const services = graph.services.flatMap(({ id, threshold, profit }) =>
    served.has(id) && threshold !== null && profit !== null ? [{ id, threshold, profit }] : [],
  );
  const validators = [...new Set(edges.map(nameValidator))].map((id) => ({
    id,
    stake: stakes.get(id) ?? 0n,
  }));
  const isWhole = (edge: GraphEdge): boolean =>
    edge.mode === 'shared' && edge.allocation === stakes.get(nameValidator(edge));
  if (edges.every(isWhole)) {
    const input = { validators, services, edges: edges.map((edge) => ({ ...ends(edge), mode: edge.mode })) };
    return { network: { kind: 'shared', input }, unknownServices };
  }
  const allocated = edges.map((edge) => ({
    ...ends(edge),
    mode: 'elastic' as const,
    allocation: minOf(edge.allocation, stakes.get(nameValidator(edge)) ?? 0n),
  }));
  return { network: { kind: 'elastic', input: { validators, services, edges: allocated } }, unknownServices };
}

function isAssessable(service: GraphService | undefined): boolean {
  return service !== undefined && service.threshold !== null && service.profit !== null;
}

function nameValidator({ operator, vault }: GraphEdge): string {
  return keyOfStake(operator, vault);
}

function ends(edge: GraphEdge): { readonly serviceId: string; readonly validatorId: string } {
  return { serviceId: edge.service, validatorId: nameValidator(edge) };
}
