/** The linear book behind a loss model, where there is one. */
import type { LossModel } from '../loss-model.ts';
import { makeLinearBook, type LinearBook } from './linear-book.ts';
import { listOutcomes } from './source-outcomes.ts';

export type LinearReading =
  | {
      readonly kind: 'linear';
      readonly book: LinearBook;
      /**
       * Null where the book is the model. Otherwise why it is only a bound: on every path the model loses at most what
       * the book does, so its expected loss, value at risk and expected shortfall are at most the book's.
       */
      readonly boundBecause: string | null;
    }
  | { readonly kind: 'not-linear'; readonly because: string };

/** A position may be struck in full by shares that are decimals of one. */
const ROUNDING = 1e-9;

/**
 * A model is linear where losses of different strikes simply add up, on every path:
 * - no fault spreads through shared collateral;
 * - no cover pays;
 * - no position is struck by slashes that together could take more than all of it;
 * - no position has a layer that multiplies and is struck by anything else.
 *
 * `asBound`: read the model as linear also where caps, layers or covers make it lose less than the sum. Spreading faults
 * make it lose more, and are never read as linear.
 * @throws AppError scenario-invalid where the model's numbers are none of a book
 */
export function readLinearBook(
  model: LossModel,
  options: { readonly asBound?: boolean } = {},
): LinearReading {
  if (model.contagion !== null && model.contagion.edges.length > 0) {
    return { kind: 'not-linear', because: 'Faults spread through shared collateral.' };
  }
  const obstacle = findObstacle(model);
  if (obstacle !== null && options.asBound !== true) return { kind: 'not-linear', because: obstacle };

  const rows = new Map(model.sources.map((source, row) => [source.id, row]));
  const sources = model.sources.map((source) => ({
    probability: source.probability,
    isOnFactor: source.isOnFactor,
    outcomes: listOutcomes(
      source,
      source.strikes.map(({ hits }) =>
        hits.reduce((sum, hit) => sum + hit.share * model.positions[hit.position]!.value, 0),
      ),
    ),
  }));
  const shocks = model.sources.flatMap(({ members }, source) =>
    members.length === 0 ? [] : [{ source, members: members.map((id) => rows.get(id) ?? -1) }],
  );
  return { kind: 'linear', book: makeLinearBook(sources, model.rho, shocks), boundBecause: obstacle };
}

/** What makes the model lose less than the sum of its strikes; null where nothing does. */
function findObstacle(model: LossModel): string | null {
  if (model.covers.some((cover) => cover.cap > 0 && cover.positions.length > 0)) {
    return 'A cover pays part of the losses.';
  }
  const isForced = new Set(
    model.sources.flatMap(({ probability, members }) => (probability > 0 ? members : [])),
  );
  const count = model.positions.length;
  const added = new Float64Array(count);
  const layers = new Int32Array(count);
  for (const source of model.sources) {
    if (source.probability === 0 && !isForced.has(source.id)) continue;
    for (const { chance, severity, combine, hits } of source.strikes) {
      const most = Math.max(0, ...severity);
      if (chance === 0 || most === 0) continue;
      for (const { position, share } of hits) {
        if (share === 0 || model.positions[position]!.value === 0) continue;
        if (combine === 'multiplies') layers[position]! += 1;
        else added[position]! += share * most;
      }
    }
  }
  for (const [position, { id }] of model.positions.entries()) {
    if (added[position]! > 1 + ROUNDING) {
      return `Slashes of position ${id} together could take more than all of it.`;
    }
    if (layers[position]! > 1 || (layers[position]! === 1 && added[position]! > 0)) {
      return `Layers of position ${id} multiply.`;
    }
  }
  return null;
}
