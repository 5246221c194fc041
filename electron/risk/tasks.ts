/**
 * What the engine's worker can be asked to do, by name. Pure but for the studies it keeps: a study's tapes stay here,
 * because a what-if reads them again and they are too large to send about.
 */
import { AppError } from '../../shared/contract/errors.ts';
import type { Catalog } from '../../shared/domain/catalog.ts';
import type { Exposure } from '../../shared/domain/exposure.ts';
import type { Hazards } from '../../shared/domain/hazards.ts';
import type { LossStudy, Move, MoveResult, StudyRequest } from '../../shared/domain/loss-study.ts';
import type { ComparisonRequest, ProductComparison } from '../../shared/domain/product-comparison.ts';
import type { Scenario, ScenarioResult } from '../../shared/domain/scenario.ts';
import { compareProducts } from './compare/compare-products.ts';
import { openStudy, type StudyDesk } from './distribution/loss-study.ts';
import { parseGraph } from './graph/parse-graph.ts';
import { runScenario } from './scenario/run-scenario.ts';
import { assessGraph, type GraphAssessment } from './security/assess-graph.ts';
import { parseRational, type Rational } from './security/rational.ts';
import type { Solver } from './security/solver.ts';
import type { RunHooks } from './work.ts';

/** Kinds of work are added here. */
export interface EngineTasks {
  'run-scenario': {
    input: { readonly exposure: Exposure; readonly scenario: Scenario };
    output: ScenarioResult;
  };
  'open-study': {
    input: {
      readonly studyId: string;
      readonly exposure: Exposure;
      readonly hazards: Hazards;
      readonly request: StudyRequest;
    };
    output: LossStudy;
  };
  'move-in-study': {
    input: { readonly studyId: string; readonly move: Move };
    output: MoveResult;
  };
  'compare-products': {
    input: { readonly catalog: Catalog; readonly hazards: Hazards; readonly request: ComparisonRequest };
    output: ProductComparison;
  };
  /** `text`: a network file (docs/method/graph.md). `psi`: as "1/10" or "0.1"; null: no shock. */
  'assess-network': {
    input: { readonly text: string; readonly psi: string | null; readonly timeLimitSeconds: number };
    output: GraphAssessment;
  };
}

/** What only a thread can bring along. */
export interface TaskTools {
  /** Loaded when first asked for. */
  readonly loadSolver: () => Promise<Solver>;
}

export type TaskName = keyof EngineTasks;

export type TaskRunners = {
  readonly [Name in TaskName]: (
    input: EngineTasks[Name]['input'],
    hooks: RunHooks,
  ) => EngineTasks[Name]['output'] | Promise<EngineTasks[Name]['output']>;
};

/** Studies kept at a time; the oldest goes first. A study of a million paths is about 30 MB for each parameter set. */
const KEPT_STUDIES = 2;

export function createTaskRunners({ loadSolver }: TaskTools): TaskRunners {
  const desks = new Map<string, StudyDesk>();
  return {
    'run-scenario': ({ exposure, scenario }, hooks) => runScenario(exposure, scenario, hooks),
    'open-study': ({ studyId, exposure, hazards, request }, hooks) => {
      const desk = openStudy(studyId, exposure, hazards, request, hooks);
      // Only now: a run that is cancelled leaves the study before it where it was.
      desks.delete(studyId);
      desks.set(studyId, desk);
      for (const oldest of desks.keys()) {
        if (desks.size <= KEPT_STUDIES) break;
        desks.delete(oldest);
      }
      return desk.study;
    },
    'move-in-study': ({ studyId, move }, hooks) => {
      const desk = desks.get(studyId);
      if (desk === undefined) {
        throw new AppError('not-found', 'The simulated paths of this study are no longer kept.', {
          help: 'Run the study again.',
        });
      }
      return desk.move(move, hooks);
    },
    'compare-products': ({ catalog, hazards, request }, hooks) =>
      compareProducts(catalog, hazards, request, hooks),
    'assess-network': async ({ text, psi, timeLimitSeconds }, hooks) => {
      const graph = parseGraph(text);
      const shock = psi === null ? null : readShare(psi);
      const solver = await loadSolver();
      return assessGraph(graph, { solver, timeLimitSeconds, psi: shock }, hooks);
    },
  };
}

function readShare(text: string): Rational {
  const share = parseRational(text);
  if (share !== null) return share;
  throw new AppError('scenario-invalid', `“${text}” is not a share.`, {
    help: 'Write it as 0.1 or 1/10.',
  });
}
