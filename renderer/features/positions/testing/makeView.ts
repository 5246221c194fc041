/** A portfolio as the pages see it, made from an observation by the program's own steps. */
import type { PortfolioView } from '../../../../shared/contract/methods.ts';
import type { EvmAccount } from '../../../../shared/domain/account.ts';
import { buildExposure } from '../../../../shared/domain/build-exposure.ts';
import type { Exposure } from '../../../../shared/domain/exposure.ts';
import { addValues } from '../../../../shared/domain/position-values.ts';
import type { Observation } from '../../../../shared/domain/observation.ts';
import {
  addressOf,
  BLOCK,
  makeAccount,
  makeObservation,
  readFailed,
  readOk,
  STETH_STRATEGY,
} from '../../../../shared/domain/testing/arbitrary-observation.ts';
import { WAD } from '../../../../shared/domain/units.ts';
import { valuePositions } from '../../../../shared/domain/value-positions.ts';

export const TREASURY = makeAccount(1, 'Treasury');
export const COLD = makeAccount(2, 'Cold storage');
export const OPERATOR = addressOf(0xa1);
const SERVICE = addressOf(0xb1);

export interface ViewAndExposure {
  readonly view: PortfolioView;
  readonly exposure: Exposure;
}

export function makeView(observation: Observation, accounts: readonly EvmAccount[]): ViewAndExposure {
  const prices = { manualEthUsd: null };
  const { positions, totals } = valuePositions(observation, accounts, prices);
  const exposure = buildExposure(observation, positions);
  return {
    view: {
      portfolio: { id: 'p', name: 'Mine', kind: 'user', networkId: 'ethereum', createdAt: 0 },
      accounts: [...accounts],
      positions: addValues(observation, positions, exposure, prices),
      totals,
      listening: null,
      freshness: {
        kind: 'read',
        origin: observation.origin,
        readAt: observation.readAt,
        error: null,
        failedAt: null,
      },
      eigenlayer: [],
      notices: [],
      unreadAccountIds: [],
    },
    exposure,
  };
}

/**
 * Treasury: 10 ETH; 40 stETH with an operator that allocated half to a service, of 50 deposited, so that 10 were
 * slashed; 8 stETH queued until 300 blocks from now. Cold storage: 2 weETH at 1.1 whose backing is not visible, and a
 * balance of ezETH that could not be read.
 */
export function makeBusyView(change: Partial<Observation> = {}): ViewAndExposure {
  const magnitude = (WAD * 4n) / 5n;
  const observation = makeObservation({
    rates: [{ instrument: 'weETH', rate: readOk((WAD * 11n) / 10n) }],
    accounts: [
      {
        address: TREASURY.address,
        balances: [{ instrument: 'ETH', amount: readOk(10n * WAD) }],
        eigenlayer: {
          delegatedTo: { ...readOk(0n), value: OPERATOR },
          depositsRead: readOk(1n),
          deposits: [
            {
              strategy: STETH_STRATEGY,
              depositShares: readOk(50n * WAD),
              withdrawableShares: readOk(40n * WAD),
              depositScalingFactor: readOk(WAD),
              beaconFactor: null,
              underlying: readOk(40n * WAD),
            },
          ],
          queuedRead: readOk(1n),
          queued: [
            {
              nonce: 1n,
              startBlock: BLOCK - 10n,
              completableBlock: readOk(BLOCK + 300n),
              delegatedTo: OPERATOR,
              entries: [
                {
                  strategy: STETH_STRATEGY,
                  scaledShares: readOk(10n * WAD),
                  shares: readOk(8n * WAD),
                  beaconFactor: null,
                  underlying: readOk(8n * WAD),
                },
              ],
            },
          ],
        },
      },
      {
        address: COLD.address,
        balances: [
          { instrument: 'weETH', amount: readOk(2n * WAD) },
          { instrument: 'ezETH', amount: readFailed('reverted') },
        ],
        eigenlayer: null,
      },
    ],
    operators: [
      {
        address: OPERATOR,
        name: 'Alder Works',
        strategies: [
          {
            strategy: STETH_STRATEGY,
            maxMagnitude: readOk(magnitude),
            encumberedMagnitude: readOk(magnitude / 2n),
            operatorShares: readOk(1000n * WAD),
            allocationsRead: readOk(1n),
            allocations: [
              {
                serviceId: `${SERVICE}:1`,
                currentMagnitude: magnitude / 2n,
                pendingDiff: 0n,
                effectBlock: 0n,
                isSlashable: true,
              },
            ],
          },
        ],
      },
    ],
    ...change,
  });
  return makeView(observation, [TREASURY, COLD]);
}
