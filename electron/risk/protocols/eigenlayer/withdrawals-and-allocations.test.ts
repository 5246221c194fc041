import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WAD, type Shares, type Wad, type Wei } from '../../../../shared/domain/units.ts';
import { reduceBeaconFactor } from './beacon-factor.ts';
import {
  ALLOCATION_CONFIGURATION_DELAY_BLOCKS,
  DEALLOCATION_DELAY_BLOCKS,
  findAllocationDelayEffectBlock,
  WITHDRAWAL_DELAY_BLOCKS,
} from './delays.ts';
import { modifyAllocation, settlePendingChange, type PendingAllocation } from './modify-allocation.ts';
import {
  completeWithdrawal,
  findLastSlashableBlock,
  isWithdrawalSlashable,
  queueWithdrawal,
} from './queued-withdrawal.ts';
import { computeQueuedSharesSlashed, computeSlashingFactor, computeWithdrawableShares } from './shares.ts';
import { slashAllocation } from './slash-allocation.ts';

// `as`: the brands exist at compile time only.
const wad = (value: bigint): Wad => value as Wad;
const shares = (value: bigint): Shares => value as Shares;
const BLOCK = 23_000_000n;

describe('the delays', () => {
  it('are those of mainnet: 14 days, 14 days and 17.5 days of 12 seconds a block', () => {
    const days = (blocks: bigint): number => (Number(blocks) * 12) / 86_400;
    expect(days(WITHDRAWAL_DELAY_BLOCKS)).toBe(14);
    expect(days(DEALLOCATION_DELAY_BLOCKS)).toBe(14);
    expect(days(ALLOCATION_CONFIGURATION_DELAY_BLOCKS)).toBe(17.5);
  });

  it('puts a new allocation delay in force after the configuration delay', () => {
    expect(findAllocationDelayEffectBlock(BLOCK)).toBe(BLOCK + 126_001n);
  });
});

