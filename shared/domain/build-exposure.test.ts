import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BEACON_CHAIN_STRATEGY } from './address.ts';
import { buildExposure } from './build-exposure.ts';
import { exposureSchema, type Exposure } from './exposure.ts';
import type { Allocation, Observation, OperatorStrategy } from './observation.ts';
import {
  addressOf,
  arbitraryAccounts,
  arbitraryObservation,
  BLOCK,
  makeAccount,
  makeObservation,
  readFailed,
  readOk,
  STETH_STRATEGY,
} from './testing/arbitrary-observation.ts';
import { WAD } from './units.ts';
import { valuePositions } from './value-positions.ts';

function expose(observation: Observation, accounts = arbitraryAccounts): Exposure {
  const { positions } = valuePositions(observation, accounts, { manualEthUsd: null });
  return buildExposure(observation, positions);
}

const account = makeAccount(1, 'Treasury');
const operator = addressOf(0xa1);
const serviceId = `${addressOf(0xb1)}:1`;

function makeAllocation(parts: Partial<Allocation> = {}): Allocation {
  return {
    serviceId,
    currentMagnitude: WAD / 4n,
    pendingDiff: 0n,
    effectBlock: 0n,
    isSlashable: true,
    ...parts,
  };
}

function makeStrategyState(parts: Partial<OperatorStrategy> = {}): OperatorStrategy {
  return {
    strategy: STETH_STRATEGY,
    maxMagnitude: readOk(WAD / 2n),
    encumberedMagnitude: readOk(WAD / 4n),
    operatorShares: readOk(0n),
    allocationsRead: readOk(1n),
    allocations: [makeAllocation()],
    ...parts,
  };
}

interface StakePlan {
  readonly state?: OperatorStrategy;
  readonly isDelegated?: boolean;
  readonly isUnread?: boolean;
  readonly beacon?: { readonly isRead: boolean };
}

/** Ten stETH (or native ETH) deposited, worth ten ETH. */
function observeStake({ state, isDelegated = true, isUnread = false, beacon }: StakePlan): Observation {
  const value = isDelegated ? operator : null;
  return makeObservation({
    accounts: [
      {
        address: account.address,
        balances: [],
        eigenlayer: {
          delegatedTo: isUnread ? readFailed('no-answer') : { ...readOk(0n), value },
          depositsRead: readOk(1n),
          deposits: [
            {
              strategy: beacon ? BEACON_CHAIN_STRATEGY : STETH_STRATEGY,
              depositShares: readOk(20n * WAD),
              withdrawableShares: readOk(10n * WAD),
              depositScalingFactor: readOk(WAD),
              beaconFactor: beacon ? (beacon.isRead ? readOk(WAD) : readFailed('reverted')) : null,
              underlying: readOk(10n * WAD),
            },
          ],
          queuedRead: readOk(0n),
          queued: [],
        },
      },
    ],
    operators: [{ address: operator, name: 'Fernhollow', strategies: state ? [state] : [] }],
  });
}

function observeToken(instrument: string, amount: bigint, parts: Partial<Observation> = {}): Observation {
  return makeObservation({
    accounts: [
      { address: account.address, balances: [{ instrument, amount: readOk(amount) }], eigenlayer: null },
    ],
    rates: [{ instrument, rate: readOk(WAD) }],
    ...parts,
  });
}

function legsOf(observation: Observation) {
  return expose(observation, [account]).positions[0]?.legs;
}

