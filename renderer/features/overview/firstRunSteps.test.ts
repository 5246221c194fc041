import { expect, it } from 'vitest';
import { listFirstRunSteps } from './firstRunSteps.ts';

it('marks exactly the first step that is not done as next, whatever was done out of order', () => {
  const states = (node: boolean, account: boolean, refresh: boolean) =>
    listFirstRunSteps({ node, account, refresh }).map(({ state }) => state);
  expect(states(false, false, false)).toEqual(['next', 'later', 'later']);
  expect(states(false, true, false)).toEqual(['next', 'done', 'later']);
  expect(states(true, true, false)).toEqual(['done', 'done', 'next']);
  expect(states(true, true, true)).toEqual(['done', 'done', 'done']);
});
