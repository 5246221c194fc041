import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BEACON_CHAIN_STRATEGY } from '../../../shared/domain/address.ts';
import { buildExposure } from '../../../shared/domain/build-exposure.ts';
import type { ExposurePosition } from '../../../shared/domain/exposure.ts';
import {
  arbitraryAccounts,
  arbitraryObservation,
} from '../../../shared/domain/testing/arbitrary-observation.ts';
import { valuePositions } from '../../../shared/domain/value-positions.ts';
import { BLOCK, makeExposure, makePosition, ownLeg, plainLeg, STRATEGY } from '../testing/make-exposure.ts';
import { exactly } from './duration.ts';
import {
  makeExitPositions,
  readCompletableBlocks,
  type ExitPosition,
  type KnownEnd,
} from './exit-position.ts';
import { planExits } from './plan-exits.ts';
import { assume } from './testing/arbitrary-exit.ts';

function exitOf(more: Partial<ExposurePosition>, completable?: KnownEnd, legs = [ownLeg(5n)]): ExitPosition {
  const exposure = makeExposure({
    positions: [makePosition('p', legs, more)],
    strategies: [
      { address: STRATEGY, name: 'stETH' },
      { address: BEACON_CHAIN_STRATEGY, name: 'ETH' },
    ],
  });
  const blocks = new Map(completable === undefined ? [] : [['p', completable] as const]);
  return makeExitPositions(exposure, blocks)[0]!;
}

const TOKEN = { instrumentId: `eigenlayer:${STRATEGY}`, symbol: 'stETH in EigenLayer' };
const NATIVE = { instrumentId: `eigenlayer:${BEACON_CHAIN_STRATEGY}`, symbol: 'ETH in EigenLayer' };

describe('positions of an exposure', () => {
  it('held as a token leave by the token’s own way', () => {
    expect(exitOf({ instrumentId: 'weETH', symbol: 'weETH' })).toMatchObject({
      pathId: 'etherfi',
      amount: 5n,
      unit: 'wei',
    });
    expect(exitOf({ instrumentId: 'ETH' }).pathId).toBe('none');
  });

  it('requested of an issuer wait what is left of its wait, and then only for what they are paid in', () => {
    const renzo = { instrumentId: 'request:ezETH:stETH', symbol: 'stETH from Renzo' };
    const { block, blockSeconds } = makeExposure({}).origin;
    const open = exitOf({ ...renzo, state: 'requested' }, { second: BigInt(block.time) + 172_800n });
    expect(open).toMatchObject({ pathId: 'renzo', isSlashable: true });
    expect(open.readings['renzo-cooldown']).toMatchObject({
      value: exactly(2),
      evidence: { status: 'read' },
    });
    const over = exitOf({ ...renzo, state: 'requested' }, { second: 0n });
    expect(over.readings['renzo-cooldown']?.value).toEqual(exactly(0));
    const kelp = { instrumentId: 'request:rsETH:ETH', symbol: 'ETH from Kelp' };
    expect(
      exitOf({ ...kelp, state: 'requested' }, block.number + 7_200n).readings['kelp-queue']?.value,
    ).toEqual(exactly((7_200 * blockSeconds) / 86_400));
    expect(exitOf({ ...kelp, state: 'requested' }).readings).toEqual({});
    expect(exitOf({ ...kelp, state: 'claimable' })).toMatchObject({ pathId: 'none', readings: {} });
    expect(exitOf({ ...renzo, state: 'claimable' }).pathId).toBe('lido');
    const unread = { instrumentId: 'request:rsETH', symbol: 'ETH from Kelp', state: 'claimable' } as const;
    expect(exitOf(unread).pathId).toBeNull();
  });

  it('of tokens nobody knows have no way that is known', () => {
    expect(exitOf({ instrumentId: 'WEIRD' }).pathId).toBeNull();
  });

  it('restaked leave EigenLayer first, then by the way of what they hold', () => {
    expect(exitOf({ ...TOKEN, state: 'delegated' })).toMatchObject({
      pathId: 'eigenlayer-strategy',
      underlyingPathId: 'lido',
      underlyingSymbol: 'stETH',
      isSlashable: true,
      readings: {},
    });
    expect(exitOf({ ...NATIVE, state: 'delegated' })).toMatchObject({
      pathId: 'eigenlayer-native',
      underlyingPathId: null,
    });
  });

  it('delegated to nobody are slashed by nobody; not read counts as delegated', () => {
    expect(exitOf({ ...TOKEN, state: 'deposited' }, undefined, [plainLeg('free', 5n)]).isSlashable).toBe(
      false,
    );
    expect(exitOf({ ...TOKEN, state: 'restaked' }, undefined, [plainLeg('hidden', 5n)]).isSlashable).toBe(
      true,
    );
  });

  it('queued have the blocks left that were read', () => {
    const queued = exitOf({ ...TOKEN, state: 'queued' }, BLOCK + 700n);
    expect(queued.pathId).toBe('eigenlayer-strategy-queued');
    expect(queued.readings['eigenlayer-escrow']).toMatchObject({
      value: exactly(700),
      evidence: { status: 'read' },
    });
  });

  it('queued with a block that was not read may have all of the delay before them, or none', () => {
    expect(exitOf({ ...NATIVE, state: 'queued' }).readings['eigenlayer-escrow']).toMatchObject({
      value: { low: 0, typical: 100_800, high: 100_800 },
      evidence: { status: 'unconfirmed' },
    });
  });

  it('completable have none left, also where the block lies behind', () => {
    const done = { value: exactly(0) };
    expect(
      exitOf({ ...TOKEN, state: 'completable' }, BLOCK - 5n).readings['eigenlayer-escrow'],
    ).toMatchObject(done);
    expect(exitOf({ ...TOKEN, state: 'queued' }, BLOCK - 5n).readings['eigenlayer-escrow']).toMatchObject(
      done,
    );
  });

  it('that stand for a list that was not read have no way', () => {
    expect(
      exitOf({ instrumentId: 'eigenlayer', symbol: 'EigenLayer', state: 'queued', bookWei: null, legs: [] }),
    ).toMatchObject({
      pathId: null,
      amount: null,
    });
  });
});

describe('whatever was observed', () => {
  it('is planned in full: one plan per position, with the blocks that were read', () => {
    let queuedCount = 0;
    fc.assert(
      fc.property(arbitraryObservation, (observation) => {
        const { positions } = valuePositions(observation, arbitraryAccounts, { manualEthUsd: null });
        const blocks = readCompletableBlocks(positions);
        const exits = makeExitPositions(buildExposure(observation, positions), blocks);
        const overview = planExits(exits, assume({ annualLossRate: 0.01 }));
        expect(overview.plans.map(({ positionId }) => positionId)).toEqual(positions.map(({ id }) => id));
        for (const exit of exits) {
          const block = blocks.get(exit.id);
          const escrow = exit.readings['eigenlayer-escrow'];
          if (typeof block !== 'bigint' || escrow === undefined) continue;
          queuedCount += 1;
          const left = block - observation.origin.block.number;
          expect(escrow.value).toEqual(exactly(Number(left > 0n ? left : 0n)));
        }
      }),
      { numRuns: 100 },
    );
    // Otherwise nothing of it was tested.
    expect(queuedCount).toBeGreaterThan(0);
  });
});
