import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WAD, type Sat, type Wad } from '../../../../shared/domain/units.ts';
import { findDustLimit } from './dust.ts';
import { findParameters, MAINNET_PARAMETERS, type BabylonParameters } from './mainnet-parameters.ts';
import { computeSlashedAmount, MAX_SATOSHI } from './slashed-amount.ts';
import { isSlashingRateValid } from './slashing-rate.ts';
import { computeSlashingTransaction } from './slashing-transaction.ts';
import vectors from './slashing.vectors.json' with { type: 'json' };
import { computeStakeLoss } from './stake-loss.ts';

// `as`: the brands exist at compile time only, and JSON carries none.
const sat = (value: string | number | bigint): Sat => BigInt(value) as Sat;

/** "0.001" and "-0.1" as a WAD, digit by digit. */
function parseRate(text: string): Wad {
  const [whole = '', decimals = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole + decimals.padEnd(18, '0'));
  return (text.startsWith('-') ? -size : size) as Wad;
}

const ERRORS = {
  'ErrDustOutputFound (p2tr both)': 'dust',
  ErrInsufficientChangeAmount: 'insufficient-change',
} as const;

function readError(text: string | null): string | null {
  // `as`: JSON carries no literal types; an unknown name gives undefined and fails the comparison.
  return text === null ? null : ERRORS[text as keyof typeof ERRORS];
}

const V3 = MAINNET_PARAMETERS[3];
if (!V3) throw new Error('no version 3');
const v3: BabylonParameters = V3;

const stakeArbitrary = fc
  .oneof(fc.bigInt({ min: 1n, max: 1_000_000n }), fc.bigInt({ min: 1n, max: MAX_SATOSHI }))
  .map(sat);
const rateArbitrary = fc.integer({ min: 1, max: 9999 }).map((n) => (BigInt(n) * 10n ** 14n) as Wad);

describe('golden vectors of Babylon', () => {
  it('holds ten slashings and seven rates', () => {
    expect([vectors.cases.length, vectors.rateValid.length]).toEqual([10, 7]);
  });

  it.each(vectors.cases)('slashes $rate of $staking sat with a fee of $fee', (vector) => {
    const transaction = computeSlashingTransaction({
      stake: sat(vector.staking),
      rate: parseRate(vector.rate),
      fee: sat(vector.fee),
      slashingOutput: 'p2tr',
    });
    expect(transaction).toEqual({
      slashed: sat(vector.slashing),
      change: sat(vector.change),
      fee: sat(vector.fee),
      loss: sat(vector.loss),
      refusal: readError(vector.error),
    });
  });

  it.each(vectors.rateValid)('finds a rate of $rate valid: $isValid', ({ rate, isValid }) => {
    expect(isSlashingRateValid(parseRate(rate))).toBe(isValid);
  });
});

describe('computeSlashedAmount', () => {
  it('rounds half a satoshi away from zero', () => {
    expect(computeSlashedAmount(sat(5), parseRate('0.1'))).toBe(1n);
    expect(computeSlashedAmount(sat(4), parseRate('0.1'))).toBe(0n);
    expect(computeSlashedAmount(sat(15), parseRate('0.1'))).toBe(2n);
  });

  it('rounds the product of doubles, which can fall short of a tie of the decimals', () => {
    // 25 x 0.58 is 14.5, but 14.499999999999998 in doubles; 50 x 0.29 likewise; 50 x 0.01 is a tie in both.
    expect(computeSlashedAmount(sat(25), parseRate('0.58'))).toBe(14n);
    expect(computeSlashedAmount(sat(50), parseRate('0.29'))).toBe(14n);
    expect(computeSlashedAmount(sat(50), parseRate('0.01'))).toBe(1n);
  });

  it('is within one satoshi of the exact product, and grows with stake and rate', () => {
    fc.assert(
      fc.property(stakeArbitrary, stakeArbitrary, rateArbitrary, rateArbitrary, (a, b, r, q) => {
        const exact = (a * r + WAD / 2n) / WAD;
        const slashed = computeSlashedAmount(a, r);
        expect(slashed - exact >= -1n && slashed - exact <= 1n).toBe(true);
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(computeSlashedAmount(less, r)).toBeLessThanOrEqual(computeSlashedAmount(more, r));
        const [low, high] = r < q ? [r, q] : [q, r];
        expect(computeSlashedAmount(a, low)).toBeLessThanOrEqual(computeSlashedAmount(a, high));
      }),
      { numRuns: 500 },
    );
  });

  it.each([0n, -1n, MAX_SATOSHI + 1n, 10n ** 30n])('refuses a stake of %s sat', (stake) => {
    expect(() => computeSlashedAmount(sat(stake), parseRate('0.1'))).toThrow('not an amount of bitcoin');
  });

  it.each(['0', '1', '0.00001', '1.0001', '-0.1'])('refuses a rate of %s', (rate) => {
    expect(() => computeSlashedAmount(sat(1000), parseRate(rate))).toThrow(
      'does not accept this slashing rate',
    );
  });
});

