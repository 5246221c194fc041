/**
 * The edit that has to feel immediate: an amount is moved from one operator to another, and every figure is had anew.
 * EL, VaR, CVaR and attribution are read off the tape, on the same paths; gamma follows the two stakes.
 */
import type { Hit, LossModel, RiskSource } from '../../electron/risk/distribution/loss-model.ts';
import { aggregate } from '../../electron/risk/distribution/loss-distribution.ts';
import type { EventTape } from '../../electron/risk/distribution/simulate/event-tape.ts';
import { parseRational } from '../../electron/risk/security/rational.ts';
import { createGammaTracker } from './engine-gamma.ts';
import { timeRun, type PreparedTask } from './engine-timing.ts';
import { createRandom } from './random.ts';
import { toLossModel } from './to-loss-model.ts';
import type { Workload } from './workload.ts';

/** Share of what a position has with an operator that one edit moves. */
const MOVED = 0.5;

/** Stakes are whole gwei. */
const STAKE_DECIMALS = 9;

/** Every run is another edit of the book as the last one left it. */
export function prepareEdits(workload: Workload, tape: EventTape): PreparedTask {
  let model = toLossModel(workload, { hasCascades: true });
  const stakes = workload.operators.map(({ stake }) => stake);
  const tracker = createGammaTracker(workload);
  return {
    run: async (seed) => {
      const { from, to, hit } = chooseMove(model, seed);
      return timeRun(() => {
        const moved = hit.share * MOVED;
        model = moveShare(model, from, to, { position: hit.position, share: moved });
        const amount = moved * model.positions[hit.position]!.value;
        for (const [operator, change] of [
          [from, -amount],
          [to, amount],
        ] as const) {
          stakes[operator] = Math.max(0, stakes[operator]! + change);
          tracker?.setStake(
            model.sources[operator]!.id,
            parseRational(stakes[operator].toFixed(STAKE_DECIMALS))!,
          );
        }
        const gamma = tracker?.readGamma();
        return { gamma, distribution: aggregate(tape, model) };
      });
    },
  };
}

interface Move {
  /** Indexes of sources. */
  readonly from: number;
  readonly to: number;
  readonly hit: Hit;
}

function chooseMove({ sources }: LossModel, seed: number): Move {
  const random = createRandom(seed);
  for (;;) {
    const from = random.below(sources.length);
    const to = random.below(sources.length);
    const hits = listHits(sources[from]!);
    if (from !== to && hits.length > 0) return { from, to, hit: hits[random.below(hits.length)]! };
  }
}

function listHits({ strikes }: RiskSource): readonly Hit[] {
  return strikes[0]?.hits ?? [];
}

function moveShare(model: LossModel, from: number, to: number, { position, share }: Hit): LossModel {
  const change = (source: number, by: number): RiskSource => {
    const { strikes, ...rest } = model.sources[source]!;
    const hits = listHits(model.sources[source]!);
    const before = hits.find((hit) => hit.position === position)?.share ?? 0;
    const others = hits.filter((hit) => hit.position !== position);
    const after = [...others, { position, share: Math.max(0, before + by) }];
    return { ...rest, strikes: strikes.map((strike) => ({ ...strike, hits: after })) };
  };
  const sources = model.sources.with(from, change(from, -share)).with(to, change(to, share));
  return { ...model, sources };
}
