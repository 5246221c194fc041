/** A loss study as the main process keeps it, and what a study is made with where nobody says otherwise. */
import { z } from 'zod';
import { lossStudySchema, type StudyRequest } from './loss-study.ts';

export const keptStudySchema = z.object({
  study: lossStudySchema,
  /** Unix milliseconds. */
  madeAt: z.number(),
  /** Whether it speaks of exactly the values of the newest reading. */
  isCurrent: z.boolean(),
});
export type KeptStudy = z.infer<typeof keptStudySchema>;

/** Horizons that the screen and the command line offer by name. */
export const STUDY_HORIZONS = { '1m': 1 / 12, '3m': 0.25, '1y': 1, '3y': 3 } as const;
export type StudyHorizon = keyof typeof STUDY_HORIZONS;

/** Simulated cases that the screen offers. */
export const STUDY_PATHS = { quick: 20_000, usual: 100_000, fine: 500_000 } as const;

export const DEFAULT_STUDY_REQUEST: StudyRequest = {
  horizonYears: STUDY_HORIZONS['1y'],
  paths: STUDY_PATHS.usual,
  seed: 1,
  includeMarket: false,
  isRecoveryCounted: false,
  edits: [],
};
