/** The security of the network in a restaking graph: which theory applies to it, and what it says. */
import type { RestakingGraph } from '../../../shared/domain/restaking-graph.ts';
import { keyOfStake } from '../graph/stake-key.ts';
import { securityOfGraph } from '../graph/security-of-graph.ts';
import { assessElasticSecurity, type ElasticVerdict } from './assess-elastic.ts';
import { assessSecurity, type SecurityAssessment } from './assess-security.ts';
import type { SecurityHooks } from './decide-cover.ts';
import { buildElasticNetwork } from './elastic-network.ts';
import type { Rational } from './rational.ts';
import { buildSecurityNetwork } from './restaking-network.ts';
import type { Solver } from './solver.ts';

/**
 * `shared`: collateral stands in full behind each of its services. `elastic`: allocations shrink together. `none`: no
 * edge of the graph conducts an attack, because all are unique or nothing is known of their services.
 */
export type GraphAssessment = (
  | { readonly kind: 'shared'; readonly assessment: SecurityAssessment }
  | { readonly kind: 'elastic'; readonly verdict: ElasticVerdict }
  | { readonly kind: 'none' }
) & {
  /** Operator and vault behind each validator id. */
  readonly names: Readonly<Record<string, string>>;
  /** Services left out, because their threshold or profit is not known. */
  readonly unknownServices: readonly string[];
};

export interface GraphAssessmentOptions {
  readonly solver: Solver | null;
  readonly timeLimitSeconds: number;
  /** Share of all stake that a shock takes; null: none. Elastic networks are assessed without. */
  readonly psi: Rational | null;
}

/** @throws AppError scenario-invalid, cancelled */
export function assessGraph(
  graph: RestakingGraph,
  options: GraphAssessmentOptions,
  hooks: SecurityHooks = {},
): GraphAssessment {
  const { network, unknownServices } = securityOfGraph(graph);
  const common = { names: nameValidators(graph), unknownServices };
  switch (network.kind) {
    case 'none':
      return { kind: 'none', ...common };
    case 'shared': {
      const assessment = assessSecurity(buildSecurityNetwork(network.input), options, hooks);
      return { kind: 'shared', assessment, ...common };
    }
    case 'elastic': {
      const verdict = assessElasticSecurity(buildElasticNetwork(network.input), options, hooks);
      return { kind: 'elastic', verdict, ...common };
    }
  }
}

/** A validator of the theory is one stake of an operator: its collateral in one vault. */
function nameValidators({ operators, pools }: RestakingGraph): Record<string, string> {
  const poolNames = new Map(pools.map(({ id, name }) => [id, name]));
  return Object.fromEntries(
    operators.flatMap(({ id, name, stakes }) =>
      stakes.map(({ vault }) => {
        const where = vault === null ? '' : ` (${poolNames.get(vault) ?? vault})`;
        return [keyOfStake(id, vault), `${name === '' ? id : name}${where}`] as const;
      }),
    ),
  );
}
