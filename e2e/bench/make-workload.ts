/** Workloads from a fixed seed. */
import { createRandom, type Random } from './random.ts';
import type { Workload, WorkloadEdge } from './workload.ts';

export interface WorkloadShape {
  readonly name: string;
  readonly seed: number;
  readonly operators: number;
  readonly services: number;
  readonly edgesPerOperator: number;
  readonly positions: number;
  readonly operatorsPerPosition: number;
  /** Expected number of faults per path, without cascades: the sum of the hazards. */
  readonly faultsPerPath: number;
  readonly rho: number;
}

/** The network of the targets: 1000 operators, 3.76 faults per path. */
export const DEFAULT_SHAPE: WorkloadShape = {
  name: 'default',
  seed: 20260101,
  operators: 1000,
  services: 100,
  edgesPerOperator: 5,
  positions: 200,
  operatorsPerPosition: 10,
  faultsPerPath: 3.76,
  rho: 0.2,
};

/** The network of the edit: 20,000 edges. The hazard of an operator is that of the default network. */
export const LARGE_SHAPE: WorkloadShape = {
  ...DEFAULT_SHAPE,
  name: 'large',
  operators: 2000,
  services: 200,
  edgesPerOperator: 10,
  positions: 500,
  faultsPerPath: 7.52,
};

/** No operator is made likelier to fault than this. */
const MOST_HAZARD = 0.5;
/**
 * An edge's threshold is this much of a service's stake and upwards, denser towards all of it (a square root): on the
 * default network one path in 25 cascades, mostly by an operator or two, now and then through the whole network.
 */
const LOWEST_THRESHOLD = 0.1;
/** Share of a service's stake that corrupts it: a third, as in Byzantine agreement. */
const CORRUPTION_THRESHOLD = 1 / 3;
/** Profit from corruption, as a share of the stake that corrupts, lies between these. */
const PROFITS = [0.01, 0.12] as const;
/** The service with rank r is chosen in proportion to 1 / (r + this): some are popular, none is empty. */
const POPULARITY_OFFSET = 20;
const STAKE_MEDIAN = 1000;

/** The same shape gives the same workload, on every machine. */
export function makeWorkload(shape: WorkloadShape): Workload {
  checkShape(shape);
  const random = createRandom(shape.seed);
  const hazards = makeHazards(shape, random);
  const operators = hazards.map((hazard) => ({
    hazard,
    stake: roundAmount(STAKE_MEDIAN * Math.exp(random.normal())),
  }));
  const edges = makeEdges(shape, random);
  const stakes = new Float64Array(shape.services);
  for (const { operator, service } of edges) stakes[service]! += operators[operator]!.stake;
  return {
    name: shape.name,
    seed: shape.seed,
    rho: shape.rho,
    operators,
    services: Array.from(stakes, (stake) => ({
      profit: roundAmount(between(PROFITS, random) * CORRUPTION_THRESHOLD * stake),
      threshold: CORRUPTION_THRESHOLD,
    })),
    edges,
    positions: makePositions(shape, random),
  };
}

function checkShape(shape: WorkloadShape): void {
  if (shape.edgesPerOperator > shape.services) {
    throw new Error(`${shape.edgesPerOperator} edges per operator need as many services.`);
  }
  if (shape.operatorsPerPosition > shape.operators) {
    throw new Error(`${shape.operatorsPerPosition} operators per position need as many operators.`);
  }
  if (shape.faultsPerPath >= MOST_HAZARD * shape.operators) {
    throw new Error(`${shape.operators} operators cannot have ${shape.faultsPerPath} faults per path.`);
  }
}

/** To whole gwei. */
function roundAmount(amount: number): number {
  return Number(amount.toFixed(9));
}

function between([low, high]: readonly [number, number], random: Random): number {
  return low + (high - low) * random.uniform();
}

/** Log-normal, scaled to the wanted sum; what is cut off at the top is spread over the others. */
function makeHazards({ operators, faultsPerPath }: WorkloadShape, random: Random): number[] {
  const raw = Array.from({ length: operators }, () => Math.exp(random.normal()));
  const rescale = (scale: number): number => {
    const free = raw.filter((value) => value * scale < MOST_HAZARD);
    const left = faultsPerPath - (operators - free.length) * MOST_HAZARD;
    return left / free.reduce((sum, value) => sum + value, 0);
  };
  // The scale only grows, and settles once it cuts off nobody else.
  let scale = rescale(0);
  for (let next = rescale(scale); next !== scale; next = rescale(scale)) scale = next;
  return raw.map((value) => Math.min(MOST_HAZARD, value * scale));
}

function makeEdges(shape: WorkloadShape, random: Random): WorkloadEdge[] {
  const cumulative = new Float64Array(shape.services);
  let total = 0;
  for (let rank = 0; rank < shape.services; rank++) {
    total += 1 / (rank + POPULARITY_OFFSET);
    cumulative[rank] = total;
  }
  const edges: WorkloadEdge[] = [];
  for (let operator = 0; operator < shape.operators; operator++) {
    const chosen = chooseDistinct(shape.edgesPerOperator, () => {
      const target = random.uniform() * total;
      return cumulative.findIndex((value) => value > target);
    });
    for (const service of chosen) {
      const threshold = LOWEST_THRESHOLD + (1 - LOWEST_THRESHOLD) * Math.sqrt(random.uniform());
      edges.push({ operator, service, mode: 'shared', threshold });
    }
  }
  return edges;
}

/** The position's value is spread over its operators, and a fault takes all that is with the operator. */
function makePositions(shape: WorkloadShape, random: Random): Workload['positions'] {
  return Array.from({ length: shape.positions }, () => {
    const value = 100 * Math.exp(1.5 * random.normal());
    const chosen = chooseDistinct(shape.operatorsPerPosition, () => random.below(shape.operators));
    const parts = chosen.map(() => 1 + random.uniform());
    const whole = parts.reduce((sum, part) => sum + part, 0);
    return {
      weights: chosen.map((operator, i): [number, number] => [operator, (value * parts[i]!) / whole]),
    };
  });
}

/** In ascending order. `draw` must be able to give `count` different numbers. */
function chooseDistinct(count: number, draw: () => number): number[] {
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(draw());
  return [...chosen].sort((a, b) => a - b);
}
