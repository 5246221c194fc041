/**
 * The elastic restaking network of Bar-Zur and Eyal, "Elastic Restaking Networks" (arXiv 2503.00170, 2025):
 * validators allocate parts of their stake to services; allocations may sum to more than the stake, and when a service
 * fails and takes what was allocated to it, the stake that is left stretches over the other allocations.
 */
import {
  compare,
  formatRational,
  maxOfRationals,
  minOfRationals,
  subtract,
  sumOfRationals,
  ZERO,
  type Rational,
} from './rational.ts';
import { ProblemList, type EdgeMode, type RationalInput } from './restaking-network.ts';

export interface ElasticNetwork {
  readonly validators: readonly { readonly id: string; readonly stake: Rational }[];
  readonly services: readonly {
    readonly id: string;
    /** What attacking the service brings. */
    readonly profit: Rational;
    /** theta: the share of all allocations to the service that an attack needs. */
    readonly threshold: Rational;
  }[];
  readonly allocations: readonly Allocation[];
}

export interface Allocation {
  readonly serviceId: string;
  readonly validatorId: string;
  /** w, at most the validator's stake. */
  readonly amount: Rational;
}

export interface ElasticNetworkInput {
  readonly validators: readonly { readonly id: string; readonly stake: RationalInput }[];
  readonly services: readonly {
    readonly id: string;
    readonly profit: RationalInput;
    readonly threshold: RationalInput;
  }[];
  readonly edges: readonly {
    readonly serviceId: string;
    readonly validatorId: string;
    readonly mode: EdgeMode;
    readonly allocation: RationalInput;
  }[];
}

/**
 * Reads an elastic network and checks all of it. Allocations of zero are left out.
 *
 * @throws AppError scenario-invalid as buildSecurityNetwork, and for an allocation above the validator's stake or an
 *   edge that is not elastic
 */
export function buildElasticNetwork(input: ElasticNetworkInput): ElasticNetwork {
  const problems = new ProblemList();
  const validators = input.validators.map(({ id, stake }) => ({
    id,
    stake: problems.readAmount(`the stake of validator ${id}`, stake),
  }));
  const services = input.services.map(({ id, profit, threshold }) => ({
    id,
    profit: problems.readAmount(`the profit of service ${id}`, profit),
    threshold: problems.readThreshold(`the threshold of service ${id}`, threshold),
  }));
  problems.refuseRepeats('validator', validators);
  problems.refuseRepeats('service', services);
  problems.refuseBadEdges(input.edges, services, validators);
  const stakes = new Map(validators.map(({ id, stake }) => [id, stake]));
  const allocations = input.edges.map(({ serviceId, validatorId, mode, allocation }) => {
    const edge = `the edge of ${serviceId} and ${validatorId}`;
    if (mode !== 'elastic') problems.add(`${edge} is ${mode}, not elastic: this model does not apply to it`);
    const amount = problems.readAmount(`the allocation of ${edge}`, allocation);
    const stake = stakes.get(validatorId);
    if (stake !== undefined && compare(amount, stake) > 0) {
      problems.add(`the allocation of ${edge} is above the validator’s stake: ${formatRational(amount)}`);
    }
    return { serviceId, validatorId, amount };
  });
  problems.throwIfAny();
  return { validators, services, allocations: allocations.filter(({ amount }) => amount.num > 0n) };
}

/**
 * The network after the services `failedIds` failed (Byzantine): each validator loses what it allocated to them,
 *
 *   sigma' = max(0, sigma - sum of allocations to failed services)        w' = min(w, sigma')
 *
 * Allocations to services that are left are kept even where nothing stands behind them any more: such a service is free
 * to attack.
 */
export function failServices(network: ElasticNetwork, failedIds: readonly string[]): ElasticNetwork {
  const failed = new Set(failedIds);
  const known = new Set(network.services.map(({ id }) => id));
  const problems = new ProblemList();
  for (const id of failed) if (!known.has(id)) problems.add(`the failed service ${id} is unknown`);
  problems.throwIfAny();
  const losses = new Map<string, Rational[]>();
  for (const { serviceId, validatorId, amount } of network.allocations) {
    if (failed.has(serviceId)) losses.set(validatorId, [...(losses.get(validatorId) ?? []), amount]);
  }
  const validators = network.validators.map(({ id, stake }) => ({
    id,
    stake: maxOfRationals(ZERO, subtract(stake, sumOfRationals(losses.get(id) ?? []))),
  }));
  const left = new Map(validators.map(({ id, stake }) => [id, stake]));
  return {
    validators,
    services: network.services.filter(({ id }) => !failed.has(id)),
    allocations: network.allocations
      .filter(({ serviceId }) => !failed.has(serviceId))
      .map(({ serviceId, validatorId, amount }) => ({
        serviceId,
        validatorId,
        amount: minOfRationals(amount, left.get(validatorId)!),
      })),
  };
}
