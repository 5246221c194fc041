import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Gwei } from '../../../../shared/domain/units.ts';
import { computeAttestationPenalty } from './attestation-penalty.ts';
import { computeCorrelationPenalty } from './correlation-penalty.ts';
import type { Fork } from './fork.ts';
import { simulateInactivityLeak } from './inactivity-leak.ts';
import { computeInitialPenalty } from './initial-penalty.ts';
import { computeIntegerSquareRoot } from './integer-square-root.ts';
import { missAttestations } from './missed-attestations.ts';
import { computeSlashingCost } from './slashing-cost.ts';
import type { Validator } from './validator.ts';

// `as`: the brand exists at compile time only.
const gwei = (value: bigint): Gwei => value as Gwei;
const ETH = 1_000_000_000n;
const RUNS = { numRuns: 300 };

/** Any validator a chain can hold: the balance within reach of the hysteresis, or anywhere. */
const validatorArbitrary: fc.Arbitrary<Validator> = fc
  .record({
    isCompounding: fc.boolean(),
    eth: fc.integer({ min: 0, max: 2048 }),
    drift: fc.bigInt({ min: -250_000_000n, max: 1_250_000_000n }),
    anywhere: fc.option(fc.bigInt({ min: 0n, max: 3000n * ETH }), { freq: 4 }),
  })
  .map(({ isCompounding, eth, drift, anywhere }) => {
    const effectiveBalance = BigInt(isCompounding ? eth : eth % 33) * ETH;
    const near = effectiveBalance + drift;
    return {
      isCompounding,
      effectiveBalance: gwei(effectiveBalance),
      balance: gwei(anywhere ?? (near < 0n ? 0n : near)),
    };
  });

const totalArbitrary = fc
  .oneof(
    fc.bigInt({ min: ETH, max: 10_000n * ETH }),
    fc.bigInt({ min: 10n ** 15n, max: 10n ** 17n }),
    fc.constant(10n ** 30n),
  )
  .map(gwei);

/** The specification's own loop, one epoch at a time, written a second time and without shortcuts. */
function runEpochs(
  validator: Validator,
  total: bigint,
  epochs: number,
  afterPenalty: (epoch: number, balance: bigint, effectiveBalance: bigint) => bigint,
): { balance: bigint; effectiveBalance: bigint; missed: bigint } {
  let { balance, effectiveBalance }: { balance: bigint; effectiveBalance: bigint } = validator;
  const base = (64n * ETH) / computeIntegerSquareRoot(total);
  let missed = 0n;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const reward = (effectiveBalance / ETH) * base;
    for (const weight of [14n, 26n]) {
      const penalty = (reward * weight) / 64n;
      const taken = penalty > balance ? balance : penalty;
      balance -= taken;
      missed += taken;
    }
    balance = afterPenalty(epoch, balance, effectiveBalance);
    if (balance + 250_000_000n < effectiveBalance || effectiveBalance + 1_250_000_000n < balance) {
      const max = validator.isCompounding ? 2048n * ETH : 32n * ETH;
      const whole = balance - (balance % ETH);
      effectiveBalance = whole < max ? whole : max;
    }
  }
  return { balance, effectiveBalance, missed };
}

