import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EvmAddress } from '../../../../shared/domain/address.ts';
import { toEvmAddress } from '../../../../shared/domain/address.ts';
import { sumOf, WAD, type Shares, type Wad } from '../../../../shared/domain/units.ts';
import { WITHDRAWAL_DELAY_BLOCKS } from './delays.ts';
import { completeWithdrawal, queueWithdrawal } from './queued-withdrawal.ts';
import { computeOperatorSharesSlashed, computeWithdrawableShares } from './shares.ts';
import { slashOperator, type OperatorSlash } from './slash-operator.ts';
import { BURN_ADDRESS, routeSlashedShares } from './slashed-funds.ts';

// `as`: the brands exist at compile time only.
const wad = (value: bigint): Wad => value as Wad;
const shares = (value: bigint): Shares => value as Shares;
const RECIPIENT = toEvmAddress('0x00000000000000000000000000000000000000aa');

/** The recorded run's slash: half of an allocation of half the magnitude, with 60 left and 40 queued. */
const recorded: OperatorSlash = {
  allocation: {
    currentMagnitude: wad(WAD / 2n),
    maxMagnitude: WAD,
    encumberedMagnitude: wad(WAD / 2n),
    pendingDiff: 0n,
  },
  wadToSlash: wad(WAD / 2n),
  operatorShares: shares(60n * WAD),
  queuedScaledShares: shares(40n * WAD),
  isNativeEth: false,
  redistributionRecipient: null,
};

/** What two stakers are left with: one who stays with `deposit` shares, one who queued the same number. */
function leaveStakers(deposit: Shares, factor: Wad, slash: OperatorSlash): readonly [bigint, bigint] {
  const { maxMagnitude } = slashOperator(slash).allocation;
  const queued = queueWithdrawal({
    depositShares: deposit,
    depositedShares: deposit,
    depositScalingFactor: factor,
    block: 0n,
  });
  return [
    computeWithdrawableShares(deposit, factor, maxMagnitude),
    completeWithdrawal(queued, maxMagnitude, WITHDRAWAL_DELAY_BLOCKS + 1n),
  ];
}

const slashArbitrary: fc.Arbitrary<OperatorSlash> = fc
  .record({
    max: fc.bigInt({ min: 1n, max: WAD }),
    allocated: fc.bigInt({ min: 0n, max: WAD }),
    wadToSlash: fc.bigInt({ min: 1n, max: WAD }),
    operatorShares: fc.bigInt({ min: 0n, max: 10n ** 30n }),
    queuedScaledShares: fc.bigInt({ min: 0n, max: 10n ** 30n }),
  })
  .map(({ max, allocated, wadToSlash, operatorShares, queuedScaledShares }) => {
    const currentMagnitude = wad(allocated % (max + 1n));
    return {
      allocation: {
        currentMagnitude,
        maxMagnitude: wad(max),
        encumberedMagnitude: currentMagnitude,
        pendingDiff: 0n,
      },
      wadToSlash: wad(wadToSlash),
      operatorShares: shares(operatorShares),
      queuedScaledShares: shares(queuedScaledShares),
      isNativeEth: false,
      redistributionRecipient: null,
    };
  });

