import { describe, expect, it } from 'vitest';
import type { Gwei } from '../../../../shared/domain/units.ts';
import { computeAttestationPenalty, computeBaseRewardPerIncrement } from './attestation-penalty.ts';
import { computeCorrelationPenalty } from './correlation-penalty.ts';
import { updateEffectiveBalance } from './effective-balance.ts';
import { simulateInactivityLeak, updateInactivityScore } from './inactivity-leak.ts';
import { computeInitialPenalty } from './initial-penalty.ts';
import { missAttestations } from './missed-attestations.ts';
import vectors from './penalties.vectors.json' with { type: 'json' };
import { EPOCHS_PER_SLASHINGS_VECTOR, EPOCHS_TO_CORRELATION_PENALTY } from './preset.ts';
import { computeSlashingCost } from './slashing-cost.ts';
import type { Validator } from './validator.ts';
import { computeWhistleblowerReward } from './whistleblower-reward.ts';

// `as`: the brand exists at compile time only, and JSON carries none.
const gwei = (value: string | number | bigint): Gwei => BigInt(value) as Gwei;
const ETH = 1_000_000_000n;
const TOTAL = gwei(34_000_000n * ETH);

/** A validator whose balance is its effective balance; compounding where it needs to be. */
function makeValidator(effectiveEth: number, balance?: Gwei): Validator {
  const effectiveBalance = gwei(BigInt(effectiveEth) * ETH);
  return { effectiveBalance, balance: balance ?? effectiveBalance, isCompounding: effectiveEth > 32 };
}

describe('golden vectors of the consensus specification', () => {
  it('holds eight slashings, six flag penalties and six leaks', () => {
    expect([vectors.slash.length, vectors.flagPenalty.length, vectors.inactivity.length]).toEqual([8, 6, 6]);
  });

  it.each(vectors.slash)('slashes: $name', (vector) => {
    const initial = gwei(vector.initialPenalty);
    const before = gwei(
      BigInt(vector.balanceAfter) + BigInt(vector.correlationPenalty) + BigInt(vector.initialPenalty),
    );
    const validator = makeValidator(Number(BigInt(vector.effectiveBalance) / ETH), before);
    for (const fork of ['electra', 'fulu', 'gloas'] as const) {
      expect(computeInitialPenalty(fork, validator)).toBe(initial);
      const left = { ...validator, balance: gwei(before - initial) };
      const correlation = computeCorrelationPenalty({
        fork,
        validator: left,
        slashedBalance: gwei(
          BigInt(vector.slashedValidators) * validator.effectiveBalance + BigInt(vector.otherSlashings),
        ),
        totalActiveBalance: gwei(vector.totalActive),
      });
      expect(correlation).toBe(gwei(vector.correlationPenalty));
      expect(left.balance - correlation).toBe(gwei(vector.balanceAfter));
      const reward = computeWhistleblowerReward(fork, validator);
      expect(reward.total * BigInt(vector.slashedValidators)).toBe(BigInt(vector.reward));
      expect(reward.proposer + reward.whistleblower).toBe(reward.total);
    }
    expect(EPOCHS_PER_SLASHINGS_VECTOR).toBe(vector.withdrawableEpochDelta);
    expect(EPOCHS_TO_CORRELATION_PENALTY).toBe(vector.correlationEpochDelta);
  });

  it.each(vectors.flagPenalty)('charges $effectiveEth ETH of $totalActive for missed votes', (vector) => {
    const total = gwei(vector.totalActive);
    const perIncrement = computeBaseRewardPerIncrement(total);
    expect(perIncrement).toBe(gwei(vector.baseRewardPerIncrement));
    expect(perIncrement * BigInt(vector.effectiveEth)).toBe(gwei(vector.baseReward));
    const penalty = computeAttestationPenalty(makeValidator(vector.effectiveEth), total);
    expect(penalty.source).toBe(gwei(vector.source));
    expect(penalty.target).toBe(gwei(vector.target));
    expect(penalty.total + gwei(vector.head)).toBe(gwei(vector.perEpoch));
    expect(penalty.total * 8192n).toBe(gwei(vector.over8192Epochs));
  });

  it.each(vectors.inactivity)('leaks for $epochs epochs, votes charged at $totalForFlags', (vector) => {
    const loss = simulateInactivityLeak({
      fork: 'electra',
      validator: makeValidator(vector.effectiveEth),
      score: 0n,
      epochs: vector.epochs,
      totalActiveBalance: vector.totalForFlags === null ? null : gwei(vector.totalForFlags),
    });
    expect(loss.score).toBe(BigInt(vector.score));
    expect(loss.validator.balance).toBe(gwei(vector.balance));
    expect(loss.validator.effectiveBalance).toBe(gwei(vector.effectiveBalance));
  });
});

