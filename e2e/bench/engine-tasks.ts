/** What the engine does when it is measured, through the functions that the program itself calls. */
import { compileBook } from '../../electron/risk/distribution/book.ts';
import { summarizeLosses } from '../../electron/risk/distribution/aggregate/summarize-losses.ts';
import { computeLosses } from '../../electron/risk/distribution/aggregate/tape-losses.ts';
import type { LossModel } from '../../electron/risk/distribution/loss-model.ts';
import { computeLossLaw } from '../../electron/risk/distribution/semi-analytic/compute-loss-law.ts';
import { makePlainBook } from '../../electron/risk/distribution/semi-analytic/linear-book.ts';
import {
  computeExpectedShortfall,
  computeLawMean,
  computeValueAtRisk,
} from '../../electron/risk/distribution/semi-analytic/loss-law.ts';
import type { EventTape } from '../../electron/risk/distribution/simulate/event-tape.ts';
import { simulate } from '../../electron/risk/distribution/simulate/simulate.ts';
import type { Samplers } from '../../electron/risk/worker.ts';
import type { Estimate } from '../../shared/domain/loss-distribution.ts';
import type { Figures } from './contestant.ts';
import type { EngineTask } from './engine-contestant.ts';
import { prepareEdits } from './engine-edit.ts';
import { prepareGamma } from './engine-gamma.ts';
import { timeAnswer, type Answer, type PreparedTask } from './engine-timing.ts';
import { toLossModel } from './to-loss-model.ts';
import { sumOperatorLosses, type Workload } from './workload.ts';

const LEVEL = 0.99;
const FAR_LEVEL = 0.999;
const TAPE_SEED = 7;

/** The reason where the workload does not say what the task needs. */
export async function prepareTask(
  workload: Workload,
  task: EngineTask,
): Promise<PreparedTask | { readonly skipped: string }> {
  const model = toLossModel(workload, task);
  switch (task.kind) {
    case 'simulate':
      return prepareSimulation(model, task);
    case 'reaggregate':
      return prepareReaggregation(model, task);
    case 'semi-analytic':
      return prepareLaw(workload);
    case 'edit':
      return prepareEdits(workload, simulate(model, { paths: task.paths, seed: TAPE_SEED }));
    case 'gamma':
      return prepareGamma(workload);
  }
}

/** Memory is used again from run to run, as the program's worker does. */
async function prepareSimulation(model: LossModel, { paths, workers }: EngineTask): Promise<PreparedTask> {
  let memory: WebAssembly.Memory | undefined;
  const samplers = workers > 1 ? await startHelpers(workers - 1) : null;
  return {
    run: (seed) =>
      timeAnswer(paths, async () => {
        const options = { paths, seed };
        const tape =
          samplers === null
            ? simulate(model, options, {}, memory)
            : await samplers.simulate(model, options, {}, memory);
        memory = tape.room.kernel.memory;
        return readTape(tape, model);
      }),
  };
}

/** Loaded where it is needed: the memory of one thread is measured without the tasks that a worker knows. */
async function startHelpers(count: number): Promise<Samplers> {
  const { startSamplers } = await import('../../electron/risk/worker.ts');
  return startSamplers(count);
}

/** The tape is there; the book is compiled and read off it anew, as after a change of the book. */
function prepareReaggregation(model: LossModel, { paths }: EngineTask): PreparedTask {
  const tape = simulate(model, { paths, seed: TAPE_SEED });
  // A model of its own each time: the tape would know one that it was read for before.
  return { run: () => timeAnswer(paths, () => readTape(tape, { ...model })) };
}

function readTape(tape: EventTape, model: LossModel): Answer {
  computeLosses(tape, compileBook(model));
  const { expectedLoss, tails } = summarizeLosses(tape, [LEVEL, FAR_LEVEL]);
  const [near, far] = tails;
  const read = (pick: (estimate: Estimate) => number): Figures => ({
    el: pick(expectedLoss),
    var99: pick(near!.valueAtRisk),
    cvar99: pick(near!.expectedShortfall),
    var999: pick(far!.valueAtRisk),
    cvar999: pick(far!.expectedShortfall),
  });
  return { figures: read(({ value }) => value), errors: read(({ standardError }) => standardError ?? 0) };
}

const NO_ERRORS: Figures = { el: 0, var99: 0, cvar99: 0, var999: 0, cvar999: 0 };

function prepareLaw(workload: Workload): PreparedTask {
  const hazards = Float64Array.from(workload.operators, ({ hazard }) => hazard);
  const losses = sumOperatorLosses(workload);
  return {
    run: () =>
      timeAnswer(1, () => {
        const law = computeLossLaw(makePlainBook(hazards, losses, workload.rho));
        const figures: Figures = {
          el: computeLawMean(law),
          var99: computeValueAtRisk(law, LEVEL),
          cvar99: computeExpectedShortfall(law, LEVEL),
          var999: computeValueAtRisk(law, FAR_LEVEL),
          cvar999: computeExpectedShortfall(law, FAR_LEVEL),
        };
        return { figures, errors: NO_ERRORS };
      }),
  };
}
