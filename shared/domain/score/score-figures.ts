/** Figures of the catalogue in the unit that an input counts in. */
import type { CatalogObservation, FactFigure, FactStatus, Metric } from '../catalog.ts';
import type { InputScore, InputUnit } from './score.ts';

/** Null where the units have nothing to do with each other. */
export function convertFigure({ low, high, unit }: FactFigure, wanted: InputUnit): InputScore['figure'] {
  if (unit === wanted) return { low, high, unit };
  if (unit === 'days' && wanted === 'hours') return { low: low * 24, high: high * 24, unit: wanted };
  if (unit === 'hours' && wanted === 'days') return { low: low / 24, high: high / 24, unit: wanted };
  return null;
}

/** The newest observation of a protocol in a unit; of two of one day the later in the list. */
export function findInUnit(
  observations: readonly CatalogObservation[],
  protocol: string,
  metric: Metric,
  unit: string,
): CatalogObservation | null {
  let newest: CatalogObservation | null = null;
  for (const one of observations) {
    if (one.protocol !== protocol || one.metric !== metric || one.unit !== unit) continue;
    if (newest === null || one.asOf >= newest.asOf) newest = one;
  }
  return newest;
}

/** What nobody confirmed or the sources dispute may be otherwise. */
export function isSettled(status: FactStatus): boolean {
  return status === 'confirmed' || status === 'secondary';
}
