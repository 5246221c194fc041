/** Withdrawals on their way out of EigenLayer, a vault or Babylon, or back from an issuer, the next to be completed first. Pure. */
import { estimateTimeOfBlock, type KnownBlock } from '../../../shared/domain/block-time.ts';
import { readClaimEnd } from '../../../shared/domain/claim-end.ts';
import { isLeaving, type Position } from '../../../shared/domain/position.ts';
import { isUnreadList } from './unreadRestaking.ts';

export interface PendingWithdrawal {
  readonly position: Position;
  /** True where the delay is over and the withdrawal can be completed now. */
  readonly isReady: boolean;
  /** First block in which it can be completed; null where that could not be read, or another clock decides. */
  readonly block: bigint | null;
  /** Unix milliseconds, an estimate from the block. */
  readonly time: number | null;
}

/** Ready ones first, then by time; those whose time is not known last. A list not read is no withdrawal. */
export function listPendingWithdrawals(
  positions: readonly Position[],
  current: KnownBlock,
): readonly PendingWithdrawal[] {
  return positions
    .filter((position) => isLeaving(position.state) && !isUnreadList(position))
    .map((position): PendingWithdrawal => {
      const { restaking, request, vault, stake, state } = position;
      const end = readClaimEnd(stake ? stake.withdrawableAt : (request ?? vault)?.claimableFrom);
      const block = restaking?.completableBlock?.value ?? (end?.kind === 'block' ? end.block : null);
      const blockTime = block === null ? null : estimateTimeOfBlock(block, current);
      return {
        position,
        isReady: state === 'completable' || state === 'claimable',
        block,
        time: end?.kind === 'second' ? Number(end.second) * 1000 : blockTime,
      };
    })
    .sort((a, b) => Number(b.isReady) - Number(a.isReady) || compareTimes(a.time, b.time));
}

function compareTimes(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}
