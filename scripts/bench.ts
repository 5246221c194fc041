// `npm run bench`: this engine beside programs that do the same work. docs/bench.md says what is measured, and how to
// hold another program against it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, platform, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureCostCurve } from '../e2e/bench/cost-curve.ts';
import { listPairs } from '../e2e/bench/desk/measure-pairs.ts';
import { drawCostCurve } from '../e2e/bench/draw-cost-curve.ts';
import { formatMarkdownTable, formatTextTable } from '../e2e/bench/format-table.ts';
import { listTrials } from '../e2e/bench/list-trials.ts';
import { replaceBetweenMarkers } from '../e2e/bench/replace-between-markers.ts';
import {
  describeRun,
  listComparisons,
  listLimits,
  listRates,
  listTools,
  type BenchReport,
  type Machine,
  type TrialReport,
} from '../e2e/bench/report.ts';
import { runTrial } from '../e2e/bench/run-trial.ts';
import { parseWorkload } from '../e2e/bench/workload.ts';
import { ensureBuilt } from './build-lib.ts';
import { projectRoot } from './processes.ts';
import { installTestNodes } from './test-setup.ts';

const USAGE = `Usage: npm run bench -- [options]

  --workload <file.json>  this network instead of the generated ones (docs/bench.md describes the file)
  --paths <number>        paths of a simulation by the engine; 1000000 unless said otherwise
  --repetitions <number>  of every measurement; 5 unless said otherwise
  --only <trial>          one trial: sampling, cascade, answers, edit or wide
  --quick                 a first look: fewer paths, two repetitions
  --json                  prints every figure as JSON
  --desk                  what a person at the screen waits for instead: tables, charts, the store
  --curve                 the cost curve instead: docs/images/bench-cost.svg and the table in docs/bench.md
  --write                 puts the tables into docs/bench.md
`;

const page = join(projectRoot, 'docs', 'bench.md');
const picture = join(projectRoot, 'docs', 'images', 'bench-cost.svg');

/** A repetition lasts at least this long. */
const LEAST_SECONDS = 0.5;
const DEFAULTS = { paths: 1_000_000, repetitions: 5, leastSeconds: LEAST_SECONDS };
const QUICK = { paths: 200_000, repetitions: 2, leastSeconds: 0 };

function readOptions() {
  const { values } = parseArgs({
    options: {
      workload: { type: 'string' },
      paths: { type: 'string' },
      repetitions: { type: 'string' },
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      curve: { type: 'boolean', default: false },
      desk: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const defaults = values.quick ? QUICK : DEFAULTS;
  return {
    ...values,
    paths: readCount('--paths', values.paths, defaults.paths),
    repetitions: readCount('--repetitions', values.repetitions, defaults.repetitions),
    leastSeconds: defaults.leastSeconds,
  };
}

function readCount(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const count = Number(text.replaceAll(/[_,]/g, ''));
  if (!Number.isSafeInteger(count) || count < 1) throw new Error(`${name} has to be a whole number above 0.`);
  return count;
}

function readMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'an unknown processor',
    cores: availableParallelism(),
    node: process.versions.node,
    system: `${platform()} ${release()}`,
  };
}

/** On stderr, so that stdout holds the result and nothing else. */
function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

function listTables(trial: TrialReport): string[][][] {
  return [listRates(trial), listComparisons(trial), listLimits(trial)].filter((rows) => rows.length > 1);
}

function printTrial(trial: TrialReport): void {
  process.stdout.write(`\n${trial.title}\n${trial.workload}\n\n`);
  for (const rows of listTables(trial)) process.stdout.write(`${formatTextTable(rows)}\n\n`);
  for (const line of trial.disagreements) process.stdout.write(`DO NOT AGREE: ${line}\n`);
}

function writeTables(report: BenchReport): void {
  const parts = report.trials.flatMap((trial) => [
    `### ${trial.title}`,
    trial.workload,
    ...listTables(trial).map(formatMarkdownTable),
  ]);
  const about = `${describeRun(report)} ${listTools(report).join('; ')}.`;
  const text = [about, ...parts].join('\n\n');
  writeFileSync(page, replaceBetweenMarkers(readFileSync(page, 'utf8'), 'results', text));
}

type Options = ReturnType<typeof readOptions>;

async function runTrials(options: Options): Promise<BenchReport> {
  const buildFolder = mkdtempSync(join(tmpdir(), 'ballast-bench-build-'));
  try {
    const workload =
      options.workload === undefined ? null : parseWorkload(readFileSync(options.workload, 'utf8'));
    const all = listTrials({ workload, paths: options.paths, buildFolder });
    const wanted = all.filter(({ id }) => options.only === undefined || id === options.only);
    if (wanted.length === 0) throw new Error(`There is no trial called ${options.only ?? ''}.\n\n${USAGE}`);
    const trials: TrialReport[] = [];
    for (const trial of wanted) {
      note(`${trial.title} ...`);
      const report = await runTrial(trial, options);
      if (!options.json) printTrial(report);
      trials.push(report);
    }
    return { machine: readMachine(), repetitions: options.repetitions, isQuick: options.quick, trials };
  } finally {
    rmSync(buildFolder, { recursive: true, force: true });
  }
}

async function runCurve(options: Options): Promise<void> {
  const curve = await measureCostCurve({ ...options, onPoint: note });
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ machine: readMachine(), curve }, null, 2)}\n`);
    return;
  }
  const { cpu, cores, node } = readMachine();
  const about = `${cpu}, ${cores} cores, Node ${node}; one thread, medians of ${options.repetitions} repetitions.`;
  writeFileSync(picture, drawCostCurve(curve));
  const tables = curve.map(({ title, rows }) => `### ${title}\n\n${formatMarkdownTable(rows)}`);
  const text = [about, ...tables].join('\n\n');
  writeFileSync(page, replaceBetweenMarkers(readFileSync(page, 'utf8'), 'curve', text));
  process.stdout.write(`${text}\n`);
}

async function runDesk({ repetitions, json, write }: Options): Promise<void> {
  // The wallet it reads stands on the Bitcoin node of the tests.
  await installTestNodes();
  await ensureBuilt();
  // Loaded here: the engine's trials need neither browser nor charts.
  const { measureDesk } = await import('../e2e/bench/desk/measure-desk.ts');
  const { pairs, notes } = await measureDesk(repetitions);
  if (json) process.stdout.write(`${JSON.stringify({ machine: readMachine(), pairs, notes }, null, 2)}\n`);
  else process.stdout.write(`${[formatTextTable(listPairs(pairs)), ...notes].join('\n')}\n`);
  if (!write) return;
  const { cpu, cores, node } = readMachine();
  const about = `${cpu}, ${cores} cores, Node ${node}; medians of ${repetitions} repetitions (smallest to largest).`;
  const text = [about, formatMarkdownTable(listPairs(pairs)), ...notes].join('\n\n');
  writeFileSync(page, replaceBetweenMarkers(readFileSync(page, 'utf8'), 'desk', text));
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(USAGE);
    return;
  }
  if (options.curve) {
    await runCurve(options);
    return;
  }
  if (options.desk) {
    await runDesk(options);
    return;
  }
  const report = await runTrials(options);
  if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else process.stdout.write(`${describeRun(report)}\n${listTools(report).join('\n')}\n`);
  if (options.write) writeTables(report);
  // Slowness is told, not punished; a wrong figure is.
  if (report.trials.some(({ disagreements }) => disagreements.length > 0)) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  note(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
