/** What the benchmark measures, and the marks it is to reach: those of the engine's specification. */
import { createEngineContestant, type EngineTask } from './engine-contestant.ts';
import { DEFAULT_SHAPE, LARGE_SHAPE, makeWorkload } from './make-workload.ts';
import { createCContestant, createPythonContestant } from './program-contestants.ts';
import type { Trial } from './trial.ts';
import type { Workload } from './workload.ts';

export interface TrialOptions {
  /** In place of the generated networks; null for those. */
  readonly workload: Workload | null;
  /** Paths of a simulation by the engine. */
  readonly paths: number;
  /** Where programs are compiled to. */
  readonly buildFolder: string;
}

/** Slow programs get a part of the paths: a run of theirs takes about a second too, and only rates are compared. */
const TEXTBOOK_PART = 16;
const EXPERT_PART = 2;

/** The law's mark is set against so many paths. */
const MARKED_PATHS = 1_000_000;
const REAGGREGATION_MARK = 10;

const ONE = 'engine, 1 thread';
const TWO = 'engine, 2 workers';
const TAPE = 'engine, re-aggregated';
const C_ONE = 'C -O3, 1 thread';
const C_TWO = 'C -O3, 2 threads';
const TEXTBOOK = 'NumPy, textbook';
const EXPERT = 'NumPy, expert';
const TUNED = "NumPy, expert with the engine's tricks";

interface TrialSetting extends TrialOptions {
  /** The mark, where it is set for the network at hand: for the generated ones. */
  readonly mark: (value: number) => number | null;
}

export function listTrials(options: TrialOptions): Trial[] {
  const { workload } = options;
  const setting: TrialSetting = { ...options, mark: (value) => (workload === null ? value : null) };
  const standard = workload ?? makeWorkload(DEFAULT_SHAPE);
  const trials = [
    makeSamplingTrial(standard, setting),
    makeCascadeTrial(standard, setting),
    makeAnswerTrial(standard, setting),
    makeEditTrial(workload ?? makeWorkload(LARGE_SHAPE), setting),
  ];
  if (workload === null) trials.push(makeWideTrial(setting));
  return trials;
}

function engine(name: string, task: Partial<EngineTask> & Pick<EngineTask, 'kind' | 'paths'>) {
  return createEngineContestant(name, { hasCascades: false, workers: 1, ...task });
}

function makeSamplingTrial(workload: Workload, { paths, buildFolder, mark }: TrialSetting): Trial {
  const hasCascades = false;
  const textbookPaths = Math.ceil(paths / TEXTBOOK_PART);
  return {
    id: 'sampling',
    title: 'Simulation without cascades: paths per second',
    workload,
    unit: 'path',
    mustAgree: true,
    isLinear: true,
    contestants: [
      engine(ONE, { kind: 'simulate', paths }),
      engine(TWO, { kind: 'simulate', paths, workers: 2 }),
      createCContestant(C_ONE, { paths, hasCascades, threads: 1, buildFolder }),
      createCContestant(C_TWO, { paths, hasCascades, threads: 2, buildFolder }),
      createPythonContestant(TUNED, 'tuned', { paths, hasCascades }),
      createPythonContestant(EXPERT, 'expert', { paths: Math.ceil(paths / EXPERT_PART), hasCascades }),
      createPythonContestant(TEXTBOOK, 'textbook', { paths: textbookPaths, hasCascades }),
    ],
    comparisons: [
      { one: ONE, other: TEXTBOOK, wanted: mark(150) },
      { one: ONE, other: EXPERT, wanted: mark(8) },
      { one: ONE, other: TUNED, wanted: null },
      { one: ONE, other: C_ONE, wanted: mark(0.7) },
      { one: TWO, other: ONE, wanted: mark(1.6) },
      { one: TWO, other: C_TWO, wanted: null },
    ],
    limits: [],
  };
}

