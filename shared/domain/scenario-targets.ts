/** What a scenario can strike in a portfolio: the choices of the screen, of the command line and of the suggestions. */
import { slashableMagnitude } from './allocation.ts';
import type { EvmAddress } from './address.ts';
import type { Exposure, ExposureOperator, OperatorStrategyState } from './exposure.ts';
import type { Dependency } from './instrument.ts';
import { fractionOf, mulDivFloor, sumOf, type Wad, type Wei } from './units.ts';

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
  /** Those that the operator has an allocation for, largest value first. */
  readonly services: readonly ServiceTarget[];
}

export interface DependencyTarget extends Dependency {
  /** Book value of the positions that rest on it. */
  readonly valueWei: Wei;
  readonly positionCount: number;
}

export interface ScenarioTargets {
  /** Largest value first. */
  readonly operators: readonly OperatorTarget[];
  /** Those that a position rests on, largest value first. */
  readonly dependencies: readonly DependencyTarget[];
}

/** Everything in the exposure that an event can name. Positions without a value count as nothing here. */
export function listScenarioTargets(exposure: Exposure): ScenarioTargets {
  const legs = groupLegs(exposure);
  return {
    operators: sortByValue(
      exposure.operators.map((operator) => describeOperator(exposure, operator, legs)),
      ({ valueWei }) => valueWei,
    ),
    dependencies: sortByValue(
      exposure.dependencies.map((dependency) => describeDependency(exposure, dependency)),
      ({ valueWei }) => valueWei,
    ).filter(({ positionCount }) => positionCount > 0),
  };
}

/** Book values of the legs by operator and strategy. */
type LegValues = ReadonlyMap<string, readonly bigint[]>;

function keyOf(operator: EvmAddress, strategy: EvmAddress): string {
  return `${operator} ${strategy}`;
}

function groupLegs(exposure: Exposure): LegValues {
  const groups = new Map<string, bigint[]>();
  for (const leg of exposure.positions.flatMap(({ legs }) => legs)) {
    if (leg.kind !== 'shares' && leg.kind !== 'pooled') continue;
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
          slashableMagnitude(allocation, exposure.origin.block.number),
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
