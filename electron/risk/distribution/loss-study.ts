/**
 * A study of one exposure: the loss distribution under each set of hazard parameters, and afterwards any number of
 * what-ifs on the same paths. Holds its tapes; letting go of the object lets go of them.
 */
import type { Exposure } from '../../../shared/domain/exposure.ts';
import type { Hazards } from '../../../shared/domain/hazards.ts';
import { PARAMETER_SETS, type LossDistribution } from '../../../shared/domain/loss-distribution.ts';
import type { LossStudy, Move, MoveResult, StudyRequest } from '../../../shared/domain/loss-study.ts';
import { partOfRun, type RunHooks } from '../work.ts';
import { compileBook } from './book.ts';
import { computeLosses } from './aggregate/tape-losses.ts';
import { buildLossModel, type BuiltLossModel } from './build-loss-model.ts';
import { compareLosses } from './compare-losses.ts';
import { aggregate } from './loss-distribution.ts';
import { moveValue } from './move-value.ts';
import type { EventTape } from './simulate/event-tape.ts';
import { simulate } from './simulate/simulate.ts';

export interface StudyDesk {
  readonly study: LossStudy;
  /** @throws AppError scenario-invalid for a move that cannot be made; cancelled */
  move(move: Move, hooks?: RunHooks): MoveResult;
}

interface StudiedModel {
  readonly built: BuiltLossModel;
  readonly tape: EventTape;
  readonly distribution: LossDistribution;
}

/**
 * @throws AppError scenario-invalid for an exposure that contradicts itself or a request that means nothing; cancelled
 */
export function openStudy(
  studyId: string,
  exposure: Exposure,
  hazards: Hazards,
  request: StudyRequest,
  hooks: RunHooks = {},
): StudyDesk {
  const { paths, seed, horizonYears, includeMarket, isRecoveryCounted } = request;
  const edits = {
    sources: Object.fromEntries(
      request.edits.map(({ sourceId, ratePerYear }) => [sourceId, { ratePerYear }] as const),
    ),
  };
  const options = { horizonYears, includeMarket, isRecoveryCounted, edits };
  const studied = PARAMETER_SETS.map((set, index): StudiedModel => {
    const own = partOfRun(hooks, index, PARAMETER_SETS.length);
    const built = buildLossModel(exposure, hazards, set, options, own);
    // Tail allocation: the far tail is what is asked about, and it costs a few more faults per path.
    const tape = simulate(built.model, { paths, seed, allocation: 'tail' }, partOfRun(own, 0, 2));
    return { built, tape, distribution: aggregate(tape, built.model, {}, partOfRun(own, 1, 2)) };
  });
  return {
    study: {
      studyId,
      request,
      blockNumber: exposure.origin.block.number,
      sets: studied.map(({ built, distribution }) => ({
        set: built.set,
        rho: built.model.rho,
        distribution,
        sources: [...built.sources],
        leftOut: [...built.leftOut],
        assumptions: [...built.assumptions],
        names: { ...built.names },
      })),
    },
    move: (move, moveHooks = {}) => moveInStudy(studied, move, moveHooks),
  };
}

function moveInStudy(studied: readonly StudiedModel[], move: Move, hooks: RunHooks): MoveResult {
  return {
    move,
    sets: studied.map(({ built, tape, distribution }, index) => {
      const own = partOfRun(hooks, index, studied.length);
      const moved = moveValue(built.model, move);
      // Read again, because passes over a tape share its room; copied, because the next one overwrites it.
      const before = computeLosses(tape, compileBook(built.model), partOfRun(own, 0, 2)).slice();
      const after = aggregate(tape, moved, {}, partOfRun(own, 1, 2));
      const changes = compareLosses(
        tape,
        { losses: before, distribution },
        { losses: tape.room.losses, distribution: after },
      );
      return { set: built.set, ...changes, tails: [...changes.tails], after };
    }),
  };
}