describe('legs', () => {
  it('of the holder’s own delegated shares are exact: scaled shares at one operator', () => {
    expect(legsOf(observeStake({ state: makeStrategyState() }))).toEqual([
      {
        kind: 'shares',
        bookWei: 10n * WAD,
        operator,
        strategy: STETH_STRATEGY,
        scaledShares: 20n * WAD,
        beaconFactor: null,
      },
    ]);
  });

  it('of undelegated shares are free, and of an unread delegation hidden', () => {
    expect(legsOf(observeStake({ isDelegated: false }))).toMatchObject([{ kind: 'free' }]);
    expect(legsOf(observeStake({ isUnread: true }))).toMatchObject([{ kind: 'hidden' }]);
  });

  it('stand with the operator, without share arithmetic, where the beacon factor was not read', () => {
    expect(legsOf(observeStake({ beacon: { isRead: true } }))).toMatchObject([{ kind: 'shares' }]);
    expect(legsOf(observeStake({ beacon: { isRead: false } }))).toMatchObject([{ kind: 'pooled', operator }]);
  });

  it('of a queued withdrawal stay with its operator until the block it can be completed in', () => {
    for (const [completable, kind] of [
      [BLOCK + 1n, 'shares'],
      [BLOCK, 'free'],
    ] as const) {
      const observation = observeStake({ state: makeStrategyState() });
      const eigenlayer = observation.accounts[0]!.eigenlayer!;
      const entry = {
        strategy: STETH_STRATEGY,
        scaledShares: readOk(4n * WAD),
        shares: readOk(2n * WAD),
        beaconFactor: null,
        underlying: readOk(2n * WAD),
      };
      eigenlayer.deposits = [];
      // The staker has since undelegated: the withdrawal keeps the operator it left.
      eigenlayer.delegatedTo = { ...readOk(0n), value: null };
      eigenlayer.queued = [
        {
          nonce: 0n,
          startBlock: 1n,
          completableBlock: readOk(completable),
          delegatedTo: operator,
          entries: [entry],
        },
      ];
      expect(legsOf(observation)).toMatchObject([{ kind, bookWei: 2n * WAD }]);
    }
  });

  it('of held ETH and staked ETH are free; Lido is a dependency of the second', () => {
    expect(legsOf(observeToken('ETH', 5n))).toEqual([{ kind: 'free', bookWei: 5n }]);
    const exposure = expose(observeToken('wstETH', 5n), [account]);
    expect(exposure.positions[0]).toMatchObject({ legs: [{ kind: 'free' }], dependsOn: ['contract:lido'] });
    expect(exposure.dependencies.map(({ id }) => id)).toEqual(['contract:lido']);
  });

  it('of a pooled token follow its backing, and the last takes the remainder', () => {
    const third = WAD / 3n;
    const backings = [
      {
        instrument: 'weETH',
        restaked: [
          { operator, strategy: STETH_STRATEGY, share: third },
          { operator: addressOf(0xa2), strategy: STETH_STRATEGY, share: third },
        ],
        unrestakedShare: WAD - 2n * third,
        hiddenShare: 0n,
      },
    ];
    expect(legsOf(observeToken('weETH', 100n, { backings }))).toMatchObject([
      { kind: 'pooled', bookWei: 33n },
      { kind: 'pooled', bookWei: 33n },
      { kind: 'free', bookWei: 34n },
    ]);
  });

  it('of a pooled token are hidden without a backing, and with one that does not add up', () => {
    const broken = { instrument: 'weETH', restaked: [], unrestakedShare: WAD / 2n, hiddenShare: 0n };
    for (const backings of [[], [broken]]) {
      expect(legsOf(observeToken('weETH', 100n, { backings }))).toEqual([{ kind: 'hidden', bookWei: 100n }]);
    }
  });
});

describe('operators and services', () => {
  it('that were not read are named, and a fault there can take everything', () => {
    const states = [
      undefined,
      makeStrategyState({ maxMagnitude: readFailed('reverted') }),
      makeStrategyState({ allocationsRead: readFailed('no-answer'), allocations: [] }),
    ];
    for (const state of states) {
      const exposure = expose(observeStake(state ? { state } : {}), [account]);
      expect(exposure.operators[0]).toMatchObject({ strategies: [], unreadStrategies: [STETH_STRATEGY] });
      const row = exposure.shared.find(({ kind }) => kind === 'operator');
      expect(row).toMatchObject({ valueWei: 10n * WAD, worstLossWei: 10n * WAD });
      expect(exposure.nodes.find(({ id }) => id === 'unread')).toMatchObject({ kind: 'hidden', depth: 3 });
    }
  });

  it('share a stake by magnitude of what slashing left of the operator', () => {
    const { links, shared, services } = expose(observeStake({ state: makeStrategyState() }), [account]);
    // A quarter of the magnitude there ever was is half of what is left.
    const toService = links.find(({ to }) => to === `service:${serviceId}`);
    expect(toService?.valueWei).toBe(5n * WAD);
    expect(links.find(({ to }) => to === 'unallocated')?.valueWei).toBe(5n * WAD);
    expect(services).toMatchObject([{ id: serviceId, name: null, operatorSet: 1 }]);
    expect(shared.find(({ kind }) => kind === 'service')).toMatchObject({
      valueWei: 10n * WAD,
      worstLossWei: 5n * WAD,
      share: WAD,
    });
  });

  it('count a deallocation as slashable until its block, and not from it', () => {
    for (const [effectBlock, worst] of [
      [BLOCK + 1n, 5n * WAD],
      [BLOCK, 0n],
    ] as const) {
      const allocations = [makeAllocation({ pendingDiff: -(WAD / 4n), effectBlock })];
      const { shared } = expose(observeStake({ state: makeStrategyState({ allocations }) }), [account]);
      expect(shared.find(({ kind }) => kind === 'operator')?.worstLossWei).toBe(worst);
    }
  });

  it('cannot slash where the contract says so', () => {
    const allocations = [makeAllocation({ isSlashable: false })];
    const { shared } = expose(observeStake({ state: makeStrategyState({ allocations }) }), [account]);
    expect(shared.filter(({ kind }) => kind !== 'contract').map(({ worstLossWei }) => worstLossWei)).toEqual([
      0n,
      0n,
    ]);
  });
});

