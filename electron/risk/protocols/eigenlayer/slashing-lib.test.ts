import { describe, expect, it } from 'vitest';
import type { Shares, Wad } from '../../../../shared/domain/units.ts';
import { WAD } from '../../../../shared/domain/units.ts';
import { scaleDeposit } from './deposit-scaling.ts';
import {
  computeOperatorSharesSlashed,
  computeSlashingFactor,
  computeWithdrawableShares,
  payScaledShares,
  scaleShares,
} from './shares.ts';
import { slashAllocation } from './slash-allocation.ts';
import vectors from './slashing-lib.vectors.json' with { type: 'json' };

// `as`: the brands exist at compile time only, and JSON carries none.
const wad = (text: string | number | bigint): Wad => BigInt(text) as Wad;
const shares = (text: string | number | bigint): Shares => BigInt(text) as Shares;

/** Fails where a vector misses a field, so that an edited file cannot silently test nothing. */
function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the vector lacks a field');
  return value;
}

function findDeposit(name: string) {
  return need(vectors.dsf.find((vector) => vector.name === name));
}

describe('golden vectors of SlashingLib and AllocationManager', () => {
  it('holds six slashes, three deposit runs and four operator slashes', () => {
    expect([vectors.slash.length, vectors.dsf.length, vectors.slashed_shares.length]).toEqual([6, 3, 4]);
  });

  it.each(vectors.slash)('slashes: $name', ({ inp, out }) => {
    expect(
      slashAllocation({
        currentMagnitude: wad(inp.mag),
        maxMagnitude: wad(inp.max),
        encumberedMagnitude: wad(inp.enc),
        pendingDiff: BigInt(inp.pend),
        wadToSlash: wad(inp.wad),
      }),
    ).toEqual({
      slashed: BigInt(out.slashed),
      wadSlashed: BigInt(out.wadSlashed),
      currentMagnitude: BigInt(out.currentMagnitude),
      maxMagnitude: BigInt(out.maxMagnitude),
      encumberedMagnitude: BigInt(out.encumbered),
      pendingDiff: BigInt(out.pendingDiff),
    });
  });

  it.each(vectors.slashed_shares)(
    'takes $slashed of $op operator shares',
    ({ op, prev, new: next, slashed }) => {
      expect(computeOperatorSharesSlashed(shares(op), wad(prev), wad(next))).toBe(BigInt(slashed));
    },
  );

  it('drifts by the recorded amount over a thousand deposits', () => {
    const vector = findDeposit('depositRepeatedly drift');
    const slashingFactor = wad(need(vector.initialMagnitude));
    const addedShares = shares(need(vector.add));
    let held = shares(need(vector.shares0));
    let factor = scaleDeposit({
      depositScalingFactor: WAD,
      previousDepositShares: shares(0),
      addedShares: held,
      slashingFactor,
    });
    for (let n = 0; n < need(vector.n); n += 1) {
      factor = scaleDeposit({
        depositScalingFactor: factor,
        previousDepositShares: held,
        addedShares,
        slashingFactor,
      });
      held = shares(held + addedShares);
    }
    expect(factor).toBe(BigInt(need(vector.dsf)));
    expect(held - computeWithdrawableShares(held, factor, slashingFactor)).toBe(BigInt(need(vector.drift)));
  });

  it('follows the dual slashing example: 0.4 left by services, then 0.75 by the beacon chain', () => {
    const steps = need(findDeposit('DualSlashingEdgeCase A').steps);
    const magnitude = wad(4n * 10n ** 17n);
    const before = computeSlashingFactor(magnitude, WAD);
    const first = shares(steps.a0);
    const factor = scaleDeposit({
      depositScalingFactor: WAD,
      previousDepositShares: shares(0),
      addedShares: first,
      slashingFactor: before,
    });
    expect(factor).toBe(BigInt(steps.dsf));
    expect(computeWithdrawableShares(first, factor, before)).toBe(first);

    const added = shares(32n * WAD);
    const later = scaleDeposit({
      depositScalingFactor: factor,
      previousDepositShares: first,
      addedShares: added,
      slashingFactor: before,
    });
    const held = shares(first + added);
    expect(computeWithdrawableShares(held, later, before)).toBe(BigInt(steps.afterVerify));

    const after = computeSlashingFactor(magnitude, wad(steps.bcsf));
    expect(computeWithdrawableShares(held, later, after)).toBe(BigInt(steps.afterCheckpoint));
  });

  it('refuses the deposit whose factor would be zero', () => {
    const vector = findDeposit('InvalidDepositScalingFactor');
    expect(() =>
      scaleDeposit({
        depositScalingFactor: wad(Number(vector.dsf)),
        previousDepositShares: shares(need(vector.prev)),
        addedShares: shares(need(vector.add)),
        slashingFactor: wad(need(vector.sf)),
      }),
    ).toThrow('scale to nothing');
  });
});

