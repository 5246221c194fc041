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
  let group = 0;
  for (let i = 0; i < count; i++) {
    while (tape.groups[group]!.pathStart + tape.groups[group]!.paths <= paths[i]!) group++;
    groups[i] = group;
  }
  return { paths, losses: Float64Array.from(paths, (path) => losses[path]!), groups };
}
