/** A workload as the engine's own model. */
import type {
  ContagionEdge,
  Hit,
  LossModel,
  RiskSource,
} from '../../electron/risk/distribution/loss-model.ts';
import { countServices, readEdgeStake, readPositionValue, type Workload } from './workload.ts';

export interface LossModelOptions {
  /** Whether faults spread over the `shared` and `elastic` edges. */
  readonly hasCascades: boolean;
}

/** Every operator is one source on the factor, which takes a fixed part of each position that it weighs in. */
export function toLossModel(workload: Workload, { hasCascades }: LossModelOptions): LossModel {
  const values = workload.positions.map(readPositionValue);
  const hits = workload.operators.map((): Hit[] => []);
  for (const [position, { weights }] of workload.positions.entries()) {
    for (const [operator, weight] of weights) {
      if (weight > 0) hits[operator]!.push({ position, share: weight / values[position]! });
    }
  }
  return {
    positions: values.map((value, i) => ({ id: `position-${i}`, token: 'ETH', value })),
    sources: workload.operators.map(({ hazard }, i) => makeSource(i, hazard, hits[i]!)),
    rho: workload.rho,
    covers: [],
    contagion: hasCascades ? { serviceCount: countServices(workload), edges: listContagion(workload) } : null,
  };
}

function nameOperator(index: number): string {
  return `operator-${index}`;
}

function makeSource(index: number, probability: number, hits: readonly Hit[]): RiskSource {
  const id = nameOperator(index);
  return {
    id,
    kind: 'operator',
    probability,
    isOnFactor: true,
    isSeverityCommon: true,
    strikes: [
      {
        operatorId: id,
        serviceId: null,
        dependencyId: null,
        chance: 1,
        severity: [1],
        combine: 'adds',
        hits,
      },
    ],
    members: [],
  };
}

function listContagion(workload: Workload): ContagionEdge[] {
  return workload.edges
    .filter(({ mode }) => mode !== 'unique')
    .map((edge) => ({
      sourceId: nameOperator(edge.operator),
      service: edge.service,
      stake: readEdgeStake(workload, edge),
      threshold: edge.threshold,
    }));
}
