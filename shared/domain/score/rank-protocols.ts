/** Scores against each other: which ranks their ranges allow, and which weight matters most. */
import { reweighScore } from './score-protocol.ts';
import {
  SCORE_DIMENSIONS,
  type ProtocolRank,
  type ProtocolScore,
  type RankSensitivity,
  type ScoreDimension,
  type WeightChange,
} from './score.ts';

/**
 * The rank of each, in the order given. The best rank counts only those that are better whatever the truth within both
 * ranges; the worst, all that may be better.
 */
export function rankProtocols(scores: readonly ProtocolScore[]): readonly ProtocolRank[] {
  return scores.map((one) => ({
    protocolId: one.protocolId,
    rank: rankMiddle(one.score.mid, scores),
    best: 1 + scores.filter(({ score }) => score.low > one.score.high).length,
    worst: 1 + scores.filter((other) => other !== one && other.score.high > one.score.low).length,
  }));
}

/** 1 and the number of those that are better, so that equals share the better rank. */
function rankMiddle(mid: number, scores: readonly ProtocolScore[]): number {
  return 1 + scores.filter(({ score }) => score.mid > mid).length;
}

interface Trial {
  readonly dimension: ScoreDimension;
  readonly halved: readonly ProtocolScore[];
  readonly doubled: readonly ProtocolScore[];
}

/**
 * Of each, in the order given: what halving or doubling one weight at a time does. The weights are those that the scores
 * were made with. Half of the only weight there is, and of a weight of zero, changes nothing.
 */
export function weightSensitivity(scores: readonly ProtocolScore[]): readonly RankSensitivity[] {
  const trials = SCORE_DIMENSIONS.map((dimension): Trial => {
    const change = (factor: number): ProtocolScore[] =>
      scores.map((score) =>
        reweighScore(score, { ...score.weights, [dimension]: score.weights[dimension] * factor }),
      );
    return { dimension, halved: change(0.5), doubled: change(2) };
  });
  return scores.map(({ protocolId, score: { mid } }, index) => {
    const rank = rankMiddle(mid, scores);
    const changes = trials.map(({ dimension, halved, doubled }): WeightChange => {
      const midHalved = halved[index]?.score.mid ?? mid;
      const midDoubled = doubled[index]?.score.mid ?? mid;
      return {
        dimension,
        rankHalved: rankMiddle(midHalved, halved),
        rankDoubled: rankMiddle(midDoubled, doubled),
        midHalved,
        midDoubled,
      };
    });
    const seen = [rank, ...changes.flatMap(({ rankHalved, rankDoubled }) => [rankHalved, rankDoubled])];
    return {
      protocolId,
      rank,
      best: Math.min(...seen),
      worst: Math.max(...seen),
      changes,
      mostSensitive: findMostSensitive(rank, mid, changes),
    };
  });
}

function findMostSensitive(
  rank: number,
  mid: number,
  changes: readonly WeightChange[],
): RankSensitivity['mostSensitive'] {
  const moves = changes.map(({ dimension, rankHalved, rankDoubled, midHalved, midDoubled }) => ({
    dimension,
    ranks: Math.max(Math.abs(rankHalved - rank), Math.abs(rankDoubled - rank)),
    points: Math.max(Math.abs(midHalved - mid), Math.abs(midDoubled - mid)),
  }));
  const [most] = moves.toSorted((one, two) => two.ranks - one.ranks || two.points - one.points);
  return most !== undefined && most.ranks > 0 ? most.dimension : null;
}
