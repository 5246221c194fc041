/** First-loss covers in the model's terms: indexes, plain numbers, and the sources that a pool hangs on. */
import { BEACON_CHAIN_STRATEGY } from '../../../shared/domain/address.ts';
import type { Cover } from '../../../shared/domain/cover.ts';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import type { Fraction, GraphCover } from '../../../shared/domain/restaking-graph.ts';
import type { ModelCover, RiskSource, Strike } from '../distribution/loss-model.ts';
import { meanOfSeverity } from '../distribution/severity.ts';
import { ETHEREUM } from './list-consensus-sources.ts';
import type { SourceContext } from './model-source.ts';

/** What a cover hangs on, but no source of the model is: its failure is not in the figures. */
export interface LooseEnd {
  readonly coverId: string;
  readonly name: string;
  readonly id: string;
}

export interface ModelCovers {
  readonly covers: readonly ModelCover[];
  readonly looseEnds: readonly LooseEnd[];
}

type HangsOn = ModelCover['hangsOn'];

/** Covers of a graph say themselves which share of the pool a failure takes. */
export function describeGraphCovers(
  { graph, values }: SourceContext,
  sources: readonly RiskSource[],
): ModelCovers {
  const unit = 10 ** graph.decimals;
  const looseEnds: LooseEnd[] = [];
  const covers = graph.covers.map((cover): ModelCover => {
    const hangsOn = cover.hangsOn.flatMap(({ kind, id, share }) => {
      const found = sources.filter((source) => concerns(source, kind, id));
      if (found.length === 0) looseEnds.push({ coverId: cover.id, name: cover.name, id });
      return found.map((source) => ({ sourceId: source.id, share: toNumber(share) }));
    });
    return {
      id: cover.id,
      positions: listIndexes(cover, values.indexes),
      deductible: Number(cover.deductible) / unit,
      cap: Number(cover.cap) / unit,
      hangsOn,
    };
  });
  return { covers, looseEnds };
}

function toNumber({ num, den }: Fraction): number {
  return Number(num) / Number(den);
}

function listIndexes(
  { beneficiaries }: GraphCover,
  indexes: ReadonlyMap<string, readonly number[]>,
): number[] {
  return beneficiaries.flatMap((id) => indexes.get(id) ?? []);
}

/** Whether the source is a failure of the operator, service or dependency itself. */
function concerns(source: RiskSource, kind: GraphCover['hangsOn'][number]['kind'], id: string): boolean {
  if (source.kind !== kind) return false;
  return source.strikes.some((strike) => idOf(strike, kind) === id);
}

function idOf(strike: Strike, kind: RiskSource['kind']): string | null {
  if (kind === 'operator') return strike.operatorId;
  return kind === 'service' ? strike.serviceId : strike.dependencyId;
}

/**
 * Covers as a scenario has them, where the pool loses the same share as what it hangs on. A model needs one number per
 * source, and takes the mean of that share. A pool that covers more than these positions is scaled to their part of it,
 * other holders being taken to lose the same share.
 */
export function describeCovers(
  covers: readonly Cover[],
  exposure: Exposure,
  context: SourceContext,
  sources: readonly RiskSource[],
): ModelCovers {
  const unit = 10 ** context.graph.decimals;
  const looseEnds: LooseEnd[] = [];
  const found = covers.map((cover, number): ModelCover => {
    const id = `cover:${number}`;
    const covered = exposure.positions.filter(
      (position) =>
        cover.positionIds.includes(position.id) || cover.instruments.includes(position.instrumentId),
    );
    const positions = covered.flatMap((position) => context.values.indexes.get(position.id) ?? []);
    const value = positions.reduce((sum, index) => sum + context.values.positions[index]!.value, 0);
    const pooled = cover.pooledWei === null ? 0 : Number(cover.pooledWei) / unit;
    const part = pooled > value && value > 0 ? value / pooled : 1;
    const hangsOn = listHangs(cover, context, sources);
    if (cover.hangsOn !== null && hangsOn.length === 0) {
      const end = cover.hangsOn.kind === 'operator' ? cover.hangsOn.operator : cover.hangsOn.dependency;
      looseEnds.push({ coverId: id, name: cover.name, id: end });
    }
    return {
      id,
      positions,
      deductible: (part * Number(cover.deductibleWei)) / unit,
      cap: (part * Number(cover.capWei)) / unit,
      hangsOn,
    };
  });
  return { covers: found, looseEnds };
}

function listHangs({ hangsOn }: Cover, context: SourceContext, sources: readonly RiskSource[]): HangsOn {
  if (hangsOn === null) return [];
  return sources.flatMap((source) => {
    const strikes = source.strikes.filter((strike) =>
      hangsOn.kind === 'dependency'
        ? strike.dependencyId === hangsOn.dependency
        : strike.operatorId === hangsOn.operator,
    );
    const share = strikes.reduce((sum, strike) => {
      const reach = hangsOn.kind === 'dependency' ? 1 : findReach(strike, hangsOn, context);
      return sum + strike.chance * meanOfSeverity(strike.severity) * reach;
    }, 0);
    return share === 0 ? [] : [{ sourceId: source.id, share: Math.min(1, share) }];
  });
}

/** Share of the operator's stake that the strike reaches: of the given vault, or of the one it reaches most of. */
function findReach(
  strike: Strike,
  hangsOn: Extract<NonNullable<Cover['hangsOn']>, { kind: 'operator' }>,
  { graph }: SourceContext,
): number {
  // The chain slashes what is staked natively, all of it.
  const isNative = hangsOn.strategy === null || hangsOn.strategy === BEACON_CHAIN_STRATEGY;
  if (strike.serviceId === ETHEREUM) return isNative ? 1 : 0;
  const operator = graph.operators.find(({ id }) => id === hangsOn.operator);
  const shares = graph.edges
    .filter(
      (edge) =>
        edge.operator === hangsOn.operator &&
        edge.service === strike.serviceId &&
        (hangsOn.strategy === null || edge.vault === hangsOn.strategy),
    )
    .map(({ vault, allocation }) => {
      const stake = operator?.stakes.find((own) => own.vault === vault)?.amount ?? 0n;
      return stake === 0n ? 0 : Math.min(1, Number(allocation) / Number(stake));
    });
  return Math.max(0, ...shares);
}
