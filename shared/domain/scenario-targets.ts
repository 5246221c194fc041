/** What a scenario can strike in a portfolio: the choices of the screen, of the command line and of the suggestions. */
import { slashableMagnitude } from './allocation.ts';
import { BEACON_CHAIN_STRATEGY, type EvmAddress } from './address.ts';
import {
  isOperatorLeg,
  nameProvider,
  type Exposure,
  type ExposureOperator,
  type OperatorStrategyState,
} from './exposure.ts';
import { BABYLON_STAKE, findInstrument, type Dependency } from './instrument.ts';
import { VAULT_PROTOCOLS } from './observation.ts';
import { fractionOf, minOf, mulDivFloor, sumOf, type Wad, type Wei } from './units.ts';

export interface ServiceTarget {
  readonly id: string;
  /** Null where the service published none. */
  readonly name: string | null;
  /** Book value that the service could slash away, floor(leg x allocated / max magnitude) over all legs. */
  readonly allocatedWei: Wei;
  /** The same as a share of what stands with the operator where its magnitudes are known; null where nothing does. */
  readonly allocatedShare: Wad | null;
  /** False: the chain says that this service cannot slash the operator now. Null: not known for some allocation. */
  readonly isSlashable: boolean | null;
}

export interface OperatorTarget {
  readonly address: EvmAddress;
  readonly name: string;
  /** Book value of the portfolio's legs with this operator. */
  readonly valueWei: Wei;
  /** The part of it in strategies whose magnitudes could not be read: no scenario can be computed for it. */
  readonly unreadWei: Wei;
  /** The part of it that is native ETH, staked with validators. */
  readonly consensusWei: Wei;
  /** Those that the operator has an allocation for, largest value first. */
  readonly services: readonly ServiceTarget[];
}

export interface DependencyTarget extends Dependency {
  /** Book value of the positions that rest on it. */
  readonly valueWei: Wei;
  readonly positionCount: number;
}

/** A service with all the operators that allocated to it. */
export interface ServiceStrikeTarget {
  readonly id: string;
  readonly name: string | null;
  /** Book value it could slash away, over all operators. */
  readonly allocatedWei: Wei;
  readonly operatorCount: number;
}

/** A finality provider of Babylon that some stake is with. */
export interface ProviderTarget {
  /** Its x-only key in hex. */
  readonly id: string;
  readonly name: string;
  readonly valueWei: Wei;
  /** What a slashing would take of it, by the parameters of each stake. */
  readonly lossWei: Wei;
  readonly positionCount: number;
}

/** Something held that is not plain ETH: it has an issuer, a market or a queue of its own. */
export interface TokenTarget {
  /** Id of the instrument. */
  readonly id: string;
  readonly symbol: string;
  /**
   * The token it is a claim on: `stETH` for wstETH and for stETH in EigenLayer. Prices and backing of one token are
   * those of its wrapped forms, which change into it at any time. `ETH` for native ETH in EigenLayer.
   */
  readonly token: string;
  readonly valueWei: Wei;
  readonly positionCount: number;
}

export interface ScenarioTargets {
  /** Largest value first. */
  readonly operators: readonly OperatorTarget[];
  /** Those that an operator allocated to, largest value first. */
  readonly services: readonly ServiceStrikeTarget[];
  /** Of Babylon: those that a stake is with, largest loss first. */
  readonly providers: readonly ProviderTarget[];
  /** Those that a position rests on, largest value first. */
  readonly dependencies: readonly DependencyTarget[];
  /** Those that are held, largest value first. */
  readonly tokens: readonly TokenTarget[];
}

/** Everything in the exposure that an event can name. Positions without a value count as nothing here. */
export function listScenarioTargets(exposure: Exposure): ScenarioTargets {
  const legs = groupLegs(exposure);
  const operators = sortByValue(
    exposure.operators.map((operator) => describeOperator(exposure, operator, legs)),
    ({ valueWei }) => valueWei,
  );
  return {
    operators,
    services: listServices(exposure, operators),
    providers: listProviders(exposure),
    dependencies: sortByValue(
      exposure.dependencies.map((dependency) => describeDependency(exposure, dependency)),
      ({ valueWei }) => valueWei,
    ).filter(({ positionCount }) => positionCount > 0),
    tokens: listTokens(exposure),
  };
}

