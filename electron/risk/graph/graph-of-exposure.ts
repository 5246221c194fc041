/** The exposure of watched accounts as a restaking graph, in wei. */
import { BEACON_CHAIN_STRATEGY, type EvmAddress } from '../../../shared/domain/address.ts';
import { slashableMagnitude } from '../../../shared/domain/allocation.ts';
import {
  nameProvider,
  type Exposure,
  type ExposureOperator,
  type ExposurePosition,
  type Leg,
  type OperatorStrategyState,
} from '../../../shared/domain/exposure.ts';
import { DEPENDENCIES, findInstrument, type Instrument } from '../../../shared/domain/instrument.ts';
import { parseRequestInstrument } from '../../../shared/domain/request-instrument.ts';
import { nameUnderlying } from '../../../shared/domain/valuation.ts';
import { nameService } from '../../../shared/domain/names.ts';
import type {
  GraphDependency,
  GraphEdge,
  GraphOperator,
  GraphPart,
  GraphPosition,
  RestakingGraph,
} from '../../../shared/domain/restaking-graph.ts';
import { maxOf, minOf, mulDivFloor } from '../../../shared/domain/units.ts';
import { sortOutContradictions } from '../scenario/sort-out-contradictions.ts';
import { keyOfStake } from './stake-key.ts';

/** The validators behind liquid staking tokens, and behind whatever is restaked with nobody that can be named. */
const MIXED_VALIDATORS = 'validators:mixed';

/** The one place of a finality provider's stakes. */
const BABYLON_OUTPUTS = 'babylon';
/** A thousandth: the hazard file's severity is of the share alone. */
const SLASHED_PART = 1000n;

type StakedLeg = Extract<Leg, { kind: 'shares' | 'pooled' }>;

/**
 * Positions stand with operators by strategy; a stake is what the exposure's positions have there, and an allocation the
 * part of it that the service can slash at the exposure's block: floor(stake x magnitude / max magnitude).
 *
 * What is added to the exposure: a strategy that holds a token rests on what the token rests on; and staked ETH rests on
 * its validators, those of the operator for native ETH (who delegates a pod to an operator is taken to have it run the
 * validators), a mixed set for everything else that is staked ETH. Plain ETH, bitcoin and other tokens rest on none.
 *
 * A finality provider of Babylon is an operator of its own kind: what it stands with are outputs on Bitcoin, and their
 * slashing costs a fee on top of the share.
 *
 * A leg in a strategy whose magnitudes could not be read, or contradict themselves, is hidden behind its operator.
 *
 * @throws AppError scenario-invalid where the exposure's references lead nowhere
 */
export function graphOfExposure(exposure: Exposure): RestakingGraph {
  const leftOut = sortOutContradictions(exposure);
  const refused = new Set(leftOut.filter(({ kind }) => kind === 'position').map(({ id }) => id));
  const broken = new Set(
    leftOut.filter(({ kind }) => kind === 'operator').map(({ id, strategy }) => keyOfStake(id, strategy)),
  );
  const places = listPlaces(exposure, broken);
  const tokens = new Map(exposure.strategies.map(({ address, name }) => [address, name]));
  const positions = exposure.positions.map((position) =>
    refused.has(position.id) ? describeUnvalued(position) : describePosition(position, places, tokens),
  );
  const stakes = sumStakes(positions);
  return {
    schema: 'ballast-graph/1',
    unit: 'ETH',
    decimals: 18,
    positions,
    pools: [],
    operators: [
      ...exposure.operators.map((operator) => describeOperator(operator, places, stakes)),
      ...describeProviders(exposure, positions),
    ],
    services: exposure.services.map((service) => ({
      id: service.id,
      name: nameService(service),
      threshold: null,
      profit: null,
    })),
    edges: exposure.operators.flatMap((operator) => listEdges(operator, places, stakes, exposure)),
    dependencies: listDependencies(exposure, positions),
    covers: [],
  };
}

/** Operators by stake whose magnitudes are known; names of the operators for the others. */
interface Places {
  readonly states: ReadonlyMap<string, OperatorStrategyState>;
  readonly names: ReadonlyMap<EvmAddress, string>;
}

