/**
 * The worst that a shock can set off: exactly where the network is small, else the worst of a list of likely shocks,
 * each followed by a search for attacks that lose as much as they can. Either way an explicit cascade, checked by
 * verifyCascade, so that its loss is a lower bound of R_psi.
 */
import { AppError } from '../../../shared/contract/errors.ts';
import { createWork, type RunHooks } from '../work.ts';
import { verifyAttack, type Attack } from './attack.ts';
import { AttackState } from './attack-state.ts';
import { verifyCascade, withoutParts, type Cascade } from './cascade.ts';
import { evaluateCover } from './cover-problem.ts';
import { weighService } from './gamma.ts';
import { indexNetwork, rowOf, type IndexedNetwork } from './indexed-network.ts';
import { compare, formatRational, ONE, toNumber, type Rational } from './rational.ts';
import type { SecurityNetwork } from './restaking-network.ts';
import { searchAttack } from './search-attack.ts';
import { buildSharedCover } from './shared-cover.ts';
import { findWorstLoss, MAX_CASCADE_VALIDATORS } from './worst-loss.ts';

export interface WorstCascade {
  readonly cascade: Cascade;
  /** psi plus the share of all stake lost in the cascade; R_psi is at least this. */
  readonly lossShare: Rational;
  /** Whether it is R_psi itself. */
  readonly isExact: boolean;
}

/** @throws AppError scenario-invalid for a psi outside 0 to 1 */
export function validateShock(psi: Rational): void {
  if (psi.num >= 0n && compare(psi, ONE) <= 0) return;
  throw new AppError('scenario-invalid', 'A shock takes a share from 0 to 1 of all stake.', {
    detail: `psi ${formatRational(psi)}`,
    help: 'Enter a percentage from 0 to 100.',
  });
}

/**
 * @param known an attack on the network as it is, where one was found already
 * @throws AppError scenario-invalid for a psi outside 0 to 1, cancelled
 */
export function findWorstCascade(
  network: SecurityNetwork,
  psi: Rational,
  hooks: RunHooks = {},
  known: Attack | null = null,
): WorstCascade {
  validateShock(psi);
  const indexed = indexNetwork(network);
  if (network.validators.length <= MAX_CASCADE_VALIDATORS) {
    return check(network, psi, nameWorstLoss(network, indexed, psi, hooks), true);
  }
  let worst = check(network, psi, { shockIds: [], attacks: known === null ? [] : [known] }, false);
  const shocks = listShocks(indexed, psi);
  const work = createWork(shocks.length, hooks);
  for (const shock of shocks) {
    work.check();
    const shockIds = shock.map((validator) => indexed.validatorIds[validator]!);
    const attacks = followShock(withoutParts(network, new Set(shockIds), new Set()), hooks);
    const found = check(network, psi, { shockIds, attacks }, false);
    if (compare(found.lossShare, worst.lossShare) > 0) worst = found;
    work.advance();
  }
  return worst;
}

function check(network: SecurityNetwork, psi: Rational, cascade: Cascade, isExact: boolean): WorstCascade {
  const result = verifyCascade(network, psi, cascade);
  if (!result.isValid) throw new Error(`the search returned no valid cascade: ${result.problem}`);
  return { cascade, lossShare: result.lossShare, isExact };
}

function nameWorstLoss(
  network: SecurityNetwork,
  indexed: IndexedNetwork,
  psi: Rational,
  hooks: RunHooks,
): Cascade {
  const { shock, attackers, services } = findWorstLoss(indexed, psi, hooks);
  const nameAll = (indexes: readonly number[]): string[] =>
    indexes.map((index) => indexed.validatorIds[index]!);
  const shockIds = nameAll(shock);
  if (services.length === 0) return { shockIds: [], attacks: [] };
  const left = withoutParts(network, new Set(shockIds), new Set());
  const serviceIds = services.map((service) => indexed.serviceIds[service]!);
  return { shockIds, attacks: [requireAttack(left, serviceIds, nameAll(attackers))] };
}

function requireAttack(
  network: SecurityNetwork,
  serviceIds: readonly string[],
  validatorIds: readonly string[],
): Attack {
  const result = verifyAttack(network, serviceIds, validatorIds);
  if (!result.isValid) throw new Error(`the search returned no valid attack: ${result.problem}`);
  return result.attack;
}

/** Services whose members a shock may aim at, besides the general orders. */
const AIMED_SERVICES = 8;

