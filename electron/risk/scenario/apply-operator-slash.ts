/** One event: an operator's fault, seen by one, several or each of its services, which slash in turn. */
import type { EventOf, EventResult } from '../../../shared/domain/scenario.ts';
import { ALL } from '../../../shared/domain/scenario-kinds.ts';
import type { Assets, Wad, Wei } from '../../../shared/domain/units.ts';
import type { Outcome } from './outcome.ts';
import { earmark, slashableOf, slashPool } from './slash-pool.ts';
import type { OperatorState, PoolState, ScenarioState } from './state.ts';
import type { Work } from '../work.ts';

type SlashEvent = EventOf<'operator-slash'>;

/** The services that slash, in the exposure's order and each once; ids it does not know come last. */
function listServices(service: SlashEvent['service'], known: readonly string[]): readonly string[] {
  if (service === ALL) return known;
  if (typeof service === 'string') return [service];
  const wanted = new Set(service);
  return [...known.filter((id) => wanted.delete(id)), ...wanted];
}

/** Steps of work in the event: one per service that slashes. */
export function countSlashSteps({ service }: SlashEvent, known: readonly string[]): number {
  return Math.max(1, listServices(service, known).length);
}

/**
 * Slashes in every strategy in which the operator allocated to the service. Of unique allocations no service takes what
 * another has; of shared collateral each takes its share of what is left, or of what it earmarked when the fault was
 * seen. A service that comes up twice slashes once.
 */
export function applyOperatorSlash(
  state: ScenarioState,
  event: SlashEvent,
  eventIndex: number,
  work: Work,
): Outcome {
  state.hasSlash = true;
  const operator = state.operators.get(event.operator);
  const serviceIds = listServices(event.service, state.serviceIds);
  // `as`: a literal carries no brand, and a sum of wei is wei. So below.
  if (operator === undefined) {
    work.advance(Math.max(1, serviceIds.length));
    return { lossWei: 0n as Wei, note: 'operator-not-held' };
  }
  const earmarks = operator.earmarksAtRequest ? earmarkAll(operator, serviceIds, event.wad) : null;
  const tally = createTally();
  for (const serviceId of serviceIds) {
    slashOperator({ state, operator, serviceId, wad: event.wad, earmarks, eventIndex }, tally, work);
    work.advance();
  }
  if (serviceIds.length === 0) work.advance();
  operator.isSlashed = true;
  return {
    lossWei: tally.lossWei as Wei,
    note: tally.hasSlashed ? null : explainNothing([operator], tally.wasRefused),
  };
}

/** Earmarks by pool and service, all of the collateral as it stands before any is paid. */
type Earmarks = ReadonlyMap<PoolState, ReadonlyMap<string, Assets>>;

function earmarkAll(operator: OperatorState, serviceIds: readonly string[], wad: Wad): Earmarks {
  return new Map(
    operator.pools.map((pool) => [
      pool,
      new Map(
        serviceIds.flatMap((id) => {
          const allocation = pool.allocations.get(id);
          return allocation === undefined ? [] : [[id, earmark(pool, allocation, wad)] as const];
        }),
      ),
    ]),
  );
}

export interface Tally {
  lossWei: bigint;
  hasSlashed: boolean;
  /** A slash did not happen because the chain says that it cannot. */
  wasRefused: boolean;
}

export function createTally(): Tally {
  return { lossWei: 0n, hasSlashed: false, wasRefused: false };
}

interface OperatorSlash {
  readonly state: ScenarioState;
  readonly operator: OperatorState;
  readonly serviceId: string;
  readonly wad: Wad;
  readonly earmarks: Earmarks | null;
  readonly eventIndex: number;
}

/** One service slashes one operator, in every strategy it can. */
export function slashOperator(slash: OperatorSlash, tally: Tally, work: Work): void {
  const { operator, serviceId, earmarks } = slash;
  for (const pool of operator.pools) {
    work.check();
    const allocation = pool.allocations.get(serviceId);
    if (allocation === undefined || slashableOf(pool, allocation) === 0n) continue;
    if (!allocation.isSlashable) {
      tally.wasRefused = true;
      continue;
    }
    tally.hasSlashed = true;
    const earmarked = earmarks?.get(pool)?.get(serviceId) ?? null;
    tally.lossWei += slashPool({ ...slash, pool, allocation, earmarked }, work);
  }
}

/** Why no magnitude was slashed. What is not known comes first: there the answer may be otherwise. */
export function explainNothing(
  operators: Iterable<OperatorState>,
  wasRefused: boolean,
): NonNullable<EventResult['note']> {
  const all = [...operators];
  if (all.some(({ hasLeftOut }) => hasLeftOut)) return 'operator-left-out';
  if (all.some(({ pools }) => pools.some(({ isUnread }) => isUnread))) return 'magnitude-unread';
  return wasRefused ? 'not-slashable' : 'nothing-allocated';
}
