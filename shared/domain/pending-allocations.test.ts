import { describe, expect, it } from 'vitest';
import { buildExposure } from './build-exposure.ts';
import { listPendingAllocations } from './pending-allocations.ts';
import {
  addressOf,
  BLOCK,
  makeAccount,
  makeObservation,
  readOk,
  STETH_STRATEGY,
} from './testing/arbitrary-observation.ts';
import { WAD } from './units.ts';
import { valuePositions } from './value-positions.ts';

const account = makeAccount(1, 'Treasury');
const operator = addressOf(0xa1);
const service = (number: number): string => `${addressOf(0xb0 + number)}:1`;

/** Ten stETH with an operator that gave each service a tenth, and has since made these changes. */
function expose(changes: readonly (readonly [tenths: bigint, effectBlock: bigint, isSlashable?: boolean])[]) {
  const deposit = {
    strategy: STETH_STRATEGY,
    depositShares: readOk(10n * WAD),
    withdrawableShares: readOk(10n * WAD),
    depositScalingFactor: readOk(WAD),
    beaconFactor: null,
    underlying: readOk(10n * WAD),
  };
  const observation = makeObservation({
    accounts: [
      {
        address: account.address,
        balances: [],
        eigenlayer: {
          delegatedTo: { ...readOk(0n), value: operator },
          depositsRead: readOk(1n),
          deposits: [deposit],
          queuedRead: readOk(0n),
          queued: [],
        },
      },
    ],
    operators: [
      {
        address: operator,
        name: null,
        strategies: [
          {
            strategy: STETH_STRATEGY,
            maxMagnitude: readOk(WAD),
            encumberedMagnitude: readOk(WAD),
            operatorShares: readOk(10n * WAD),
            allocationsRead: readOk(BigInt(changes.length)),
            allocations: changes.map(([tenths, effectBlock, isSlashable = true], index) => ({
              serviceId: service(index),
              currentMagnitude: WAD / 10n,
              pendingDiff: (tenths * WAD) / 10n,
              effectBlock,
              isSlashable,
            })),
          },
        ],
      },
    ],
  });
  const { positions } = valuePositions(observation, [account], { manualEthUsd: null });
  return buildExposure(observation, positions);
}

describe('pending allocations', () => {
  it('say what the service can take now and then, the earliest first', () => {
    const pending = listPendingAllocations(
      expose([
        [2n, BLOCK + 9n],
        [-1n, BLOCK + 3n],
      ]),
    );
    expect(pending).toMatchObject([
      {
        operator,
        strategy: STETH_STRATEGY,
        serviceId: service(1),
        block: BLOCK + 3n,
        nowWei: WAD,
        thenWei: 0n,
      },
      { serviceId: service(0), block: BLOCK + 9n, nowWei: WAD, thenWei: 3n * WAD },
    ]);
  });

  it('are none that count already, or of a service that can take nothing', () => {
    const pending = listPendingAllocations(
      expose([
        [2n, BLOCK],
        [0n, 0n],
        [1n, BLOCK + 5n, false],
      ]),
    );
    expect(pending).toEqual([]);
  });
});