describe('computeSlashingTransaction', () => {
  it('reports too small a slashing before too small a change, and both before dust', () => {
    const refusalOf = (stake: number, rate: string, fee: number): string | null =>
      computeSlashingTransaction({
        stake: sat(stake),
        rate: parseRate(rate),
        fee: sat(fee),
        slashingOutput: 'p2tr',
      }).refusal;
    expect(refusalOf(4, '0.1', 100)).toBe('insufficient-slashing');
    expect(refusalOf(5, '0.1', 100)).toBe('insufficient-change');
    expect(refusalOf(5, '0.1', 1)).toBe('dust');
  });

  it('takes any amount in an OP_RETURN, but no dust as change', () => {
    const of = (fee: number): string | null =>
      computeSlashingTransaction({
        stake: sat(10_000),
        rate: parseRate('0.0001'),
        fee: sat(fee),
        slashingOutput: 'op-return',
      }).refusal;
    expect(of(9999 - 330)).toBe(null);
    expect(of(9999 - 329)).toBe('dust');
  });

  it('splits the stake into slashed, fee and change without a remainder, and never takes more than the stake', () => {
    fc.assert(
      fc.property(
        stakeArbitrary,
        rateArbitrary,
        fc.bigInt({ min: 0n, max: 10n ** 30n }),
        (stake, rate, fee) => {
          const made = computeSlashingTransaction({
            stake,
            rate,
            fee: sat(fee),
            slashingOutput: 'op-return',
          });
          expect(made.slashed + made.change + made.fee).toBe(stake);
          expect(made.loss <= stake && made.loss >= made.slashed).toBe(true);
          if (made.refusal === null) expect(made.loss).toBe(stake - made.change);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('refuses a negative fee', () => {
    expect(() =>
      computeSlashingTransaction({
        stake: sat(1000),
        rate: parseRate('0.1'),
        fee: sat(-1),
        slashingOutput: 'p2tr',
      }),
    ).toThrow('fee is below zero');
  });
});

describe('findDustLimit', () => {
  it('gives the limits of the default relay fee', () => {
    expect((['p2tr', 'p2wpkh', 'p2pkh', 'op-return'] as const).map(findDustLimit)).toEqual([
      330n,
      294n,
      546n,
      0n,
    ]);
  });
});

describe('findParameters', () => {
  it.each([
    [857_909, null],
    [857_910, 0],
    [864_789, 0],
    [864_790, 1],
    [874_088, 2],
    [891_424, 2],
    [891_425, 3],
    [2_000_000, 3],
  ])('puts a stake of block %s under version %s', (height, version) => {
    expect(findParameters(height)?.version ?? null).toBe(version);
  });

  it('takes later versions as data, in any order', () => {
    const v4 = { ...v3, version: 4, activationHeight: 900_000 };
    expect(findParameters(900_000, [v4, ...MAINNET_PARAMETERS])?.version).toBe(4);
    expect(findParameters(899_999, [v4, ...MAINNET_PARAMETERS])?.version).toBe(3);
  });

  it.each([-1, 1.5, Number.NaN])('refuses height %s', (height) => {
    expect(() => findParameters(height)).toThrow('Bitcoin height');
  });

  it('has rates that Babylon accepts', () => {
    expect(MAINNET_PARAMETERS.map(({ slashingRate }) => isSlashingRateValid(slashingRate))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });
});

describe('computeStakeLoss', () => {
  const stake = { parameters: v3, phase: 'staked', equivocations: 1, fee: null } as const;

  it('loses a fifth of the smallest stake, because the fee is fixed', () => {
    const { loss, share, transaction } = computeStakeLoss({ ...stake, stake: v3.minStake });
    expect(loss).toBe(100_500n);
    expect(share).toBe(parseRate('0.201'));
    expect(transaction?.refusal).toBe(null);
  });

  it('comes down to the rate for a large stake', () => {
    const { share } = computeStakeLoss({ ...stake, stake: sat(500_000_000_000n) });
    expect(share).toBe(parseRate('0.0010002'));
  });

  it('takes no more for five faults than for one, and nothing without any', () => {
    const once = computeStakeLoss({ ...stake, stake: sat(1_000_000) });
    expect(computeStakeLoss({ ...stake, stake: sat(1_000_000), equivocations: 5 })).toEqual(once);
    expect(computeStakeLoss({ ...stake, stake: sat(1_000_000), equivocations: 0 })).toEqual({
      loss: 0n,
      share: 0n,
      transaction: null,
    });
  });

  it('slashes the unbonding output, which is smaller by the fee of unbonding', () => {
    const { transaction } = computeStakeLoss({ ...stake, stake: sat(1_032_000), phase: 'unbonding' });
    expect(transaction).toMatchObject({ slashed: 1000n, change: 899_000n, loss: 101_000n });
  });

  it('refuses a fee below the least allowed, and faults that cannot be counted', () => {
    expect(() => computeStakeLoss({ ...stake, stake: sat(1_000_000), fee: sat(99_999) })).toThrow(
      'so low a fee',
    );
    for (const equivocations of [-1, 0.5, Number.NaN]) {
      expect(() => computeStakeLoss({ ...stake, stake: sat(1_000_000), equivocations })).toThrow(
        'number of faults',
      );
    }
  });
});
