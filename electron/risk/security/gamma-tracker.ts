/**
 * Gamma kept up to date while somebody edits. A change touches only the services and validators around it; sums over
 * them are made in doubles, and whichever validators could be the worst within the rounding of those sums are summed
 * again exactly. The value, and with it the sign, is the exact one of computeGamma.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import { makeGamma, type Gamma } from './gamma.ts';
import { rowOf, type Adjacency, type IndexedNetwork } from './indexed-network.ts';
import {
  compare,
  divide,
  makeRational,
  ONE,
  ratioToNumber,
  sumUnreduced,
  ZERO,
  type Rational,
} from './rational.ts';

/** Relative rounding of a double sum of n terms is below n units in the last place; the rest is for the terms. */
const ULP = 2 ** -52;
const TERM_ROUNDINGS = 16;

export class GammaTracker {
  readonly #validatorIds: readonly string[];
  readonly #validatorIndex: ReadonlyMap<string, number>;
  readonly #serviceIndex: ReadonlyMap<string, number>;
  readonly #stakes: bigint[];
  readonly #profits: bigint[];
  readonly #thresholds: Rational[];
  readonly #serviceStakes: bigint[];
  readonly #validatorsOf: number[][];
  readonly #servicesOf: number[][];
  #unit: Rational;
  /** Gain per unit of stake at each service, as a double; Infinity where the service has members but no stake. */
  readonly #weights: Float64Array;
  /** The same, exact; made when first needed after a change. */
  readonly #exactWeights: (Rational | undefined)[];
  readonly #loads: Float64Array;

  constructor(network: IndexedNetwork) {
    const { validatorIds, serviceIds } = network;
    this.#validatorIds = validatorIds;
    this.#validatorIndex = new Map(validatorIds.map((id, index) => [id, index]));
    this.#serviceIndex = new Map(serviceIds.map((id, index) => [id, index]));
    this.#stakes = [...network.stakes];
    this.#profits = [...network.profits];
    this.#thresholds = [...network.thresholds];
    this.#serviceStakes = [...network.serviceStakes];
    this.#validatorsOf = listRows(network.validatorsOf);
    this.#servicesOf = listRows(network.servicesOf);
    this.#unit = network.unit;
    this.#weights = new Float64Array(serviceIds.length);
    this.#exactWeights = new Array<Rational | undefined>(serviceIds.length);
    this.#loads = new Float64Array(validatorIds.length);
    for (const service of serviceIds.keys()) this.#weigh(service);
    for (const validator of validatorIds.keys()) this.#load(validator);
  }

