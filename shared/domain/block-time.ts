/** When a block will be, counted from one whose time is known. */
import type { Block } from './source.ts';

/** Seconds of a slot on Ethereum. A missed slot makes a block later, never earlier: what rests on this is an estimate. */
const SLOT_SECONDS = 12;

/** Unix milliseconds at which `number` is expected, or was, at the earliest. Always to be shown with `≈`. */
export function estimateTimeOfBlock(number: bigint, known: Block): number {
  return (known.time + Number(number - known.number) * SLOT_SECONDS) * 1000;
}
