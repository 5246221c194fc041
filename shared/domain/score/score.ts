/**
 * The risk score of a protocol: what it is made of. 100 is the least risk. A score is a range, from the worst to the best
 * that the facts allow; what is not known makes the range wider and never the score lower.
 *
 * - scoreProtocol (score-protocol.ts): one protocol.
 * - reweighScore (score-protocol.ts): the same facts with other weights, without going through them again.
 * - rankProtocols, weightSensitivity (rank-protocols.ts): many, against each other.
 *
 * Texts: `score.dimension.<id>`, `score.input.<id>`, `score.why.<reason>`, `score.cap.<id>`. In words, with every knot:
 * docs/method/score.md, which is written from the same declarations.
 */
import type { FactKey, FactStatus, FactUnit, Metric } from '../catalog.ts';

/** Raised with every change of an input, knot, margin, weight or cap; the date is that of the change. */
export const SCORE_VERSION = 1;
export const SCORE_DATE = '2026-11-26';

export const SCORE_DIMENSIONS = [
  'code',
  'control',
  'backing',
  'slashing',
  'liquidity',
  'operations',
] as const;
export type ScoreDimension = (typeof SCORE_DIMENSIONS)[number];

/** Not below zero; only their proportions matter. */
export type ScoreWeights = Readonly<Record<ScoreDimension, number>>;

export const DEFAULT_WEIGHTS: ScoreWeights = {
  code: 15,
  control: 25,
  backing: 25,
  slashing: 15,
  liquidity: 15,
  operations: 5,
};

/** 0 to 100, `low` <= `mid` <= `high`. `mid` is for sorting and for the middle of a bar: never show it alone. */
export interface ScoreRange {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
}

export const SCORE_INPUTS = [
  'audits',
  'bounty',
  'incidents',
  'timelock',
  'multisig',
  'custodians',
  'bridges',
  'cover',
  'slashingMaximum',
  'slashingLayers',
  'exitDays',
  'exitStressDays',
  'saleCost',
  'size',
  'addresses',
] as const;
export type ScoreInputId = (typeof SCORE_INPUTS)[number];

/** Where an input's figure stands in the catalogue. `computed`: counted from the protocol's lists. */
export type InputOrigin =
  | { readonly kind: 'fact'; readonly fact: FactKey }
  | { readonly kind: 'observation'; readonly metric: Metric }
  | { readonly kind: 'computed'; readonly from: 'incidents' | 'dependencies' | 'kind' | 'contracts' };

export type InputUnit = FactUnit | 'incidents' | 'custodians' | 'bridges' | 'layers';

/**
 * Why an input has its range. `confirmed`: the range of the figure itself. `secondary`, `disputed`, `unconfirmed`: that
 * range, widened by the margin of its status. `wordsOnly`: something is known, but no number of the input's unit.
 * `unknown`: nothing is known. The last two span everything.
 */
export type InputReason = FactStatus | 'wordsOnly' | 'unknown';

export interface InputScore {
  readonly id: ScoreInputId;
  readonly origin: InputOrigin;
  /** What was used; null where there was no number of the input's unit. */
  readonly figure: { readonly low: number; readonly high: number; readonly unit: InputUnit } | null;
  readonly status: FactStatus;
  /** Ids of the catalogue's sources; of an observation the name of its own. */
  readonly sources: readonly string[];
  readonly asOf: string | null;
  readonly reason: InputReason;
  readonly low: number;
  readonly high: number;
}

export interface DimensionScore extends ScoreRange {
  readonly id: ScoreDimension;
  /** As given. */
  readonly weight: number;
  /** Of the total, 0 to 1. */
  readonly share: number;
  readonly inputs: readonly InputScore[];
}

export const SCORE_CAPS = ['recentLoss'] as const;

/** A bound on the whole score. `certain`: caps the high end; else it may apply, and lowers the low end only. */
export interface ScoreCap {
  readonly id: (typeof SCORE_CAPS)[number];
  readonly at: number;
  readonly isCertain: boolean;
  /** The incident behind it. */
  readonly title: string;
  readonly date: string;
  readonly status: FactStatus;
  readonly sources: readonly string[];
}

export interface ProtocolScore {
  readonly protocolId: string;
  readonly score: ScoreRange;
  /** Before the caps. */
  readonly uncapped: ScoreRange;
  /** One for each of SCORE_DIMENSIONS, in their order. */
  readonly dimensions: readonly DimensionScore[];
  readonly caps: readonly ScoreCap[];
  readonly weights: ScoreWeights;
  readonly version: number;
  /** Of the method. */
  readonly date: string;
  /** The day that "in the last 12 months" counts from. */
  readonly on: string;
}

export interface ScoreOptions {
  /** {@link DEFAULT_WEIGHTS} where not given. */
  readonly weights?: ScoreWeights | undefined;
  /** yyyy-mm-dd. */
  readonly on: string;
}

/** 1 is the best. Of equals, both have the better rank. */
export interface ProtocolRank {
  readonly protocolId: string;
  /** By the middle of the range. */
  readonly rank: number;
  /** Best and worst that the ranges of all allow. */
  readonly best: number;
  readonly worst: number;
}

/** How one protocol's rank by the middle moves when one weight is halved or doubled. */
export interface WeightChange {
  readonly dimension: ScoreDimension;
  readonly rankHalved: number;
  readonly rankDoubled: number;
  readonly midHalved: number;
  readonly midDoubled: number;
}

export interface RankSensitivity {
  readonly protocolId: string;
  readonly rank: number;
  /** Best and worst rank by the middle over all changes. */
  readonly best: number;
  readonly worst: number;
  /** One for each dimension. */
  readonly changes: readonly WeightChange[];
  /** The dimension whose weight moves the rank most; of equals the one that moves the middle most. Null: none does. */
  readonly mostSensitive: ScoreDimension | null;
}
