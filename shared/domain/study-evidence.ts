/** What a study's numbers rest on: the part of the hazard file that it used, so that a report carries it along. */
import { z } from 'zod';
import { hazardClassSchema, hazardSourceSchema, type HazardClassId, type Hazards } from './hazards.ts';
import type { LossStudy } from './loss-study.ts';

export const studyEvidenceSchema = z.object({
  /** Day of the newest evidence looked at. */
  asOf: z.iso.date(),
  classes: z.array(hazardClassSchema),
  /** By the ids that the classes name. */
  sources: z.record(z.string(), hazardSourceSchema),
});
export type StudyEvidence = z.infer<typeof studyEvidenceSchema>;

/** The classes of the study's sources, in the file's order, and the sources they name. */
export function listEvidence({ sets }: LossStudy, hazards: Hazards): StudyEvidence {
  const used = new Set<HazardClassId>(sets.flatMap(({ sources }) => sources.map((source) => source.class)));
  const classes = hazards.classes.filter(({ id }) => used.has(id));
  const named = new Set(classes.flatMap(({ sources }) => sources));
  const sources = Object.entries(hazards.sources).filter(([id]) => named.has(id));
  return { asOf: hazards.asOf, classes, sources: Object.fromEntries(sources) };
}
