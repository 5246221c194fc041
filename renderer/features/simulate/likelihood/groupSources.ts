/** The things that can happen, by class: the costliest class first, and within it the costliest source. Pure. */
import type { HazardClass, Hazards } from '../../../../shared/domain/hazards.ts';
import type { StudiedSet } from '../../../../shared/domain/loss-study.ts';

export type StudiedSource = StudiedSet['sources'][number];

export interface SourceGroup {
  readonly hazard: HazardClass;
  readonly sources: readonly StudiedSource[];
  /** What they cost one by one, together. */
  readonly expectedLoss: number;
}

export function groupSources(
  sources: readonly StudiedSource[],
  { classes }: Hazards,
): readonly SourceGroup[] {
  const byClass = Map.groupBy(sources, (source) => source.class);
  return classes
    .flatMap((hazard): SourceGroup[] => {
      const own = byClass.get(hazard.id);
      if (own === undefined) return [];
      return [
        {
          hazard,
          sources: own.toSorted((a, b) => b.expectedLoss - a.expectedLoss),
          expectedLoss: own.reduce((sum, { expectedLoss }) => sum + expectedLoss, 0),
        },
      ];
    })
    .sort((a, b) => b.expectedLoss - a.expectedLoss);
}
