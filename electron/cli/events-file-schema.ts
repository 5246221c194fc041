/** What a file for `--events` may hold: names or ids, percentages or exact shares. Described in docs/cli.md. */
import { z } from 'zod';
import { MAX_COVERS, MAX_DAYS, MAX_EVENTS } from '../../shared/domain/scenario-kinds.ts';

const text = z.string().min(1).max(400);
const names = z.union([text, z.array(text).min(1).max(256)]);
/** `12.5`, `"12.5"` or `"12.5%"`. */
const percent = z.union([z.string(), z.number()]);
/** A share of one with 18 decimals, as a whole number. */
const exact = z.string().regex(/^\d{1,19}$/u);
const tokens = { token: names.optional(), instruments: z.array(text).min(1).max(64).optional() };

const eventSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('operator-slash'),
    operator: text,
    service: names,
    percent: percent.optional(),
    wad: exact.optional(),
  }),
  z.strictObject({
    kind: z.literal('service-compromised'),
    service: text,
    percent: percent.optional(),
    wad: exact.optional(),
  }),
  z.strictObject({
    kind: z.literal('client-bug'),
    client: text.nullable().default(null),
    operators: z.union([names, z.array(text).length(0)]).default([]),
    percent: percent.optional(),
    loss: exact.optional(),
  }),
  z.strictObject({ kind: z.literal('provider-slash'), provider: text }),
  z.strictObject({
    kind: z.literal('contract-failure'),
    dependency: text,
    percent: percent.optional(),
    loss: exact.optional(),
  }),
  z.strictObject({
    kind: z.literal('unbacked-supply'),
    ...tokens,
    percent: percent.optional(),
    share: exact.optional(),
  }),
  z.strictObject({
    kind: z.literal('depeg'),
    ...tokens,
    percent: percent.optional(),
    discount: exact.optional(),
  }),
  z.strictObject({
    kind: z.literal('queue-closed'),
    ...tokens,
    days: z.number().int().min(1).max(MAX_DAYS).nullable(),
  }),
]);
export type FileEvent = z.infer<typeof eventSchema>;

const wei = z.string().regex(/^\d{1,60}$/u);
const coverSchema = z.strictObject({
  name: z.string().min(1).max(120),
  positionIds: z.array(text).max(1000).default([]),
  instruments: z.array(text).max(64).default([]),
  token: names.optional(),
  cap: z.string().optional(),
  capWei: wei.optional(),
  deductible: z.string().optional(),
  deductibleWei: wei.optional(),
  pooled: z.string().optional(),
  pooledWei: wei.nullable().optional(),
  hangsOn: z
    .union([
      z.object({ kind: z.literal('operator'), operator: text, strategy: text.nullable().default(null) }),
      z.object({ kind: z.literal('dependency'), dependency: text }),
    ])
    .nullable()
    .default(null),
});
export type FileCover = z.infer<typeof coverSchema>;

const eventsSchema = z.array(eventSchema).min(1).max(MAX_EVENTS);
/** What else a scenario of `--json` holds is left alone. */
export const eventsFileSchema = z.object({
  events: eventsSchema,
  covers: z.array(coverSchema).max(MAX_COVERS).default([]),
});
