import { describe, expect, it } from 'vitest';
import { alignStep, chooseStep, findCommonUnit } from './choose-step.ts';
import { makePlainBook } from './linear-book.ts';
import { computeSpread } from './reach.ts';
import { buildSourceTable } from './source-table.ts';

describe('findCommonUnit', () => {
  it('finds what all losses are whole multiples of', () => {
    expect(findCommonUnit(new Float64Array([6, 0, 15, 9]))).toBe(3);
    expect(findCommonUnit(new Float64Array([0.1, 0.2, 0.3]))).toBeCloseTo(0.1, 15);
    expect(findCommonUnit(new Float64Array([7]))).toBe(7);
    expect(findCommonUnit(new Float64Array([2e30, 5e30]))).toBeCloseTo(1e30, -16);
  });

  it('finds none where there is none worth having', () => {
    expect(findCommonUnit(new Float64Array([1, Math.SQRT2, Math.PI]))).toBeNull();
    expect(findCommonUnit(new Float64Array([1e30, 1]))).toBeNull();
    expect(findCommonUnit(new Float64Array([0, 0]))).toBeNull();
    expect(findCommonUnit(new Float64Array(0))).toBeNull();
  });
});

describe('alignStep', () => {
  it('is a whole number of units, not finer than asked for', () => {
    expect(alignStep(0.3, null)).toBe(0.3);
    expect(alignStep(0.3, 1)).toBe(1);
    expect(alignStep(2.5, 1)).toBe(3);
  });
});

describe('chooseStep', () => {
  const choose = (losses: Float64Array, p: number) => {
    const book = makePlainBook(new Float64Array(losses.length).fill(p), losses, 0);
    const sources = buildSourceTable(book, new Uint8Array(losses.length));
    const spread = computeSpread(sources, sources.classChances);
    return chooseStep(sources, sources.classChances, spread, { points: 512, capacity: 4096 });
  };

  it('is a small part of a usual loss', () => {
    const step = choose(new Float64Array(1000).fill(1), 0.004);
    expect(step).toBeLessThan(1 / 10);
    expect(step).toBeGreaterThan(1 / 1000);
  });

  it('does not let one giant make it coarse for the others', () => {
    const even = choose(new Float64Array(1000).fill(1), 0.004);
    const withGiant = choose(new Float64Array(1001).fill(1).fill(1e5, 0, 1), 0.004);
    expect(withGiant).toBeLessThan(2 * even);
  });
});
