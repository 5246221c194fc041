/** Long work: started by a method, watched by events, cancellable, and going on when the window closes. */
import { z } from 'zod';
import { appErrorSchema } from './errors.ts';

const JOB_KINDS = [
  'refresh',
  /** Bitcoin alone, read again because its server told of a change. */
  'listen',
  'scenario',
  'study',
  'move',
  'report',
  'catalog',
  'history',
  'comparison',
] as const;

export const jobSchema = z.object({
  id: z.string(),
  kind: z.enum(JOB_KINDS),
  /** Null where it belongs to no portfolio. */
  portfolioId: z.string().nullable(),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** 0 to 1; null while the amount of work is not known. */
  progress: z.number().min(0).max(1).nullable(),
  /** Message key of what is being done. */
  step: z.string(),
  error: appErrorSchema.nullable(),
  /** Id of what it made (a run, a report), once done. */
  resultId: z.string().nullable(),
});
export type Job = z.infer<typeof jobSchema>;
export type JobKind = Job['kind'];
