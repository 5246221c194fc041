/** The score of one protocol from its facts, and the same facts under other weights. */
import type { CatalogObservation, Protocol } from '../catalog.ts';
import { isDay } from './date-span.ts';
import { listCaps } from './score-caps.ts';
import { SCORE_DECLARATIONS } from './score-inputs.ts';
import { scoreInput } from './score-input.ts';
import {
  DEFAULT_WEIGHTS,
  SCORE_DATE,
  SCORE_DIMENSIONS,
  SCORE_VERSION,
  type DimensionScore,
  type InputScore,
  type ProtocolScore,
  type ScoreCap,
  type ScoreDimension,
  type ScoreOptions,
  type ScoreRange,
  type ScoreWeights,
} from './score.ts';

/**
 * Each dimension is the plain mean of its inputs, low with low and high with high; the score is their weighted mean, and
 * its middle the weighted mean of the middles of the inputs. Caps come last.
 *
 * @param observations of any protocols; those of this one are used
 * @throws RangeError for weights that {@link isWeighable} refuses, and for a day that is none
 */
export function scoreProtocol(
  protocol: Protocol,
  observations: readonly CatalogObservation[],
  { weights = DEFAULT_WEIGHTS, on }: ScoreOptions,
): ProtocolScore {
  if (!isDay(on)) throw new RangeError(`not a day: ${on}`);
  const inputs = SCORE_DECLARATIONS.map((declaration) => ({
    dimension: declaration.dimension,
    input: scoreInput(declaration, protocol, observations, on),
  }));
  const byDimension = Map.groupBy(inputs, ({ dimension }) => dimension);
  const scored = SCORE_DIMENSIONS.map((id) =>
    scoreDimension(
      id,
      (byDimension.get(id) ?? []).map(({ input }) => input),
    ),
  );
  const caps = listCaps(protocol, on);
  return {
    protocolId: protocol.id,
    version: SCORE_VERSION,
    date: SCORE_DATE,
    on,
    ...weigh(scored, weights, caps),
  };
}

/**
 * The same facts with other weights: for a slider, and for how much the weights matter.
 *
 * @throws RangeError as {@link scoreProtocol}
 */
export function reweighScore(score: ProtocolScore, weights: ScoreWeights): ProtocolScore {
  return { ...score, ...weigh(score.dimensions, weights, score.caps) };
}

type Scored = Omit<DimensionScore, 'weight' | 'share'>;

function scoreDimension(id: ScoreDimension, inputs: readonly InputScore[]): Scored {
  const low = meanOf(inputs.map((input) => input.low));
  const high = meanOf(inputs.map((input) => input.high));
  return { id, low, mid: (low + high) / 2, high, inputs };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function weigh(
  scored: readonly Scored[],
  weights: ScoreWeights,
  caps: readonly ScoreCap[],
): Pick<ProtocolScore, 'score' | 'uncapped' | 'dimensions' | 'caps' | 'weights'> {
  const shares = shareOut(weights);
  const dimensions = scored.map((one): DimensionScore => {
    const { id, low, mid, high, inputs } = one;
    return { id, weight: weights[id], share: shares[id], low, mid, high, inputs };
  });
  const mean = (valueOf: (dimension: DimensionScore) => number): number =>
    clamp(dimensions.reduce((sum, dimension) => sum + dimension.share * valueOf(dimension), 0));
  const uncapped = {
    low: mean(({ low }) => low),
    mid: mean(({ mid }) => mid),
    high: mean(({ high }) => high),
  };
  return { score: applyCaps(uncapped, caps), uncapped, dimensions, caps, weights };
}

/** A sum of rounded shares can come out at 100 and a breath. */
function clamp(value: number): number {
  return Math.min(100, Math.max(0, value));
}

/** A certain cap bounds all of the range; one that only may apply, its low end. */
function applyCaps({ low, mid, high }: ScoreRange, caps: readonly ScoreCap[]): ScoreRange {
  const certain = Math.min(100, ...caps.filter(({ isCertain }) => isCertain).map(({ at }) => at));
  const possible = Math.min(certain, ...caps.map(({ at }) => at));
  return { low: Math.min(low, possible), mid: Math.min(mid, certain), high: Math.min(high, certain) };
}

/** Whether the weights make a score: none below zero, not all of them zero. */
export function isWeighable(weights: ScoreWeights): boolean {
  const largest = findLargest(weights);
  // Written so that NaN fails.
  return SCORE_DIMENSIONS.every((id) => weights[id] >= 0) && largest > 0 && largest < Infinity;
}

function findLargest(weights: ScoreWeights): number {
  return Math.max(...SCORE_DIMENSIONS.map((id) => weights[id]));
}

function shareOut(weights: ScoreWeights): ScoreWeights {
  if (!isWeighable(weights)) throw new RangeError('weights must not be below zero, nor all zero');
  // By the largest, not by the sum: that of very large weights is no number any more.
  const largest = findLargest(weights);
  const sum = SCORE_DIMENSIONS.reduce((total, id) => total + weights[id] / largest, 0);
  const share = (id: ScoreDimension): number => weights[id] / largest / sum;
  return {
    code: share('code'),
    control: share('control'),
    backing: share('backing'),
    slashing: share('slashing'),
    liquidity: share('liquidity'),
    operations: share('operations'),
  };
}