function listPlaces({ operators }: Exposure, broken: ReadonlySet<string>): Places {
  const states = new Map<string, OperatorStrategyState>();
  for (const { address, strategies } of operators) {
    for (const state of strategies) {
      const key = keyOfStake(address, state.strategy);
      if (!broken.has(key)) states.set(key, state);
    }
  }
  return { states, names: new Map(operators.map(({ address, name }) => [address, name])) };
}

function describeUnvalued({ id, label, symbol, dependsOn }: ExposurePosition): GraphPosition {
  return { id, name: label, token: symbol, value: null, parts: [], dependsOn };
}

function describePosition(
  position: ExposurePosition,
  places: Places,
  tokens: ReadonlyMap<EvmAddress, string>,
): GraphPosition {
  if (position.bookWei === null) return describeUnvalued(position);
  const validators = restsOnValidators(position) ? [MIXED_VALIDATORS] : [];
  const parts = position.legs.map((leg): GraphPart => {
    switch (leg.kind) {
      case 'shares':
      case 'pooled':
        return describeStaked(leg, places, tokens);
      case 'provider':
        return {
          to: 'operator',
          operator: leg.provider,
          vault: BABYLON_OUTPUTS,
          amount: leg.bookWei,
          dependsOn: validators,
        };
      case 'free':
        return { to: 'free', amount: leg.bookWei, dependsOn: validators };
      case 'hidden':
        return {
          to: 'hidden',
          ...describeHidden(position),
          amount: leg.bookWei,
          dependsOn: validators,
        };
    }
  });
  return { ...describeUnvalued(position), value: position.bookWei, parts };
}

/** Ether in EigenLayer is staked; held, it is not. */
function restsOnValidators({ instrumentId, symbol }: ExposurePosition): boolean {
  const held = findInstrument(parseRequestInstrument(instrumentId)?.given ?? instrumentId);
  if (held) return isStakedEth(held);
  const restaked = findInstrument(nameUnderlying({ symbol }));
  return restaked?.family === 'native' || isStakedEth(restaked);
}

/** Of a token nobody knows it is assumed: it is held for what is restaked behind it. */
function isStakedEth(token: Instrument | undefined): boolean {
  return token === undefined || token.family === 'lst' || token.family === 'lrt';
}

/** All tokens of an issuer are hidden behind it together; its claims on bitcoin apart, which stand with others. */
function describeHidden({
  instrumentId,
  symbol,
}: ExposurePosition): Pick<Extract<GraphPart, { to: 'hidden' }>, 'behind' | 'standsWith'> {
  const given = parseRequestInstrument(instrumentId)?.given ?? instrumentId;
  const token = findInstrument(given);
  const behind = token?.issuer ?? symbol;
  return token?.family === 'btc'
    ? { behind: `${behind} (bitcoin)`, standsWith: 'finality-provider' }
    : { behind };
}

function describeStaked(leg: StakedLeg, places: Places, tokens: ReadonlyMap<EvmAddress, string>): GraphPart {
  const { operator, strategy, bookWei } = leg;
  const token = findInstrument(tokens.get(strategy) ?? '');
  const isNative = strategy === BEACON_CHAIN_STRATEGY;
  const validators = isNative ? nameValidators(operator) : MIXED_VALIDATORS;
  const dependsOn = [...(token?.dependsOn ?? []), ...(isNative || isStakedEth(token) ? [validators] : [])];
  if (places.states.has(keyOfStake(operator, strategy))) {
    return { to: 'operator', operator, vault: strategy, amount: bookWei, dependsOn };
  }
  // With the address, because two operators may give themselves one name.
  const behind = `${places.names.get(operator) ?? ''} (${operator})`;
  return { to: 'hidden', behind, amount: bookWei, dependsOn };
}

function nameValidators(operator: EvmAddress): string {
  return `validators:${operator}`;
}

function sumStakes(positions: readonly GraphPosition[]): ReadonlyMap<string, bigint> {
  const stakes = new Map<string, bigint>();
  for (const part of positions.flatMap(({ parts }) => parts)) {
    if (part.to !== 'operator') continue;
    const key = keyOfStake(part.operator, part.vault);
    stakes.set(key, (stakes.get(key) ?? 0n) + part.amount);
  }
  return stakes;
}