/** The token of every instrument id held: what an event names to strike a token with all its forms. */
export function findInstrumentsOf(token: string, targets: ScenarioTargets): readonly string[] {
  return targets.tokens.filter((target) => target.token === token).map(({ id }) => id);
}

/** The token that carries the most of the portfolio, over all its forms; native ETH is none. */
export function findLargestToken({ tokens }: ScenarioTargets): string | null {
  const values = new Map<string, bigint>();
  for (const { token, valueWei } of tokens) {
    if (!UNISSUED.has(token)) values.set(token, (values.get(token) ?? 0n) + valueWei);
  }
  const [largest] = sortByValue([...values], ([, valueWei]) => valueWei);
  return largest === undefined || largest[1] === 0n ? null : largest[0];
}

function listProviders({ positions }: Exposure): readonly ProviderTarget[] {
  const legs = positions.flatMap((position) => position.legs).filter((leg) => leg.kind === 'provider');
  const targets = [...Map.groupBy(legs, ({ provider }) => provider)].map(([id, group]): ProviderTarget => ({
    id,
    name: group[0] ? nameProvider(group[0]) : id,
    // `as`: a sum of wei is wei; sumOf drops the brand.
    valueWei: sumOf(group.map(({ bookWei }) => bookWei)) as Wei,
    lossWei: sumOf(
      group.map(({ bookWei, slash }) =>
        slash === null ? 0n : mulDivFloor(bookWei, slash.lossSat, slash.ofSat),
      ),
    ) as Wei,
    positionCount: group.length,
  }));
  return sortByValue(targets, ({ lossWei }) => lossWei);
}

/** Nobody issues them. */
const UNISSUED: ReadonlySet<string> = new Set(['ETH', 'BTC']);
/** Tokens that are another in a wrapper. */
const WRAPPED: ReadonlyMap<string, string> = new Map([
  ['wstETH', 'stETH'],
  ['weETH', 'eETH'],
]);
const RESTAKED_IN: readonly string[] = ['eigenlayer', ...VAULT_PROTOCOLS];

/** The token an instrument is a claim on. What a strategy holds is known by the name the exposure gives it. */
function nameToken(instrumentId: string, { strategies }: Exposure): string {
  if (instrumentId === BABYLON_STAKE.id) return 'BTC';
  const [place, address] = instrumentId.split(':');
  const held = RESTAKED_IN.includes(place ?? '')
    ? strategies.find((strategy) => strategy.address === address)?.name
    : instrumentId;
  return WRAPPED.get(held ?? '') ?? held ?? instrumentId;
}

function listTokens(exposure: Exposure): readonly TokenTarget[] {
  const groups = Map.groupBy(
    exposure.positions.filter(({ instrumentId }) => !UNISSUED.has(instrumentId)),
    ({ instrumentId }) => instrumentId,
  );
  const tokens = [...groups].map(([id, positions]): TokenTarget => ({
    id,
    symbol: positions[0]?.symbol ?? findInstrument(id)?.symbol ?? id,
    token: nameToken(id, exposure),
    valueWei: sumOf(positions.map(({ bookWei }) => bookWei ?? 0n)) as Wei, // as: a sum of wei is wei
    positionCount: positions.length,
  }));
  return sortByValue(tokens, ({ valueWei }) => valueWei);
}

function listServices(
  { services }: Exposure,
  operators: readonly OperatorTarget[],
): readonly ServiceStrikeTarget[] {
  const targets = services.map(({ id, name }): ServiceStrikeTarget => {
    const parts = operators.flatMap((operator) => operator.services.filter((service) => service.id === id));
    const allocatedWei = sumOf(parts.map((part) => part.allocatedWei)) as Wei; // as: a sum of wei is wei
    return { id, name, allocatedWei, operatorCount: parts.length };
  });
  return sortByValue(targets, ({ allocatedWei }) => allocatedWei).filter(
    ({ operatorCount }) => operatorCount > 0,
  );
}

