/**
 * The exact law of a tiny network, by going through every set of operators that may fault. What every program of the
 * benchmark is held against in the tests.
 */
import { normalCdf, normalQuantile } from '../../electron/risk/math/normal.ts';
import type { Figures } from './contestant.ts';
import { countServices, readEdgeStake, sumOperatorLosses, type Workload } from './workload.ts';

/** 2^12 sets. */
const MOST_OPERATORS = 12;
/** The factor is integrated by the trapezoidal rule, which converges faster than any power here. */
const FACTOR_LIMIT = 9;
const FACTOR_STEPS = 720;

export interface ExactLaw {
  readonly expectedLoss: number;
  /** Smallest loss that is not exceeded with at least this probability. */
  readonly valueAtRisk: (level: number) => number;
  /** VaR + E[(L - VaR)+] / (1 - level). */
  readonly expectedShortfall: (level: number) => number;
}

/** Bit i of a set stands for operator i. */
export function computeExactLaw(workload: Workload, { hasCascades }: { hasCascades: boolean }): ExactLaw {
  const count = workload.operators.length;
  if (count > MOST_OPERATORS) throw new Error(`Brute force ends at ${MOST_OPERATORS} operators.`);
  const losses = sumOperatorLosses(workload);
  const outcomes = Array.from({ length: 2 ** count }, (_, set) => {
    const atFault = hasCascades ? spreadFaults(workload, set) : set;
    return { loss: losses.reduce((sum, loss, i) => sum + ((atFault >> i) & 1) * loss, 0), probability: 0 };
  });
  for (const { z, weight } of listFactorNodes()) {
    const chances = workload.operators.map(({ hazard }) => conditionOnFactor(hazard, workload.rho, z));
    for (const [set, outcome] of outcomes.entries()) {
      let probability = weight;
      for (const [i, chance] of chances.entries()) probability *= (set >> i) & 1 ? chance : 1 - chance;
      outcome.probability += probability;
    }
  }
  outcomes.sort((a, b) => a.loss - b.loss);
  const valueAtRisk = (level: number): number => {
    let below = 0;
    return outcomes.find(({ probability }) => (below += probability) >= level)?.loss ?? outcomes.at(-1)!.loss;
  };
  return {
    expectedLoss: outcomes.reduce((sum, { loss, probability }) => sum + loss * probability, 0),
    valueAtRisk,
    expectedShortfall(level) {
      const value = valueAtRisk(level);
      const excess = outcomes.reduce(
        (sum, { loss, probability }) => sum + Math.max(0, loss - value) * probability,
        0,
      );
      return value + excess / (1 - level);
    },
  };
}

/** The figures that the programs of the benchmark give, exact. */
export function computeExactFigures(workload: Workload, options: { hasCascades: boolean }): Figures {
  const law = computeExactLaw(workload, options);
  return {
    el: law.expectedLoss,
    var99: law.valueAtRisk(0.99),
    cvar99: law.expectedShortfall(0.99),
    var999: law.valueAtRisk(0.999),
    cvar999: law.expectedShortfall(0.999),
  };
}

/** Everybody at fault in the end, when those of `set` are at fault in the beginning. */
function spreadFaults(workload: Workload, set: number): number {
  const edges = workload.edges.filter(({ mode }) => mode !== 'unique');
  const totals = new Float64Array(countServices(workload));
  for (const edge of edges) totals[edge.service]! += readEdgeStake(workload, edge);
  let atFault = set;
  for (;;) {
    const shares = new Float64Array(totals.length);
    for (const edge of edges) {
      if ((atFault >> edge.operator) & 1)
        shares[edge.service]! += readEdgeStake(workload, edge) / totals[edge.service]!;
    }
    let next = atFault;
    for (const { operator, service, threshold } of edges) {
      if (shares[service]! >= threshold) next |= 1 << operator;
    }
    if (next === atFault) return atFault;
    atFault = next;
  }
}

function listFactorNodes(): { z: number; weight: number }[] {
  const step = (2 * FACTOR_LIMIT) / FACTOR_STEPS;
  return Array.from({ length: FACTOR_STEPS + 1 }, (_, i) => {
    const z = -FACTOR_LIMIT + i * step;
    return { z, weight: (step * Math.exp(-0.5 * z * z)) / Math.sqrt(2 * Math.PI) };
  });
}

function conditionOnFactor(hazard: number, rho: number, z: number): number {
  if (hazard === 0 || hazard === 1) return hazard;
  return normalCdf((normalQuantile(hazard) - Math.sqrt(rho) * z) / Math.sqrt(1 - rho));
}