/** Sets of validators within psi that are likely to hurt: nothing; the most lucrative; the largest; a service's own. */
function listShocks(network: IndexedNetwork, psi: Rational): number[][] {
  const { stakes } = network;
  const weights = network.serviceIds.map((_, service) => toWeight(network, service));
  const loads = stakes.map((_, validator) => {
    let load = 0;
    for (const service of rowOf(network.servicesOf, validator)) load += weights[service]!;
    return load;
  });
  const total = stakes.reduce((sum, stake) => sum + stake, 0n);
  const budget = (total * psi.num) / psi.den;
  const byLoad = [...stakes.keys()].sort((a, b) => loads[b]! - loads[a]! || a - b);
  const bySize = [...byLoad].sort((a, b) => compareStakes(stakes[b]!, stakes[a]!));
  const aimed = [...weights.keys()]
    .sort((a, b) => weights[b]! - weights[a]! || a - b)
    .slice(0, AIMED_SERVICES);
  const orders = [byLoad, bySize.filter((validator) => loads[validator]! > 0)];
  for (const service of aimed) {
    const members = new Set(rowOf(network.validatorsOf, service));
    const inside = bySize.filter((validator) => members.has(validator));
    orders.push([...inside, ...byLoad], [...inside.toReversed(), ...byLoad]);
  }
  const shocks = orders.map((order) => takeWithin(order, stakes, budget));
  const distinct = new Map(shocks.map((shock) => [[...shock].sort((a, b) => a - b).join(), shock]));
  distinct.set('', []);
  return [...distinct.values()];
}

function toWeight(network: IndexedNetwork, service: number): number {
  const weight = weighService(network, service);
  return weight === 'infinite' ? Number.MAX_VALUE : toNumber(weight);
}

function compareStakes(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Goes through the order and takes what still fits. */
function takeWithin(order: readonly number[], stakes: readonly bigint[], budget: bigint): number[] {
  const taken = new Set<number>();
  let left = budget;
  for (const validator of order) {
    if (taken.has(validator) || stakes[validator]! > left) continue;
    taken.add(validator);
    left -= stakes[validator]!;
  }
  return [...taken];
}

/** Many searches, so each is a short one. */
const SEARCH = { maxSteps: 400_000, patience: 100 };

/** Attacks on what is left, one after the other, each wasting what it gains, until none is found. */
function followShock(network: SecurityNetwork, hooks: RunHooks): Attack[] {
  const attacks: Attack[] = [];
  for (let left = network; ;) {
    const attack = findWastefulAttack(left, hooks);
    if (attack === null) return attacks;
    attacks.push(attack);
    left = withoutParts(left, new Set(attack.validatorIds), new Set(attack.serviceIds));
  }
}

function findWastefulAttack(network: SecurityNetwork, hooks: RunHooks): Attack | null {
  const indexed = indexNetwork(network);
  const { problem, services, validators } = buildSharedCover(indexed);
  if (problem.gains.length === 0) return null;
  const found = searchAttack(problem, SEARCH, hooks);
  if (found === null || found.value <= 0n) return null;
  const state = new AttackState(problem);
  for (const item of found.items) state.toggle(item);
  reachMore(state);
  const solution = evaluateCover(problem, state.isTaken)!;
  const attackers = new Set(solution.items.map((item) => validators[item]!));
  let surplus = solution.value;
  const bySize = [...indexed.stakes.keys()].sort((a, b) =>
    compareStakes(indexed.stakes[b]!, indexed.stakes[a]!),
  );
  for (const validator of bySize) {
    // The attack still has to gain.
    if (attackers.has(validator) || indexed.stakes[validator]! >= surplus) continue;
    attackers.add(validator);
    surplus -= indexed.stakes[validator]!;
  }
  return requireAttack(
    network,
    solution.targets.map((target) => indexed.serviceIds[services[target]!]!),
    [...attackers].map((validator) => indexed.validatorIds[validator]!),
  );
}

/** Takes in further services for as long as the attack as a whole still gains: more stake is lost. */
function reachMore(state: AttackState): void {
  const { gains } = state.problem;
  const open = [...gains.keys()].filter((target) => !state.isReached(target));
  open.sort((a, b) => compareStakes(gains[b]! - state.missing(b), gains[a]! - state.missing(a)));
  for (const target of open) {
    if (state.isReached(target)) continue;
    const mark = state.mark();
    if (!state.reach(target, 'dense') || state.value <= 0n) state.undoTo(mark);
  }
}
