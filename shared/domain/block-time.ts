/** When a block will be, counted from one whose time is known. */
import type { Block } from './source.ts';

/** A block whose time is known, and the seconds between blocks on its network (12 on Ethereum: a slot). */
export interface KnownBlock {
  readonly block: Block;
  readonly blockSeconds: number;
}

/**
 * Unix milliseconds at which `number` is expected, or was. A missed slot makes a block later, never earlier, so this is
 * the earliest time, and always to be shown with `≈`.
 */
export function estimateTimeOfBlock(number: bigint, { block, blockSeconds }: KnownBlock): number {
  return (block.time + Number(number - block.number) * blockSeconds) * 1000;
}
