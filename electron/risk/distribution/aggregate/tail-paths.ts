/** The paths with the largest losses: few, found in one pass, and all that quantiles and shortfalls are made of. */
import type { EventTape } from '../simulate/event-tape.ts';

/** In the order of the tape. */
export interface TailPaths {
  /** Numbers among the stored paths. */
  readonly paths: Uint32Array;
  readonly losses: Float64Array;
  /** Group of each; they never fall. */
  readonly groups: Uint32Array;
}

/** Every stored path that loses `least` or more. */
export function listTailPaths(tape: EventTape, least: number): TailPaths {
  const { kernel, lossesAt, losses, placesAt, places } = tape.room;
  const count = kernel.findAtLeast(lossesAt, tape.storedPaths, least, placesAt);
  const paths = places.slice(0, count);
  const groups = new Uint32Array(count);
  const own = new Float64Array(count);
  let group = -1;
  let end = 0;
  for (let i = 0; i < count; i++) {
    const path = paths[i]!;
    while (path >= end) {
      group++;
      end = tape.groups[group]!.pathStart + tape.groups[group]!.paths;
    }
    groups[i] = group;
    own[i] = losses[path]!;
  }
  return { paths, losses: own, groups };
}
