import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slashableMagnitude } from './allocation.ts';
import type { ExposureOperator, ExposurePosition, Leg } from './exposure.ts';
import type { Allocation } from './observation.ts';
import { findSlashReach } from './slash-reach.ts';
import { addressOf } from './testing/arbitrary-observation.ts';
import { WAD, type Wei } from './units.ts';

const BLOCK = 1_000n;
const STRATEGY = addressOf(0x5a);
const [FIRST, SECOND] = [addressOf(0xa1), addressOf(0xa2)];
const service = (number: number): string => `${addressOf(0xb0 + number)}:1`;

function allocate(number: number, tenths: bigint, more: Partial<Allocation> = {}): Allocation {
  return {
    serviceId: service(number),
    currentMagnitude: (tenths * WAD) / 10n,
    pendingDiff: 0n,
    effectBlock: 0n,
    isSlashable: true,
    ...more,
  };
}

/** An operator with all its magnitude left; null: its allocations were not read. */
function operate(address: ExposureOperator['address'], allocations: Allocation[] | null): ExposureOperator {
  const whole = WAD; // as: one is a WAD fraction
  const state = { strategy: STRATEGY, maxMagnitude: whole, encumberedMagnitude: whole };
  return {
    address,
    name: 'Operator',
    isNamed: true,
    mode: 'unique',
    strategies: allocations === null ? [] : [{ ...state, allocations }],
    unreadStrategies: allocations === null ? [STRATEGY] : [],
  };
}

/** A pool of 100 wei with each operator, and 50 that stand with nobody. */
function standWith(...addresses: ExposureOperator['address'][]): ExposurePosition {
  const bookWei = 100n as Wei; // as: any bigint is wei
  return {
    id: 'p',
    label: 'ezETH, Treasury',
    instrumentId: 'ezETH',
    symbol: 'ezETH',
    accountLabel: 'Treasury',
    state: 'held',
    bookWei: (100n * BigInt(addresses.length) + 50n) as Wei,
    legs: [
      ...addresses.map((operator): Leg => ({ kind: 'pooled', bookWei, operator, strategy: STRATEGY })),
      { kind: 'free', bookWei: 50n as Wei },
    ],
    dependsOn: [],
  };
}

describe('what slashing can take of a position', () => {
  it('is added up by service over its operators, the most first', () => {
    const operators = [
      operate(FIRST, [allocate(1, 1n), allocate(2, 4n)]),
      operate(SECOND, [allocate(1, 5n), allocate(3, 1n, { isSlashable: false })]),
    ];
    const reach = findSlashReach({ position: standWith(FIRST, SECOND), operators, block: BLOCK });
    expect(reach).toEqual({
      services: [
        { serviceId: service(1), slashableWei: 60n, changes: [] },
        { serviceId: service(2), slashableWei: 40n, changes: [] },
      ],
      worstWei: 100n,
      unreadWei: 0n,
    });
  });

  it('is all of it where the allocations were not read, and said to be', () => {
    const operators = [operate(FIRST, null), operate(SECOND, [allocate(1, 5n)])];
    const { worstWei, unreadWei } = findSlashReach({
      position: standWith(FIRST, SECOND),
      operators,
      block: BLOCK,
    });
    expect({ worstWei, unreadWei }).toEqual({ worstWei: 150n, unreadWei: 100n });
  });

  it('tells what changes and when, and counts what comes before a withdrawal is out', () => {
    const more = { pendingDiff: (3n * WAD) / 10n, effectBlock: BLOCK + 10n };
    const less = { pendingDiff: -(2n * WAD) / 10n, effectBlock: BLOCK + 5n };
    const operators = [operate(FIRST, [allocate(1, 1n, more), allocate(2, 4n, less)])];
    const input = { position: standWith(FIRST), operators, block: BLOCK };
    expect(findSlashReach(input)).toMatchObject({
      services: [
        { serviceId: service(2), slashableWei: 40n, changes: [{ block: BLOCK + 5n, slashableWei: 20n }] },
        { serviceId: service(1), slashableWei: 10n, changes: [{ block: BLOCK + 10n, slashableWei: 40n }] },
      ],
      worstWei: 50n,
    });
    // What is being taken from a service it can take until then; what is being given, from then on.
    expect(findSlashReach({ ...input, until: BLOCK + 10n }).worstWei).toBe(50n);
    expect(findSlashReach({ ...input, until: BLOCK + 11n }).worstWei).toBe(80n);
    // In their blocks the changes have happened.
    const after = findSlashReach({ ...input, block: BLOCK + 10n });
    expect(after.services.map(({ slashableWei, changes }) => [slashableWei, changes])).toEqual([
      [40n, []],
      [20n, []],
    ]);
  });

  it('lists a service that gets its first stake only later, and none that never gets any', () => {
    const pending = { pendingDiff: WAD / 10n, effectBlock: BLOCK + 1n };
    const operators = [operate(FIRST, [allocate(1, 0n, pending), allocate(2, 0n)])];
    const { services } = findSlashReach({ position: standWith(FIRST), operators, block: BLOCK });
    expect(services).toEqual([
      { serviceId: service(1), slashableWei: 0n, changes: [{ block: BLOCK + 1n, slashableWei: 10n }] },
    ]);
  });

  it('is never more than what stands with operators, and at least what the most can take in any block', () => {
    const magnitude = fc.bigInt(0n, WAD / 4n);
    const allocation = fc.record({ now: magnitude, later: magnitude, at: fc.bigInt(1n, 20n) });
    fc.assert(
      fc.property(fc.array(allocation, { minLength: 1, maxLength: 4 }), fc.bigInt(1n, 25n), (plans, wait) => {
        const allocations = plans.map(({ now, later, at }, index) =>
          allocate(index, 0n, {
            currentMagnitude: now,
            pendingDiff: later - now,
            effectBlock: later === now ? 0n : BLOCK + at,
          }),
        );
        const input = {
          position: standWith(FIRST),
          operators: [operate(FIRST, allocations)],
          block: BLOCK,
          until: BLOCK + wait,
        };
        const { worstWei } = findSlashReach(input);
        expect(worstWei <= 100n).toBe(true);
        for (let block = BLOCK; block < input.until; block++) {
          const sum = allocations.reduce((total, one) => total + slashableMagnitude(one, block), 0n);
          expect(worstWei >= (100n * sum) / WAD).toBe(true);
        }
      }),
    );
  });
});
