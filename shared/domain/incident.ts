/** Recorded incidents and how each is replayed: what the catalogue in assets/catalog/incidents.json holds. */
import { z } from 'zod';
import { MAX_DAYS } from './scenario-kinds.ts';

/** A share of one as it was recorded, in decimals: `0.18`. */
const shareTextSchema = z.string().regex(/^(?:0\.\d{1,18}|1)$/u);

/** The lowest and the highest that the sources give; equal where they agree. */
const rangeSchema = z.object({ low: shareTextSchema, high: shareTextSchema });

/** An event to be put to the incident's tokens, or to the operator with the most native ETH. */
const replayEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unbacked-supply'), share: shareTextSchema }),
  z.object({ kind: z.literal('depeg'), discount: shareTextSchema }),
  z.object({ kind: z.literal('queue-closed'), days: z.number().int().min(1).max(MAX_DAYS).nullable() }),
  z.object({ kind: z.literal('validators-slashed'), loss: shareTextSchema }),
]);
export type ReplayEvent = z.infer<typeof replayEventSchema>;

const replaySchema = z.object({
  id: z.string().min(1).max(60),
  /** What tells it from the other replays of the incident; empty where there is one only. */
  title: z.string().max(80),
  /** Share of a holding that was lost, and that the market took off, as recorded; null where none was. */
  loss: rangeSchema.nullable(),
  marketLoss: rangeSchema.nullable(),
  events: z.array(replayEventSchema).min(1).max(8),
});
export type Replay = z.infer<typeof replaySchema>;

export const incidentSchema = z.object({
  id: z.string().min(1).max(60),
  title: z.string().min(1).max(80),
  /** Day, or month where the day is not known. */
  date: z.string().regex(/^\d{4}-\d{2}(?:-\d{2})?$/u),
  /** Tokens it struck; empty for validators. */
  tokens: z.array(z.string().max(60)),
  /** What happened. */
  what: z.string().min(1).max(600),
  /** The recorded sizes, with their range where sources differ. */
  recorded: z.string().min(1).max(600),
  status: z.enum(['confirmed', 'secondary', 'disputed', 'unconfirmed']),
  sources: z.array(z.object({ name: z.string().min(1), url: z.url().nullable() })).min(1),
  replays: z.array(replaySchema),
  /** Why it cannot be replayed; null where it can. */
  noReplay: z.string().max(300).nullable(),
});
export type Incident = z.infer<typeof incidentSchema>;

export const incidentFileSchema = z.strictObject({
  schema: z.literal('ballast-incidents/1'),
  incidents: z.array(incidentSchema),
});
