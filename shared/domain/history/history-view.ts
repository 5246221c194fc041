/** Value over time as the page, the command line and the JSON show it. */
import { z } from 'zod';
import { GAP_REASONS, STAGES } from './snapshot.ts';

export const HISTORY_CURRENCIES = ['USD', 'ETH', 'BTC'] as const;
export type HistoryCurrency = (typeof HISTORY_CURRENCIES)[number];

export const HISTORY_GROUPINGS = ['position', 'protocol', 'total'] as const;
export type HistoryGrouping = (typeof HISTORY_GROUPINGS)[number];

/** By the books (rate times amount), or at what the market gives for each token. */
export const HISTORY_BASES = ['book', 'market'] as const;
export type HistoryBasis = (typeof HISTORY_BASES)[number];

/** What a line or a row is of. */
const historySubjectSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('position'),
    symbol: z.string(),
    accountName: z.string(),
    stage: z.enum(STAGES),
    protocol: z.string().nullable(),
  }),
  /** Null: ETH itself, which nobody issues. */
  z.object({ kind: z.literal('protocol'), protocol: z.string().nullable() }),
  z.object({ kind: z.literal('total') }),
]);
export type HistorySubject = z.infer<typeof historySubjectSchema>;

const historySeriesSchema = z.object({
  id: z.string(),
  subject: historySubjectSchema,
  /** One for each time; null is a gap. */
  values: z.array(z.bigint().nullable()),
  /** Stretches of times (indexes, both included) without a value, and why. */
  unknown: z.array(z.object({ from: z.number(), to: z.number(), why: z.enum(GAP_REASONS) })),
});
export type HistorySeries = z.infer<typeof historySeriesSchema>;

const historyTimeSchema = z.object({
  at: z.number(),
  block: z.bigint().nullable(),
  origin: z.enum(['refresh', 'imported', 'synthetic']),
  /** No line is drawn from the time before to this one: too much lies between. */
  isAfterGap: z.boolean(),
});
export type HistoryTime = z.infer<typeof historyTimeSchema>;

/**
 * From `before` to `after`. Where all of it is known, before + flows + rewards + price + mixed = after, exactly.
 * `flows` and `rewards` are null where they cannot be told apart: then `mixed` holds both.
 */
const attributionPartsSchema = z.object({
  flows: z.bigint().nullable(),
  rewards: z.bigint().nullable(),
  price: z.bigint(),
  mixed: z.bigint(),
  /** Something left between two readings, counted at the rate last read. */
  isEstimate: z.boolean(),
});
export type AttributionParts = z.infer<typeof attributionPartsSchema>;

const attributionRowSchema = z.object({
  id: z.string(),
  subject: historySubjectSchema,
  before: z.bigint().nullable(),
  after: z.bigint().nullable(),
  /** Null where before or after is not known. */
  parts: attributionPartsSchema.nullable(),
  why: z.enum(GAP_REASONS).nullable(),
  /** Of a group: holdings of it that are in no number of the row, because they are not known at both ends. */
  leftOut: z.number(),
});
export type AttributionRow = z.infer<typeof attributionRowSchema>;

const attributionSchema = z.object({
  from: z.number(),
  to: z.number(),
  rows: z.array(attributionRowSchema),
  /** Of every holding, whatever the rows are grouped by. */
  total: attributionRowSchema,
});
export type Attribution = z.infer<typeof attributionSchema>;

/** Something a reader should know: message key below `history.note`, and what it is about. */
const historyNoteSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('synthetic') }),
  z.object({ kind: z.literal('gaps'), count: z.number(), days: z.number() }),
  z.object({ kind: z.literal('imported'), count: z.number() }),
  /** The account came into view, or went out of it, so that the total jumps by it. */
  z.object({ kind: z.literal('account-in'), name: z.string(), at: z.number() }),
  z.object({ kind: z.literal('account-out'), name: z.string(), at: z.number() }),
  z.object({ kind: z.literal('no-price'), currency: z.enum(['USD', 'BTC']), count: z.number() }),
  z.object({ kind: z.literal('no-market'), symbols: z.array(z.string()) }),
  /** More was kept than is drawn. */
  z.object({ kind: z.literal('thinned'), shown: z.number(), of: z.number() }),
]);
export type HistoryNote = z.infer<typeof historyNoteSchema>;

const historyImportSchema = z.object({
  id: z.string(),
  file: z.string(),
  importedAt: z.number(),
  count: z.number(),
});

export const historyViewSchema = z.object({
  currency: z.enum(HISTORY_CURRENCIES),
  groupBy: z.enum(HISTORY_GROUPINGS),
  basis: z.enum(HISTORY_BASES),
  /** Invented from first to last: the sample's. */
  isSynthetic: z.boolean(),
  /** Of the first and the last snapshot there is; null where there is none. */
  span: z.object({ from: z.number(), to: z.number() }).nullable(),
  /** Snapshots within what was asked for. */
  count: z.number(),
  /** Two snapshots farther apart than this, in milliseconds, have a gap between them. */
  gapMs: z.number(),
  times: z.array(historyTimeSchema),
  /** Largest last value first; those never known to be above zero are left out. */
  series: z.array(historySeriesSchema),
  /** All of it together, whatever it is grouped by. */
  total: historySeriesSchema,
  /** Null with fewer than two snapshots. */
  attribution: attributionSchema.nullable(),
  notes: z.array(historyNoteSchema),
  imports: z.array(historyImportSchema),
});
export type HistoryView = z.infer<typeof historyViewSchema>;

export const historyImportResultSchema = z.object({
  importId: z.string(),
  /** Snapshots that were added. */
  added: z.number(),
  /** Left out: what is kept of the same time says the same. */
  same: z.number(),
  /** Left out: what is kept of the same time says something else, and stays. */
  different: z.number(),
});
export type HistoryImportResult = z.infer<typeof historyImportResultSchema>;
