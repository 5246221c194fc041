/**
 * EigenLayer: deposits, delegation and queued withdrawals of the watched accounts, and of the operators behind them
 * what a service can take. Three rounds: the lists of each account; what stands behind their entries; conversions
 * and memberships. Written for the contracts named in eigenlayer-views.ts.
 */
import type { EvmAddress } from '../../../shared/domain/address.ts';
import type {
  AccountObservation,
  Operator,
  Reading,
  Service,
  StrategyObservation,
} from '../../../shared/domain/observation.ts';
import { askNamed, targetOf, type ReadContext } from './context.ts';
import { readOperator } from './eigenlayer-operators.ts';
import { readHoldings, readStaker, type Staker } from './eigenlayer-stakers.ts';
import { readStrategy } from './eigenlayer-strategies.ts';
import { slashResolutionDelayBlocks } from './eigenlayer-views.ts';
import { forEach, together, type Reader } from './rounds.ts';
import { mapOutcome } from './view.ts';

export interface EigenlayerObservation {
  /** In the order of the addresses; null where the network file has no EigenLayer. */
  readonly accounts: AccountObservation['eigenlayer'][];
  readonly strategies: StrategyObservation[];
  readonly operators: Operator[];
  readonly services: Service[];
  /** Null before EigenLayer v1.13.0. */
  readonly slashResolutionDelay: Reading | null;
}

export function* readEigenlayer(
  context: ReadContext,
  addresses: readonly EvmAddress[],
): Reader<EigenlayerObservation> {
  if (targetOf(context.network, 'DelegationManager') === null) {
    context.notices.addMissing('DelegationManager');
    return {
      accounts: addresses.map(() => null),
      strategies: [],
      operators: [],
      services: [],
      slashResolutionDelay: null,
    };
  }
  const [stakers, slashResolutionDelay] = yield* together([
    forEach(addresses, (address) => readStaker(context, address)),
    readSlashResolutionDelay(context),
  ]);
  const [accounts, strategies, operators] = yield* together([
    forEach(stakers, (staker) => readHoldings(context, staker)),
    forEach(listStrategies(stakers), (strategy) => readStrategy(context, strategy)),
    forEach(listOperators(stakers), ([operator, theirs]) => readOperator(context, operator, [...theirs])),
  ]);
  const services = new Map(
    operators.flatMap((read) => read.services).map((service) => [service.id, service]),
  );
  return {
    accounts,
    strategies,
    operators: operators.map((read) => read.operator),
    services: [...services.values()],
    slashResolutionDelay,
  };
}

/** A release without the delay reverts, which is no sign of a change. */
function* readSlashResolutionDelay(context: ReadContext): Reader<Reading | null> {
  const delay = yield* askNamed(context, 'StrategyManager', (target) => ({
    ...slashResolutionDelayBlocks(target),
    isOptional: true,
  }));
  return delay.ok ? mapOutcome(delay, BigInt) : null;
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
