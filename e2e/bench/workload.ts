/**
 * The work the benchmark is done on, as a file that any program can read: operators that may fault, what each fault
 * takes from which position, and the network through which faults spread. docs/bench.md documents the format.
 */
import { z } from 'zod';

const share = z.number().gt(0).max(1);
const index = z.int().min(0);

const operatorSchema = z.strictObject({
  /** Chance of a fault within the horizon, without any cascade. */
  hazard: z.number().min(0).max(1),
  stake: z.number().min(0),
});

const serviceSchema = z.strictObject({
  /** What an attacker gains by corrupting the service, in the unit of the stakes. */
  profit: z.number().min(0),
  /** Share of the service's stake that corrupts it. */
  threshold: share,
});

const edgeSchema = z.strictObject({
  operator: index,
  service: index,
  /** `unique` edges conduct no cascade; `shared` and `elastic` ones do. */
  mode: z.enum(['unique', 'shared', 'elastic']),
  /** Share of the service's stake at fault from which the operator falls through this edge. */
  threshold: share,
  /** What the operator stakes with the service; all of its stake where it is left out. */
  stake: z.number().gt(0).optional(),
});

const positionSchema = z.strictObject({
  /** The sum of the weights where it is left out. */
  value: z.number().gt(0).optional(),
  /** Pairs of an operator's index and what the position loses when that operator faults, in the unit of `value`. */
  weights: z.array(z.tuple([index, z.number().min(0)])),
});

export const workloadSchema = z
  .strictObject({
    name: z.string().min(1),
    seed: z.int().min(0).max(0xffffffff),
    /** Correlation of the one-factor model. */
    rho: z.number().min(0).lt(1),
    operators: z.array(operatorSchema).min(1),
    /** A number where only the cascade matters; the list where the network's security is asked for as well. */
    services: z.union([index, z.array(serviceSchema)]),
    edges: z.array(edgeSchema),
    positions: z.array(positionSchema).min(1),
  })
  .superRefine((workload, context) => {
    for (const [path, message] of findMistakes(workload)) context.addIssue({ code: 'custom', path, message });
  });

export type Workload = z.infer<typeof workloadSchema>;
export type WorkloadEdge = Workload['edges'][number];
type Mistake = readonly [path: (string | number)[], message: string];

/** Room for the rounding of a sum of weights. */
const SLACK = 1 + 1e-9;

function* findMistakes(workload: Workload): Generator<Mistake> {
  const operators = workload.operators.length;
  const services = countServices(workload);
  const seen = new Set<number>();
  for (const [i, edge] of workload.edges.entries()) {
    if (edge.operator >= operators) yield [['edges', i, 'operator'], `there are only ${operators} operators`];
    if (edge.service >= services) yield [['edges', i, 'service'], `there are only ${services} services`];
    if (readEdgeStake(workload, edge) === 0)
      yield [['edges', i, 'stake'], 'an edge needs a stake above zero'];
    const key = edge.operator * services + edge.service;
    if (seen.has(key)) yield [['edges', i], 'there is an edge between these two already'];
    seen.add(key);
  }
  for (const [i, { weights, value }] of workload.positions.entries()) {
    const listed = new Set(weights.map(([operator]) => operator));
    if (listed.size < weights.length) yield [['positions', i, 'weights'], 'an operator is listed twice'];
    for (const operator of listed) {
      if (operator >= operators) {
        yield [['positions', i, 'weights'], `there are only ${operators} operators, not number ${operator}`];
      }
    }
    const most = weights.reduce((sum, [, weight]) => sum + weight, 0);
    if (value === undefined && most === 0) {
      yield [['positions', i, 'value'], 'a position that can lose nothing needs its value stated'];
    }
    if (value !== undefined && most > value * SLACK) {
      yield [['positions', i, 'weights'], 'the weights add up to more than the value'];
    }
  }
}

/** Reads a workload from the text of its file. Throws an error that names the place of every mistake. */
export function parseWorkload(text: string): Workload {
  const outcome = workloadSchema.safeParse(JSON.parse(text));
  if (outcome.success) return outcome.data;
  throw new Error(
    `This is no workload file (docs/bench.md describes them):\n${z.prettifyError(outcome.error)}`,
  );
}

export function countServices(workload: Pick<Workload, 'services'>): number {
  return typeof workload.services === 'number' ? workload.services : workload.services.length;
}

export function readEdgeStake(workload: Pick<Workload, 'operators'>, edge: WorkloadEdge): number {
  return edge.stake ?? workload.operators[edge.operator]?.stake ?? 0;
}

export function readPositionValue({ value, weights }: Workload['positions'][number]): number {
  return value ?? weights.reduce((sum, [, weight]) => sum + weight, 0);
}

/** What all positions together lose when an operator faults, per operator. */
export function sumOperatorLosses(workload: Workload): Float64Array {
  const losses = new Float64Array(workload.operators.length);
  for (const { weights } of workload.positions) {
    for (const [operator, weight] of weights) losses[operator]! += weight;
  }
  return losses;
}

/** The mean loss without cascades: sum of p_i w_i. Every program of the benchmark is held against it. */
export function computeExpectedLoss(workload: Workload): number {
  const losses = sumOperatorLosses(workload);
  return workload.operators.reduce((sum, { hazard }, operator) => sum + hazard * losses[operator]!, 0);
}