  /** @throws AppError scenario-invalid for an unknown validator or a stake below zero; so the other setters */
  setStake(validatorId: string, stake: Rational): void {
    const validator = this.#findValidator(validatorId);
    const units = this.#toUnits(stake, `the stake of ${validatorId}`);
    const change = units - this.#stakes[validator]!;
    this.#stakes[validator] = units;
    for (const service of this.#servicesOf[validator]!) this.#serviceStakes[service]! += change;
    this.#refresh(this.#servicesOf[validator]!);
    this.#load(validator);
  }

  setProfit(serviceId: string, profit: Rational): void {
    const service = this.#findService(serviceId);
    this.#profits[service] = this.#toUnits(profit, `the profit of ${serviceId}`);
    this.#refresh([service]);
  }

  setThreshold(serviceId: string, threshold: Rational): void {
    const service = this.#findService(serviceId);
    if (threshold.num <= 0n || compare(threshold, ONE) > 0) {
      refuse(`the threshold of ${serviceId} is not above 0 and at most 1`);
    }
    this.#thresholds[service] = threshold;
    this.#refresh([service]);
  }

  addEdge(serviceId: string, validatorId: string): void {
    const service = this.#findService(serviceId);
    const validator = this.#findValidator(validatorId);
    if (this.#servicesOf[validator]!.includes(service)) refuse(`${validatorId} serves ${serviceId} already`);
    this.#servicesOf[validator]!.push(service);
    this.#validatorsOf[service]!.push(validator);
    this.#serviceStakes[service]! += this.#stakes[validator]!;
    this.#refresh([service]);
  }

  removeEdge(serviceId: string, validatorId: string): void {
    const service = this.#findService(serviceId);
    const validator = this.#findValidator(validatorId);
    const place = this.#servicesOf[validator]!.indexOf(service);
    if (place < 0) refuse(`${validatorId} does not serve ${serviceId}`);
    this.#servicesOf[validator]!.splice(place, 1);
    this.#validatorsOf[service]!.splice(this.#validatorsOf[service]!.indexOf(validator), 1);
    this.#serviceStakes[service]! -= this.#stakes[validator]!;
    this.#refresh([service]);
    this.#load(validator);
  }

  /** Gamma of the network as it is now, exact. */
  readGamma(): Gamma {
    let highest = 0;
    let mostTerms = 0;
    for (let validator = 0; validator < this.#loads.length; validator += 1) {
      highest = Math.max(highest, this.#loads[validator]!);
      mostTerms = Math.max(mostTerms, this.#servicesOf[validator]!.length);
    }
    if (highest === 0) return { kind: 'unbounded' };
    if (highest === Infinity) return makeGamma(null, this.#validatorIds[this.#loads.indexOf(Infinity)]!);
    const doubtful = highest * (1 - 2 * (mostTerms + TERM_ROUNDINGS) * ULP);

    let worst: { load: Rational; validator: number } | null = null;
    const seen = new Set<string>();
    for (let validator = 0; validator < this.#loads.length; validator += 1) {
      if (this.#loads[validator]! < doubtful) continue;
      // In a symmetric network many tie; the same terms need to be summed once only.
      const terms = this.#servicesOf[validator]!.map((service) => this.#weighExactly(service));
      const key = terms
        .map(({ num, den }) => `${num.toString(36)}/${den.toString(36)}`)
        .sort()
        .join();
      if (seen.has(key)) continue;
      seen.add(key);
      const load = sumUnreduced(terms);
      if (worst === null || compare(load, worst.load) > 0) worst = { load, validator };
    }
    return makeGamma(worst!.load, this.#validatorIds[worst!.validator]!);
  }

  /** Brings weights and loads up to date around services that changed. */
  #refresh(services: readonly number[]): void {
    const touched = new Set<number>();
    for (const service of services) {
      this.#weigh(service);
      for (const validator of this.#validatorsOf[service]!) touched.add(validator);
    }
    for (const validator of touched) this.#load(validator);
  }

  #weigh(service: number): void {
    this.#exactWeights[service] = undefined;
    this.#weights[service] = this.#computeWeight(service);
  }

  #computeWeight(service: number): number {
    const profit = this.#profits[service]!;
    if (profit === 0n || this.#validatorsOf[service]!.length === 0) return 0;
    const stake = this.#serviceStakes[service]!;
    if (stake === 0n) return Infinity;
    const { num, den } = this.#thresholds[service]!;
    // Never zero: a profit too small for a double still has to be seen.
    return Math.max(ratioToNumber(profit * den, num * stake), Number.MIN_VALUE);
  }

  #weighExactly(service: number): Rational {
    const known = this.#exactWeights[service];
    if (known !== undefined) return known;
    const { num, den } = this.#thresholds[service]!;
    const stake = this.#serviceStakes[service]!;
    const weight =
      this.#weights[service]! === 0 ? ZERO : makeRational(this.#profits[service]! * den, num * stake);
    this.#exactWeights[service] = weight;
    return weight;
  }

  #load(validator: number): void {
    let load = 0;
    for (const service of this.#servicesOf[validator]!) load += this.#weights[service]!;
    this.#loads[validator] = this.#stakes[validator] === 0n && load < Infinity ? 0 : load;
  }

  /** An amount in whole units; where it is none, every amount is brought to a finer unit first. */
  #toUnits(amount: Rational, what: string): bigint {
    if (amount.num < 0n) refuse(`${what} is below zero`);
    const { num, den } = divide(amount, this.#unit);
    if (den !== 1n) {
      for (const amounts of [this.#stakes, this.#profits, this.#serviceStakes]) {
        for (const index of amounts.keys()) amounts[index]! *= den;
      }
      this.#unit = makeRational(this.#unit.num, this.#unit.den * den);
    }
    return num;
  }

  #findValidator(id: string): number {
    return this.#validatorIndex.get(id) ?? refuse(`validator ${id} is unknown`);
  }

  #findService(id: string): number {
    return this.#serviceIndex.get(id) ?? refuse(`service ${id} is unknown`);
  }
}

function refuse(problem: string): never {
  throw new AppError('scenario-invalid', `The network cannot be changed so: ${problem}.`, {
    help: 'The network stays as it was.',
  });
}

function listRows(adjacency: Adjacency): number[][] {
  return Array.from({ length: adjacency.starts.length - 1 }, (_, row) => [...rowOf(adjacency, row)]);
}
