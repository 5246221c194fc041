/**
 * R_psi exactly, for small networks: every validator is left alone, lost in the shock, or part of the attack. The
 * attack may hold validators that it does not need: a loss is largest where the attackers waste what they gain.
 */
import type { RunHooks } from '../work.ts';
import { checkCancelled } from './check-cancelled.ts';
import { countEntries, rowOf, type IndexedNetwork } from './indexed-network.ts';
import type { Rational } from './rational.ts';

/** 3^12 cases take about a second. */
export const MAX_CASCADE_VALIDATORS = 12;

export interface WorstLoss {
  /** As indexes into the network: the shock, and the attack after it (cascade.ts: one is enough). */
  readonly shock: readonly number[];
  readonly attackers: readonly number[];
  readonly services: readonly number[];
}

const LEFT = 0;
const SHOCKED = 1;
const ATTACKING = 2;

/** The shock and the attack that lose the most stake. @throws AppError cancelled */
export function findWorstLoss(network: IndexedNetwork, psi: Rational, hooks: RunHooks = {}): WorstLoss {
  return new WorstLossSearch(network, psi, hooks).run();
}

class WorstLossSearch {
  readonly #network: IndexedNetwork;
  readonly #hooks: RunHooks;
  /** Large stakes first, so that branches close early. */
  readonly #order: readonly number[];
  /** Stake of the validators from each place of the order on. */
  readonly #rest: readonly bigint[];
  readonly #budget: bigint;
  readonly #allProfit: bigint;
  readonly #roles: Uint8Array;
  /** Per service: stake and validators that the shock left, and stake attacking. */
  readonly #stakeLeft: bigint[];
  readonly #membersLeft: number[];
  readonly #attacking: bigint[];
  #best: { lost: bigint; roles: Uint8Array } | null = null;
  #cases = 0;

  constructor(network: IndexedNetwork, psi: Rational, hooks: RunHooks) {
    this.#network = network;
    this.#hooks = hooks;
    const { stakes } = network;
    this.#order = [...stakes.keys()].sort((a, b) =>
      stakes[a]! > stakes[b]! ? -1 : stakes[a]! < stakes[b]! ? 1 : a - b,
    );
    const rest = [0n];
    for (const validator of this.#order.toReversed()) rest.push(rest.at(-1)! + stakes[validator]!);
    this.#rest = rest.reverse();
    // The most whole units within psi of all stake.
    this.#budget = (this.#rest[0]! * psi.num) / psi.den;
    this.#allProfit = network.profits.reduce((sum, profit) => sum + profit, 0n);
    this.#roles = new Uint8Array(stakes.length);
    this.#stakeLeft = [...network.serviceStakes];
    this.#membersLeft = network.serviceIds.map((_, service) => countEntries(network.validatorsOf, service));
    this.#attacking = network.serviceIds.map(() => 0n);
  }

  run(): WorstLoss {
    this.#descend(0, 0n, 0n);
    if (this.#best === null) return { shock: [], attackers: [], services: [] };
    const { roles } = this.#best;
    for (const [validator, role] of roles.entries()) this.#setRole(validator, role);
    const pick = (role: number): number[] =>
      [...roles.keys()].filter((validator) => roles[validator] === role);
    return { shock: pick(SHOCKED), attackers: pick(ATTACKING), services: this.#listCorrupted() };
  }

  #descend(place: number, shocked: bigint, lost: bigint): void {
    this.#cases += 1;
    if (this.#cases % 1024 === 0) checkCancelled(this.#hooks);
    if (this.#best !== null && lost + this.#rest[place]! <= this.#best.lost) return;
    if (lost >= this.#allProfit) return;
    if (place === this.#order.length) {
      if (this.#sumCorrupted() > lost) this.#best = { lost, roles: this.#roles.slice() };
      return;
    }
    const validator = this.#order[place]!;
    const stake = this.#network.stakes[validator]!;
    this.#setRole(validator, ATTACKING);
    this.#descend(place + 1, shocked, lost + stake);
    this.#setRole(validator, LEFT);
    this.#descend(place + 1, shocked, lost);
    if (shocked + stake > this.#budget) return;
    this.#setRole(validator, SHOCKED);
    this.#descend(place + 1, shocked + stake, lost);
    this.#setRole(validator, LEFT);
  }

  #setRole(validator: number, role: number): void {
    const stake = this.#network.stakes[validator]!;
    const before = this.#roles[validator]!;
    this.#roles[validator] = role;
    for (const service of rowOf(this.#network.servicesOf, validator)) {
      if (before === ATTACKING) this.#attacking[service]! -= stake;
      if (role === ATTACKING) this.#attacking[service]! += stake;
      if (before === SHOCKED) this.#change(service, stake, 1);
      if (role === SHOCKED) this.#change(service, -stake, -1);
    }
  }

  #change(service: number, stake: bigint, members: number): void {
    this.#stakeLeft[service]! += stake;
    this.#membersLeft[service]! += members;
  }

  #isCorrupted(service: number): boolean {
    const { num, den } = this.#network.thresholds[service]!;
    return (
      this.#membersLeft[service]! > 0 && this.#attacking[service]! * den >= num * this.#stakeLeft[service]!
    );
  }

  #sumCorrupted(): bigint {
    let sum = 0n;
    for (const [service, profit] of this.#network.profits.entries()) {
      if (profit > 0n && this.#isCorrupted(service)) sum += profit;
    }
    return sum;
  }

  #listCorrupted(): number[] {
    return [...this.#network.serviceIds.keys()].filter(
      (service) => this.#network.profits[service]! > 0n && this.#isCorrupted(service),
    );
  }
}
