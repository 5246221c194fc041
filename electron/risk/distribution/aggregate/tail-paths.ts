/** The paths with the largest losses: few, found in one pass, and all that quantiles and shortfalls are made of. */
import { GROUP_MOMENTS, type EventTape } from '../simulate/event-tape.ts';

/** In the order of the tape. */
export interface TailPaths {
  /** Numbers among the stored paths. */
  readonly paths: Uint32Array;
  readonly losses: Float64Array;
  /** Group of each; they never fall. */
  readonly groups: Uint32Array;
}

/** Every stored path that loses `least` or more. Groups whose largest loss is smaller are passed over. */
export function listTailPaths({ groups: all, room }: EventTape, least: number): TailPaths {
  const { kernel, lossesAt, losses, placesAt, places, moments } = room;
  const found: { readonly group: number; readonly end: number }[] = [];
  let count = 0;
  for (let group = 0; group < all.length; group++) {
    if (moments[GROUP_MOMENTS * group + 3]! < least) continue;
    const { pathStart, paths } = all[group]!;
    count += kernel.findAtLeast(lossesAt, pathStart, pathStart + paths, least, placesAt + 4 * count);
    found.push({ group, end: count });
  }
  const paths = places.slice(0, count);
  const groups = new Uint32Array(count);
  const own = new Float64Array(count);
  let i = 0;
  for (const { group, end } of found) {
    for (; i < end; i++) {
      groups[i] = group;
      own[i] = losses[paths[i]!]!;
    }
  }
  return { paths, losses: own, groups };
}
