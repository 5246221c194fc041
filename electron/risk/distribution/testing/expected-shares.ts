import type { BuiltLossModel } from '../build-loss-model.ts';
import { meanOfSeverity } from '../severity.ts';

/** What each source takes of the position in the mean, as a share of its value. */
export function expectedShares(
  { model, positionIds }: BuiltLossModel,
  positionId: string,
): Map<string, number> {
  const shares = new Map<string, number>();
  for (const { id, probability, strikes } of model.sources) {
    for (const { chance, severity, hits } of strikes) {
      for (const { position, share } of hits) {
        if (positionIds[position] !== positionId) continue;
        const expected = probability * chance * meanOfSeverity(severity) * share;
        shares.set(id, (shares.get(id) ?? 0) + expected);
      }
    }
  }
  return shares;
}
