/** What the engine's time depends on: one quantity is varied at a time, the others stay those of the default network. */
import type { Contestant } from './contestant.ts';
import { createEngineContestant, type EngineTask } from './engine-contestant.ts';
import { formatNumber } from './format-table.ts';
import { DEFAULT_SHAPE, makeWorkload, type WorkloadShape } from './make-workload.ts';
import { createPythonContestant } from './program-contestants.ts';
import { runInterleaved, type InterleaveOptions } from './run-interleaved.ts';
import { withPreparedWorkload } from './run-trial.ts';
import { findMedian } from './statistics.ts';

/** What is timed at every point. */
export const CURVE_LINES = [
  { id: 'linear', label: 'simulation' },
  { id: 'cascade', label: 'simulation with cascades' },
  { id: 'law', label: 'semi-analytic law' },
  { id: 'textbook', label: 'NumPy, textbook' },
] as const;
type LineId = (typeof CURVE_LINES)[number]['id'];

export interface CurvePoint {
  readonly x: number;
  /** Median; null where the task was not measured here. */
  readonly milliseconds: Readonly<Record<LineId, number | null>>;
}

export interface Curve {
  readonly id: string;
  readonly title: string;
  /** What is varied, with its unit. */
  readonly xLabel: string;
  readonly points: readonly CurvePoint[];
  /** The points as a table, with its head. */
  readonly rows: readonly (readonly string[])[];
}

interface Sweep {
  readonly id: string;
  readonly title: string;
  readonly xLabel: string;
  readonly xs: readonly number[];
  readonly shapeAt: (x: number) => WorkloadShape;
  readonly pathsAt: (x: number, paths: number) => number;
  /** The law knows neither paths nor edges. */
  readonly lines: readonly LineId[];
}

const samePaths = (_x: number, paths: number): number => paths;

const SWEEPS: readonly Sweep[] = [
  {
    id: 'operators',
    title: 'Operators, at 3.76 faults per path',
    xLabel: 'operators',
    xs: [100, 300, 1000, 3000, 10_000, 20_000],
    shapeAt: (operators) => ({
      ...DEFAULT_SHAPE,
      operators,
      services: Math.ceil(operators / 10),
      positions: Math.ceil(operators / 5),
    }),
    pathsAt: samePaths,
    lines: ['linear', 'cascade', 'law', 'textbook'],
  },
  {
    id: 'edges',
    title: 'Edges, at 1000 operators and 100 services',
    xLabel: 'edges',
    xs: [1000, 2000, 5000, 10_000, 20_000, 50_000],
    shapeAt: (edges) => ({ ...DEFAULT_SHAPE, edgesPerOperator: edges / DEFAULT_SHAPE.operators }),
    pathsAt: samePaths,
    lines: ['linear', 'cascade'],
  },
  {
    id: 'faults',
    title: 'Faults per path, at 1000 operators',
    xLabel: 'faults per path',
    xs: [0.1, 0.3, 1, 3, 10, 30],
    shapeAt: (faultsPerPath) => ({ ...DEFAULT_SHAPE, faultsPerPath }),
    pathsAt: samePaths,
    lines: ['linear', 'cascade', 'law'],
  },
  {
    id: 'paths',
    title: 'Paths, at 1000 operators',
    xLabel: 'paths',
    xs: [10_000, 100_000, 1_000_000, 10_000_000],
    shapeAt: () => DEFAULT_SHAPE,
    // In step with --paths, so that a quick curve is quick here too.
    pathsAt: (x, paths) => Math.max(1, Math.round((x * paths) / 1_000_000)),
    lines: ['linear', 'cascade'],
  },
];

export interface CurveOptions extends Omit<InterleaveOptions, 'onRun'> {
  readonly paths: number;
  /** Told before every point. */
  readonly onPoint?: (text: string) => void;
}

export async function measureCostCurve(options: CurveOptions): Promise<Curve[]> {
  const curves: Curve[] = [];
  for (const sweep of SWEEPS) {
    const points: CurvePoint[] = [];
    for (const x of sweep.xs) {
      options.onPoint?.(`${sweep.xLabel}: ${formatNumber(x)}`);
      points.push(await measurePoint(sweep, x, options));
    }
    const { id, title, xLabel } = sweep;
    curves.push({ id, title, xLabel, points, rows: listRows(sweep, points) });
  }
  return curves;
}

async function measurePoint(sweep: Sweep, x: number, options: CurveOptions): Promise<CurvePoint> {
  const paths = sweep.pathsAt(x, options.paths);
  const shape = sweep.shapeAt(x);
  const contestants = sweep.lines.map((line) => createContestant(line, paths, shape));
  const { repetitions, leastSeconds } = options;
  const measured = await withPreparedWorkload(makeWorkload(shape), (prepared) =>
    runInterleaved(contestants, prepared, { repetitions, leastSeconds }),
  );
  const timeOf = (line: LineId): number | null => {
    const repetitions = measured.find(({ name }) => name === line)?.repetitions ?? [];
    if (repetitions.length === 0) return null;
    // Scaled where it ran on a part of the paths.
    if (line === 'textbook')
      return 1000 * paths * findMedian(repetitions.map(({ seconds, count }) => seconds / count));
    return 1000 * findMedian(repetitions.flatMap(({ runSeconds }) => runSeconds));
  };
  return {
    x: sweep.id === 'paths' ? paths : x,
    milliseconds: {
      linear: timeOf('linear'),
      cascade: timeOf('cascade'),
      law: timeOf('law'),
      textbook: timeOf('textbook'),
    },
  };
}

/** The textbook program goes through paths x operators; it gets so many of them, whatever the operators. */
const TEXTBOOK_CELLS = 2 ** 24;

function createContestant(line: LineId, paths: number, { operators }: WorkloadShape): Contestant {
  if (line === 'textbook') {
    const part = Math.min(paths, Math.ceil(TEXTBOOK_CELLS / operators));
    return createPythonContestant(line, 'textbook', { paths: part, hasCascades: false });
  }
  const task: EngineTask = {
    kind: line === 'law' ? 'semi-analytic' : 'simulate',
    paths,
    hasCascades: line === 'cascade',
    workers: 1,
  };
  return createEngineContestant(line, task);
}

function listRows(sweep: Sweep, points: readonly CurvePoint[]): string[][] {
  const lines = CURVE_LINES.filter(({ id }) => sweep.lines.includes(id));
  return [
    [sweep.xLabel, ...lines.map(({ label }) => `${label}, ms`)],
    ...points.map(({ x, milliseconds }) => [
      formatNumber(x),
      ...lines.map(({ id }) => {
        const time = milliseconds[id];
        return time === null ? '' : formatNumber(time);
      }),
    ]),
  ];
}
