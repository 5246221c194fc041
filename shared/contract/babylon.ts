/** What stakes with Babylon are recognised by, as the page sees it. */
import { z } from 'zod';
import { bitcoinNetworkSchema } from '../domain/bitcoin.ts';

/** Null: no parameters are known for this Bitcoin network, and no stake is recognised on it. */
export const babylonSummarySchema = z.object({
  network: bitcoinNetworkSchema.nullable(),
  data: z
    .object({
      asOf: z.string(),
      source: z.string(),
      versions: z.number(),
      finalityProviders: z.number(),
      isBundled: z.boolean(),
    })
    .nullable(),
});
export type BabylonSummary = z.infer<typeof babylonSummarySchema>;

/** What a Babylon node gave, as the text of a file that `babylon.import` takes; nothing of it is in force yet. */
export const babylonReadingSchema = z.object({
  text: z.string(),
  changes: z.object({
    newVersions: z.array(z.number()),
    /** Versions that were known with other figures. They do not change: one of the two lists is wrong. */
    changedVersions: z.array(z.number()),
    missingVersions: z.array(z.number()),
    newProviders: z.number(),
    missingProviders: z.number(),
  }),
});
export type BabylonReading = z.infer<typeof babylonReadingSchema>;
