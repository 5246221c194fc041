/**
 * What can happen to a book of positions over one horizon, ready for the statistics. Built from an exposure graph and
 * a set of hazard parameters (build-loss-model.ts), or from a workload file; read by the semi-analytic core and by the
 * simulation, so that both speak of the same model.
 *
 * Floating point lives here and below, and nowhere else in the engine: losses are in one unit of value (ETH), as
 * numbers, because every one of them is an estimate. Amounts that are exact stay in bigint, on the scenario side.
 */

/** One position. `value` is in the model's unit, not below zero. */
export interface ModelPosition {
  readonly id: string;
  /** Symbol of the token held, for attribution. */
  readonly token: string;
  readonly value: number;
}

/**
 * How much of what is struck is lost: equally likely levels, each a share from 0 to 1, in ascending order. One level
 * is a fixed severity. A distribution given by quantiles is brought into this form once, with its mean kept
 * (severity.ts), so that no two models discretise it differently.
 */
export type Severity = readonly number[];

/** A part of a position that a strike reaches, as a share of the position's value, 0 to 1. */
export interface Hit {
  /** Index into {@link LossModel.positions}. */
  readonly position: number;
  readonly share: number;
}

/**
 * One way in which an event takes value: a service slashes an operator's allocation; a contract fails. The ids say to
 * whom the loss is charged in attributions; null where there is nobody of the kind.
 */
export interface Strike {
  readonly operatorId: string | null;
  readonly serviceId: string | null;
  readonly dependencyId: string | null;
  /** Chance that the strike is part of the event, 0 to 1. Independent between strikes. */
  readonly chance: number;
  readonly severity: Severity;
  /**
   * How it meets other losses of the same position. `adds`: slashes of separate allocations add up, at most to all of
   * the stake. `multiplies`: a layer of its own, which takes its share of what the others left.
   */
  readonly combine: 'adds' | 'multiplies';
  readonly hits: readonly Hit[];
}

/** Something that can happen, at most once per path. */
export interface RiskSource {
  readonly id: string;
  readonly kind: 'operator' | 'service' | 'dependency';
  /** Chance of the event within the horizon, 0 to 1. */
  readonly probability: number;
  /** Whether it moves with the common factor. Named shocks do not: their members are listed, not correlated. */
  readonly isOnFactor: boolean;
  /** One severity draw for all strikes of an event, or one for each. */
  readonly isSeverityCommon: boolean;
  readonly strikes: readonly Strike[];
  /**
   * Marshall-Olkin shock: ids of the operator sources that have their own event whenever this one happens, besides its
   * strikes. Each member happens at most once per path, however many causes it has.
   */
  readonly members: readonly string[];
}

/** First-loss cover of some positions. */
export interface ModelCover {
  readonly id: string;
  /** Indexes into {@link LossModel.positions}. They share the pool in proportion to their losses. */
  readonly positions: readonly number[];
  /** In the model's unit: pays min(cap, max(0, loss - deductible)). */
  readonly deductible: number;
  readonly cap: number;
  /** Wrong-way risk: where one of these sources happens, the pool loses this share of its cap before it pays. */
  readonly hangsOn: readonly { readonly sourceId: string; readonly share: number }[];
}

/**
 * How faults spread. An operator falls through an edge once the share of the service's stake that is at fault reaches
 * the edge's threshold. Only `shared` and `elastic` collateral conducts: a `unique` allocation cannot be taken by
 * another service, so such edges are not listed here.
 */
export interface ContagionNetwork {
  readonly serviceCount: number;
  readonly edges: readonly ContagionEdge[];
}

export interface ContagionEdge {
  /** Id of an operator source. */
  readonly sourceId: string;
  /** 0 to serviceCount - 1. */
  readonly service: number;
  /** What the operator stakes with the service, above zero; any unit, one for all edges of a service. */
  readonly stake: number;
  /** Share of the service's stake, above 0 and at most 1. */
  readonly threshold: number;
}

export interface LossModel {
  readonly positions: readonly ModelPosition[];
  /** Operators first, then shocks; ids are unique. */
  readonly sources: readonly RiskSource[];
  /** Correlation of the one-factor model, 0 to below 1. */
  readonly rho: number;
  readonly covers: readonly ModelCover[];
  readonly contagion: ContagionNetwork | null;
}
