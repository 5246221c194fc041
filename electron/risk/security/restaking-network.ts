/**
 * The restaking network of Durvasula and Roughgarden, "Robust Restaking Networks" (arXiv 2407.21785, ITCS 2025):
 * validators whose whole stake stands behind each of the services they serve. It describes collateral that services
 * share in full (Symbiotic full restake, Karak, Babylon multi-staking), and no other.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import { compare, formatRational, ONE, parseRational, type Rational } from './rational.ts';

export interface SecurityValidator {
  readonly id: string;
  /** sigma_v, in any unit that is the same for all stakes and profits; not below zero. */
  readonly stake: Rational;
}

export interface SecurityService {
  readonly id: string;
  /** pi_s: what corrupting the service is worth to an attacker; not below zero. */
  readonly profit: Rational;
  /** alpha_s: the share of the service's stake that corrupts it, above 0 and at most 1. */
  readonly threshold: Rational;
}

/** Service and validator: the validator serves the service. */
export type SecurityEdge = readonly [serviceId: string, validatorId: string];

export interface SecurityNetwork {
  readonly validators: readonly SecurityValidator[];
  readonly services: readonly SecurityService[];
  readonly edges: readonly SecurityEdge[];
}

/** An exact number as it is entered: an integer, a fraction, or text such as `9/10`, `0.9` or `1e30`. */
export type RationalInput = bigint | string | Rational;

/** How the services of an operator hold its collateral; only `shared` is this model. */
export type EdgeMode = 'unique' | 'shared' | 'elastic';

export interface SecurityNetworkInput {
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
  }[];
}

/**
 * Reads a network and checks all of it.
 *
 * @throws AppError scenario-invalid for unknown or repeated ids and edges, amounts that are no number or below zero,
 *   thresholds outside (0, 1], and edges that are not shared; the message names the first problem, the detail all
 */
export function buildSecurityNetwork(input: SecurityNetworkInput): SecurityNetwork {
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
  for (const { serviceId, validatorId, mode } of input.edges) {
    if (mode === 'unique') {
      problems.add(
        `the edge of ${serviceId} and ${validatorId} is unique: there a service cannot take what was allocated to another, and this model does not apply`,
      );
    } else if (mode === 'elastic') {
      problems.add(
        `the edge of ${serviceId} and ${validatorId} is elastic: use the elastic network for it (buildElasticNetwork)`,
      );
    }
  }
  problems.throwIfAny();
  const edges = input.edges.map(({ serviceId, validatorId }): SecurityEdge => [serviceId, validatorId]);
  return { validators, services, edges };
}

/** Checks a network that was put together from numbers. @throws AppError as {@link buildSecurityNetwork} */
export function validateSecurityNetwork(network: SecurityNetwork): void {
  const { validators, services, edges } = network;
  buildSecurityNetwork({
    validators,
    services,
    edges: edges.map(([serviceId, validatorId]) => ({ serviceId, validatorId, mode: 'shared' })),
  });
}

interface Named {
  readonly id: string;
}

/** Collects everything wrong with a network, so that one message can list it all. */
export class ProblemList {
  readonly #problems: string[] = [];

  add(problem: string): void {
    this.#problems.push(problem);
  }

  /** An exact number not below zero; anything else is a problem. */
  readAmount(what: string, input: RationalInput): Rational {
    const value = readRational(input);
    if (value === null) {
      this.add(`${what} is not a number of at most a hundred digits: ${describeInput(input)}`);
    } else if (value.num < 0n) {
      this.add(`${what} is below zero: ${formatRational(value)}`);
    }
    return value ?? ONE;
  }

  /** An exact number above 0 and at most 1. */
  readThreshold(what: string, input: RationalInput): Rational {
    const value = readRational(input);
    if (value === null) {
      this.add(`${what} is not a number of at most a hundred digits: ${describeInput(input)}`);
    } else if (value.num <= 0n || compare(value, ONE) > 0) {
      this.add(`${what} is not above 0 and at most 1: ${formatRational(value)}`);
    }
    return value ?? ONE;
  }

  refuseRepeats(kind: string, items: readonly Named[]): void {
    const seen = new Set<string>();
    for (const { id } of items) {
      if (seen.has(id)) this.add(`${kind} ${id} is listed twice`);
      seen.add(id);
    }
  }

  refuseBadEdges(
    edges: readonly { readonly serviceId: string; readonly validatorId: string }[],
    services: readonly Named[],
    validators: readonly Named[],
  ): void {
    const serviceIds = new Set(services.map(({ id }) => id));
    const validatorIds = new Set(validators.map(({ id }) => id));
    const seen = new Map<string, Set<string>>();
    for (const { serviceId, validatorId } of edges) {
      if (!serviceIds.has(serviceId)) this.add(`an edge names the unknown service ${serviceId}`);
      if (!validatorIds.has(validatorId)) this.add(`an edge names the unknown validator ${validatorId}`);
      const served = seen.get(serviceId) ?? new Set<string>();
      if (served.has(validatorId)) this.add(`the edge of ${serviceId} and ${validatorId} is listed twice`);
      seen.set(serviceId, served.add(validatorId));
    }
  }

  /** @throws AppError scenario-invalid; the message names the first problem, the detail all of them */
  throwIfAny(): void {
    const [first] = this.#problems;
    if (first === undefined) return;
    throw new AppError('scenario-invalid', `The network cannot be assessed: ${first}.`, {
      detail: this.#problems.join('; '),
      help: 'Correct what is listed; nothing was computed.',
    });
  }
}

/** Amounts beyond this many digits are a mistake of units, and would overflow the doubles of the search. */
const LARGEST = 10n ** 100n;

function readRational(input: RationalInput): Rational | null {
  if (typeof input === 'string') return parseRational(input);
  const value = typeof input === 'bigint' ? { num: input, den: 1n } : input;
  const isUsable = value.den > 0n && value.den <= LARGEST && value.num >= -LARGEST && value.num <= LARGEST;
  return isUsable ? value : null;
}

function describeInput(input: RationalInput): string {
  if (typeof input === 'object') return `${input.num.toString()}/${input.den.toString()}`;
  return `“${input.toString().slice(0, 40)}”`;
}
