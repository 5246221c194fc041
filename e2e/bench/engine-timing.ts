/** The clock around what the engine does. */
import type { Figures, Outcome } from './contestant.ts';

export interface PreparedTask {
  readonly run: (seed: number) => Promise<Outcome>;
}

/** One answer that is a distribution: its figures and their standard errors. */
export interface Answer {
  readonly figures: Figures;
  readonly errors: Figures;
}

/** Times an answer of `count` paths, or of one whole law. */
export async function timeAnswer(count: number, work: () => Answer | Promise<Answer>): Promise<Outcome> {
  const begun = performance.now();
  const answer = await work();
  const seconds = (performance.now() - begun) / 1000;
  return { ...answer, seconds, count, tool: null, memoryMb: measureMemory() };
}

/** One run of something that gives no distribution. */
export function timeRun(work: () => unknown): Outcome {
  const begun = performance.now();
  work();
  const seconds = (performance.now() - begun) / 1000;
  return { seconds, count: 1, figures: null, errors: null, tool: null, memoryMb: measureMemory() };
}

/** The most that the process ever held, MB. */
function measureMemory(): number {
  // Kilobytes on every platform: libuv sees to it.
  return process.resourceUsage().maxRSS / 1000;
}
