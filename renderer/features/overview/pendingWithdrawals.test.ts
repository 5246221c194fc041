import { describe, expect, it } from 'vitest';
import { BLOCK, BLOCK_TIME } from '../../../shared/domain/testing/arbitrary-observation.ts';
import { BLOCK_UNIT, SECOND_UNIT, type Figure, type Unit } from '../../../shared/domain/figure.ts';
import type { Position } from '../../../shared/domain/position.ts';
import { UNREAD_EIGENLAYER } from '../../../shared/domain/valuation.ts';
import { makeBusyView } from '../positions/testing/makeView.ts';
import { listPendingWithdrawals } from './pendingWithdrawals.ts';
import { findUnreadRestaking } from './unreadRestaking.ts';

const current = { block: { number: BLOCK, hash: '0x01', time: BLOCK_TIME }, blockSeconds: 12 };
const queued = makeBusyView().view.positions.find(({ state }) => state === 'queued')!;

function makeWithdrawal(id: string, block: bigint | null, state: Position['state'] = 'queued'): Position {
  const { restaking } = queued;
  if (!restaking?.completableBlock) throw new Error('a queued position has a block');
  const completableBlock = { ...restaking.completableBlock, value: block };
  return { ...queued, id, state, restaking: { ...restaking, completableBlock } };
}

describe('pending withdrawals', () => {
  it('begin with what can be completed, then come by block, those of unknown block last', () => {
    const positions = [
      makeWithdrawal('unknown', null),
      makeWithdrawal('late', BLOCK + 20n),
      makeWithdrawal('early', BLOCK + 10n),
      makeWithdrawal('ready', BLOCK - 5n, 'completable'),
    ];
    expect(listPendingWithdrawals(positions, current).map(({ position }) => position.id)).toEqual([
      'ready',
      'early',
      'late',
      'unknown',
    ]);
  });

  it('are requests with an issuer too, by the clock each has', () => {
    const makeRequest = (
      id: string,
      claimableFrom: Figure | null,
      state: Position['state'] = 'requested',
    ) => ({
      ...queued,
      id,
      state,
      restaking: null,
      request: {
        instrument: 'ezETH',
        id: 1n,
        isFixed: false,
        given: queued.amount,
        promised: queued.amount,
        claimableFrom,
      },
    });
    const figure = (unit: Unit, value: bigint): Figure => ({ ...queued.amount, unit, value });
    const positions = [
      makeRequest('no date', null),
      makeRequest('in an hour', figure(SECOND_UNIT, BigInt(BLOCK_TIME + 3600))),
      makeRequest('in ten blocks', figure(BLOCK_UNIT, BLOCK + 10n)),
      makeRequest('now', null, 'claimable'),
      { ...queued, id: 'unread', state: 'requested' as const, restaking: null },
    ];
    expect(
      listPendingWithdrawals(positions, current).map(({ position, time, isReady }) => [
        position.id,
        time === null ? null : time / 1000 - BLOCK_TIME,
        isReady,
      ]),
    ).toEqual([
      ['now', null, true],
      ['in ten blocks', 120, false],
      ['in an hour', 3600, false],
      ['no date', null, false],
    ]);
  });

  it('have no date where the block is not known', () => {
    const [only] = listPendingWithdrawals([makeWithdrawal('unknown', null)], current);
    expect(only).toMatchObject({ block: null, time: null, isReady: false });
  });

  it('are not what stands for a list that could not be read', () => {
    const unread = { ...queued, id: 'unread', instrument: UNREAD_EIGENLAYER, restaking: null };
    expect(listPendingWithdrawals([unread], current)).toEqual([]);
    const view = { positions: [unread], notices: [], unreadAccountIds: [] };
    expect(findUnreadRestaking(view).areWithdrawalsPartial).toBe(true);
  });

  it('leave everything else out', () => {
    const { positions } = makeBusyView().view;
    expect(listPendingWithdrawals(positions, current).map(({ position }) => position.state)).toEqual([
      'queued',
    ]);
  });
});
