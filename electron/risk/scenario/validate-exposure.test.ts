import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import { WAD } from '../../../shared/domain/units.ts';
import { validateExposure } from './validate-exposure.ts';
import {
  addressOf,
  BLOCK,
  makeAllocation,
  makeExposure,
  makeOperator,
  makePosition,
  makeServices,
  OPERATOR,
  ownLeg,
  plainLeg,
  pooledLeg,
  shares,
  STRATEGY,
  wad,
  wei,
} from '../testing/make-exposure.ts';

const contract = { id: 'contract:x', kind: 'contract' as const, name: 'X' };
const HALF = WAD / 2n;

function makeSound(parts: Partial<Exposure> = {}): Exposure {
  return makeExposure({
    operators: [makeOperator([makeAllocation('s1', HALF)])],
    services: makeServices('s1', 's2'),
    dependencies: [contract],
    positions: [makePosition('p', [ownLeg(5n), plainLeg('free', 7n)], { dependsOn: [contract.id] })],
    ...parts,
  });
}

function withAllocations(...allocations: ReturnType<typeof makeAllocation>[]): Exposure {
  return makeSound({ operators: [makeOperator(allocations)] });
}

function withPosition(...args: Parameters<typeof makePosition>): Exposure {
  return makeSound({ positions: [makePosition(...args)] });
}

const [sound] = makeSound().positions;
const operator = makeOperator([]);

const refused: readonly (readonly [string, Exposure])[] = [
  ['position p is listed twice', makeSound({ positions: [sound!, sound!] })],
  [`operator ${OPERATOR} is listed twice`, makeSound({ operators: [operator, operator] })],
  ['service s1 is listed twice', makeSound({ services: makeServices('s1', 's1') })],
  ['dependency contract:x is listed twice', makeSound({ dependencies: [contract, contract] })],
  ['allocation to s1 is listed twice', withAllocations(makeAllocation('s1', 1n), makeAllocation('s1', 1n))],
  [
    `strategy ${STRATEGY} is listed twice`,
    makeSound({
      operators: [{ ...operator, unreadStrategies: [operator.strategies[0]!.strategy] }],
    }),
  ],
  ['unknown service s9', withAllocations(makeAllocation('s9', 1n))],
  ['depends on unknown oracle:y', withPosition('p', [], { dependsOn: ['oracle:y'] })],
  ['unknown operator', withPosition('p', [pooledLeg(1n, { operator: addressOf(0xff) })])],
  ['neither has nor failed to give', withPosition('p', [pooledLeg(1n, { strategy: addressOf(0xff) })])],
  ['sum to 5 wei, not to its value of 6', withPosition('p', [ownLeg(5n)], { bookWei: wei(6n) })],
  ['no known value, but legs', withPosition('p', [ownLeg(5n)], { bookWei: null })],
  ['a value below zero', withPosition('p', [], { bookWei: wei(-1n) })],
  ['a leg below zero', withPosition('p', [plainLeg('free', -1n), plainLeg('hidden', 1n)])],
  ['shares below zero', withPosition('p', [ownLeg(0n, { scaledShares: shares(-1n) })])],
  ['no shares are left to it', withPosition('p', [ownLeg(5n, { scaledShares: shares(0n) })])],
  ['beacon chain factor outside', withPosition('p', [ownLeg(5n, { beaconFactor: wad(WAD + 1n) })])],
  ['above 1e18', makeSound({ operators: [makeOperator([], { maxMagnitude: WAD + 1n })] })],
  ['a magnitude is below zero', makeSound({ operators: [makeOperator([], { maxMagnitude: -1n })] })],
  ['is below zero', withAllocations(makeAllocation('s1', -1n))],
  [
    'larger than the allocation',
    withAllocations(makeAllocation('s1', 1n, { pendingDiff: -2n, effectBlock: BLOCK + 1n })),
  ],
  [
    'more than the max magnitude',
    withAllocations(
      makeAllocation('s1', HALF, { pendingDiff: 1n, effectBlock: BLOCK + 1n }),
      makeAllocation('s2', HALF),
    ),
  ],
  [
    'more than the encumbered magnitude',
    makeSound({
      operators: [
        makeOperator([], {
          strategies: [
            {
              ...operator.strategies[0]!,
              encumberedMagnitude: wad(HALF - 1n),
              allocations: [makeAllocation('s1', HALF)],
            },
          ],
        }),
      ],
    }),
  ],
  [
    'is above the max',
    makeSound({
      operators: [
        makeOperator([], {
          strategies: [{ ...operator.strategies[0]!, maxMagnitude: wad(HALF), encumberedMagnitude: WAD }],
        }),
      ],
    }),
  ],
  [
    'is allocated to s1, more than the max magnitude',
    makeSound({
      operators: [makeOperator([makeAllocation('s1', WAD)], { mode: 'elastic', maxMagnitude: HALF })],
    }),
  ],
];

describe('validateExposure', () => {
  it('accepts what is sound: pending changes, unread strategies, positions without a value', () => {
    const unread = addressOf(0x5b);
    expect(() =>
      validateExposure(
        makeSound({
          operators: [
            makeOperator(
              [
                makeAllocation('s1', HALF, { pendingDiff: -HALF, effectBlock: BLOCK }),
                makeAllocation('s2', WAD),
              ],
              { unreadStrategies: [unread] },
            ),
          ],
          positions: [
            makePosition('a', [ownLeg(5n, { strategy: unread })]),
            makePosition('b', [], { bookWei: null }),
            makePosition('c', [ownLeg(0n, { scaledShares: shares(0n) })]),
          ],
        }),
      ),
    ).not.toThrow();
  });

  it('accepts collateral that several services count in full', () => {
    const allocations = [makeAllocation('s1', WAD), makeAllocation('s2', WAD)];
    const make = (mode: 'shared' | 'elastic') =>
      makeSound({ operators: [makeOperator(allocations, { mode })] });
    expect(() => validateExposure(make('shared'))).not.toThrow();
    expect(() => validateExposure(make('elastic'))).not.toThrow();
  });

  it.each(refused)('refuses: %s', (message, exposure) => {
    expect(() => validateExposure(exposure)).toThrow(AppError);
    expect(() => validateExposure(exposure)).toThrow(message);
  });

  it('names the first problem and details all', () => {
    const exposure = makeSound({
      positions: [makePosition('p', [plainLeg('free', 1n)], { bookWei: wei(2n), dependsOn: ['oracle:y'] })],
    });
    try {
      validateExposure(exposure);
      expect.unreachable();
    } catch (thrown) {
      expect(thrown).toMatchObject({
        code: 'scenario-invalid',
        message: 'The exposure contradicts itself: position p depends on unknown oracle:y.',
        detail:
          'position p depends on unknown oracle:y; the legs of position p sum to 1 wei, not to its value of 2',
      });
    }
  });
});
