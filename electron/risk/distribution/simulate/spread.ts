/**
 * What faults draw after them: the members of a shock, and contagion through services. Runs over a tape whose faults
 * are sampled, path by path, but only where it can matter; the loops are spreadGroup and settle of assembly/kernel.ts.
 *
 * Contagion: an operator falls through an edge once the share of the service's stake that is at fault reaches the
 * edge's threshold; it then counts as at fault with all its services, until nobody falls any more. A fault of operator
 * v brings no service nearer to a threshold than by reach(v) = the largest of stake share / lowest threshold over v's
 * services, so a path whose reaches sum to less than one has no contagion. What is left takes time in proportion to the
 * edges it touches.
 */
import { AppError } from '../../../../shared/contract/errors.ts';
import type { ContagionEdge, LossModel } from '../loss-model.ts';

/** Shares are sums of rounded quotients: what misses a threshold by less than this has reached it. */
const TOLERANCE = 1e-12;

/** The parts of a model that spreading rests on. */
export interface SpreadInput {
  readonly sources: readonly Pick<LossModel['sources'][number], 'id' | 'members'>[];
  readonly contagion: LossModel['contagion'];
}

/** Flat tables, as the kernel reads them. */
export interface Spread {
  /** By source, and zero for the null row; infinite for a shock that has members. */
  readonly reach: Float64Array;
  /** Paths whose reaches sum to less are left alone. */
  readonly limit: number;
  /** `certain` of the model and what follows from it. */
  readonly certain: Int32Array;
  readonly serviceCount: number;
  readonly serviceStarts: Int32Array;
  readonly edgeSources: Int32Array;
  readonly edgeThresholds: Float64Array;
  readonly sourceStarts: Int32Array;
  readonly ownServices: Int32Array;
  readonly ownShares: Float64Array;
  readonly memberStarts: Int32Array;
  readonly members: Int32Array;
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
  const edges = (contagion?.edges ?? []).map((edge) => {
    checkEdge(edge, serviceCount);
    return { ...edge, source: find(edge.sourceId, 'An edge') };
  });
  const total = new Float64Array(serviceCount);
  for (const { service, stake } of edges) total[service]! += stake;
  const byService = edges.toSorted(
    (a, b) => a.service - b.service || a.threshold - b.threshold || a.source - b.source,
  );
  const bySource = edges.toSorted((a, b) => a.source - b.source || a.service - b.service);
  const tables = {
    serviceCount,
    serviceStarts: countStarts(
      byService.map(({ service }) => service),
      serviceCount,
    ),
    edgeSources: Int32Array.from(byService, ({ source }) => source),
    edgeThresholds: Float64Array.from(byService, ({ threshold }) => threshold - TOLERANCE),
    sourceStarts: countStarts(
      bySource.map(({ source }) => source),
      count,
    ),
    ownServices: Int32Array.from(bySource, ({ service }) => service),
    ownShares: Float64Array.from(bySource, ({ service, stake }) =>
      total[service]! > 0 ? stake / total[service]! : 0,
    ),
    memberStarts: countStarts(
      members.flatMap((list, source) => list.map(() => source)),
      count,
    ),
    members: Int32Array.from(members.flat()),
  };
  const reach = measureReach(tables, count);
  const settled = followCertain(tables, certain, count);
  const taken = settled.reduce((sum, source) => sum + reach[source]!, 0);
  for (const [source, list] of members.entries()) if (list.length > 0) reach[source] = Infinity;
  return { ...tables, reach, certain: settled, limit: 1 - 1e-9 - taken };
}

type Tables = Omit<Spread, 'reach' | 'limit' | 'certain'>;

/** The kernel indexes its tables with these numbers. */
function checkEdge({ sourceId, service, stake, threshold }: ContagionEdge, serviceCount: number): void {
  const problem =
    !Number.isInteger(service) || service < 0 || service >= serviceCount
      ? `service ${service}, of ${serviceCount}`
      : !(stake > 0 && Number.isFinite(stake))
        ? `a stake of ${stake}`
        : !(threshold > 0 && threshold <= 1)
          ? `a threshold of ${threshold}`
          : null;
  if (problem === null) return;
  throw new AppError('scenario-invalid', `An edge of ${sourceId} has ${problem}.`, {
    help: 'Services are counted from 0, stakes are above 0, and thresholds above 0 and at most 1.',
  });
}

function measureReach(tables: Tables, count: number): Float64Array {
  const { serviceStarts, edgeThresholds, sourceStarts, ownServices, ownShares } = tables;
  const reach = new Float64Array(count + 1);
  for (let source = 0; source < count; source++) {
    for (let e = sourceStarts[source]!; e < sourceStarts[source + 1]!; e++) {
      const lowest = edgeThresholds[serviceStarts[ownServices[e]!]!]!;
      reach[source] = Math.max(reach[source]!, ownShares[e]! / Math.max(lowest, TOLERANCE));
    }
  }
  return reach;
}

/** The sources that are certain, and whoever falls with them alone: looked at again until nobody more falls. */
function followCertain(tables: Tables, certain: readonly number[], count: number): Int32Array {
  const { serviceCount, serviceStarts, edgeSources, edgeThresholds } = tables;
  const { sourceStarts, ownServices, ownShares, memberStarts, members } = tables;
  const fallen = new Set(certain);
  const shares = new Float64Array(serviceCount);
  // A set is walked in the order of its additions, also of those made on the way.
  for (const source of fallen) {
    for (let m = memberStarts[source]!; m < memberStarts[source + 1]!; m++) fallen.add(members[m]!);
    for (let e = sourceStarts[source]!; e < sourceStarts[source + 1]!; e++) {
      const service = ownServices[e]!;
      shares[service]! += ownShares[e]!;
      for (let at = serviceStarts[service]!; at < serviceStarts[service + 1]!; at++) {
        if (edgeThresholds[at]! <= shares[service]!) fallen.add(edgeSources[at]!);
      }
    }
  }
  return Int32Array.from([...fallen].filter((source) => source < count));
}

/** Offsets of runs of equal values in an ascending list of values below `count`; one more than `count`. */
function countStarts(values: readonly number[], count: number): Int32Array {
  const starts = new Int32Array(count + 1);
  for (const value of values) starts[value + 1]!++;
  for (let i = 0; i < count; i++) starts[i + 1]! += starts[i]!;
  return starts;
}