/** Book values of the legs by operator and strategy. */
type LegValues = ReadonlyMap<string, readonly bigint[]>;

function keyOf(operator: EvmAddress, strategy: EvmAddress): string {
  return `${operator} ${strategy}`;
}

function groupLegs(exposure: Exposure): LegValues {
  const groups = new Map<string, bigint[]>();
  for (const leg of exposure.positions.flatMap(({ legs }) => legs)) {
    if (!isOperatorLeg(leg)) continue;
    const key = keyOf(leg.operator, leg.strategy);
    const group = groups.get(key);
    if (group) group.push(leg.bookWei);
    else groups.set(key, [leg.bookWei]);
  }
  return groups;
}

function describeOperator(exposure: Exposure, operator: ExposureOperator, legs: LegValues): OperatorTarget {
  const valueOf = (strategy: EvmAddress): bigint => sumOf(legs.get(keyOf(operator.address, strategy)) ?? []);
  const readWei = sumOf(operator.strategies.map(({ strategy }) => valueOf(strategy)));
  const unreadWei = sumOf(operator.unreadStrategies.map(valueOf));
  const services = exposure.services.flatMap(({ id, name }): ServiceTarget[] => {
    const allocations = operator.strategies.flatMap((strategy) =>
      strategy.allocations
        .filter(({ serviceId }) => serviceId === id)
        .map((allocation) => ({ strategy, allocation })),
    );
    if (allocations.length === 0) return [];
    const allocatedWei = sumOf(
      allocations.map(({ strategy, allocation }) =>
        valueAllocated(
          strategy,
          // Of shared collateral a service may be promised more than is left of it.
          minOf(slashableMagnitude(allocation, exposure.origin.block.number), strategy.maxMagnitude),
          legs.get(keyOf(operator.address, strategy.strategy)) ?? [],
        ),
      ),
    );
    return [
      {
        id,
        name,
        // `as`: a sum of wei is wei; sumOf drops the brand. So below.
        allocatedWei: allocatedWei as Wei,
        allocatedShare: fractionOf(allocatedWei, readWei),
        isSlashable: joinSlashable(allocations.map(({ allocation }) => allocation.isSlashable)),
      },
    ];
  });
  return {
    address: operator.address,
    name: operator.name,
    valueWei: (readWei + unreadWei) as Wei,
    unreadWei: unreadWei as Wei,
    consensusWei: valueOf(BEACON_CHAIN_STRATEGY) as Wei,
    services: sortByValue(services, ({ allocatedWei }) => allocatedWei),
  };
}

function valueAllocated(
  state: OperatorStrategyState,
  magnitude: bigint,
  bookValues: readonly bigint[],
): bigint {
  if (state.maxMagnitude === 0n) return 0n;
  return sumOf(bookValues.map((value) => mulDivFloor(value, magnitude, state.maxMagnitude)));
}

function joinSlashable(answers: readonly (boolean | null)[]): boolean | null {
  if (answers.includes(true)) return true;
  return answers.includes(null) ? null : false;
}

function describeDependency(exposure: Exposure, dependency: Dependency): DependencyTarget {
  const positions = exposure.positions.filter(({ dependsOn }) => dependsOn.includes(dependency.id));
  return {
    ...dependency,
    valueWei: sumOf(positions.map(({ bookWei }) => bookWei ?? 0n)) as Wei,
    positionCount: positions.length,
  };
}

/** Largest first; what is equal keeps its order, so that the same exposure always lists the same. */
function sortByValue<T>(items: readonly T[], valueOf: (item: T) => bigint): T[] {
  return items.toSorted((a, b) => {
    const difference = valueOf(b) - valueOf(a);
    return difference > 0n ? 1 : difference < 0n ? -1 : 0;
  });
}
