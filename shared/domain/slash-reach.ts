/** What services can take of one position by slashing, as its operators' allocations stand. Pure. */
import { settleAllocation } from './allocation.ts';
import type { Exposure, ExposureOperator, ExposurePosition } from './exposure.ts';
import type { Allocation } from './observation.ts';
import type { Position } from './position.ts';
import { findWorstLoss, gatherStakes, splitStake, type Stake } from './stakes.ts';
import { maxOf, sumOf } from './units.ts';

/** What a service will be able to take from a block on. */
export interface ReachChange {
  /** First block in which the change counts. */
  readonly block: bigint;
  readonly slashableWei: bigint;
}

export interface ServiceReach {
  readonly serviceId: string;
  readonly slashableWei: bigint;
  /** Allocations and deallocations that were made and do not count yet, the earliest first. */
  readonly changes: readonly ReachChange[];
}

export interface SlashReach {
  /** Those that can take something now or later, the most first. */
  readonly services: readonly ServiceReach[];
  /** The most that all of them together can take until then; all of what `unreadWei` counts is in it. */
  readonly worstWei: bigint;
  /** Book value with operators whose allocations were not read. */
  readonly unreadWei: bigint;
}

/** Above every block whose number fits the contracts' uint32. */
const NEVER = 2n ** 32n;

interface ReachInput {
  readonly position: ExposurePosition;
  readonly operators: readonly ExposureOperator[];
  /** In which everything was read. */
  readonly block: bigint;
  /** First block in which nothing can be taken any more, of a withdrawal; left out, `worstWei` is that of now. */
  readonly until?: bigint | undefined;
}

/**
 * Reach and changes in ETH of book value. What operators may allocate from free magnitude later is in none of it: no
 * view tells what they will do.
 */
export function findSlashReach({ position, operators, block, until = block + 1n }: ReachInput): SlashReach {
  const stakes = gatherStakes([position], operators);
  const services = new Map<string, { slashableWei: bigint; diffs: Map<bigint, bigint> }>();
  for (const stake of stakes) {
    const now = splitStake(stake, block) ?? [];
    for (const [index, { serviceId, slashableWei }] of now.entries()) {
      const reach = services.get(serviceId) ?? { slashableWei: 0n, diffs: new Map<bigint, bigint>() };
      services.set(serviceId, reach);
      reach.slashableWei += slashableWei;
      const { effectBlock } = stake.state?.allocations[index] ?? { effectBlock: 0n };
      const then = splitStake(stake, maxOf(effectBlock, block))?.[index]?.slashableWei ?? slashableWei;
      if (then === slashableWei) continue;
      reach.diffs.set(effectBlock, (reach.diffs.get(effectBlock) ?? 0n) + then - slashableWei);
    }
  }
  return {
    services: Array.from(services, ([serviceId, { slashableWei, diffs }]) => ({
      serviceId,
      slashableWei,
      changes: addUp(slashableWei, diffs),
    }))
      .filter(({ slashableWei, changes }) => slashableWei > 0n || changes.length > 0)
      .sort((a, b) => (a.slashableWei > b.slashableWei ? -1 : 1)),
    worstWei: sumOf(stakes.map((stake) => findWorstLoss(holdLargest(stake, block, until), block))),
    unreadWei: sumOf(stakes.map(({ state, valueWei }) => (state === null ? valueWei : 0n))),
  };
}

function addUp(slashableWei: bigint, diffs: ReadonlyMap<bigint, bigint>): ReachChange[] {
  let reached = slashableWei;
  return [...diffs]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([block, diffWei]) => {
      reached += diffWei;
      return { block, slashableWei: reached };
    });
}

/** What can be taken of a position as it was looked through: of a withdrawal, until it is out. */
export function findReachInto(
  position: Position,
  exposed: ExposurePosition,
  { operators, origin }: Pick<Exposure, 'operators' | 'origin'>,
): SlashReach {
  const until = findEndOfReach(position);
  return findSlashReach({ position: exposed, operators, block: origin.block.number, until });
}

/** Of a withdrawal that services can still take from: its `until`, so far ahead that all counts where it was not read. */
export function findEndOfReach({ state, restaking }: Position): bigint | undefined {
  return state === 'queued' && restaking ? (restaking.completableBlock?.value ?? NEVER) : undefined;
}

/** The stake with every allocation at its largest between the two blocks, the second left out. */
function holdLargest(stake: Stake, block: bigint, until: bigint): Stake {
  if (stake.state === null) return stake;
  const hold = (allocation: Allocation): Allocation => {
    const now = settleAllocation(allocation, block);
    const last = settleAllocation(allocation, maxOf(block, until - 1n));
    return last.currentMagnitude > now.currentMagnitude ? last : now;
  };
  return { ...stake, state: { ...stake.state, allocations: stake.state.allocations.map(hold) } };
}
