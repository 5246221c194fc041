/** Which shocks with members happen: the states the law is conditioned on, with their probabilities. */
import type { LinearShock } from './linear-book.ts';

export interface ShockState {
  readonly probability: number;
  /** The shocks that happen, as indexes. */
  readonly shocks: readonly number[];
}

/**
 * The states of independent shocks, likeliest first, at most `most` of them, and the probability of those left out.
 * While shock after shock is taken in, states below 1e-15 and those beyond the limit are dropped.
 */
export function listShockStates(
  probabilities: Float64Array,
  shocks: readonly LinearShock[],
  most: number,
): { states: ShockState[]; leftOut: number } {
  let states: ShockState[] = [{ probability: 1, shocks: [] }];
  let leftOut = 0;
  for (const [i, { source, members }] of shocks.entries()) {
    if (members.length === 0) continue;
    const p = probabilities[source]!;
    const next = states.flatMap((state) => [
      { probability: state.probability * (1 - p), shocks: state.shocks },
      { probability: state.probability * p, shocks: [...state.shocks, i] },
    ]);
    next.sort((a, b) => b.probability - a.probability);
    states = next.filter((state, rank) => rank < most && state.probability > 1e-15);
    for (const [rank, state] of next.entries()) {
      if (rank >= most || state.probability <= 1e-15) leftOut += state.probability;
    }
  }
  return { states, leftOut };
}
