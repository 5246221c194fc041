/** Is the network secure, and if not, what is the attack? For collateral that services share in full. */
import { createWork } from '../work.ts';
import { verifyAttack, type Attack } from './attack.ts';
import { nameProof, type SecurityCertificate } from './certificate.ts';
import { withoutProgress } from './check-cancelled.ts';
import type { CoverSolution } from './cover-problem.ts';
import { decideCover, DEFAULT_LADDER, type LadderOptions, type SecurityHooks } from './decide-cover.ts';
import {
  boundLoss,
  computeGamma,
  isCertifiedByGamma,
  type CostBuffer,
  type Gamma,
  type LossBound,
} from './gamma.ts';
import { isBoundReached, measureGap, scaleBound, type GainBound } from './gain-bound.ts';
import { indexNetwork, rowOf, type IndexedNetwork } from './indexed-network.ts';
import { ZERO, type Rational } from './rational.ts';
import { validateSecurityNetwork, type SecurityNetwork } from './restaking-network.ts';
import { buildSharedCover, type SharedCover } from './shared-cover.ts';
import { measureSlack } from './slack.ts';
import { findWorstCascade, validateShock, type WorstCascade } from './worst-cascade.ts';

/**
 * `attack`: one that gains, with what the best could gain at most; `isOptimal` where the two agree. `undecided`: no
 * attack was found, and none was excluded.
 */
export type SecurityVerdict =
  | { readonly kind: 'secure'; readonly certificate: SecurityCertificate }
  | {
      readonly kind: 'attack';
      readonly attack: Attack;
      readonly upperBound: GainBound;
      readonly gap: number;
      readonly isOptimal: boolean;
    }
  | {
      readonly kind: 'undecided';
      readonly lowerBound: Rational;
      readonly upperBound: GainBound;
      readonly gap: number;
    };

/** What a loss of the share psi of all stake can lead to. */
export interface ShockAssessment {
  readonly psi: Rational;
  /** R_psi is not more; null where nothing bounds it but the whole. */
  readonly upperBound: LossBound | null;
  /** R_psi is not less: a shock and what follows it, explicit; or exactly that, where `isExact`. */
  readonly worst: WorstCascade;
}

export interface SecurityAssessment {
  readonly gamma: Gamma;
  /** Smallest cost of an attack over its profit, less 1; null where it is too dear to compute exactly. */
  readonly slack: CostBuffer | null;
  readonly verdict: SecurityVerdict;
  readonly shock: ShockAssessment | null;
}

export interface AssessOptions extends Partial<LadderOptions> {
  /** Share of all stake that a shock takes, 0 to 1; null: no shock is assessed. */
  readonly psi?: Rational | null;
}

/**
 * Assesses a network. "secure" comes with its certificate, "attack" with an attack that verifyAttack accepts.
 * The same input gives the same answer, except where the solver runs into the time limit.
 *
 * @throws AppError scenario-invalid (buildSecurityNetwork, or psi outside 0 to 1), cancelled
 */
export function assessSecurity(
  network: SecurityNetwork,
  options: AssessOptions = {},
  hooks: SecurityHooks = {},
): SecurityAssessment {
  validateSecurityNetwork(network);
  const psi = options.psi ?? null;
  if (psi !== null) validateShock(psi);
  const work = createWork(STAGES, hooks);
  const inner: SecurityHooks = {
    ...withoutProgress(hooks),
    ...(hooks.onGap && { onGap: hooks.onGap }),
  };
  const indexed = indexNetwork(network);
  const gamma = computeGamma(indexed);
  work.advance();
  const verdict = isCertifiedByGamma(gamma)
    ? ({ kind: 'secure', certificate: { kind: 'gamma', gamma } } as const)
    : decideNetwork(network, indexed, { ...DEFAULT_LADDER, ...options }, inner);
  work.advance();
  const slack = measureSlack(indexed, inner);
  work.advance();
  const known = verdict.kind === 'attack' ? verdict.attack : null;
  const shock =
    psi === null
      ? null
      : {
          psi,
          upperBound: boundLoss(slack ?? gamma, psi),
          worst: findWorstCascade(network, psi, inner, known),
        };
  work.advance();
  return { gamma, slack, verdict, shock };
}

/** Gamma, verdict, slack and shock. */
const STAGES = 4;

function decideNetwork(
  network: SecurityNetwork,
  indexed: IndexedNetwork,
  options: LadderOptions,
  hooks: SecurityHooks,
): SecurityVerdict {
  const cover = buildSharedCover(indexed);
  const verdict = decideCover(cover.problem, options, hooks);
  switch (verdict.kind) {
    case 'secure':
      return { kind: 'secure', certificate: nameProof(indexed, cover, verdict.proof) };
    case 'attack': {
      const attack = nameAttack(network, indexed, cover, verdict.solution);
      const upperBound = scaleBound(verdict.bound, indexed.unit);
      const gap = measureGap(attack.gain, upperBound);
      return { kind: 'attack', attack, upperBound, gap, isOptimal: isBoundReached(gap, upperBound) };
    }
    case 'undecided': {
      const upperBound = scaleBound(verdict.bound, indexed.unit);
      return { kind: 'undecided', lowerBound: ZERO, upperBound, gap: measureGap(ZERO, upperBound) };
    }
  }
}

/** The attack in the network's ids, checked against the network as it was given. */
function nameAttack(
  network: SecurityNetwork,
  indexed: IndexedNetwork,
  { problem, services, validators }: SharedCover,
  { targets, items }: CoverSolution,
): Attack {
  const attackers = new Set(items.map((item) => validators[item]!));
  for (const target of targets) {
    // Nobody has anything to lose there, but somebody has to do it.
    if (problem.needs[target] === 0n) {
      for (const validator of rowOf(indexed.validatorsOf, services[target]!)) attackers.add(validator);
    }
  }
  const check = verifyAttack(
    network,
    targets.map((target) => indexed.serviceIds[services[target]!]!),
    [...attackers].sort((a, b) => a - b).map((validator) => indexed.validatorIds[validator]!),
  );
  if (!check.isValid) throw new Error(`the search returned no valid attack: ${check.problem}`);
  return check.attack;
}
