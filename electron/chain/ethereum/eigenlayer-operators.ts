/** Operators: how much of each strategy's stake is left, and which services can slash how much of it. */
import { toEvmAddress, type EvmAddress } from '../../../shared/domain/address.ts';
import type { Allocation, Operator, OperatorStrategy, Service } from '../../../shared/domain/observation.ts';
import { WAD } from '../../../shared/domain/units.ts';
import { askNamed, type ReadContext } from './context.ts';
import {
  checkFraction,
  getEncumberedMagnitude,
  getMaxMagnitude,
  getOperatorShares,
  getStrategyAllocations,
  isOperatorSlashable,
  isRedistributingOperatorSet,
} from './eigenlayer-views.ts';
import { forEach, together, type Reader } from './rounds.ts';
import { mapOutcome, withCheck } from './view.ts';

export interface OperatorWithServices {
  readonly operator: Operator;
  /** The services it has allocations with; one may occur several times. */
  readonly services: readonly Service[];
}

interface OperatorSet {
  readonly avs: EvmAddress;
  readonly id: number;
}

type AllocationsAnswer = readonly [
  readonly { readonly avs: string; readonly id: number }[],
  readonly {
    readonly currentMagnitude: bigint;
    readonly pendingDiff: bigint;
    readonly effectBlock: number;
  }[],
];

export function* readOperator(
  context: ReadContext,
  address: EvmAddress,
  strategies: readonly EvmAddress[],
): Reader<OperatorWithServices> {
  const read = yield* forEach(strategies, (strategy) => readOperatorStrategy(context, address, strategy));
  return {
    // Names stand in metadata outside the chain, which nobody has allowed Ballast to fetch.
    operator: { address, name: null, strategies: read.map(({ operatorStrategy }) => operatorStrategy) },
    services: read.flatMap(({ services }) => services),
  };
}

function* readOperatorStrategy(context: ReadContext, operator: EvmAddress, strategy: EvmAddress) {
  const [maxMagnitude, encumberedMagnitude, shares, answer] = yield* together([
    askNamed(context, 'AllocationManager', (target) =>
      withCheck(getMaxMagnitude(target, operator, strategy), checkFraction),
    ),
    askNamed(context, 'AllocationManager', (target) =>
      withCheck(getEncumberedMagnitude(target, operator, strategy), checkFraction),
    ),
    askNamed(context, 'DelegationManager', (target) =>
      withCheck(getOperatorShares(target, operator, [strategy]), ({ length }) =>
        length === 1 ? null : `${length} amounts for one strategy`,
      ),
    ),
    askNamed(context, 'AllocationManager', (target) =>
      withCheck(getStrategyAllocations(target, operator, strategy), checkAllocations),
    ),
  ]);
  const listed = answer.ok ? listAllocations(answer.value) : [];
  const read = yield* forEach(listed, ({ set, allocation }) =>
    readAllocation(context, operator, set, allocation),
  );
  const operatorStrategy: OperatorStrategy = {
    strategy,
    maxMagnitude,
    encumberedMagnitude,
    operatorShares: mapOutcome(shares, ([only]) => only ?? 0n),
    allocationsRead: mapOutcome(answer, () => BigInt(listed.length)),
    allocations: read.map(({ allocation }) => allocation),
  };
  return { operatorStrategy, services: read.map(({ service }) => service) };
}

type Magnitudes = Pick<Allocation, 'currentMagnitude' | 'pendingDiff' | 'effectBlock'>;

function* readAllocation(
  context: ReadContext,
  operator: EvmAddress,
  set: OperatorSet,
  magnitudes: Magnitudes,
) {
  const [slashable, redistributing] = yield* together([
    askNamed(context, 'AllocationManager', (target) => isOperatorSlashable(target, operator, set)),
    askNamed(context, 'AllocationManager', (target) => isRedistributingOperatorSet(target, set)),
  ]);
  const serviceId = `${set.avs}:${set.id}`;
  const allocation: Allocation = {
    serviceId,
    ...magnitudes,
    isSlashable: slashable.ok ? slashable.value : null,
  };
  const service: Service = {
    id: serviceId,
    avs: set.avs,
    operatorSet: set.id,
    name: null,
    isRedistributing: redistributing.ok ? redistributing.value : null,
  };
  return { allocation, service };
}

/** The view lists every set the operator has allocations in, for any strategy: those without one here are dropped. */
function listAllocations([sets, allocations]: AllocationsAnswer): {
  readonly set: OperatorSet;
  readonly allocation: Magnitudes;
}[] {
  return sets.flatMap(({ avs, id }, index) => {
    const found = allocations[index];
    if (found === undefined || (found.currentMagnitude === 0n && found.pendingDiff === 0n)) return [];
    const { currentMagnitude, pendingDiff, effectBlock } = found;
    const allocation = { currentMagnitude, pendingDiff, effectBlock: BigInt(effectBlock) };
    return [{ set: { avs: toEvmAddress(avs), id }, allocation }];
  });
}

function checkAllocations([sets, allocations]: AllocationsAnswer): string | null {
  if (sets.length !== allocations.length)
    return `${sets.length} operator sets with ${allocations.length} allocations`;
  const strange = allocations.find(
    ({ currentMagnitude, pendingDiff }) =>
      currentMagnitude > WAD || pendingDiff > WAD || pendingDiff + WAD < 0n,
  );
  return strange === undefined ? null : `an allocation above one: ${strange.currentMagnitude}`;
}
