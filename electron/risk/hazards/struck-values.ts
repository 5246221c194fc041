/** What of which position stands where, as the shares that a strike takes. */
import type { RestakingGraph } from '../../../shared/domain/restaking-graph.ts';
import type { Hit, ModelPosition } from '../distribution/loss-model.ts';
import type { FlatPart, FlatPosition } from '../graph/flatten-graph.ts';
import { keyOfStake } from '../graph/stake-key.ts';

/** A part of a position of the model. */
export interface StruckPart {
  /** Index of the model's position. */
  readonly position: number;
  readonly amount: bigint;
  /** What the position is worth. */
  readonly whole: bigint;
  readonly layers: readonly string[];
}

export interface StruckValues {
  readonly positions: readonly ModelPosition[];
  /** Indexes of the model's positions by the id of the graph's. */
  readonly indexes: ReadonlyMap<string, readonly number[]>;
  readonly byStake: ReadonlyMap<string, readonly StruckPart[]>;
  readonly byLayer: ReadonlyMap<string, readonly StruckPart[]>;
  /** By whom they are hidden behind. */
  readonly byHidden: ReadonlyMap<string, readonly StruckPart[]>;
  /** The same of what stands with finality providers. */
  readonly byHiddenProvider: ReadonlyMap<string, readonly StruckPart[]>;
}

/**
 * One position of the model for each of the graph, except where a part of one stands in a stake that services share: that
 * part is a position of its own, because several services together take at most the stake, not at most the position.
 */
export function spreadPositions(graph: RestakingGraph, flat: readonly FlatPosition[]): StruckValues {
  const shared = new Set(
    graph.edges.flatMap(({ operator, vault, mode }) =>
      mode === 'unique' ? [] : [keyOfStake(operator, vault)],
    ),
  );
  const tokens = new Map(graph.positions.map(({ id, token }) => [id, token]));
  const positions: ModelPosition[] = [];
  const indexes = new Map<string, number[]>();
  const byStake = new Map<string, StruckPart[]>();
  const byLayer = new Map<string, StruckPart[]>();
  const byHidden = new Map<string, StruckPart[]>();
  const byHiddenProvider = new Map<string, StruckPart[]>();
  const ids = new Set(flat.map(({ id }) => id));
  const unit = 10 ** graph.decimals;

  for (const { id, parts } of flat) {
    const groups = groupParts(parts, shared);
    const own: number[] = [];
    indexes.set(id, own);
    for (const [stake, group] of groups) {
      const whole = group.reduce((sum, { amount }) => sum + amount, 0n);
      const name = stake === '' || groups.size === 1 ? id : nameFreely(`${id} with ${stake}`, ids);
      const position = positions.length;
      own.push(position);
      positions.push({ id: name, token: tokens.get(id)!, value: Number(whole) / unit });
      for (const { place, amount, layers } of group) {
        const part = { position, amount, whole, layers };
        if (place.kind === 'operator') push(byStake, keyOfStake(place.operator, place.vault), part);
        if (place.kind === 'hidden') {
          push(place.standsWith === undefined ? byHidden : byHiddenProvider, place.behind, part);
        }
        for (const layer of layers) push(byLayer, layer, part);
      }
    }
  }
  return { positions, indexes, byStake, byLayer, byHidden, byHiddenProvider };
}

/** Parts by the shared stake they stand in; `''` for all others together, first where there is any or nothing at all. */
function groupParts(parts: readonly FlatPart[], shared: ReadonlySet<string>): Map<string, FlatPart[]> {
  const groups = new Map<string, FlatPart[]>();
  for (const part of parts) {
    const { place } = part;
    const stake = place.kind === 'operator' ? keyOfStake(place.operator, place.vault) : '';
    push(groups, shared.has(stake) ? stake : '', part);
  }
  if (groups.size === 0) groups.set('', []);
  return groups;
}

function nameFreely(name: string, taken: Set<string>): string {
  let free = name;
  while (taken.has(free)) free += '’';
  taken.add(free);
  return free;
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** Bits of a share. Multiples of 2^-53 up to 1 add up without rounding, so that parts never sum to more than all. */
const SHARE_BITS = 53n;
const SHARE_UNIT = 2 ** -53;

/**
 * The hits of a strike at num / den of each part, one for each position. Shares are rounded down to 2^-53.
 *
 * @param num from 0 to `den`
 */
export function makeHits(parts: Iterable<StruckPart>, num = 1n, den = 1n): Hit[] {
  const struck = new Map<number, { amount: bigint; readonly whole: bigint }>();
  for (const { position, amount, whole } of parts) {
    const before = struck.get(position);
    if (before) before.amount += amount;
    else struck.set(position, { amount, whole });
  }
  return [...struck].flatMap(([position, { amount, whole }]) => {
    const share = whole === 0n ? 0 : Number(((amount * num) << SHARE_BITS) / (whole * den)) * SHARE_UNIT;
    return share > 0 ? [{ position, share }] : [];
  });
}

/** The hits of several lists as one list. Shares of one position add up. */
export function mergeHits(lists: readonly (readonly Hit[])[]): Hit[] {
  const shares = new Map<number, number>();
  for (const { position, share } of lists.flat()) shares.set(position, (shares.get(position) ?? 0) + share);
  return [...shares].map(([position, share]) => ({ position, share }));
}

/** Every share times `factor`, at most all. */
export function scaleHits(hits: readonly Hit[], factor: number): Hit[] {
  return hits.map(({ position, share }) => ({ position, share: Math.min(1, share * factor) }));
}
