/** Measures contestants in turn, A B C A B C ..., so that whatever the machine does meanwhile it does to all of them. */
import type { Contestant, Outcome, PreparedWorkload } from './contestant.ts';

/** One repetition: the sums over its runs, the figures of the first of them. */
export interface Repetition extends Outcome {
  readonly runSeconds: readonly number[];
}

export interface Measured {
  readonly name: string;
  /** Why it did not run; null where it did. */
  readonly skipped: string | null;
  readonly repetitions: readonly Repetition[];
}

export interface InterleaveOptions {
  readonly repetitions: number;
  /** A repetition goes on until this much was measured: very short runs tell more of the clock than of the program. */
  readonly leastSeconds: number;
  readonly onRun?: (name: string, repetition: number) => void;
}

const FIRST_SEED = 1000;

export async function runInterleaved(
  contestants: readonly Contestant[],
  prepared: PreparedWorkload,
  { repetitions, leastSeconds, onRun }: InterleaveOptions,
): Promise<Measured[]> {
  const entries: { contestant: Contestant; skipped: string | null; repetitions: Repetition[] }[] = [];
  try {
    for (const contestant of contestants) {
      // Listed first: one that fails on the way has to be ended too.
      const entry = { contestant, skipped: null as string | null, repetitions: [] };
      entries.push(entry);
      entry.skipped = await contestant.prepare(prepared);
    }
    for (let repetition = 0; repetition < repetitions; repetition++) {
      for (const { contestant, skipped, repetitions: done } of entries) {
        if (skipped !== null) continue;
        onRun?.(contestant.name, repetition);
        done.push(await repeat(contestant, FIRST_SEED * (repetition + 1), leastSeconds));
      }
    }
  } finally {
    for (const { contestant } of entries) await contestant.dispose();
  }
  return entries.map(({ contestant: { name }, skipped, repetitions: done }) => ({
    name,
    skipped,
    repetitions: done,
  }));
}

/** Runs until enough was measured. */
async function repeat(contestant: Contestant, seed: number, leastSeconds: number): Promise<Repetition> {
  const first = await contestant.run(seed);
  let { seconds, count, memoryMb } = first;
  const runSeconds = [seconds];
  for (let more = 1; seconds < leastSeconds; more++) {
    const next = await contestant.run(seed + more);
    seconds += next.seconds;
    runSeconds.push(next.seconds);
    count += next.count;
    memoryMb = next.memoryMb ?? memoryMb;
  }
  return { ...first, seconds, count, memoryMb, runSeconds };
}
