/** Loss studies and what-ifs: made by the engine as jobs; the last of each portfolio is kept while the program runs. */
import { AppError } from '../../shared/contract/errors.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import type { Exposure } from '../../shared/domain/exposure.ts';
import type { Hazards } from '../../shared/domain/hazards.ts';
import type { KeptStudy } from '../../shared/domain/kept-study.ts';
import type { LossStudy, Move, MoveResult, StudyRequest } from '../../shared/domain/loss-study.ts';
import type { JobRunner, JobStart } from '../jobs.ts';
import type { Changes } from './changes.ts';
import type { Portfolios } from './portfolios.ts';
import type { Engine } from './readers.ts';
import type { Readings } from './readings.ts';
import { refuseSecretsIn } from './typed-text.ts';

export interface Studies {
  /** What rates and severities come from. */
  readonly hazards: Hazards;
  /**
   * Studies the newest reading. One that still runs for the portfolio is cancelled: it answers an older question.
   *
   * @throws AppError not-found, nothing-observed, secret-refused
   */
  start(portfolioId: string, request: StudyRequest): Job;
  /** Null where none was made since the program started. @throws AppError not-found */
  latest(portfolioId: string): KeptStudy | null;
  /**
   * What the latest study says with some value elsewhere, on the same paths. The job fails with not-found where the engine
   * let go of the paths.
   *
   * @throws AppError not-found without a study, secret-refused
   */
  move(portfolioId: string, move: Move): Job;
  /** The answer to the last move of the latest study, or null. @throws AppError not-found */
  moved(portfolioId: string): MoveResult | null;
}

interface Parts {
  readonly portfolios: Portfolios;
  readonly readings: Readings;
  readonly engine: Engine;
  readonly hazards: Hazards;
  readonly jobs: JobRunner;
  readonly changes: Changes;
  readonly now: () => number;
  readonly randomId: () => string;
}

interface Entry {
  readonly study: LossStudy;
  readonly madeAt: number;
  readonly exposure: Exposure;
  moved: MoveResult | null;
}

const STUDYING = 'jobs.step.studying';
const MOVING = 'jobs.step.moving';

export function createStudies(parts: Parts): Studies {
  const { portfolios, readings, engine, hazards, jobs, changes, now, randomId } = parts;
  const kept = new Map<string, Entry>();

  function get(portfolioId: string): Entry {
    portfolios.get(portfolioId);
    const entry = kept.get(portfolioId);
    if (entry) return entry;
    throw new AppError('not-found', 'No study of this portfolio was made since Ballast started.', {
      help: 'Run one first.',
    });
  }

  function keep(portfolioId: string, entry: Entry): void {
    const known = new Set(portfolios.list().map(({ id }) => id));
    for (const id of kept.keys()) if (!known.has(id)) kept.delete(id);
    kept.set(portfolioId, entry);
    changes.tellStudies(portfolioId);
  }

  function startNewest(start: JobStart): Job {
    const isOlder = ({ kind, portfolioId, state }: Job): boolean =>
      kind === start.kind && portfolioId === start.portfolioId && state === 'running';
    for (const { id } of jobs.list().filter(isOlder)) jobs.cancel(id);
    return jobs.start(start);
  }

  return {
    hazards,
    start(portfolioId, request) {
      // Ids are not typed by people, but a study keeps them whatever they are.
      refuseSecretsIn(request);
      // Taken now: what is studied is what was on screen when the button was pressed.
      const exposure = readings.get(portfolioId).exposure();
      return startNewest({
        kind: 'study',
        portfolioId,
        step: STUDYING,
        work: async ({ signal, report }) => {
          const onProgress = (progress: number): void => report(progress, STUDYING);
          // A name of its own, so that a study that is cancelled leaves the paths of the one before in place.
          const studyId = randomId();
          const input = { studyId, exposure, hazards, request };
          const study = await engine.run('open-study', input, { signal, onProgress });
          signal.throwIfAborted();
          keep(portfolioId, { study, madeAt: now(), exposure, moved: null });
          return studyId;
        },
      });
    },
    latest(portfolioId) {
      portfolios.get(portfolioId);
      const entry = kept.get(portfolioId);
      if (!entry) return null;
      const { study, madeAt, exposure } = entry;
      const reading = readings.find(portfolioId);
      return { study, madeAt, isCurrent: reading !== null && holdsSame(exposure, reading.exposure()) };
    },
    move(portfolioId, move) {
      refuseSecretsIn(move);
      const entry = get(portfolioId);
      const { studyId } = entry.study;
      return startNewest({
        kind: 'move',
        portfolioId,
        step: MOVING,
        work: async ({ signal, report }) => {
          const onProgress = (progress: number): void => report(progress, MOVING);
          const result = await engine.run('move-in-study', { studyId, move }, { signal, onProgress });
          signal.throwIfAborted();
          entry.moved = result;
          if (kept.get(portfolioId) === entry) changes.tellMoves(portfolioId);
          return null;
        },
      });
    },
    moved(portfolioId) {
      portfolios.get(portfolioId);
      return kept.get(portfolioId)?.moved ?? null;
    },
  };
}

/** Of one block, and the same positions at the same values: what they are called does not matter. */
function holdsSame(one: Exposure, two: Exposure): boolean {
  if (one === two) return true;
  if (one.origin.block.hash !== two.origin.block.hash || one.positions.length !== two.positions.length)
    return false;
  const values = new Map(one.positions.map(({ id, bookWei }) => [id, bookWei]));
  return two.positions.every(({ id, bookWei }) => values.has(id) && values.get(id) === bookWei);
}
