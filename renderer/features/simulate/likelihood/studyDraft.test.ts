import { describe, expect, it } from 'vitest';
import { DEFAULT_STUDY_REQUEST } from '../../../../shared/domain/kept-study.ts';
import { draftOfRequest, FIRST_DRAFT, isSameRequest, requestOfDraft, setRate } from './studyDraft.ts';

describe('a draft of a study', () => {
  it('starts as the usual request', () => {
    expect(requestOfDraft(FIRST_DRAFT)).toEqual(DEFAULT_STUDY_REQUEST);
  });

  it('is the same request whatever the order of edits, and another with another rate', () => {
    const one = setRate(setRate(FIRST_DRAFT, 'a', 1), 'b', 2);
    const two = setRate(setRate(FIRST_DRAFT, 'b', 2), 'a', 1);
    expect(isSameRequest(requestOfDraft(one), requestOfDraft(two))).toBe(true);
    expect(isSameRequest(requestOfDraft(one), requestOfDraft(setRate(two, 'a', 3)))).toBe(false);
    expect(isSameRequest(requestOfDraft(one), { ...requestOfDraft(one), includeMarket: true })).toBe(false);
  });

  it('comes back from the request it made, and from an edit that is taken back', () => {
    const edited = setRate(FIRST_DRAFT, 'a', 0.5);
    expect(draftOfRequest(requestOfDraft(edited))).toEqual(edited);
    expect(setRate(edited, 'a', null)).toEqual(FIRST_DRAFT);
  });
});
