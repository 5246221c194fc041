import { describe, expect, it } from 'vitest';
import { settleAllocation, slashableMagnitude } from './allocation.ts';
import { toEvmAddress } from './address.ts';
import type { Exposure, Leg } from './exposure.ts';
import type { Allocation } from './observation.ts';
import { listScenarioTargets } from './scenario-targets.ts';
import { WAD, type Wad, type Wei } from './units.ts';

const OPERATOR = toEvmAddress(`0x${'0a'.repeat(20)}`);
const READ = toEvmAddress(`0x${'5a'.repeat(20)}`);
const UNREAD = toEvmAddress(`0x${'5b'.repeat(20)}`);
const BLOCK = 100n;

function makeAllocation(serviceId: string, magnitude: bigint, more: Partial<Allocation> = {}): Allocation {
  return {
    serviceId,
    currentMagnitude: magnitude,
    pendingDiff: 0n,
    effectBlock: 0n,
    isSlashable: true,
    ...more,
  };
}

function makeExposure(allocations: Allocation[]): Exposure {
  // `as`: brands exist at compile time only, and literals carry none.
  const leg = (strategy: typeof READ, value: bigint): Leg => ({
    kind: 'pooled',
    bookWei: value as Wei,
    operator: OPERATOR,
    strategy,
  });
  const position = { label: '', instrumentId: '', symbol: '', accountLabel: '', state: 'held' as const };
  return {
    origin: { kind: 'sample', note: '', block: { number: BLOCK, hash: '', time: 0 }, blockSeconds: 12 },
    positions: [
      {
        ...position,
        id: 'a',
        bookWei: 140n as Wei,
        legs: [leg(READ, 100n), leg(UNREAD, 40n)],
        dependsOn: ['x', 'y'],
      },
      {
        ...position,
        id: 'b',
        bookWei: 7n as Wei,
        legs: [{ kind: 'free', bookWei: 7n as Wei }],
        dependsOn: ['y'],
      },
      { ...position, id: 'c', bookWei: null, legs: [], dependsOn: ['y'] },
    ],
    operators: [
      {
        address: OPERATOR,
        name: 'Operator',
        isNamed: true,
        mode: 'unique',
        strategies: [
          {
            strategy: READ,
            maxMagnitude: (WAD / 2n) as Wad,
            encumberedMagnitude: (WAD / 2n) as Wad,
            allocations,
          },
        ],
        unreadStrategies: [UNREAD],
      },
    ],
    services: ['s1', 's2', 's3'].map((id) => ({
      id,
      avs: READ,
      operatorSet: 0,
      name: id,
      isRedistributing: null,
    })),
    dependencies: ['x', 'y', 'z'].map((id) => ({ id, kind: 'contract', name: id })),
    strategies: [],
    nodes: [],
    links: [],
    shared: [],
  };
}

describe('listScenarioTargets', () => {
  it('lists services by what is allocated to them, as a share of what is left of the stake', () => {
    const exposure = makeExposure([makeAllocation('s2', WAD / 10n), makeAllocation('s1', WAD / 4n)]);
    expect(listScenarioTargets(exposure).operators).toEqual([
      {
        address: OPERATOR,
        name: 'Operator',
        valueWei: 140n,
        unreadWei: 40n,
        consensusWei: 0n,
        services: [
          { id: 's1', name: 's1', allocatedWei: 50n, allocatedShare: WAD / 2n, isSlashable: true },
          { id: 's2', name: 's2', allocatedWei: 20n, allocatedShare: WAD / 5n, isSlashable: true },
        ],
      },
    ]);
  });

  it('counts nothing for a service that cannot slash, and says so', () => {
    const exposure = makeExposure([makeAllocation('s1', WAD / 4n, { isSlashable: false })]);
    expect(listScenarioTargets(exposure).operators[0]!.services).toMatchObject([
      { id: 's1', allocatedWei: 0n, isSlashable: false },
    ]);
  });

  it('lists the dependencies that something rests on, largest value first', () => {
    expect(
      listScenarioTargets(makeExposure([])).dependencies.map(({ id, valueWei, positionCount }) => [
        id,
        valueWei,
        positionCount,
      ]),
    ).toEqual([
      ['y', 147n, 3],
      ['x', 140n, 1],
    ]);
  });
});

describe('settleAllocation', () => {
  const leaving = makeAllocation('s1', 10n, { pendingDiff: -4n, effectBlock: BLOCK });

  it('keeps a pending deallocation slashable until its block', () => {
    expect(settleAllocation(leaving, BLOCK - 1n)).toEqual(leaving);
    expect(slashableMagnitude(leaving, BLOCK - 1n)).toBe(10n);
  });

  it('frees it in its block, and changes nothing more when asked again', () => {
    const settled = settleAllocation(leaving, BLOCK);
    expect(settled).toMatchObject({ currentMagnitude: 6n, pendingDiff: 0n });
    expect(settleAllocation(settled, BLOCK)).toEqual(settled);
  });
});
