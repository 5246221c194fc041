/** The look-through step: valued positions become the exposure graph. Pure. */
import type { EvmAddress } from './address.ts';
import { toEvmAddress } from './address.ts';
import { buildFlow } from './build-flow.ts';
import { buildLegs } from './build-legs.ts';
import {
  isOperatorLeg,
  type Exposure,
  type ExposureOperator,
  type ExposurePosition,
  type OperatorStrategyState,
} from './exposure.ts';
import { DEPENDENCIES, type Dependency } from './instrument.ts';
import { nameOperator } from './names.ts';
import type {
  Observation,
  Operator,
  OperatorStrategy,
  Service,
  StrategyObservation,
  VaultObservation,
} from './observation.ts';
import type { Position } from './position.ts';
import { rankShared } from './rank-shared.ts';
import type { Wad, Wei } from './units.ts';

/** `positions` are those valuePositions made of the same observation. */
export function buildExposure(observation: Observation, positions: readonly Position[]): Exposure {
  const exposed = positions.map((position) => exposePosition(position, observation));
  const operators = listOperators(observation, exposed);
  const services = listServices(observation, operators);
  const dependencies = listDependencies(observation, exposed);
  const block = observation.origin.block.number;
  const { nodes, links } = buildFlow({ positions: exposed, operators, services, block });
  return {
    origin: observation.origin,
    positions: exposed,
    operators,
    services,
    dependencies,
    strategies: [...observation.strategies, ...(observation.vaults ?? [])].map(nameStrategy),
    nodes,
    links,
    shared: rankShared({ positions: exposed, operators, services, dependencies, block }),
  };
}

/** The token a strategy or vault holds says more in a sentence than the strategy's own name. */
function nameStrategy({
  address,
  instrument,
  name,
}: StrategyObservation | VaultObservation): Exposure['strategies'][number] {
  return { address, name: instrument ?? name };
}

function exposePosition(position: Position, observation: Observation): ExposurePosition {
  const { id, instrument, accountLabel, state, bookEth } = position;
  return {
    id,
    label: `${instrument.symbol}, ${accountLabel}`,
    instrumentId: instrument.id,
    symbol: instrument.symbol,
    accountLabel,
    state,
    bookWei: bookEth.value as Wei | null, // as: the unit of bookEth is ETH with 18 decimals
    legs: buildLegs(position, observation),
    dependsOn: instrument.dependsOn,
  };
}

/** Every operator observed, and every one that holds a leg: the second kind with its strategies named as unread. */
function listOperators(observation: Observation, positions: readonly ExposurePosition[]): ExposureOperator[] {
  const operators = new Map<EvmAddress, ExposureOperator>();
  for (const operator of observation.operators) operators.set(operator.address, exposeOperator(operator));
  for (const { operator: address, strategy } of listStakedWith(positions)) {
    const operator = operators.get(address) ?? exposeOperator({ address, name: null, strategies: [] });
    const isRead = operator.strategies.some((state) => state.strategy === strategy);
    const isListed = isRead || operator.unreadStrategies.includes(strategy);
    const unreadStrategies = isListed ? operator.unreadStrategies : [...operator.unreadStrategies, strategy];
    operators.set(address, { ...operator, unreadStrategies });
  }
  return [...operators.values()];
}

function listStakedWith(
  positions: readonly ExposurePosition[],
): { readonly operator: EvmAddress; readonly strategy: EvmAddress }[] {
  return positions.flatMap(({ legs }) => legs).filter(isOperatorLeg);
}

function exposeOperator(operator: Operator): ExposureOperator {
  const states = operator.strategies.map(readState);
  return {
    address: operator.address,
    name: nameOperator(operator),
    isNamed: operator.name !== null,
    ...(operator.metadataUri === undefined ? {} : { metadataUri: operator.metadataUri }),
    // EigenLayer since slashing went live: a service reaches only the magnitude allocated to it.
    mode: 'unique',
    strategies: states.filter((state) => state !== null),
    unreadStrategies: operator.strategies
      .filter((_, index) => states[index] === null)
      .map(({ strategy }) => strategy),
  };
}

/** Null where any part is missing: a slash cannot be computed from the rest. */
function readState(read: OperatorStrategy): OperatorStrategyState | null {
  const { strategy, maxMagnitude, encumberedMagnitude, allocationsRead, allocations } = read;
  if (!maxMagnitude.ok || !encumberedMagnitude.ok || !allocationsRead.ok) return null;
  return {
    strategy,
    maxMagnitude: maxMagnitude.value as Wad, // as: getMaxMagnitude answers in WAD
    encumberedMagnitude: encumberedMagnitude.value as Wad, // as: getEncumberedMagnitude answers in WAD
    allocations,
  };
}

/** Services observed, and those an allocation names that were not. */
function listServices(observation: Observation, operators: readonly ExposureOperator[]): Service[] {
  const services = new Map(observation.services.map((service) => [service.id, service]));
  const allocated = operators
    .flatMap(({ strategies }) => strategies)
    .flatMap(({ allocations }) => allocations);
  for (const { serviceId } of allocated) {
    if (!services.has(serviceId)) services.set(serviceId, makeUnnamedService(serviceId));
  }
  return [...services.values()];
}

/** The id of a service is `<avs address>:<operator set>`. */
function makeUnnamedService(id: string): Service {
  const [avs = '', operatorSet = ''] = id.split(':');
  return { id, avs: toEvmAddress(avs), operatorSet: Number(operatorSet), name: null, isRedistributing: null };
}

/** Those some position depends on, in the order they are defined; an id without a definition stands for itself. */
function listDependencies(observation: Observation, positions: readonly ExposurePosition[]): Dependency[] {
  const needed = new Set(positions.flatMap(({ dependsOn }) => dependsOn));
  const defined = [...DEPENDENCIES, ...observation.extraDependencies].filter(({ id }) => needed.delete(id));
  return [...defined, ...[...needed].map((id) => ({ id, kind: 'contract' as const, name: id }))];
}