describe('computeSlashingCost', () => {
  it('gives the published parts for one slashing of 32 ETH in 34 million', () => {
    const cost = computeSlashingCost({
      fork: 'electra',
      validator: makeValidator(32),
      otherSlashedBalance: gwei(0),
      totalActiveBalance: TOTAL,
    });
    expect(cost).toMatchObject({
      initialPenalty: 7_812_500n,
      correlationPenalty: 90_336n,
      missedAttestations: 56_852_480n,
      total: 64_755_316n,
    });
    expect(cost.validator.balance).toBe(32n * ETH - 64_755_316n);
  });

  it('charges a large validator by the effective balance its own losses leave', () => {
    const cost = computeSlashingCost({
      fork: 'electra',
      validator: makeValidator(2048),
      otherSlashedBalance: gwei(0),
      totalActiveBalance: TOTAL,
    });
    const constant = computeAttestationPenalty(makeValidator(2048), TOTAL).total * 8192n;
    expect(cost.initialPenalty).toBe(500_000_000n);
    // At 2048 whole ETH it would be 370,083,840: floor(3 x 2048 ETH / 34 million) gwei for each of them.
    expect(cost.correlationPenalty).toBe(180_705n * 2045n);
    expect(cost.missedAttestations).toBeLessThan(constant);
    expect(cost.missedAttestations).toBeGreaterThan((constant * 998n) / 1000n);
  });

  it('takes everything once a third of the stake is slashed, and nothing more', () => {
    const cost = computeSlashingCost({
      fork: 'electra',
      validator: makeValidator(32),
      otherSlashedBalance: gwei(12_000_000n * ETH),
      totalActiveBalance: TOTAL,
    });
    expect(cost.validator.balance).toBe(0n);
    expect(cost.total).toBe(32n * ETH);
    // Half the missed attestations came first; after the correlation penalty nothing is left to charge.
    expect(cost.missedAttestations).toBe(6940n * 4097n);
  });
});

describe('the epoch of the correlation penalty', () => {
  it('still counts the effective balance of before its own attestation penalty', () => {
    // Just above the threshold after 4096 epochs of votes, just below it after the next.
    const balance = gwei(31_750_000_000n + 7_812_500n + 6940n * 4096n + 6939n);
    const cost = computeSlashingCost({
      fork: 'electra',
      validator: makeValidator(32, balance),
      otherSlashedBalance: gwei(0),
      totalActiveBalance: TOTAL,
    });
    expect(cost.correlationPenalty).toBe(90_336n);
    const at31 = computeAttestationPenalty(makeValidator(31), TOTAL).total;
    expect(cost.missedAttestations).toBe(6940n * 4097n + at31 * 4095n);
  });
});

describe('computeWhistleblowerReward', () => {
  it('gives the proposer an eighth for proposing, rounded down, and the whistleblower the rest', () => {
    expect(computeWhistleblowerReward('electra', makeValidator(32))).toEqual({
      proposer: 976_562n,
      whistleblower: 6_835_938n,
      total: 7_812_500n,
    });
  });
});

describe('updateEffectiveBalance', () => {
  it('rises once the balance is more than one and a quarter ETH above, up to the maximum', () => {
    const of = (balance: bigint, isCompounding: boolean): bigint =>
      updateEffectiveBalance({ effectiveBalance: gwei(31n * ETH), balance: gwei(balance), isCompounding });
    expect(of(32_250_000_000n, true)).toBe(31n * ETH);
    expect(of(32_250_000_001n, true)).toBe(32n * ETH);
    expect(of(40_500_000_000n, true)).toBe(40n * ETH);
    expect(of(40_500_000_000n, false)).toBe(32n * ETH);
  });
});

describe('missAttestations', () => {
  it('lowers the effective balance once the balance is more than a quarter ETH below', () => {
    const at = (balance: bigint): bigint =>
      missAttestations(makeValidator(32, gwei(balance)), TOTAL, 1).validator.effectiveBalance;
    expect(at(31_750_000_000n + 6940n)).toBe(32n * ETH);
    expect(at(31_750_000_000n + 6939n)).toBe(31n * ETH);
  });

  it('charges nothing for no epochs', () => {
    const validator = makeValidator(32);
    expect(missAttestations(validator, TOTAL, 0)).toEqual({ penalty: 0n, validator });
  });
});

describe('updateInactivityScore', () => {
  it('rises by four for a missed vote in a leak and falls by one for a vote', () => {
    expect(updateInactivityScore(10n, { isTargetTimely: false, isLeaking: true })).toBe(14n);
    expect(updateInactivityScore(10n, { isTargetTimely: true, isLeaking: true })).toBe(9n);
    expect(updateInactivityScore(0n, { isTargetTimely: true, isLeaking: true })).toBe(0n);
  });

  it('recovers by sixteen outside of a leak, never below zero', () => {
    expect(updateInactivityScore(40n, { isTargetTimely: false, isLeaking: false })).toBe(28n);
    expect(updateInactivityScore(5n, { isTargetTimely: true, isLeaking: false })).toBe(0n);
  });
});
