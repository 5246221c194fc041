/** What a protocol pays, by where it comes from, as last observed. Pure. */
import { findLeastSure, type CatalogObservation, type Protocol } from '../../../shared/domain/catalog.ts';

export interface YieldSplit {
  readonly total: CatalogObservation | null;
  readonly base: CatalogObservation | null;
  readonly service: CatalogObservation | null;
  readonly emissions: CatalogObservation | null;
  /** Percent of the total that is paid in emissions and points, which nobody earns; null where either is not known. */
  readonly emissionShare: { readonly low: number; readonly high: number } | null;
}

type YieldMetric = 'apy' | 'apyBase' | 'apyService' | 'apyEmissions';

/** Of the whole protocol. */
export function splitYield(observations: readonly CatalogObservation[], protocol: Protocol): YieldSplit {
  const find = (metric: YieldMetric) => findNewest(observations, protocol.id, metric);
  const total = find('apy');
  const base = find('apyBase');
  const emissions = find('apyEmissions');
  return {
    total,
    base,
    service: find('apyService'),
    emissions,
    emissionShare: shareOf(emissions, total) ?? shareBesides(base, total),
  };
}

/**
 * The newest figure of a metric. Several of one day, measured differently or of several products, are one range that says
 * so: nobody can say which of them is right, and no product stands for another. A later fetch of the same day takes the place of an earlier one.
 */
function findNewest(
  observations: readonly CatalogObservation[],
  protocol: string,
  metric: YieldMetric,
): CatalogObservation | null {
  const all = observations.filter((one) => one.protocol === protocol && one.metric === metric);
  // Of equal days the later in the list.
  const newest = all.reduce<CatalogObservation | null>(
    (found, one) => (found === null || one.asOf >= found.asOf ? one : found),
    null,
  );
  if (newest === null) return null;
  const same = all.filter(
    ({ asOf, unit, fetchedAt }) =>
      asOf === newest.asOf && unit === newest.unit && fetchedAt === newest.fetchedAt,
  );
  const isDivided = new Set(all.map(({ product }) => product)).size > 1;
  if (same.length === 1 && !isDivided) return newest;
  return {
    ...newest,
    low: Math.min(...same.map(({ low }) => low)),
    high: Math.max(...same.map(({ high }) => high)),
    // Of several products it has to be said which one a figure is of.
    label: listOnce(
      same.map(({ label, product }) => (isDivided && product !== null ? `${product}: ${label}` : label)),
    ),
    status: findLeastSure(same.map(({ status }) => status)) ?? newest.status,
    source: { ...newest.source, name: listOnce(same.map(({ source }) => source.name)) },
  };
}

function listOnce(texts: readonly string[]): string {
  return [...new Set(texts)].join('; ');
}

/** after, before: the protocol's fee. untold: the source does not say. */
export type FeeBasis = 'after' | 'before' | 'untold';

/** Totals are after the fee by their definition; of parts only the source's own words can tell. */
export function feeBasisOf({ metric, label }: Pick<CatalogObservation, 'metric' | 'label'>): FeeBasis {
  const match = /\b(after|before)\b[^.;,]*\b(?:fee|fees|commission)\b/iu.exec(label);
  if (match !== null) return match[1]?.toLowerCase() === 'before' ? 'before' : 'after';
  return metric === 'apy' ? 'after' : 'untold';
}

interface Share {
  readonly low: number;
  readonly high: number;
}

/** Parts and whole of different days or products do not make a share. */
function areOfOne(part: CatalogObservation, whole: CatalogObservation): boolean {
  return part.product === whole.product && part.asOf === whole.asOf;
}

function shareOf(part: CatalogObservation | null, whole: CatalogObservation | null): Share | null {
  if (part === null || whole === null || !areOfOne(part, whole)) return null;
  if (whole.low <= 0) return null;
  const clamp = (value: number): number => Math.min(100, Math.max(0, value));
  return { low: clamp((part.low / whole.high) * 100), high: clamp((part.high / whole.low) * 100) };
}

/** Where staking pays all of the total, nothing is left that could be emissions. */
function shareBesides(base: CatalogObservation | null, whole: CatalogObservation | null): Share | null {
  if (base === null || whole === null || !areOfOne(base, whole) || whole.low <= 0) return null;
  return base.low === whole.low && base.high === whole.high ? { low: 0, high: 0 } : null;
}
