/**
 * EigenLayer: deposits, delegation and queued withdrawals of the watched accounts and of the contracts that restake
 * for the tokens they hold, and of the operators behind both what a service can take. Rounds: the lists of each
 * account; those of each token's stakers, if any; what stands behind their entries; conversions and memberships.
 * Written for the contracts named in eigenlayer-views.ts.
 */
import type { EvmAddress } from '../../../shared/domain/address.ts';
import type {
  AccountObservation,
  Observation,
  Operator,
  Reading,
  Service,
  StrategyObservation,
  TokenBacking,
} from '../../../shared/domain/observation.ts';
import type { Pool } from './backing.ts';
import { makeBackings, readPoolAmounts, readPoolStakers } from './backing-stakers.ts';
import { askNamed, targetOf, type ReadContext } from './context.ts';
import { readOperator } from './eigenlayer-operators.ts';
import { readHoldings, readStaker, type Staker } from './eigenlayer-stakers.ts';
import { readStrategy } from './eigenlayer-strategies.ts';
import { slashResolutionDelayBlocks } from './eigenlayer-views.ts';
import { forEach, together, type Reader } from './rounds.ts';
import { mapOutcome, mayLack } from './view.ts';

export interface EigenlayerObservation {
  /** In the order of the addresses; null where the network file has no EigenLayer. */
  readonly accounts: AccountObservation['eigenlayer'][];
  readonly strategies: StrategyObservation[];
  readonly operators: Operator[];
  readonly services: Service[];
  readonly backings: TokenBacking[];
}

/** The first round of each address; null where the network file has no EigenLayer. */
export function* readStakers(
  context: ReadContext,
  addresses: readonly EvmAddress[],
): Reader<(Staker | null)[]> {
  if (targetOf(context.network, 'DelegationManager') === null) {
    context.notices.addMissing('DelegationManager');
    return addresses.map(() => null);
  }
  return yield* forEach(addresses, (address) => readStaker(context, address));
}

/** The later rounds: behind the accounts, and behind the tokens they hold. */
export function* readEigenlayer(
  context: ReadContext,
  read: readonly (Staker | null)[],
  pools: readonly Pool[],
  rates: Observation['rates'],
): Reader<EigenlayerObservation> {
  const stakers = read.filter((staker) => staker !== null);
  if (stakers.length < read.length) {
    return { accounts: read.map(() => null), strategies: [], operators: [], services: [], backings: [] };
  }
  const [accounts, behind] = yield* together([
    forEach(stakers, (staker) => readHoldings(context, staker)),
    readBehind(context, stakers, pools, rates),
  ]);
  return { accounts, ...behind };
}

function* readBehind(
  context: ReadContext,
  accounts: readonly Staker[],
  pools: readonly Pool[],
  rates: Observation['rates'],
): Reader<Omit<EigenlayerObservation, 'accounts'>> {
  const pooled = yield* forEach(pools, (pool) => readPoolStakers(context, pool));
  const stakers = [...accounts, ...pooled.flatMap((pool) => pool.stakers)];
  const [strategies, operators, amounts] = yield* together([
    forEach(listStrategies(stakers), (strategy) => readStrategy(context, strategy)),
    forEach(listOperators(stakers), ([operator, theirs]) => readOperator(context, operator, [...theirs])),
    forEach(pooled, (pool) => readPoolAmounts(context, pool)),
  ]);
  const services = new Map(
    operators.flatMap((read) => read.services).map((service) => [service.id, service]),
  );
  return {
    strategies,
    operators: operators.map((read) => read.operator),
    services: [...services.values()],
    backings: amounts.flatMap((pool) => makeBackings(context, pool, rates, strategies)),
  };
}

/** Null before EigenLayer v1.13.0: a release without the delay reverts; any other failure leaves the delay unknown. */
export function* readSlashResolutionDelay(context: ReadContext): Reader<Reading | null> {
  const delay = yield* askNamed(context, 'StrategyManager', (target) =>
    mayLack(slashResolutionDelayBlocks(target)),
  );
  const hasNone = !delay.ok && (delay.code === 'reverted' || delay.code === 'not-configured');
  return hasNone ? null : mapOutcome(delay, BigInt);
}

function listStrategies(stakers: readonly Staker[]): EvmAddress[] {
  return [...new Set(stakers.flatMap((staker) => staker.holdings.map(({ strategy }) => strategy)))];
}

/** Which operators some account's shares are delegated to, and in which strategies. */
function listOperators(stakers: readonly Staker[]): Map<EvmAddress, Set<EvmAddress>> {
  const operators = new Map<EvmAddress, Set<EvmAddress>>();
  for (const { operator, strategy } of stakers.flatMap((staker) => staker.holdings)) {
    if (operator === null) continue;
    const strategies = operators.get(operator) ?? new Set();
    operators.set(operator, strategies.add(strategy));
  }
  return operators;
}
