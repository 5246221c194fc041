import { describe, expect, it } from 'vitest';
import { computeYield } from '../../../shared/domain/yield.ts';
import { makeCatalog, makeFact, makeObservation, makeProtocol } from './testing/makeCatalog.ts';
import { FIRST_YIELD_DRAFT, judgeYield, readRange, startYield, writeRange } from './yieldDraft.ts';

const protocol = makeProtocol({
  facts: {
    feeOnRewards: makeFact({ figure: { low: 10, high: 10, unit: 'percent' } }),
    exitFee: makeFact({ figure: { low: 0, high: 0.1, unit: 'percent' } }),
  },
});
const apy = makeObservation({ low: 3, high: 4 });
const base = makeObservation({ metric: 'apyBase', low: 2.5, high: 2.6 });

describe('what the calculator starts from', () => {
  it('is the split where it is published, and what is left of the total beside it', () => {
    const start = startYield(protocol, makeCatalog([protocol], [apy, base]), null);
    expect(start.base.range).toEqual({ low: 2.5, high: 2.6 });
    expect(start.unsplit).toMatchObject({ range: { low: 0.4, high: 1.5 }, origin: { kind: 'implied' } });
    expect(start.service).toMatchObject({ range: { low: 0, high: 0 }, origin: { kind: 'in-unsplit' } });
    expect(start.exitFee.range).toEqual({ low: 0, high: 0.1 });
  });

  it('is the total alone where the parts are of another day, or more than it', () => {
    for (const part of [
      { ...base, asOf: '2025-12-01' },
      { ...base, low: 5, high: 5 },
      // More than the least of the total: before the fee.
      { ...base, low: 3.5, high: 3.5 },
    ]) {
      const start = startYield(protocol, makeCatalog([protocol], [apy, part]), null);
      expect(start.base).toMatchObject({ range: { low: 0, high: 0 }, origin: { kind: 'in-unsplit' } });
      expect(start.unsplit).toMatchObject({ range: { low: 3, high: 4 }, origin: { kind: 'observed' } });
    }
  });

  it('is not known where nothing was observed', () => {
    const start = startYield(protocol, makeCatalog([protocol]), null);
    expect([start.base.range, start.unsplit.range, start.expectedLoss.range]).toEqual([null, null, null]);
  });

  it('takes the fee from published yields only where the user says they are before it', () => {
    const start = startYield(protocol, makeCatalog([protocol], [apy]), null);
    const net = (isAfterFee: boolean) => {
      const typed = { expectedLoss: '0.5', exitFee: '0' };
      const { request } = judgeYield({ typed, isAfterFee }, start, 18);
      return request && computeYield(request).net;
    };
    expect(net(true)).toEqual({ low: 2.5, high: 3.5 });
    expect(net(false)?.low).toBeCloseTo(2.2, 10);
    expect(net(false)?.high).toBeCloseTo(3.1, 10);
  });
});

describe('what is typed', () => {
  it('is one number or a range, and goes back to what it was written from', () => {
    expect(readRange(' 2.5 ')).toEqual({ range: { low: 2.5, high: 2.5 } });
    expect(readRange('2.5 – 3%')).toEqual({ range: { low: 2.5, high: 3 } });
    expect(readRange('')).toEqual({ range: null });
    expect(readRange(writeRange({ low: 0.4, high: 1.5 }))).toEqual({ range: { low: 0.4, high: 1.5 } });
    for (const wrong of ['3 - 2', '-1', '1,5', 'x', '1e2']) expect(readRange(wrong)).toBeNull();
  });

  it('makes no request while a field makes no sense', () => {
    const start = startYield(protocol, makeCatalog([protocol], [apy]), null);
    const typed = { base: 'x', expectedLoss: '101', horizonDays: '0', amount: '1,5' };
    const { problems, request } = judgeYield({ ...FIRST_YIELD_DRAFT, typed }, start, 18);
    expect(request).toBeNull();
    expect(problems).toEqual({
      base: 'wrong',
      expectedLoss: 'tooMuch',
      horizonDays: 'wrongDays',
      amount: 'wrongAmount',
    });
  });
});
