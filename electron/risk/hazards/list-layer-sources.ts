/** Sources that take a share of whatever rests on them: contracts, bridges, custodians. Layers of their own. */
import type { HazardClassId } from '../../../shared/domain/hazards.ts';
import type { GraphDependency } from '../../../shared/domain/restaking-graph.ts';
import {
  makeSource,
  nameSource,
  probabilityOf,
  type ModelSource,
  type SourceContext,
} from './model-source.ts';
import { makeHits } from './struck-values.ts';

/** Why a dependency is no source of loss. */
export type LayerOmission = 'unborrowed' | 'no-evidence';

export interface LayerSources {
  readonly sources: readonly ModelSource[];
  readonly omitted: readonly { readonly dependency: GraphDependency; readonly reason: LayerOmission }[];
}

/** Dependencies that something rests on. Clients and validators are consensus (list-consensus-sources.ts). */
export function listLayerSources(context: SourceContext): LayerSources {
  const sources: ModelSource[] = [];
  const omitted: { dependency: GraphDependency; reason: LayerOmission }[] = [];
  for (const dependency of context.graph.dependencies) {
    const parts = context.values.byLayer.get(dependency.id);
    if (parts === undefined) continue;
    const found = findHazard(dependency);
    if (found === 'consensus') continue;
    if (found === 'unborrowed' || found === 'no-evidence') omitted.push({ dependency, reason: found });
    else sources.push(describeFailure(context, dependency, found));
  }
  return { sources, omitted };
}

/** A custodian counts as the worse kind unless it is said to be regulated. */
function findHazard({ kind, hazard }: GraphDependency): HazardClassId | LayerOmission | 'consensus' {
  if (hazard !== null) return hazard;
  switch (kind) {
    case 'contract':
      return 'contract_exploit_issuer';
    case 'bridge':
      return 'bridge_failure';
    case 'custodian':
      return 'custodian_other';
    case 'oracle':
      return 'unborrowed';
    case 'governance':
      return 'no-evidence';
    case 'client':
    case 'validators':
      return 'consensus';
  }
}

function describeFailure(
  context: SourceContext,
  { id, name }: GraphDependency,
  classId: HazardClassId,
): ModelSource {
  const { book, years, values } = context;
  const sourceId = nameSource(classId, id);
  const terms = book.termsOf(classId, sourceId);
  return makeSource(
    {
      sourceId,
      label: name,
      kind: 'dependency',
      terms,
      mapping: 'direct',
      probability: probabilityOf(terms.ratePerYear, years),
      isOnFactor: false,
      isSeverityCommon: true,
      strikes: [
        {
          operatorId: null,
          serviceId: null,
          dependencyId: id,
          chance: 1,
          severity: terms.severity,
          combine: 'multiplies',
          hits: makeHits(values.byLayer.get(id) ?? []),
        },
      ],
    },
    values.positions,
  );
}
