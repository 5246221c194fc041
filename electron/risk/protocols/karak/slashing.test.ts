import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assets, PercentWad } from '../../../../shared/domain/units.ts';
import {
  MAX_DSS_PER_OPERATOR,
  MAX_SLASHING_PERCENT,
  MAX_VAULTS_PER_OPERATOR,
  MIN_STAKE_UPDATE_DELAY,
  MIN_WITHDRAWAL_DELAY,
  SLASHING_COOLDOWN,
  SLASHING_VETO_WINDOW,
  SLASHING_WINDOW,
} from './constants.ts';
import { earmarkSlashing } from './earmark-slashing.ts';
import { finaliseSlashing, isFinalisable } from './finalise-slashing.ts';
import { slashInOneWindow } from './slash-in-one-window.ts';
import vectors from './slashing.vectors.json' with { type: 'json' };

// `as`: the brands exist at compile time only, and JSON carries none.
const assets = (value: string | number | bigint): Assets => BigInt(value) as Assets;
const percent = (value: string | number | bigint): PercentWad => BigInt(value) as PercentWad;
const wholePercent = (value: number): PercentWad => percent(BigInt(value) * 10n ** 18n);

const assetsArbitrary = fc
  .oneof(fc.bigInt({ min: 0n, max: 200n }), fc.bigInt({ min: 0n, max: 10n ** 30n }))
  .map(assets);
const percentArbitrary = fc.bigInt({ min: 1n, max: MAX_SLASHING_PERCENT }).map(percent);

describe('golden vectors of Karak', () => {
  it('holds four slashings', () => {
    expect(vectors.cases).toHaveLength(4);
  });

  it.each(vectors.cases)('earmarks $earmarked of $assetsAtRequest and pays $paid', (vector) => {
    const earmarked = earmarkSlashing({
      totalAssets: assets(vector.assetsAtRequest),
      percent: percent(vector.percent),
    });
    expect(earmarked).toBe(assets(vector.earmarked));
    const { paid, assetsLeft } = finaliseSlashing(assets(vector.assetsAtFinalisation), earmarked);
    expect(paid).toBe(assets(vector.paid));
    expect(paid + assetsLeft).toBe(assets(vector.assetsAtFinalisation));
  });

  it('has the windows and limits of the contracts', () => {
    const { constants } = vectors;
    const days = (seconds: bigint): number => Number(seconds / 86_400n);
    expect(days(SLASHING_WINDOW)).toBe(constants.slashingWindowDays);
    expect(days(SLASHING_VETO_WINDOW)).toBe(constants.vetoWindowDays);
    expect(days(SLASHING_COOLDOWN)).toBe(constants.cooldownDays);
    expect(days(MIN_WITHDRAWAL_DELAY)).toBe(constants.minWithdrawalDelayDays);
    expect(MIN_STAKE_UPDATE_DELAY).toBe(MIN_WITHDRAWAL_DELAY);
    expect(MAX_SLASHING_PERCENT).toBe(percent(constants.maxSlashingPercent));
    expect(MAX_VAULTS_PER_OPERATOR).toBe(constants.maxVaultsPerOperator);
    expect(MAX_DSS_PER_OPERATOR).toBe(constants.maxDssPerOperator);
  });
});

describe('slashInOneWindow', () => {
  it('takes 60 and then 40 for two requests of 60% on 100', () => {
    const vault = slashInOneWindow(assets(100), [wholePercent(60), wholePercent(60)]);
    expect(vault.requests).toEqual([
      { earmarked: 60n, paid: 60n },
      { earmarked: 60n, paid: 40n },
    ]);
    expect(vault.assetsLeft).toBe(0n);
  });

  it('takes 60 and then 24 where the second is asked for after the first was paid', () => {
    const first = slashInOneWindow(assets(100), [wholePercent(60)]);
    const second = slashInOneWindow(first.assetsLeft, [wholePercent(60)]);
    expect(second).toEqual({ requests: [{ earmarked: 24n, paid: 24n }], assetsLeft: 16n });
  });

  it('pays in all what the vault loses, never more than it holds', () => {
    fc.assert(
      fc.property(assetsArbitrary, fc.array(percentArbitrary, { maxLength: 6 }), (totalAssets, percents) => {
        const { requests, assetsLeft } = slashInOneWindow(totalAssets, percents);
        const paid = requests.reduce((sum, request) => sum + request.paid, 0n);
        expect(paid + assetsLeft).toBe(totalAssets);
        expect(assetsLeft >= 0n).toBe(true);
        expect(requests.every((request) => request.paid <= request.earmarked)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('never leaves more for one request more, nor more than the same requests would one after the other', () => {
    fc.assert(
      fc.property(
        assetsArbitrary,
        fc.array(percentArbitrary, { minLength: 1, maxLength: 6 }),
        (totalAssets, percents) => {
          const { assetsLeft } = slashInOneWindow(totalAssets, percents);
          expect(assetsLeft).toBeLessThanOrEqual(slashInOneWindow(totalAssets, percents.slice(1)).assetsLeft);
          const inTurn = percents.reduce<Assets>(
            (left, one) => slashInOneWindow(left, [one]).assetsLeft,
            totalAssets,
          );
          expect(assetsLeft).toBeLessThanOrEqual(inTurn);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('isFinalisable', () => {
  it('waits for the whole veto window', () => {
    expect(isFinalisable(1000n, 1000n + SLASHING_VETO_WINDOW - 1n)).toBe(false);
    expect(isFinalisable(1000n, 1000n + SLASHING_VETO_WINDOW)).toBe(true);
  });
});

describe('requests that Karak refuses', () => {
  it('takes no percentage outside of the service’s limit', () => {
    const ask = (of: PercentWad, maxPercent?: PercentWad) => () =>
      earmarkSlashing({
        totalAssets: assets(100),
        percent: of,
        ...(maxPercent === undefined ? {} : { maxPercent }),
      });
    expect(ask(percent(0))).toThrow('more than 0%');
    expect(ask(percent(-1))).toThrow('more than 0%');
    expect(ask(percent(MAX_SLASHING_PERCENT + 1n))).toThrow('at most the service’s limit');
    expect(ask(wholePercent(11), wholePercent(10))).toThrow('at most the service’s limit');
    expect(ask(wholePercent(10), wholePercent(10))()).toBe(10n);
    expect(ask(wholePercent(10), percent(0))).toThrow('slashing limit');
    expect(ask(wholePercent(10), wholePercent(101))).toThrow('slashing limit');
  });

  it('takes no amount below zero', () => {
    expect(() => earmarkSlashing({ totalAssets: assets(-1), percent: wholePercent(1) })).toThrow(
      'below zero',
    );
    expect(() => finaliseSlashing(assets(-1), assets(1))).toThrow('below zero');
    expect(() => finaliseSlashing(assets(1), assets(-1))).toThrow('below zero');
  });
});
