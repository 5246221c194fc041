import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRate, writeRate } from './readRate.ts';

const LIMITS = { min: 0.001, max: 0.5 };

describe('a typed rate', () => {
  it('is kept within what can be entered, and says where it was changed', () => {
    expect(readRate('0.03', LIMITS)).toEqual({ ok: true, rate: 0.03, isClamped: false });
    expect(readRate('5', LIMITS)).toEqual({ ok: true, rate: 0.5, isClamped: true });
    expect(readRate('0', LIMITS)).toEqual({ ok: true, rate: 0.001, isClamped: true });
  });

  it.each(['', 'x', '-1', '0,5', '1e3', '0.0000000000001'])('is refused as %j', (text) => {
    expect(readRate(text, LIMITS)).toEqual({ ok: false });
  });

  it('is shown in full, without an exponent, and read back as it was', () => {
    expect(writeRate(0.00004671)).toBe('0.00004671');
    expect(writeRate(1.074)).toBe('1.074');
    expect(writeRate(4155.93)).toBe('4155.93');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 0, max: 9 }), (digits, power) => {
        const rate = digits / 10 ** power;
        expect(readRate(writeRate(rate), { min: 0, max: 1e6 })).toEqual({ ok: true, rate, isClamped: false });
      }),
      { numRuns: 2_000, examples: [[415_593, 2]] },
    );
  });
});
