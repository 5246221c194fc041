/**
 * What faults draw after them: the members of a shock, and contagion through services. Runs over a tape whose faults
 * are sampled, path by path, but only where it can matter.
 *
 * Contagion: an operator falls through an edge once the share of the service's stake that is at fault reaches the
 * edge's threshold; it then counts as at fault with all its services, until nobody falls any more. A fault of operator
 * v brings no service nearer to a threshold than by reach(v) = the largest of stake share / lowest threshold over v's
 * services, so a path whose reaches sum to less than one has no contagion. That sum is one pass of the kernel; what is
 * left takes time in proportion to the edges it touches.
 */
import { AppError } from '../../../../shared/contract/errors.ts';
import type { LossModel } from '../loss-model.ts';

/** Shares are sums of rounded quotients: what misses a threshold by less than this has reached it. */
const TOLERANCE = 1e-12;

export interface Spread {
  /** By source, and zero for the null row; infinite for a shock that has members. */
  readonly reach: Float64Array;
  /** Paths whose reaches sum to less are left alone. */
  readonly limit: number;
  /** `certain` of the model and what follows from it. */
  readonly certain: readonly number[];
  /**
   * Appends to `extras` what follows from `rows` of `count` sources from `start` on, in the order in which they fall.
   * Returns how many it appended.
   */
  settle(rows: Uint16Array, start: number, count: number, extras: number[]): number;
}

/** The parts of a model that spreading rests on. */
export interface SpreadInput {
  readonly sources: readonly Pick<LossModel['sources'][number], 'id' | 'members'>[];
  readonly contagion: LossModel['contagion'];
}

/** Null where nothing of the model spreads. @throws AppError scenario-invalid for ids that lead nowhere */
export function prepareSpread(
  { sources, contagion }: SpreadInput,
  certain: readonly number[],
): Spread | null {
  const hasMembers = sources.some(({ members }) => members.length > 0);
  if (!hasMembers && contagion === null) return null;
  const count = sources.length;
  const indexOf = new Map(sources.map(({ id }, index) => [id, index]));
  const find = (id: string, what: string): number => {
    const index = indexOf.get(id);
    if (index !== undefined) return index;
    throw new AppError('scenario-invalid', `${what} names ${id}, which is not a source of the model.`, {
      help: 'Add the source, or remove the reference.',
    });
  };
  const members = sources.map(({ id, members: ids }) => ids.map((member) => find(member, `The shock ${id}`)));
  const serviceCount = contagion?.serviceCount ?? 0;
  const edges = (contagion?.edges ?? []).map((edge) => ({ ...edge, source: find(edge.sourceId, 'An edge') }));
  const total = new Float64Array(serviceCount);
  for (const { service, stake } of edges) total[service]! += stake;

  const byThreshold = edges.toSorted(
    (a, b) => a.service - b.service || a.threshold - b.threshold || a.source - b.source,
  );
  const serviceStart = countStarts(
    byThreshold.map(({ service }) => service),
    serviceCount,
  );
  const edgeSource = Int32Array.from(byThreshold, ({ source }) => source);
  const edgeThreshold = Float64Array.from(byThreshold, ({ threshold }) => threshold - TOLERANCE);

  const bySource = edges.toSorted((a, b) => a.source - b.source || a.service - b.service);
  const sourceStart = countStarts(
    bySource.map(({ source }) => source),
    count,
  );
  const ownService = Int32Array.from(bySource, ({ service }) => service);
  const ownShare = Float64Array.from(bySource, ({ service, stake }) =>
    total[service]! > 0 ? stake / total[service]! : 0,
  );

  const reach = new Float64Array(count + 1);
  for (const [e, { source, service }] of bySource.entries()) {
    const lowest = edgeThreshold[serviceStart[service]!]!;
    reach[source] = Math.max(reach[source]!, ownShare[e]! / Math.max(lowest, TOLERANCE));
  }
  for (const [source, list] of members.entries()) if (list.length > 0) reach[source] = Infinity;

  const fallen = new Uint32Array(count);
  let mark = 0;
  const queue = new Int32Array(count);
  const share = new Float64Array(serviceCount);
  const next = Int32Array.from(serviceStart.subarray(0, serviceCount));
  const touched: number[] = [];
  let settled: readonly number[] = [];

  function settle(rows: Uint16Array, start: number, length: number, extras: number[]): number {
    mark++;
    let tail = 0;
    const fall = (source: number): void => {
      if (fallen[source] === mark) return;
      fallen[source] = mark;
      queue[tail++] = source;
    };
    for (const source of settled) fall(source);
    for (let i = 0; i < length; i++) if (rows[start + i]! < count) fall(rows[start + i]!);
    const given = tail;
    for (let head = 0; head < tail; head++) {
      const source = queue[head]!;
      for (const member of members[source]!) fall(member);
      for (let e = sourceStart[source]!; e < sourceStart[source + 1]!; e++) {
        const service = ownService[e]!;
        if (share[service] === 0) touched.push(service);
        share[service]! += ownShare[e]!;
        const end = serviceStart[service + 1]!;
        let at = next[service]!;
        while (at < end && edgeThreshold[at]! <= share[service]!) fall(edgeSource[at++]!);
        next[service] = at;
      }
    }
    for (let i = given; i < tail; i++) extras.push(queue[i]!);
    for (const service of touched) {
      share[service] = 0;
      next[service] = serviceStart[service]!;
    }
    touched.length = 0;
    return tail - given;
  }

  const following: number[] = [];
  settle(Uint16Array.from(certain), 0, certain.length, following);
  settled = [...certain, ...following];
  const taken = settled.reduce((sum, source) => sum + reach[source]!, 0);
  return { reach, limit: 1 - 1e-9 - (Number.isFinite(taken) ? taken : Infinity), certain: settled, settle };
}

/** Offsets of runs of equal values in an ascending list of values below `count`; one more than `count`. */
function countStarts(values: readonly number[], count: number): Int32Array {
  const starts = new Int32Array(count + 1);
  for (const value of values) starts[value + 1]!++;
  for (let i = 0; i < count; i++) starts[i + 1]! += starts[i]!;
  return starts;
}