describe('a queued withdrawal', () => {
  const request = {
    depositShares: shares(40n * WAD),
    depositedShares: shares(100n * WAD),
    depositScalingFactor: WAD,
    block: BLOCK,
  };
  const withdrawal = queueWithdrawal(request);
  const afterDelay = BLOCK + WITHDRAWAL_DELAY_BLOCKS + 1n;

  it('stays slashable through the whole delay, its last block included', () => {
    expect(findLastSlashableBlock(withdrawal)).toBe(afterDelay - 1n);
    expect(isWithdrawalSlashable(withdrawal, afterDelay - 1n)).toBe(true);
    expect(isWithdrawalSlashable(withdrawal, afterDelay)).toBe(false);
  });

  it('pays by the factor at its end: 30 of 40 after a slash to three quarters', () => {
    expect(withdrawal.scaledShares).toBe(40n * WAD);
    expect(completeWithdrawal(withdrawal, wad((WAD * 3n) / 4n), afterDelay)).toBe(30n * WAD);
  });

  it('cannot be completed while it can be slashed', () => {
    expect(() => completeWithdrawal(withdrawal, WAD, afterDelay - 1n)).toThrow('cannot be completed yet');
  });

  it('is refused for more shares than were deposited, and for factors that cannot be', () => {
    expect(() => queueWithdrawal({ ...request, depositShares: shares(100n * WAD + 1n) })).toThrow(
      'more than was deposited',
    );
    expect(() => queueWithdrawal({ ...request, depositShares: shares(-1n) })).toThrow('below zero');
    expect(() => completeWithdrawal(withdrawal, wad(WAD + 1n), afterDelay)).toThrow('at most one');
    expect(() => completeWithdrawal(withdrawal, wad(-1n), afterDelay)).toThrow('below zero');
  });

  it('pays what the staker could have withdrawn had it stayed, and never more for more slashing', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 30n }).map(shares);
    const factor = fc.bigInt({ min: 0n, max: WAD }).map(wad);
    const scaling = fc.bigInt({ min: 1n, max: 10n * WAD }).map(wad);
    fc.assert(
      fc.property(amount, scaling, factor, factor, (depositShares, depositScalingFactor, one, other) => {
        const queued = queueWithdrawal({
          depositShares,
          depositedShares: depositShares,
          depositScalingFactor,
          block: BLOCK,
        });
        const [low, high] = one < other ? [one, other] : [other, one];
        const paid = completeWithdrawal(queued, low, afterDelay);
        expect(paid).toBe(computeWithdrawableShares(depositShares, depositScalingFactor, low));
        expect(paid).toBeLessThanOrEqual(completeWithdrawal(queued, high, afterDelay));
        if (high > 0n) {
          const gone = computeQueuedSharesSlashed(queued.scaledShares, high, low);
          const lost = completeWithdrawal(queued, high, afterDelay) - paid;
          expect(gone === lost || gone + 1n === lost).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('modifyAllocation', () => {
  const half: PendingAllocation = {
    currentMagnitude: wad(WAD / 2n),
    maxMagnitude: WAD,
    encumberedMagnitude: wad(WAD / 2n),
    pendingDiff: 0n,
    effectBlock: 0n,
  };
  const change = { block: BLOCK, isSlashable: true, allocationDelay: 50_400n };

  it('encumbers an allocation at once and makes it slashable after the operator’s delay', () => {
    const pending = modifyAllocation(half, { ...change, newMagnitude: WAD });
    expect(pending).toMatchObject({
      currentMagnitude: WAD / 2n,
      encumberedMagnitude: WAD,
      pendingDiff: WAD / 2n,
      effectBlock: BLOCK + 50_400n,
    });
    const before = slashAllocation({
      ...settlePendingChange(pending, BLOCK + 50_399n),
      wadToSlash: WAD,
    });
    expect(before.maxMagnitude).toBe(WAD / 2n);
    const after = slashAllocation({
      ...settlePendingChange(pending, BLOCK + 50_400n),
      wadToSlash: WAD,
    });
    expect(after.maxMagnitude).toBe(0n);
  });

  it('keeps a deallocation slashable in full for 100,800 blocks, then frees it', () => {
    const pending = modifyAllocation(half, { ...change, newMagnitude: wad(WAD / 5n) });
    expect(pending.effectBlock).toBe(BLOCK + 100_801n);
    const last = settlePendingChange(pending, BLOCK + 100_800n);
    expect(slashAllocation({ ...last, wadToSlash: WAD }).maxMagnitude).toBe(WAD / 2n);
    const freed = settlePendingChange(pending, BLOCK + 100_801n);
    expect(freed).toMatchObject({
      currentMagnitude: WAD / 5n,
      encumberedMagnitude: WAD / 5n,
      pendingDiff: 0n,
      effectBlock: 0n,
    });
    expect(slashAllocation({ ...freed, wadToSlash: WAD }).maxMagnitude).toBe((WAD * 4n) / 5n);
  });

  it('frees less magnitude after a slash that met the deallocation', () => {
    const pending = modifyAllocation(half, { ...change, newMagnitude: wad(WAD / 5n) });
    const slashed = slashAllocation({ ...pending, wadToSlash: wad(WAD / 2n) });
    const freed = settlePendingChange({ ...slashed, effectBlock: pending.effectBlock }, pending.effectBlock);
    expect(slashed.pendingDiff).toBe(-15n * 10n ** 16n);
    expect(freed.currentMagnitude).toBe(WAD / 10n);
    expect(freed.encumberedMagnitude).toBe(WAD / 10n);
    expect(freed.maxMagnitude).toBe((WAD * 3n) / 4n);
  });

  it('frees at once where nobody can slash', () => {
    const freed = modifyAllocation(half, { ...change, isSlashable: false, newMagnitude: wad(0n) });
    expect(freed).toMatchObject({
      currentMagnitude: 0n,
      encumberedMagnitude: 0n,
      pendingDiff: 0n,
      effectBlock: 0n,
    });
  });

  it('refuses what EigenLayer refuses', () => {
    const pending = modifyAllocation(half, { ...change, newMagnitude: WAD });
    expect(() => modifyAllocation(pending, { ...change, newMagnitude: wad(1n) })).toThrow('change pending');
    expect(() => modifyAllocation(half, { ...change, newMagnitude: half.currentMagnitude })).toThrow(
      'already has this magnitude',
    );
    expect(() => modifyAllocation(half, { ...change, newMagnitude: wad(WAD + 1n) })).toThrow(
      'less magnitude',
    );
    expect(() => modifyAllocation(half, { ...change, newMagnitude: wad(-1n) })).toThrow('below zero');
  });
});

describe('reduceBeaconFactor', () => {
  const wei = (value: bigint): Wei => value as Wei;
  const loss = { beaconFactor: WAD, previousBalance: wei(32n * WAD), balanceDecrease: wei(8n * WAD) };

  it('falls with the balance, and multiplies with the operator’s magnitude', () => {
    const factor = reduceBeaconFactor(loss);
    expect(factor).toBe((WAD * 3n) / 4n);
    expect(computeSlashingFactor(wad(WAD / 2n), factor)).toBe((WAD * 3n) / 8n);
  });

  it('never rises, and reaches zero with the balance', () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 30n });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: WAD }), amount, amount, (factor, a, b) => {
        const [decrease, balance] = a < b ? [a, b] : [b, a];
        const reduced = reduceBeaconFactor({
          beaconFactor: wad(factor),
          previousBalance: wei(balance),
          balanceDecrease: wei(decrease),
        });
        expect(reduced <= factor && reduced >= 0n).toBe(true);
        if (decrease === balance) expect(reduced).toBe(0n);
      }),
    );
  });

  it('refuses a loss of more than was restaked', () => {
    expect(() => reduceBeaconFactor({ ...loss, balanceDecrease: wei(33n * WAD) })).toThrow('lose more');
    expect(() => reduceBeaconFactor({ ...loss, previousBalance: wei(0n), balanceDecrease: wei(0n) })).toThrow(
      'lose more',
    );
    expect(() => reduceBeaconFactor({ ...loss, balanceDecrease: wei(-1n) })).toThrow('below zero');
  });
});