function describeOperator(
  { address, name, earmarksAtRequest, strategies }: ExposureOperator,
  { states }: Places,
  stakes: ReadonlyMap<string, bigint>,
): GraphOperator {
  const read = strategies.filter(({ strategy }) => states.has(keyOfStake(address, strategy)));
  return {
    id: address,
    name,
    kind: 'operator',
    stakes: read.map(({ strategy }) => ({
      vault: strategy,
      amount: stakes.get(keyOfStake(address, strategy)) ?? 0n,
      earmarks: earmarksAtRequest ?? false,
    })),
    slashFee: 0n,
    dependsOn: [],
  };
}

/**
 * Of each provider's outputs the fee that costs most, in wei: what a slashing takes of an output, less the share that
 * every version of Babylon's parameters so far takes.
 */
function describeProviders(
  { positions }: Exposure,
  described: readonly GraphPosition[],
): readonly GraphOperator[] {
  const legs = positions.flatMap((position) => position.legs).filter((leg) => leg.kind === 'provider');
  const parts = described.flatMap((position) => position.parts).filter((part) => part.to === 'operator');
  return [...Map.groupBy(legs, ({ provider }) => provider)].map(([provider, own]) => ({
    id: provider,
    name: nameProvider({ provider, name: own[0]?.name ?? null }),
    kind: 'finality-provider',
    stakes: [
      {
        vault: BABYLON_OUTPUTS,
        amount: parts.reduce((sum, { operator, amount }) => (operator === provider ? sum + amount : sum), 0n),
        earmarks: false,
      },
    ],
    slashFee: own.reduce((most, leg) => maxOf(most, feeOfSlashing(leg)), 0n),
    dependsOn: [],
  }));
}

/** Zero where no known parameters fit the output: then only the share is counted. */
function feeOfSlashing({ slash, bookWei }: Extract<Leg, { kind: 'provider' }>): bigint {
  if (slash === null) return 0n;
  const { lossSat, ofSat } = slash;
  const fee = lossSat - ofSat / SLASHED_PART;
  return fee > 0n ? mulDivFloor(bookWei, fee, ofSat) : 0n;
}

/** Edges that take something: those of stakes the positions have, as far as the service can slash now. */
function listEdges(
  { address, mode, strategies }: ExposureOperator,
  { states }: Places,
  stakes: ReadonlyMap<string, bigint>,
  { origin }: Exposure,
): GraphEdge[] {
  return strategies.flatMap(({ strategy, maxMagnitude, allocations }) => {
    const key = keyOfStake(address, strategy);
    const stake = stakes.get(key) ?? 0n;
    if (!states.has(key) || stake === 0n || maxMagnitude === 0n) return [];
    return allocations.flatMap((allocation): GraphEdge[] => {
      const magnitude = slashableMagnitude(allocation, origin.block.number);
      if (magnitude === 0n) return [];
      return [
        {
          operator: address,
          vault: strategy,
          service: allocation.serviceId,
          mode,
          // No service takes more than there is, whatever a shared magnitude says.
          allocation: minOf(stake, mulDivFloor(stake, magnitude, maxMagnitude)),
        },
      ];
    });
  });
}

/** Those of the exposure, and those that were added to its positions. */
function listDependencies(exposure: Exposure, positions: readonly GraphPosition[]): GraphDependency[] {
  const names = new Map<string, string>(exposure.operators.map(({ address, name }) => [address, name]));
  const found = new Map<string, GraphDependency>();
  for (const dependency of exposure.dependencies) {
    found.set(dependency.id, { ...dependency, hazard: null, operator: null });
  }
  for (const id of positions.flatMap(({ parts }) => parts).flatMap(({ dependsOn }) => dependsOn)) {
    if (found.has(id)) continue;
    const operator =
      id.startsWith('validators:') && id !== MIXED_VALIDATORS ? id.slice('validators:'.length) : null;
    const catalogued = DEPENDENCIES.find((dependency) => dependency.id === id);
    found.set(id, {
      id,
      kind: catalogued?.kind ?? 'validators',
      name: catalogued?.name ?? nameOfValidators(operator, names),
      hazard: null,
      operator,
    });
  }
  return [...found.values()];
}

function nameOfValidators(operator: string | null, names: ReadonlyMap<string, string>): string {
  return operator === null ? 'Mixed validators' : `Validators of ${names.get(operator) ?? operator}`;
}