describe('slashOperator', () => {
  it('takes 15 of the 60 that stayed and 10 of the 40 that were queued', () => {
    const slashed = slashOperator(recorded);
    expect(slashed.allocation.maxMagnitude).toBe((WAD * 3n) / 4n);
    expect(slashed.operatorSharesSlashed).toBe(15n * WAD);
    expect(slashed.queuedSharesSlashed).toBe(10n * WAD);
    expect(slashed.funds).toEqual({ kind: 'burnt', shares: 25n * WAD, recipient: BURN_ADDRESS });
  });

  it('leaves the holders the same whether the funds are burnt or redistributed', () => {
    fc.assert(
      fc.property(
        slashArbitrary,
        fc.bigInt({ min: 0n, max: 10n ** 30n }).map(shares),
        fc.bigInt({ min: 1n, max: 3n * WAD }).map(wad),
        (slash, deposit, factor) => {
          const redistributing = { ...slash, redistributionRecipient: RECIPIENT };
          expect(leaveStakers(deposit, factor, redistributing)).toEqual(leaveStakers(deposit, factor, slash));
          const burnt = slashOperator(slash);
          const paid = slashOperator(redistributing);
          expect(paid).toEqual({
            ...burnt,
            funds: { ...burnt.funds, kind: 'redistributed', recipient: RECIPIENT },
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('sends away what the stakers lose, to within a unit for each of them', () => {
    const staker = fc.record({
      deposit: fc.bigInt({ min: 0n, max: 10n ** 30n }).map(shares),
      factor: fc.bigInt({ min: 1n, max: 3n * WAD }).map(wad),
      isQueued: fc.boolean(),
    });
    fc.assert(
      fc.property(slashArbitrary, fc.array(staker, { minLength: 1, maxLength: 5 }), (slash, stakers) => {
        const { maxMagnitude: before } = slash.allocation;
        const worth = (max: Wad): bigint[] =>
          stakers.map(({ deposit, factor }) => computeWithdrawableShares(deposit, factor, max));
        const held = worth(before).filter((_, index) => stakers[index]?.isQueued === false);
        const scaled = stakers
          .filter(({ isQueued }) => isQueued)
          .map(({ deposit, factor }) => computeWithdrawableShares(deposit, factor, WAD));
        const slashed = slashOperator({
          ...slash,
          operatorShares: shares(sumOf(held)),
          queuedScaledShares: shares(sumOf(scaled)),
        });
        const lost = sumOf(worth(before)) - sumOf(worth(slashed.allocation.maxMagnitude));
        const off = lost - slashed.funds.shares;
        const units = BigInt(stakers.length) + 1n;
        expect(slashed.funds.shares >= 0n && off <= units && off >= -units).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('never leaves more for a larger slash, nor an operator more shares than before', () => {
    fc.assert(
      fc.property(slashArbitrary, fc.bigInt({ min: 1n, max: WAD }), (slash, other) => {
        const [low, high] = slash.wadToSlash < other ? [slash.wadToSlash, other] : [other, slash.wadToSlash];
        const small = slashOperator({ ...slash, wadToSlash: wad(low) });
        const large = slashOperator({ ...slash, wadToSlash: wad(high) });
        expect(large.allocation.maxMagnitude).toBeLessThanOrEqual(small.allocation.maxMagnitude);
        expect(large.operatorSharesSlashed).toBeGreaterThanOrEqual(small.operatorSharesSlashed);
        expect(large.queuedSharesSlashed).toBeGreaterThanOrEqual(small.queuedSharesSlashed);
        expect(large.operatorSharesSlashed).toBeLessThanOrEqual(slash.operatorShares);
        expect(large.allocation.maxMagnitude).toBeGreaterThanOrEqual(0n);
      }),
      { numRuns: 500 },
    );
  });

  it('skips an empty allocation, even of an operator slashed to nothing', () => {
    const empty = {
      currentMagnitude: wad(0n),
      maxMagnitude: wad(0n),
      encumberedMagnitude: wad(0n),
      pendingDiff: 0n,
    };
    const slashed = slashOperator({ ...recorded, allocation: empty });
    expect(slashed.funds.shares).toBe(0n);
  });

  it('refuses magnitudes and shares below zero', () => {
    const { allocation } = recorded;
    expect(() => slashOperator({ ...recorded, operatorShares: shares(-1n) })).toThrow('below zero');
    expect(() =>
      slashOperator({ ...recorded, allocation: { ...allocation, currentMagnitude: wad(-1n) } }),
    ).toThrow('allocated magnitude is below zero');
    expect(() =>
      slashOperator({ ...recorded, allocation: { ...allocation, pendingDiff: -(10n ** 18n) } }),
    ).toThrow('magnitude after the pending change is below zero');
    expect(() => computeOperatorSharesSlashed(shares(1n), wad(0n), wad(0n))).toThrow('only falls');
    expect(() => computeOperatorSharesSlashed(shares(1n), wad(1n), wad(2n))).toThrow('only falls');
  });
});

describe('routeSlashedShares', () => {
  const route = (isNativeEth: boolean, redistributionRecipient: EvmAddress | null) =>
    routeSlashedShares({ shares: shares(7n), isNativeEth, redistributionRecipient });

  it('burns, pays the recipient, or leaves native ETH where it is', () => {
    expect(route(false, null)).toEqual({ kind: 'burnt', shares: 7n, recipient: BURN_ADDRESS });
    expect(route(false, RECIPIENT)).toEqual({ kind: 'redistributed', shares: 7n, recipient: RECIPIENT });
    expect(route(true, null)).toEqual({ kind: 'locked', shares: 7n, recipient: null });
  });

  it('takes the burn address as recipient for what it is: what the chain answers for a set that burns', () => {
    expect(route(false, BURN_ADDRESS).kind).toBe('burnt');
    expect(route(true, BURN_ADDRESS).kind).toBe('locked');
    expect(toEvmAddress(BURN_ADDRESS.toLowerCase())).toBe(BURN_ADDRESS);
  });

  it('refuses to redistribute native ETH', () => {
    expect(() => route(true, RECIPIENT)).toThrow('Native ETH cannot be');
  });

  it('leaves native ETH in the queue out of the slashed funds', () => {
    const slashed = slashOperator({ ...recorded, isNativeEth: true });
    expect(slashed.queuedSharesSlashed).toBe(0n);
    expect(slashed.funds).toEqual({ kind: 'locked', shares: 15n * WAD, recipient: null });
  });
});
