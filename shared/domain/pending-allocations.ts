/** Changes of allocations that operators have made and that do not count yet, with what they mean for the portfolio. */
import type { EvmAddress } from './address.ts';
import type { Exposure } from './exposure.ts';
import { gatherStakes, splitStake } from './stakes.ts';

export interface PendingAllocation {
  readonly operator: EvmAddress;
  readonly strategy: EvmAddress;
  readonly serviceId: string;
  /** First block in which it counts. */
  readonly block: bigint;
  /** Of the portfolio's book value with this operator in this strategy: what the service can take before, and from then on. */
  readonly nowWei: bigint;
  readonly thenWei: bigint;
}

/** The earliest first. Only what changes something for the positions: with their operators, in their strategies. */
export function listPendingAllocations({ origin, positions, operators }: Exposure): PendingAllocation[] {
  const at = origin.block.number;
  return gatherStakes(positions, operators)
    .flatMap((stake) =>
      (stake.state?.allocations ?? []).flatMap(({ serviceId, pendingDiff, effectBlock }, index) => {
        if (pendingDiff === 0n || effectBlock <= at) return [];
        const reachIn = (block: bigint): bigint => splitStake(stake, block)?.[index]?.slashableWei ?? 0n;
        const { operator, strategy } = stake;
        const [nowWei, thenWei] = [reachIn(at), reachIn(effectBlock)];
        if (nowWei === thenWei) return [];
        return [{ operator, strategy, serviceId, block: effectBlock, nowWei, thenWei }];
      }),
    )
    .sort((a, b) => (a.block < b.block ? -1 : 1));
}
