import { expect, it } from 'vitest';
import { WAD } from '../../../shared/domain/units.ts';
import { findLostToSlashing } from './lostToSlashing.ts';
import { makeBusyView } from './testing/makeView.ts';

const { positions } = makeBusyView().view;
const delegated = positions.find(({ state }) => state === 'delegated')!;

it('is deposited less withdrawable shares, with both as its inputs', () => {
  const lost = findLostToSlashing(delegated);
  expect(lost?.value).toBe(10n * WAD);
  expect(lost?.basis).toMatchObject({ kind: 'computed', formula: 'lost-to-slashing' });
});

it('is unknown, not zero, where the shares could not be read', () => {
  const { restaking } = delegated;
  if (!restaking) throw new Error('a delegated position is restaked');
  const withdrawableShares = {
    ...restaking.withdrawableShares,
    value: null,
    reason: { code: 'call-failed' as const },
  };
  const lost = findLostToSlashing({ ...delegated, restaking: { ...restaking, withdrawableShares } });
  expect(lost).toMatchObject({ value: null, reason: { code: 'call-failed' } });
});

it('is not said of a withdrawal, whose scaled shares are not what was deposited', () => {
  const queued = positions.find(({ state }) => state === 'queued')!;
  expect(findLostToSlashing(queued)).toBeNull();
});
