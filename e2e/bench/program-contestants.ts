/** Baselines that are programs of their own: Python with NumPy, and C. Each prints one line of JSON. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { runProgram } from '../../scripts/processes.ts';
import type { Contestant, Outcome } from './contestant.ts';

const folder = join(import.meta.dirname, 'baselines');

const figures = z.object({
  el: z.number(),
  var99: z.number(),
  cvar99: z.number(),
  var999: z.number(),
  cvar999: z.number(),
});
/** What a baseline prints. */
const printed = z.object({
  paths: z.number(),
  seconds: z.number(),
  figures,
  errors: figures,
  tool: z.string(),
});

/** Libraries that would use several threads are held to one. */
const ONE_THREAD = {
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  PYTHONDONTWRITEBYTECODE: '1',
};

async function runBaseline(program: string, args: readonly string[]): Promise<Outcome> {
  const { code, output } = await runProgram(program, args, {
    output: 'capture',
    env: { ...process.env, ...ONE_THREAD },
  });
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} failed (${code}):\n${output}`);
  const result = printed.parse(JSON.parse(output));
  return {
    seconds: result.seconds,
    count: result.paths,
    figures: result.figures,
    errors: result.errors,
    tool: result.tool,
    memoryMb: null,
  };
}

/** A Python that has NumPy and SciPy: the one named by BALLAST_PYTHON, the first on the PATH, or the system's own. */
export function findPython(): Promise<FoundPython> {
  foundPython ??= lookForPython();
  return foundPython;
}

type FoundPython = { readonly program: string } | { readonly missing: string };
/** Looked for once: Python takes a while to start. */
let foundPython: Promise<FoundPython> | null = null;

async function lookForPython(): Promise<FoundPython> {
  const candidates = [process.env['BALLAST_PYTHON'], 'python3', '/usr/bin/python3'];
  let missing = 'python3 not found';
  for (const program of candidates) {
    if (program === undefined) continue;
    if ((await tryProgram(program, ['-c', 'pass'])) !== 0) continue;
    if ((await tryProgram(program, ['-c', 'import numpy'])) !== 0) missing = 'numpy not found';
    else if ((await tryProgram(program, ['-c', 'import scipy.special'])) !== 0) missing = 'scipy not found';
    else return { program };
  }
  return { missing };
}

async function tryProgram(program: string, args: readonly string[]): Promise<number> {
  return (await runProgram(program, args, { output: 'capture' })).code;
}

export interface ProgramTask {
  readonly paths: number;
  readonly hasCascades: boolean;
}

/** `textbook`, `expert` or `tuned`: a file of baselines/. */
export function createPythonContestant(
  name: string,
  file: string,
  { paths, hasCascades }: ProgramTask,
): Contestant {
  let python = '';
  let binaryFile = '';
  return {
    name,
    async prepare(prepared) {
      const found = await findPython();
      if ('missing' in found) return found.missing;
      python = found.program;
      binaryFile = prepared.binaryFile;
      return null;
    },
    run(seed) {
      const flags = hasCascades ? ['--cascades'] : [];
      const script = join(folder, `${file}.py`);
      return runBaseline(python, [script, binaryFile, String(paths), String(seed), ...flags]);
    },
    dispose: () => Promise.resolve(),
  };
}

/** The limit: the engine's algorithm in C, compiled for this very processor into `buildFolder`. */
export function createCContestant(
  name: string,
  { paths, hasCascades, threads, buildFolder }: ProgramTask & { threads: number; buildFolder: string },
): Contestant {
  const program = join(buildFolder, 'limit');
  let binaryFile = '';
  return {
    name,
    async prepare(prepared) {
      binaryFile = prepared.binaryFile;
      return existsSync(program) ? null : compileLimit(program);
    },
    run(seed) {
      const flags = hasCascades ? ['--cascades'] : [];
      return runBaseline(program, [
        binaryFile,
        String(paths),
        String(seed),
        '--threads',
        String(threads),
        ...flags,
      ]);
    },
    dispose: () => Promise.resolve(),
  };
}

async function compileLimit(program: string): Promise<string | null> {
  if ((await tryProgram('cc', ['--version'])) !== 0) return 'no C compiler (cc) found';
  const source = join(folder, 'limit.c');
  const args = ['-O3', '-march=native', '-o', program, source, '-lm', '-lpthread'];
  const { code, output } = await runProgram('cc', args, { output: 'capture' });
  if (code !== 0) throw new Error(`cc ${args.join(' ')} failed:\n${output}`);
  return null;
}