describe('the recorded run: deposit 100, allocate half, queue 40, slash half of the allocation', () => {
  // Recorded on the EigenLayer contracts themselves.
  const slash = slashAllocation({
    currentMagnitude: wad(WAD / 2n),
    maxMagnitude: WAD,
    encumberedMagnitude: wad(WAD / 2n),
    pendingDiff: 0n,
    wadToSlash: wad(WAD / 2n),
  });
  const deposited = shares(100n * WAD);
  const queued = shares(40n * WAD);
  const factor = scaleDeposit({
    depositScalingFactor: WAD,
    previousDepositShares: shares(0),
    addedShares: deposited,
    slashingFactor: WAD,
  });

  it('leaves three quarters of the magnitude', () => {
    expect(slash.maxMagnitude).toBe(75n * 10n ** 16n);
  });

  it('leaves 60 deposited and 45 withdrawable', () => {
    const left = shares(deposited - queued);
    expect(left).toBe(60n * WAD);
    expect(computeWithdrawableShares(left, factor, computeSlashingFactor(slash.maxMagnitude, null))).toBe(
      45n * WAD,
    );
  });

  it('pays 30 of the 40 that were queued before the slash', () => {
    const scaled = scaleShares(queued, factor);
    expect(scaled).toBe(40n * WAD);
    expect(payScaledShares(scaled, slash.maxMagnitude)).toBe(30n * WAD);
  });

  it('takes 15 of the 60 shares the operator still counts', () => {
    expect(computeOperatorSharesSlashed(shares(60n * WAD), WAD, slash.maxMagnitude)).toBe(15n * WAD);
  });
});

describe('slashAllocation', () => {
  const half = {
    currentMagnitude: wad(5n * 10n ** 17n),
    maxMagnitude: WAD,
    encumberedMagnitude: wad(5n * 10n ** 17n),
  };

  it('shrinks a pending deallocation in proportion, rounded up', () => {
    const slashed = slashAllocation({ ...half, pendingDiff: -3n * 10n ** 17n, wadToSlash: wad(10n ** 17n) });
    expect(slashed.pendingDiff).toBe(-27n * 10n ** 16n);
    expect(slashAllocation({ ...half, pendingDiff: -1n, wadToSlash: wad(1) }).pendingDiff).toBe(0n);
  });

  it('leaves a pending allocation alone: it is not slashable yet', () => {
    const slashed = slashAllocation({ ...half, pendingDiff: 10n ** 17n, wadToSlash: WAD });
    expect(slashed.pendingDiff).toBe(10n ** 17n);
    expect(slashed.currentMagnitude).toBe(0n);
  });

  it('skips an empty allocation', () => {
    const slashed = slashAllocation({ ...half, currentMagnitude: wad(0), pendingDiff: 7n, wadToSlash: WAD });
    expect(slashed).toMatchObject({ slashed: 0n, wadSlashed: 0n, maxMagnitude: WAD, pendingDiff: 7n });
  });

  it.each([0n, -1n, WAD + 1n])('refuses to slash a share of %s', (share) => {
    expect(() => slashAllocation({ ...half, pendingDiff: 0n, wadToSlash: wad(share) })).toThrow(
      'at most 100%',
    );
  });

  it('refuses magnitudes that cannot belong together', () => {
    expect(() =>
      slashAllocation({ ...half, maxMagnitude: wad(1), pendingDiff: 0n, wadToSlash: WAD }),
    ).toThrow('larger than the operator’s whole magnitude');
  });
});

describe('scaleDeposit', () => {
  it('refuses a fully slashed operator', () => {
    expect(() =>
      scaleDeposit({
        depositScalingFactor: WAD,
        previousDepositShares: shares(0),
        addedShares: shares(1),
        slashingFactor: wad(0),
      }),
    ).toThrow('fully slashed');
  });
});

describe('computeSlashingFactor', () => {
  it('rounds the product with the beacon factor down', () => {
    expect(computeSlashingFactor(wad(3), wad(5n * 10n ** 17n))).toBe(1n);
  });
});
