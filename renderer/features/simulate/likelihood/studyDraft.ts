/** What the next study would be made with, as the page holds it. Pure. */
import { DEFAULT_STUDY_REQUEST } from '../../../../shared/domain/kept-study.ts';
import type { StudyRequest } from '../../../../shared/domain/loss-study.ts';

export interface StudyDraft extends Omit<StudyRequest, 'edits'> {
  /** Times a year by the id of a source. */
  readonly rates: Readonly<Record<string, number>>;
}

export function draftOfRequest({ edits, ...rest }: StudyRequest): StudyDraft {
  return {
    ...rest,
    rates: Object.fromEntries(edits.map(({ sourceId, ratePerYear }) => [sourceId, ratePerYear])),
  };
}

export const FIRST_DRAFT = draftOfRequest(DEFAULT_STUDY_REQUEST);

/** Edits by the id of their source, so that the order of editing makes no other request. */
export function requestOfDraft({ rates, ...rest }: StudyDraft): StudyRequest {
  const edits = Object.entries(rates)
    .map(([sourceId, ratePerYear]) => ({ sourceId, ratePerYear }))
    .sort((a, b) => (a.sourceId < b.sourceId ? -1 : 1));
  return { ...rest, edits };
}

export function isSameRequest(one: StudyRequest, two: StudyRequest): boolean {
  return JSON.stringify(sortKeys(one)) === JSON.stringify(sortKeys(two));
}

function sortKeys(request: StudyRequest): readonly unknown[] {
  const { horizonYears, paths, seed, includeMarket, isRecoveryCounted } = request;
  const { edits } = requestOfDraft(draftOfRequest(request));
  return [
    horizonYears,
    paths,
    seed,
    includeMarket,
    isRecoveryCounted,
    edits.map(({ sourceId, ratePerYear }) => [sourceId, ratePerYear]),
  ];
}

/** With the rate of one source set, or, with null, back at the file's. */
export function setRate(draft: StudyDraft, sourceId: string, rate: number | null): StudyDraft {
  const { [sourceId]: _before, ...others } = draft.rates;
  return { ...draft, rates: rate === null ? others : { ...others, [sourceId]: rate } };
}
