/**
 * An attack on a network with shared collateral, and the check that it is one. The check reads the network as it was
 * given, in fractions, and shares nothing with the search that found the attack.
 */
import { compare, multiply, subtract, sumOfRationals, type Rational } from './rational.ts';
import type { SecurityNetwork } from './restaking-network.ts';

/** (A, B): the validators B corrupt the services A. */
export interface Attack {
  readonly serviceIds: readonly string[];
  readonly validatorIds: readonly string[];
  /** pi(A). */
  readonly profit: Rational;
  /** sigma(B), all of which is lost. */
  readonly cost: Rational;
  /** Profit less cost; above zero in a valid attack. */
  readonly gain: Rational;
}

export type AttackCheck =
  { readonly isValid: true; readonly attack: Attack } | { readonly isValid: false; readonly problem: string };

/**
 * Checks exactly that (A, B) is valid: for each service s of A, sigma(B within N(s)) >= alpha_s sigma(N(s)), and
 * pi(A) > sigma(B), strictly. A service without validators cannot be attacked.
 * Source: arXiv 2407.21785, definition of a valid attack.
 */
export function verifyAttack(
  network: SecurityNetwork,
  serviceIds: readonly string[],
  validatorIds: readonly string[],
): AttackCheck {
  const attackers = new Set(validatorIds);
  const attacked = new Set(serviceIds);
  if (attackers.size !== validatorIds.length || attacked.size !== serviceIds.length) {
    return { isValid: false, problem: 'an id is listed twice' };
  }
  const stakes = new Map(network.validators.map(({ id, stake }) => [id, stake]));
  const unknown = [...validatorIds.filter((id) => !stakes.has(id))];
  if (unknown.length > 0) return { isValid: false, problem: `unknown validator ${unknown.join(', ')}` };
  const services = network.services.filter(({ id }) => attacked.has(id));
  if (services.length !== serviceIds.length) return { isValid: false, problem: 'an unknown service' };

  const members = new Map<string, string[]>(serviceIds.map((id) => [id, []]));
  for (const [serviceId, validatorId] of network.edges) members.get(serviceId)?.push(validatorId);
  for (const { id, threshold } of services) {
    const serving = members.get(id)!;
    if (serving.length === 0) return { isValid: false, problem: `service ${id} has no validators` };
    const all = sumOfRationals(serving.map((validator) => stakes.get(validator)!));
    const corrupt = sumOfRationals(
      serving.filter((validator) => attackers.has(validator)).map((validator) => stakes.get(validator)!),
    );
    if (compare(corrupt, multiply(threshold, all)) < 0) {
      return { isValid: false, problem: `service ${id} is not corrupted` };
    }
  }
  const profit = sumOfRationals(services.map((service) => service.profit));
  const cost = sumOfRationals(validatorIds.map((id) => stakes.get(id)!));
  const gain = subtract(profit, cost);
  if (gain.num <= 0n) return { isValid: false, problem: 'it does not gain' };
  return { isValid: true, attack: { serviceIds, validatorIds, profit, cost, gain } };
}
