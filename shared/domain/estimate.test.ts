import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateFigure, unitsOf } from './estimate.ts';
import { ETH_UNIT, SHARE_UNIT } from './figure.ts';

describe('an estimate in smallest units', () => {
  it('keeps four digits that count, whatever its size', () => {
    expect(unitsOf(5.429704903, ETH_UNIT)).toBe(5_430n * 10n ** 15n);
    expect(unitsOf(-0.017360695, ETH_UNIT)).toBe(-1_736n * 10n ** 13n);
    expect(unitsOf(1.23456e30, ETH_UNIT)).toBe(1_235n * 10n ** 45n);
    expect(unitsOf(1e-30, ETH_UNIT)).toBe(0n);
    expect(unitsOf(0, ETH_UNIT)).toBe(0n);
    expect(unitsOf(0.99, SHARE_UNIT)).toBe(99n * 10n ** 16n);
    expect(unitsOf(0.0316, SHARE_UNIT)).toBe(316n * 10n ** 14n);
    expect(unitsOf(1, SHARE_UNIT)).toBe(10n ** 18n);
  });

  it('is never all of it where something is missing', () => {
    expect(unitsOf(0.99997, SHARE_UNIT)).toBe(99_997n * 10n ** 13n);
  });

  it('is within half of the fourth digit', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e12, noNaN: true }), (value) => {
        const kept = Number(unitsOf(value, ETH_UNIT)) / 1e18;
        expect(Math.abs(kept / value - 1)).toBeLessThan(6e-4);
      }),
    );
  });
});

describe('an estimate as a figure', () => {
  const head = {
    name: 'figure.name.expectedLoss',
    subject: 'base',
    unit: ETH_UNIT,
    formula: 'expected-loss',
  } as const;

  it('says that it is one, with its standard error as its last input', () => {
    const figure = estimateFigure(head, { value: 5, standardError: 0.25 }, []);
    expect(figure).toMatchObject({ isEstimate: true, significantDigits: 2, value: 5n * 10n ** 18n });
    expect(figure.basis).toMatchObject({
      kind: 'computed',
      formula: 'expected-loss',
      inputs: [{ name: 'figure.name.standardError', value: 25n * 10n ** 16n }],
    });
  });

  it('has none where there is none', () => {
    expect(estimateFigure(head, { value: 5, standardError: null }, []).basis).toMatchObject({ inputs: [] });
  });
});
