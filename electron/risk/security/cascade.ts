/**
 * Shocks and what follows them. A shock removes validators D; a cascade is a sequence of valid attacks, each on what
 * the shock and the earlier ones left, no validator and no service twice.
 *
 *   R_psi = psi + max over D with sigma(D) <= psi sigma(V), and over cascades after D, of the stake lost in the cascade
 *           as a share of sigma(V)
 *
 * Source: Durvasula and Roughgarden, arXiv 2407.21785. psi itself is added, not what D takes.
 *
 * The union of a cascade is a valid attack on what the shock left: profits and costs add up, and if the later attackers
 * hold the share alpha of what the earlier ones left of a service, all of them together hold at least alpha of the
 * whole, because alpha <= 1. The worst cascade is therefore found among single attacks; more steps show the order in
 * which it may happen, not a larger loss.
 */
import { verifyAttack, type Attack } from './attack.ts';
import { add, compare, divide, multiply, sumOfRationals, ZERO, type Rational } from './rational.ts';
import type { SecurityNetwork } from './restaking-network.ts';

export interface Cascade {
  /** D. */
  readonly shockIds: readonly string[];
  readonly attacks: readonly Attack[];
}

export type CascadeCheck =
  | {
      readonly isValid: true;
      /** psi plus the share of all stake that the attacks lose. */
      readonly lossShare: Rational;
    }
  | { readonly isValid: false; readonly problem: string };

/** Checks a cascade exactly, against the network as it was given. */
export function verifyCascade(network: SecurityNetwork, psi: Rational, cascade: Cascade): CascadeCheck {
  const stakes = new Map(network.validators.map(({ id, stake }) => [id, stake]));
  const total = sumOfRationals(stakes.values());
  const shock = new Set(cascade.shockIds);
  if (shock.size !== cascade.shockIds.length || cascade.shockIds.some((id) => !stakes.has(id))) {
    return { isValid: false, problem: 'the shock names a validator twice, or one that is unknown' };
  }
  const removed = sumOfRationals(cascade.shockIds.map((id) => stakes.get(id)!));
  if (compare(removed, multiply(psi, total)) > 0) {
    return { isValid: false, problem: 'the shock takes more than psi' };
  }
  let left = withoutParts(network, shock, new Set());
  let lost = ZERO;
  for (const [index, { serviceIds, validatorIds }] of cascade.attacks.entries()) {
    const check = verifyAttack(left, serviceIds, validatorIds);
    if (!check.isValid) return { isValid: false, problem: `attack ${index + 1}: ${check.problem}` };
    lost = add(lost, check.attack.cost);
    left = withoutParts(left, new Set(validatorIds), new Set(serviceIds));
  }
  return { isValid: true, lossShare: add(psi, total.num === 0n ? ZERO : divide(lost, total)) };
}

/** What is left of a network without some validators and services. */
export function withoutParts(
  { validators, services, edges }: SecurityNetwork,
  validatorIds: ReadonlySet<string>,
  serviceIds: ReadonlySet<string>,
): SecurityNetwork {
  return {
    validators: validators.filter(({ id }) => !validatorIds.has(id)),
    services: services.filter(({ id }) => !serviceIds.has(id)),
    edges: edges.filter(([service, validator]) => !serviceIds.has(service) && !validatorIds.has(validator)),
  };
}