function makeCascadeTrial(workload: Workload, { paths, buildFolder, mark }: TrialSetting): Trial {
  const hasCascades = true;
  const expertPaths = Math.ceil(paths / EXPERT_PART);
  return {
    id: 'cascade',
    title: 'Simulation with cascades, and its tape read again: paths per second',
    workload,
    unit: 'path',
    mustAgree: true,
    isLinear: false,
    contestants: [
      engine(ONE, { kind: 'simulate', paths, hasCascades }),
      engine(TWO, { kind: 'simulate', paths, hasCascades, workers: 2 }),
      engine(TAPE, { kind: 'reaggregate', paths, hasCascades }),
      createCContestant(C_ONE, { paths, hasCascades, threads: 1, buildFolder }),
      createCContestant(C_TWO, { paths, hasCascades, threads: 2, buildFolder }),
      createPythonContestant(TUNED, 'tuned', { paths: expertPaths, hasCascades }),
      createPythonContestant(EXPERT, 'expert', { paths: expertPaths, hasCascades }),
    ],
    comparisons: [
      { one: ONE, other: C_ONE, wanted: mark(0.5) },
      { one: ONE, other: EXPERT, wanted: null },
      { one: ONE, other: TUNED, wanted: null },
      { one: TWO, other: ONE, wanted: null },
      { one: TAPE, other: ONE, wanted: mark(REAGGREGATION_MARK) },
    ],
    limits: [],
  };
}

function makeAnswerTrial(workload: Workload, { paths, mark }: TrialSetting): Trial {
  const simulated = 'simulated';
  const law = 'semi-analytic';
  return {
    id: 'answers',
    title: 'The same law three ways: one thread',
    workload,
    unit: 'run',
    mustAgree: true,
    isLinear: true,
    contestants: [
      engine(simulated, { kind: 'simulate', paths }),
      engine(TAPE, { kind: 'reaggregate', paths }),
      engine(law, { kind: 'semi-analytic', paths }),
    ],
    comparisons: [
      { one: TAPE, other: simulated, wanted: mark(REAGGREGATION_MARK) },
      { one: law, other: simulated, wanted: paths >= MARKED_PATHS ? mark(5) : null },
    ],
    limits: [
      { name: simulated, quantity: 'milliseconds', wanted: null },
      { name: TAPE, quantity: 'milliseconds', wanted: null },
      { name: law, quantity: 'milliseconds', wanted: null },
    ],
  };
}

function makeEditTrial(workload: Workload, { paths, mark }: TrialSetting): Trial {
  const edit = 'edit to new EL, VaR, CVaR, gamma and attribution';
  const gamma = 'gamma alone, from nothing';
  const hasCascades = true;
  return {
    id: 'edit',
    title: 'An edit of a large network with cascades',
    workload,
    unit: 'run',
    mustAgree: false,
    isLinear: false,
    contestants: [
      engine(edit, { kind: 'edit', paths, hasCascades }),
      engine(gamma, { kind: 'gamma', paths }),
    ],
    comparisons: [],
    limits: [
      { name: edit, quantity: 'milliseconds', wanted: mark(100) },
      { name: edit, quantity: 'megabytes', wanted: mark(300) },
      { name: gamma, quantity: 'milliseconds', wanted: null },
    ],
  };
}

const WIDE_OPERATORS = 20_000;

function makeWideTrial({ mark }: TrialSetting): Trial {
  const law = `semi-analytic, ${WIDE_OPERATORS} operators`;
  return {
    id: 'wide',
    title: 'A large network analytically',
    workload: makeWorkload({ ...DEFAULT_SHAPE, name: 'wide', operators: WIDE_OPERATORS, positions: 4000 }),
    unit: 'run',
    mustAgree: false,
    isLinear: true,
    contestants: [engine(law, { kind: 'semi-analytic', paths: 0 })],
    comparisons: [],
    limits: [{ name: law, quantity: 'milliseconds', wanted: mark(300) }],
  };
}
