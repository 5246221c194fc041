import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ETH_UNIT, RATE_UNIT, readFigure, SHARE_UNIT, unknownFigure, USD_UNIT } from '../domain/figure.ts';
import { WAD } from '../domain/units.ts';
import {
  formatDecimal,
  formatExact,
  formatFigure,
  formatSignificant,
  formatValue,
  parseDecimal,
  roundTo,
  toDecimalText,
} from './numbers.ts';

const source = { kind: 'definition', why: '' } as const;
const head = { name: '', subject: '', unit: ETH_UNIT };

describe('formatSignificant', () => {
  const eth = (value: bigint) => formatSignificant(value, ETH_UNIT, 2);

  it('shows the digits that count and no others', () => {
    expect(eth((WAD * 54297n) / 10_000n)).toBe('5.4 ETH');
    expect(eth(WAD * 5n)).toBe('5.0 ETH');
    expect(eth(WAD * 348n)).toBe('350 ETH');
    expect(eth(WAD * 1_234_567n)).toBe('1,200,000 ETH');
    expect(eth((WAD * 996n) / 100n)).toBe('10 ETH');
    expect(eth((WAD * 714n) / 10_000n)).toBe('0.071 ETH');
    expect(eth(-(WAD * 714n) / 10_000n)).toBe('−0.071 ETH');
    expect(eth(0n)).toBe('0 ETH');
  });

  it('says of very small amounts and of nearly all that they are so', () => {
    expect(eth(WAD / 50_000n)).toBe('< 0.0001 ETH');
    expect(eth((WAD * 12n) / 10_000n)).toBe('0.0012 ETH');
    expect(formatSignificant(WAD / 100_000_000n, SHARE_UNIT, 2)).toBe('< 0.0001%');
    expect(formatSignificant(WAD / 1740n, SHARE_UNIT, 2)).toBe('0.057%');
    expect(formatSignificant((WAD * 316n) / 10_000n, SHARE_UNIT, 2)).toBe('3.2%');
    expect(formatSignificant((WAD * 983n) / 1000n, SHARE_UNIT, 2)).toBe('98%');
    expect(formatSignificant((WAD * 9997n) / 10_000n, SHARE_UNIT, 2)).toBe('> 99%');
    expect(formatSignificant(WAD, SHARE_UNIT, 2)).toBe('100%');
  });

  it('is what a figure with few supported digits is shown with', () => {
    const figure = readFigure(head, (WAD * 54297n) / 10_000n, source);
    expect(formatFigure({ ...figure, isEstimate: true, significantDigits: 2 })).toBe('≈ 5.4 ETH');
    expect(formatFigure({ ...figure, value: 1n, isEstimate: true })).toBe('< 0.0001 ETH');
  });
});

describe('formatValue', () => {
  it('shows amount, money, rate, share and count as each is read', () => {
    expect(formatValue(12_408_132_440_981_230_001n, ETH_UNIT)).toBe('12.4081 ETH');
    expect(formatValue(1_282_352_31499999n, USD_UNIT)).toBe('1,282,352.31 USD');
    expect(formatValue((WAD * 1218399n) / 1_000_000n, RATE_UNIT)).toBe('1.218399 ETH');
    expect(formatValue(WAD / 8n, SHARE_UNIT)).toBe('12.50%');
    expect(formatValue(8_214_600n, { symbol: 'block', decimals: 0, kind: 'count' })).toBe('block 8,214,600');
  });

  it('rounds half away from zero, on both sides', () => {
    expect(formatDecimal(125n, 2, { digits: 1 })).toBe('1.3');
    expect(formatDecimal(-125n, 2, { digits: 1 })).toBe('−1.3');
    expect(formatDecimal(999_995n, 3, { digits: 2 })).toBe('1,000.00');
    expect(roundTo(5n, 0, 3)).toBe(5000n);
  });

  it('never prints as zero what is not zero', () => {
    expect(formatValue(1n, ETH_UNIT)).toBe('< 0.0001 ETH');
    expect(formatValue(-1n, ETH_UNIT)).toBe('> −0.0001 ETH');
    expect(formatValue(1n, SHARE_UNIT)).toBe('< 0.01%');
    expect(formatValue(0n, ETH_UNIT)).toBe('0.0000 ETH');
    expect(formatValue(1n, ETH_UNIT, { digits: 0 })).toBe('< 1 ETH');
  });

  it('follows the locale and can leave the unit out', () => {
    expect(formatValue(1234n * WAD, ETH_UNIT, { locale: 'de-DE', digits: 2 })).toBe('1.234,00 ETH');
    expect(formatValue(WAD, ETH_UNIT, { isBare: true })).toBe('1.0000');
    expect(formatValue(WAD, { symbol: '', decimals: 18, kind: 'rate' })).toBe('1.000000');
  });

  it('keeps every digit of an amount above what floating point holds', () => {
    expect(formatValue(123_456_789_012_345_678_901n * WAD, ETH_UNIT, { digits: 0 })).toBe(
      '123,456,789,012,345,678,901 ETH',
    );
  });
});

describe('formatFigure', () => {
  it('marks an estimate, and says nothing where nothing is known', () => {
    const figure = readFigure(head, WAD, source);
    expect(formatFigure(figure)).toBe('1.0000 ETH');
    expect(formatFigure({ ...figure, isEstimate: true })).toBe('≈ 1.0000 ETH');
    expect(formatFigure(unknownFigure(head, { code: 'no-rate' }))).toBeNull();
  });
});

describe('parseDecimal', () => {
  it('reads back what formatExact writes', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 40n), fc.integer({ min: 0, max: 18 }), (value, decimals) => {
        expect(parseDecimal(toDecimalText(value, decimals), decimals)).toEqual({ ok: true, value });
      }),
    );
    expect(formatExact(12_500n, { ...ETH_UNIT, decimals: 4 })).toBe('1.25');
    expect(formatExact(WAD / 8n, SHARE_UNIT)).toBe('12.5');
    expect(formatExact(-1n, ETH_UNIT)).toBe('-0.000000000000000001');
  });

  it('accepts thousands grouped by commas, spaces or underscores', () => {
    for (const text of ['1,234.5', '1 234.5', '1_234.50', ' 1234.5 ', '1\u00a0234.5', '1\u202f234.5']) {
      expect(parseDecimal(text, 2), text).toEqual({ ok: true, value: 123_450n });
    }
    expect(parseDecimal('1,234,567', 0)).toEqual({ ok: true, value: 1_234_567n });
    expect(parseDecimal('5.', 1)).toEqual({ ok: true, value: 50n });
  });

  it('refuses a comma it would have to guess about', () => {
    for (const text of [
      '0,5',
      '0,123',
      '1,23',
      '1.234,56',
      '1.234,567',
      '1,2345',
      ',5',
      '1,,234',
      '1,234,5',
    ]) {
      expect(parseDecimal(text, 18), text).toEqual({ ok: false, problem: 'not-a-number' });
    }
  });

  it('says what is wrong with the rest', () => {
    for (const [text, problem] of [
      ['', 'empty'],
      ['  ', 'empty'],
      ['-1', 'negative'],
      ['−1', 'negative'],
      ['1e3', 'not-a-number'],
      ['0x10', 'not-a-number'],
      ['Infinity', 'not-a-number'],
      ['.', 'not-a-number'],
      ['1.2.3', 'not-a-number'],
      ['١', 'not-a-number'],
      ['1.234', 'too-many-decimals'],
      ['9'.repeat(61), 'not-a-number'],
    ] as const) {
      expect(parseDecimal(text, 2), text).toEqual({ ok: false, problem });
    }
  });
});