describe('any observation', () => {
  it('has legs that sum to the book value exactly', () => {
    fc.assert(
      fc.property(arbitraryObservation, (observation) => {
        const { positions } = expose(observation);
        for (const { bookWei, legs } of positions) {
          const sum = legs.reduce((total, leg) => total + leg.bookWei, 0n);
          expect(sum).toBe(bookWei ?? 0n);
          expect(legs.length > 0).toBe(bookWei !== null);
          for (const leg of legs) expect(leg.bookWei >= 0n).toBe(true);
        }
      }),
    );
  });

  it('flows without a loss: what enters an inner node leaves it, and the first column is the book', () => {
    fc.assert(
      fc.property(arbitraryObservation, (observation) => {
        const { positions, nodes, links } = expose(observation);
        const sumOfLinks = (side: 'from' | 'to', id: string): bigint =>
          links.filter((link) => link[side] === id).reduce((total, link) => total + link.valueWei, 0n);
        for (const { id, kind, depth, valueWei } of nodes) {
          expect(valueWei > 0n).toBe(true);
          const isLast = depth === 3 || kind === 'free' || kind === 'hidden';
          if (depth > 0) expect(sumOfLinks('to', id)).toBe(valueWei);
          if (!isLast) expect(sumOfLinks('from', id)).toBe(valueWei);
        }
        const first = nodes.filter(({ depth }) => depth === 0);
        const book = positions.reduce((total, { bookWei }) => total + (bookWei ?? 0n), 0n);
        expect(first.reduce((total, { valueWei }) => total + valueWei, 0n)).toBe(book);
        expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
      }),
    );
  });

  it('never names a worst loss above the value that rests there, and ranks by value', () => {
    fc.assert(
      fc.property(arbitraryObservation, (observation) => {
        const { shared } = expose(observation);
        for (const [index, row] of shared.entries()) {
          expect(row.worstLossWei <= row.valueWei).toBe(true);
          expect(row.valueWei > 0n && row.positionIds.length > 0).toBe(true);
          if (index > 0) expect(shared[index - 1]!.valueWei >= row.valueWei).toBe(true);
        }
      }),
    );
  });

  it('passes its schema', () => {
    fc.assert(
      fc.property(arbitraryObservation, (observation) => {
        exposureSchema.parse(expose(observation));
      }),
      { numRuns: 20 },
    );
  });
});

it('draws many positions by instrument and state', () => {
  const accounts = Array.from({ length: 13 }, (_, index) => makeAccount(index));
  const observation = makeObservation({
    accounts: accounts.map(({ address }) => ({
      address,
      balances: [{ instrument: 'ETH', amount: readOk(2n) }],
      eigenlayer: null,
    })),
  });
  const { nodes } = expose(observation, accounts);
  expect(nodes.filter(({ depth }) => depth === 0)).toEqual([
    { id: 'group:ETH:held', kind: 'position', name: 'ETH', state: 'held', depth: 0, valueWei: 26n },
  ]);
});
