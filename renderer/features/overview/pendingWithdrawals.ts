/** Withdrawals on their way out of EigenLayer, the next to be completed first. Pure. */
import { estimateTimeOfBlock, type KnownBlock } from '../../../shared/domain/block-time.ts';
import type { Position } from '../../../shared/domain/position.ts';
import { isUnreadList } from './unreadRestaking.ts';

export interface PendingWithdrawal {
  readonly position: Position;
  /** True where the delay is over and the withdrawal can be completed now. */
  readonly isReady: boolean;
  /** First block in which it can be completed; null where that could not be read. */
  readonly block: bigint | null;
  /** Unix milliseconds, an estimate from the block. */
  readonly time: number | null;
}

/** Ready ones first, then by block; those whose block is not known last. A list not read is no withdrawal. */
export function listPendingWithdrawals(
  positions: readonly Position[],
  current: KnownBlock,
): readonly PendingWithdrawal[] {
  return positions
    .filter((position) => !isUnreadList(position))
    .filter(({ state }) => state === 'queued' || state === 'completable')
    .map((position): PendingWithdrawal => {
      const block = position.restaking?.completableBlock?.value ?? null;
      return {
        position,
        isReady: position.state === 'completable',
        block,
        time: block === null ? null : estimateTimeOfBlock(block, current),
      };
    })
    .sort((a, b) => Number(b.isReady) - Number(a.isReady) || compareBlocks(a.block, b.block));
}

function compareBlocks(a: bigint | null, b: bigint | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}
