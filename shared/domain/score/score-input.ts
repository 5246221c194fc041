/** The points of one input of one protocol: what its figure says, as far as the figure can be trusted. */
import type { CatalogObservation, FactStatus, Protocol } from '../catalog.ts';
import type { ScoreDeclaration } from './score-inputs.ts';
import { scaleRange } from './score-scale.ts';
import type { InputReason, InputScore } from './score.ts';

/** Points by which a range is widened at either end, from 0 to 100 at most. */
export const SCORE_MARGINS: Readonly<Record<FactStatus, number>> = {
  confirmed: 0,
  secondary: 5,
  disputed: 15,
  unconfirmed: 30,
};

export function scoreInput(
  declaration: ScoreDeclaration,
  protocol: Protocol,
  observations: readonly CatalogObservation[],
  on: string,
): InputScore {
  const { id, origin, knots, read } = declaration;
  const { figure, isKnown, status, sources, asOf } = read(protocol, observations, on);
  const head = { id, origin, figure, status, sources, asOf };
  if (figure === null) {
    const reason: InputReason = isKnown ? 'wordsOnly' : 'unknown';
    return { ...head, reason, low: 0, high: 100 };
  }
  const points = scaleRange(knots, figure);
  const margin = SCORE_MARGINS[status];
  return {
    ...head,
    reason: status,
    low: Math.max(0, points.low - margin),
    high: Math.min(100, points.high + margin),
  };
}
