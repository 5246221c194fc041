/** The catalogue as the page sees it: what came with the program, with what was refreshed since laid over it. */
import { z } from 'zod';
import { catalogObservationSchema, catalogSchema, METRICS } from '../domain/catalog.ts';
import { appErrorSchema } from './errors.ts';

/** What a refresh found different from what stood there. */
export const catalogChangeSchema = z.strictObject({
  protocol: z.string(),
  product: z.string().nullable(),
  metric: z.enum(METRICS),
  /** Null where nothing was known before. */
  before: catalogObservationSchema.nullable(),
  after: catalogObservationSchema,
});
export type CatalogChange = z.infer<typeof catalogChangeSchema>;

export const catalogViewSchema = z.strictObject({
  /** Refreshed observations stand behind the bundled ones, so that of two of one day the fresh one counts. */
  catalog: catalogSchema,
  /** Ids of the recorded incidents that scenarios can replay. */
  incidents: z.array(z.string()),
  /** Unix milliseconds of the last refresh that succeeded; null where there was none. */
  refreshedAt: z.number().nullable(),
  /** The last refresh, where it failed: what is shown is older than it should be. */
  failure: z.strictObject({ at: z.number(), error: appErrorSchema }).nullable(),
  /** Whether the user allowed the price API's hosts. */
  isAllowed: z.boolean(),
  /** What the last refresh changed. */
  changes: z.array(catalogChangeSchema),
});
export type CatalogView = z.infer<typeof catalogViewSchema>;
