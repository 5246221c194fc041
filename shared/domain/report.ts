/** The report model. The screen, the PDF, the CSV and the JSON are four renderings of it. */
import { z } from 'zod';
import { accountSchema, portfolioSchema } from './account.ts';
import { eigenlayerFactsSchema } from './eigenlayer-facts.ts';
import { exposureSchema } from './exposure.ts';
import { FORMULAS } from './figure.ts';
import { noticeSchema, originSchema } from './observation.ts';
import { totalsSchema } from './position.ts';
import { valuedPositionSchema } from './position-values.ts';
import { runSchema } from './scenario.ts';
import { lossStudySchema } from './loss-study.ts';
import { sourceSchema } from './source.ts';
import { studyEvidenceSchema } from './study-evidence.ts';

/** One row of the sources section: a source, and how many figures rest on it. */
const reportSourceSchema = z.object({ source: sourceSchema, figures: z.number() });

const reportLikelihoodSchema = z.object({
  /** Unix milliseconds. */
  madeAt: z.number(),
  study: lossStudySchema,
  evidence: studyEvidenceSchema,
});
export type ReportLikelihood = z.infer<typeof reportLikelihoodSchema>;

export const reportSchema = z.object({
  schema: z.literal('ballast-report/1'),
  /** Unix milliseconds; an input, never read from a clock while building. */
  generatedAt: z.number(),
  programVersion: z.string(),
  portfolio: portfolioSchema,
  accounts: z.array(accountSchema),
  origin: originSchema,
  /** Unix milliseconds of the reading. */
  readAt: z.number(),
  /** Set where the last refresh failed and the figures are of an earlier one. */
  isStale: z.boolean(),
  /** Accounts added since the reading: nothing is known of them, and no total holds them. */
  unreadAccountIds: z.array(z.string()),
  totals: totalsSchema,
  positions: z.array(valuedPositionSchema),
  eigenlayer: z.array(eigenlayerFactsSchema),
  exposure: exposureSchema,
  run: runSchema.nullable(),
  /** The latest study, where it is of these holdings. */
  likelihood: reportLikelihoodSchema.optional(),
  formulas: z.array(z.enum(FORMULAS)),
  sources: z.array(reportSourceSchema),
  notices: z.array(noticeSchema),
});
export type Report = z.infer<typeof reportSchema>;
export type ReportSource = z.infer<typeof reportSourceSchema>;

export const REPORT_FORMATS = ['pdf', 'csv', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];