describe('for any validator', () => {
  it('takes many equal epochs in one step and arrives where one at a time arrives', () => {
    fc.assert(
      fc.property(
        validatorArbitrary,
        totalArbitrary,
        fc.integer({ min: 0, max: 3000 }),
        (validator, total, epochs) => {
          const expected = runEpochs(validator, total, epochs, (_, balance) => balance);
          const missed = missAttestations(validator, total, epochs);
          expect(missed.penalty).toBe(expected.missed);
          expect(missed.validator).toMatchObject({
            balance: expected.balance,
            effectiveBalance: expected.effectiveBalance,
          });
        },
      ),
      RUNS,
    );
  });

  it('costs what the specification charges over the 8192 epochs of a slashing', () => {
    fc.assert(
      fc.property(
        validatorArbitrary,
        totalArbitrary,
        fc.bigInt({ min: 0n, max: 4n * 10n ** 16n }),
        (validator, total, others) => {
          const initial = computeInitialPenalty('electra', validator);
          let correlation = 0n;
          const expected = runEpochs(
            { ...validator, balance: gwei(validator.balance - initial) },
            total,
            8192,
            (epoch, balance, effectiveBalance) => {
              if (epoch !== 4096) return balance;
              const tripled = 3n * (others + validator.effectiveBalance);
              const perEth = (tripled < total ? tripled : total) / (total / ETH);
              const penalty = perEth * (effectiveBalance / ETH);
              correlation = penalty < balance ? penalty : balance;
              return balance - correlation;
            },
          );
          const cost = computeSlashingCost({
            fork: 'electra',
            validator,
            otherSlashedBalance: gwei(others),
            totalActiveBalance: total,
          });
          expect(cost.initialPenalty).toBe(initial);
          expect(cost.correlationPenalty).toBe(correlation);
          expect(cost.missedAttestations).toBe(expected.missed);
          expect(cost.validator.balance).toBe(expected.balance);
          expect(cost.total).toBe(validator.balance - expected.balance);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('never takes less where more is slashed, but for one epoch of votes that hysteresis can save', () => {
    fc.assert(
      fc.property(
        validatorArbitrary,
        totalArbitrary,
        fc.bigInt({ min: 0n, max: 10n ** 16n }),
        fc.bigInt({ min: 0n, max: 10n ** 16n }),
        (validator, totalActiveBalance, few, more) => {
          const fork: Fork = 'gloas';
          const costOf = (others: bigint): bigint =>
            computeSlashingCost({
              fork,
              validator,
              otherSlashedBalance: gwei(others),
              totalActiveBalance,
            }).total;
          const penaltyOf = (slashed: bigint): bigint =>
            computeCorrelationPenalty({ fork, validator, slashedBalance: gwei(slashed), totalActiveBalance });
          const slack = computeAttestationPenalty(validator, totalActiveBalance).total;
          expect(penaltyOf(few + more)).toBeGreaterThanOrEqual(penaltyOf(few));
          expect(costOf(few + more) + slack).toBeGreaterThanOrEqual(costOf(few));
        },
      ),
      RUNS,
    );
  });

  it('leaks more in a longer leak, and never below zero', () => {
    fc.assert(
      fc.property(
        validatorArbitrary,
        fc.option(totalArbitrary),
        fc.bigInt({ min: 0n, max: 10_000n }),
        fc.integer({ min: 0, max: 2000 }),
        fc.integer({ min: 0, max: 1000 }),
        (validator, totalActiveBalance, score, epochs, longer) => {
          const leak = { fork: 'electra', validator, score, totalActiveBalance } as const;
          const short = simulateInactivityLeak({ ...leak, epochs });
          const long = simulateInactivityLeak({ ...leak, epochs: epochs + longer });
          expect(long.validator.balance).toBeLessThanOrEqual(short.validator.balance);
          expect(long.validator.balance).toBeGreaterThanOrEqual(0n);
          expect(long.score).toBe(score + 4n * BigInt(epochs + longer));
          expect(long.inactivityPenalty + long.missedAttestations).toBe(
            validator.balance - long.validator.balance,
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it('ends a leak of any length soon: once nothing is effective, nothing is charged', () => {
    const balance = gwei(2048n * ETH);
    const loss = simulateInactivityLeak({
      fork: 'electra',
      validator: { balance, effectiveBalance: balance, isCompounding: true },
      score: 0n,
      epochs: 1_000_000_000,
      totalActiveBalance: null,
    });
    expect(loss.validator.effectiveBalance).toBe(0n);
    expect(loss.score).toBe(4_000_000_000n);
  });
});

describe('computeIntegerSquareRoot', () => {
  it('brackets any number between two squares', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.bigInt({ min: 0n, max: 100n }), fc.bigInt({ min: 0n, max: 10n ** 60n })),
        (n) => {
          const root = computeIntegerSquareRoot(n);
          expect(root * root <= n && n < (root + 1n) * (root + 1n)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('is exact at squares and next to them', () => {
    for (const root of [1n, 2n, 3n, 4n, 2n ** 32n, 10n ** 30n]) {
      expect(computeIntegerSquareRoot(root * root)).toBe(root);
      expect(computeIntegerSquareRoot(root * root - 1n)).toBe(root - 1n);
      expect(computeIntegerSquareRoot(root * root + 1n)).toBe(root);
    }
  });
});

describe('input that no chain can produce', () => {
  const good: Validator = {
    balance: gwei(32n * ETH),
    effectiveBalance: gwei(32n * ETH),
    isCompounding: false,
  };
  const slashing = {
    fork: 'electra',
    validator: good,
    otherSlashedBalance: gwei(0n),
    totalActiveBalance: gwei(10n ** 16n),
  } as const;

  it.each([
    [
      'a balance below zero',
      { ...slashing, validator: { ...good, balance: gwei(-1n) } },
      'balance is below zero',
    ],
    [
      'an effective balance that is not whole ETH',
      { ...slashing, validator: { ...good, effectiveBalance: gwei(31n * ETH + 1n) } },
      'effective balance is not one',
    ],
    [
      'more than 32 ETH without compounding',
      { ...slashing, validator: { ...good, effectiveBalance: gwei(33n * ETH) } },
      'effective balance is not one',
    ],
    [
      'an effective balance of 1e30',
      { ...slashing, validator: { ...good, isCompounding: true, effectiveBalance: gwei(10n ** 30n) } },
      'effective balance is not one',
    ],
    ['no stake at all', { ...slashing, totalActiveBalance: gwei(0n) }, 'below 1 ETH'],
    [
      'a negative slashed balance',
      { ...slashing, otherSlashedBalance: gwei(-1n) },
      'slashed balance is below zero',
    ],
    // `as Fork`: what a script without types could pass.
    ['a fork nobody knows', { ...slashing, fork: 'toString' as Fork }, 'fork is not known'],
  ])('refuses %s', (_, input, message) => {
    expect(() => computeSlashingCost(input)).toThrow(
      expect.objectContaining({
        code: 'scenario-invalid',
        message: expect.stringContaining(message) as string,
      }),
    );
  });

  it.each([Number.NaN, -1, 1.5, Number.POSITIVE_INFINITY])('refuses %s epochs', (epochs) => {
    expect(() => missAttestations(good, slashing.totalActiveBalance, epochs)).toThrow('number of epochs');
    expect(() =>
      simulateInactivityLeak({
        fork: 'electra',
        validator: good,
        score: 0n,
        epochs,
        totalActiveBalance: null,
      }),
    ).toThrow('number of epochs');
  });
});
