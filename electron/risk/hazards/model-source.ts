/** A source of loss, with everything a screen shows of it and lets people change. */
import type { EvidenceStatus, HazardClassId, RateDerivation } from '../../../shared/domain/hazards.ts';
import type { RestakingGraph } from '../../../shared/domain/restaking-graph.ts';
import type { ModelPosition, RiskSource, Severity, Strike } from '../distribution/loss-model.ts';
import { meanOfSeverity } from '../distribution/severity.ts';
import { chanceOf } from '../math/normal.ts';
import type { HazardBook, HazardTerms } from './hazard-terms.ts';
import type { StruckValues } from './struck-values.ts';

/**
 * How the rate became the probability of the event. `direct`: 1 - exp(-rate x years). `joined`: the rate is of each one
 * that may join the event (joinEvents). `many`: the rate is per unit, and there are many units. `client`: the rate is of
 * any client, times the chance that it is this one.
 */
export type SourceMapping = 'direct' | 'joined' | 'many' | 'client';

export interface SourceInfo {
  readonly sourceId: string;
  readonly class: HazardClassId;
  /** What it strikes from: an operator, a service, a contract. */
  readonly label: string;
  /** In the unit of the class; what an edit replaces. */
  readonly ratePerYear: number;
  /** Null where the user set the rate. */
  readonly from: RateDerivation | null;
  readonly rateStatus: EvidenceStatus;
  readonly mapping: SourceMapping;
  /** Of the event, within the horizon. */
  readonly probability: number;
  /** Mean share lost of what is struck, after recovery where that is counted. */
  readonly severityMean: number;
  readonly severityStatus: EvidenceStatus;
  readonly isEdited: boolean;
  /** The stake it strikes is not visible: see {@link Assumption}. */
  readonly isAssumed: boolean;
  /** What this source alone is expected to cost, in the model's unit, were nothing else to happen. */
  readonly expectedLoss: number;
}

export interface ModelSource {
  readonly source: RiskSource;
  readonly info: SourceInfo;
}

/** What all lists of sources are made from. */
export interface SourceContext {
  readonly graph: RestakingGraph;
  readonly values: StruckValues;
  readonly book: HazardBook;
  readonly years: number;
  /** Names for ids in strikes that the graph does not have: hidden operators, Ethereum itself. */
  readonly names: Map<string, string>;
}

export interface SourceDraft {
  readonly sourceId: string;
  readonly label: string;
  readonly kind: RiskSource['kind'];
  readonly terms: HazardTerms;
  readonly mapping: SourceMapping;
  readonly probability: number;
  readonly isOnFactor: boolean;
  readonly isSeverityCommon: boolean;
  readonly isAssumed?: boolean;
  readonly strikes: readonly Strike[];
}

export function makeSource(draft: SourceDraft, positions: readonly ModelPosition[]): ModelSource {
  const { sourceId, label, kind, terms, mapping, probability, isOnFactor, isSeverityCommon, strikes } = draft;
  // Most strikes of a source share one severity.
  const means = new Map<Severity, number>();
  let struck = 0;
  for (const { chance, severity, hits } of strikes) {
    const mean = means.get(severity) ?? meanOfSeverity(severity);
    means.set(severity, mean);
    for (const { position, share } of hits) struck += chance * mean * share * positions[position]!.value;
  }
  return {
    source: { id: sourceId, kind, probability, isOnFactor, isSeverityCommon, strikes, members: [] },
    info: {
      sourceId,
      class: terms.hazard.id,
      label,
      ratePerYear: terms.ratePerYear,
      from: terms.from,
      rateStatus: terms.rateStatus,
      mapping,
      probability,
      severityMean: terms.severityMean,
      severityStatus: terms.severityStatus,
      isEdited: terms.isEdited,
      isAssumed: draft.isAssumed ?? false,
      expectedLoss: probability * struck,
    },
  };
}

export function nameSource(classId: HazardClassId, nodeId: string): string {
  return `${classId}:${nodeId}`;
}

/** Chance of at least one event of a rate within the horizon. */
export function probabilityOf(ratePerYear: number, years: number): number {
  return chanceOf(ratePerYear * years);
}
