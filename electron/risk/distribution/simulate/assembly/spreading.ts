/** Spreading (../spread.ts): what faults draw after them. */
import { sourceCount } from './sampling';

// Addresses of the tables and of the room to work in.
let serviceCount: i32 = 0;
/** Edges of a service, by rising threshold: from serviceStarts[s] up to serviceStarts[s + 1]. */
let serviceStarts: usize = 0;
let edgeSources: usize = 0;
let edgeThresholds: usize = 0;
/** Edges of a source. */
let sourceStarts: usize = 0;
let ownServices: usize = 0;
let ownShares: usize = 0;
/** Sources that happen with a source. */
let memberStarts: usize = 0;
let members: usize = 0;
/** Sources that have happened before the path begins. */
let settled: usize = 0;
let settledCount: i32 = 0;
/** By source: the path it fell on last. */
let fallen: usize = 0;
let queue: usize = 0;
/** By service: the share of its stake that is at fault, and the first edge that has not fallen. */
let faultShares: usize = 0;
let nextEdges: usize = 0;
let touched: usize = 0;
let settleMark: i32 = 0;
let foundPaths: i32 = 0;
let foundRows: i32 = 0;

/** Lays the tables out from `base`; the caller fills those whose addresses are asked for below, then calls ready. */
export function layOutSpread(
  base: usize,
  services: i32,
  edges: i32,
  memberCount: i32,
  certainCount: i32,
): usize {
  serviceCount = services;
  settledCount = certainCount;
  settleMark = 0;
  const perSource = (<usize>sourceCount + 2) << 3;
  const perService = (<usize>services + 2) << 3;
  const perEdge = (<usize>edges + 1) << 3;
  serviceStarts = base;
  edgeSources = serviceStarts + perService;
  edgeThresholds = edgeSources + perEdge;
  sourceStarts = edgeThresholds + perEdge;
  ownServices = sourceStarts + perSource;
  ownShares = ownServices + perEdge;
  memberStarts = ownShares + perEdge;
  members = memberStarts + perSource;
  settled = members + ((<usize>memberCount + 1) << 3);
  fallen = settled + perSource;
  queue = fallen + perSource;
  faultShares = queue + perSource;
  nextEdges = faultShares + perService;
  touched = nextEdges + perService;
  memory.fill(fallen, 0, perSource);
  memory.fill(faultShares, 0, perService);
  return touched + perEdge;
}

export function serviceStartsAt(): usize {
  return serviceStarts;
}
export function edgeSourcesAt(): usize {
  return edgeSources;
}
export function edgeThresholdsAt(): usize {
  return edgeThresholds;
}
export function sourceStartsAt(): usize {
  return sourceStarts;
}
export function ownServicesAt(): usize {
  return ownServices;
}
export function ownSharesAt(): usize {
  return ownShares;
}
export function memberStartsAt(): usize {
  return memberStarts;
}
export function membersAt(): usize {
  return members;
}
export function settledAt(): usize {
  return settled;
}
export function foundPathCount(): i32 {
  return foundPaths;
}
export function foundRowCount(): i32 {
  return foundRows;
}

/** Once the tables are filled. */
export function readySpread(): void {
  for (let s = 0; s < serviceCount; s++) {
    store<i32>(nextEdges + (<usize>s << 2), load<i32>(serviceStarts + (<usize>s << 2)));
  }
}

/**
 * Looks at the paths `from` to `paths` of a group. Where the reaches of a path's rows, by source at `reach`, sum to
 * `limit` or more, what follows from its rows is written: the path's number and how many rows (32 bits each) at
 * `pathsOut`, the rows at `rowsOut`. Stops before a path that might not fit into `room` rows and says at which.
 */
export function spreadGroup(
  rows: usize,
  width: i32,
  from: i32,
  paths: i32,
  reach: usize,
  limit: f64,
  pathsOut: usize,
  rowsOut: usize,
  room: i32,
): i32 {
  foundPaths = 0;
  foundRows = 0;
  const stride = <usize>width << 1;
  let at = rows + <usize>from * stride;
  for (let path = from; path < paths; path++) {
    let sum: f64 = 0;
    for (const end = at + stride; at != end; at += 2) {
      sum += load<f64>(reach + (<usize>load<u16>(at) << 3));
    }
    if (sum < limit) continue;
    if (foundRows + sourceCount > room) return path;
    const count = settle(at - stride, width, rowsOut + (<usize>foundRows << 1));
    if (count === 0) continue;
    store<i32>(pathsOut + (<usize>foundPaths << 3), path);
    store<i32>(pathsOut + (<usize>foundPaths << 3), count, 4);
    foundPaths++;
    foundRows += count;
  }
  return paths;
}

/** What follows from the rows of one path, in the order in which it falls, as 16-bit rows at `to`. Returns how many. */
function settle(rows: usize, width: i32, to: usize): i32 {
  const path = ++settleMark;
  let tail = 0;
  for (let i = 0; i < settledCount; i++) tail = fall(load<i32>(settled + (<usize>i << 2)), path, tail);
  for (let i = 0; i < width; i++) {
    const row = <i32>load<u16>(rows + (<usize>i << 1));
    if (row < sourceCount) tail = fall(row, path, tail);
  }
  const given = tail;
  let touchedCount = 0;
  for (let head = 0; head < tail; head++) {
    const source = load<i32>(queue + (<usize>head << 2));
    const own = sourceStarts + (<usize>source << 2);
    for (let e = load<i32>(own), end = load<i32>(own, 4); e < end; e++) {
      const service = load<i32>(ownServices + (<usize>e << 2));
      const shareAt = faultShares + (<usize>service << 3);
      const before = load<f64>(shareAt);
      if (before === 0) {
        store<i32>(touched + (<usize>touchedCount << 2), service);
        touchedCount++;
      }
      const share = before + load<f64>(ownShares + (<usize>e << 3));
      store<f64>(shareAt, share);
      const nextAt = nextEdges + (<usize>service << 2);
      const last = load<i32>(serviceStarts + (<usize>service << 2), 4);
      let edge = load<i32>(nextAt);
      while (edge < last && load<f64>(edgeThresholds + (<usize>edge << 3)) <= share) {
        tail = fall(load<i32>(edgeSources + (<usize>edge << 2)), path, tail);
        edge++;
      }
      store<i32>(nextAt, edge);
    }
    const list = memberStarts + (<usize>source << 2);
    for (let m = load<i32>(list), end = load<i32>(list, 4); m < end; m++) {
      tail = fall(load<i32>(members + (<usize>m << 2)), path, tail);
    }
  }
  for (let i = given; i < tail; i++) {
    store<u16>(to + (<usize>(i - given) << 1), load<u16>(queue + (<usize>i << 2)));
  }
  for (let i = 0; i < touchedCount; i++) {
    const service = load<i32>(touched + (<usize>i << 2));
    store<f64>(faultShares + (<usize>service << 3), 0);
    store<i32>(nextEdges + (<usize>service << 2), load<i32>(serviceStarts + (<usize>service << 2)));
  }
  return tail - given;
}

@inline
function fall(source: i32, path: i32, tail: i32): i32 {
  const at = fallen + (<usize>source << 2);
  if (load<i32>(at) == path) return tail;
  store<i32>(at, path);
  store<i32>(queue + (<usize>tail << 2), source);
  return tail + 1;
}
