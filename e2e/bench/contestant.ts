/** What takes part in the benchmark: the engine in one of its tasks, or a program that does the same work. */
import type { Workload } from './workload.ts';

/** Figures of a loss distribution, in the workload's unit. */
export const FIGURE_NAMES = ['el', 'var99', 'cvar99', 'var999', 'cvar999'] as const;
export type Figures = Readonly<Record<(typeof FIGURE_NAMES)[number], number>>;

/** One run. */
export interface Outcome {
  /** What was timed: from the read workload to the figures. */
  readonly seconds: number;
  /** Paths, or whatever was done so many times in that time. */
  readonly count: number;
  /** Null where the run is not about a distribution. */
  readonly figures: Figures | null;
  /** Standard errors of the figures; zero where there is no sampling. */
  readonly errors: Figures | null;
  /** Versions of what did it, for the table. */
  readonly tool: string | null;
  /** Most resident memory of the process so far, MB; null where nobody looked. */
  readonly memoryMb: number | null;
}

/** A workload in the forms in which the contestants read it. */
export interface PreparedWorkload {
  readonly workload: Workload;
  /** The workload's JSON file. */
  readonly jsonFile: string;
  /** The same, encoded (encode-workload.ts). */
  readonly binaryFile: string;
}

export interface Contestant {
  readonly name: string;
  /** Gets ready to run on this workload, warmed up. The reason where it cannot: `numpy not found`. */
  readonly prepare: (prepared: PreparedWorkload) => Promise<string | null>;
  readonly run: (seed: number) => Promise<Outcome>;
  readonly dispose: () => Promise<void>;
}
