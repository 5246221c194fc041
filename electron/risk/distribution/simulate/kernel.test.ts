import { describe, expect, it } from 'vitest';
import { normalCdf, normalSurvival } from '../../math/normal.ts';
import { planCandidateCounts } from './candidate-counts.ts';
import { planFactorBins } from './factor-bins.ts';
import { hazardTable, lookUpHazard } from './hazard-table.ts';
import { countScratchBytes, createKernelMemory, scratchAt, startKernel } from './kernel.ts';
import { createRandom, drawBits, drawUniform } from './random.ts';

describe('the kernel', () => {
  it.each([1, 2, 3, 7, 1000, 1024, 1025, 20_000])('stays within its scratch with %i sources', (sources) => {
    const chances = {
      rho: 0.2,
      thresholds: new Float64Array(sources),
      fixedHazards: new Float64Array(sources).fill(-1),
      certain: [],
    };
    const memory = createKernelMemory(scratchAt(2, sources, null));
    startKernel(memory, 0, chances, null);
    const untouched = new Uint8Array(
      memory.buffer,
      scratchAt(1, sources, null),
      countScratchBytes(sources, null),
    );
    expect(untouched.every((byte) => byte === 0)).toBe(true);
  });

  it('has the hazards of the one-factor model', () => {
    const chances = {
      rho: 0.3,
      thresholds: Float64Array.of(-2.5),
      fixedHazards: Float64Array.of(-1),
      certain: [],
    };
    const kernel = startKernel(createKernelMemory(scratchAt(1, 1, null)), 0, chances, null);
    for (const z of [-3, -1, 0, 2]) {
      const p = normalCdf((-2.5 - Math.sqrt(0.3) * z) / Math.sqrt(0.7));
      expect(kernel.sumHazards(z)).toBeCloseTo(-Math.log1p(-p), 10);
    }
  });
});

describe('the hazard table', () => {
  it('is right to one part in ten million where it matters', () => {
    const table = hazardTable();
    for (let x = -7; x < 8; x += 0.0137) {
      const exact = x < 0 ? -Math.log1p(-normalCdf(x)) : -Math.log(normalSurvival(x));
      expect(Math.abs(lookUpHazard(table, x) / exact - 1)).toBeLessThan(1e-7);
    }
  });

  it('never falls', () => {
    const table = hazardTable();
    let before = 0;
    for (let x = -14; x < 14; x += 0.003) {
      const hazard = lookUpHazard(table, x);
      expect(hazard).toBeGreaterThanOrEqual(before);
      before = hazard;
    }
  });
});

describe('candidate counts', () => {
  it.each([0.01, 0.7, 3.76, 50, 900])('have the Poisson mean and variance at a mean of %f', (mean) => {
    const paths = 200_000;
    const counts = planCandidateCounts(mean, paths, 0.4, true);
    const total = counts.reduce((sum, { paths: own }) => sum + own, 0);
    const first = counts.reduce((sum, { candidates, paths: own }) => sum + candidates * own, 0) / paths;
    const second = counts.reduce((sum, { candidates, paths: own }) => sum + candidates ** 2 * own, 0) / paths;
    expect(total).toBe(paths);
    expect(Math.abs(first / mean - 1)).toBeLessThan(0.002);
    expect(Math.abs((second - first ** 2) / mean - 1)).toBeLessThan(0.01);
  });

  it('leave out paths without candidates unless asked', () => {
    expect(planCandidateCounts(0, 10, 0.5, false)).toEqual([]);
    expect(planCandidateCounts(0, 10, 0.5, true)).toEqual([{ candidates: 0, paths: 10 }]);
    expect(planCandidateCounts(0.1, 10, 0.5, false).every(({ candidates }) => candidates > 0)).toBe(true);
  });

  it('are unbiased over the offset even for a single path', () => {
    let sum = 0;
    const offsets = 10_000;
    for (let i = 0; i < offsets; i++) {
      for (const { candidates } of planCandidateCounts(2.5, 1, (i + 0.5) / offsets, false)) sum += candidates;
    }
    expect(sum / offsets).toBeCloseTo(2.5, 2);
  });
});

describe('factor bins', () => {
  it.each([0.01, 0.2, 0.99])('cover the factor without gap at a correlation of %f', (rho) => {
    const bins = planFactorBins({ rho, paths: 100_000, allocation: 'proportional', count: 100, slope: 1.5 });
    expect(bins[0]!.uLow).toBe(0);
    expect(bins.at(-1)!.uHigh).toBe(1);
    for (const [i, bin] of bins.entries()) {
      expect(bin.uHigh).toBeGreaterThan(bin.uLow);
      expect(bin.zHigh).toBeGreaterThan(bin.zLow);
      expect(bin.paths).toBeGreaterThanOrEqual(1);
      if (i > 0) expect(bin.uLow).toBe(bins[i - 1]!.uHigh);
    }
    const paths = bins.reduce((sum, bin) => sum + bin.paths, 0);
    expect(paths).toBeGreaterThanOrEqual(100_000);
    expect(paths).toBeLessThan(100_100);
  });

  it('give the bad end more paths in tail allocation', () => {
    const worst = (allocation: 'proportional' | 'tail'): number =>
      planFactorBins({ rho: 0.2, paths: 100_000, allocation, count: 100, slope: 1.5 })
        .filter(({ uHigh }) => uHigh < 0.001)
        .reduce((sum, { paths }) => sum + paths, 0);
    expect(worst('tail')).toBeGreaterThan(10 * worst('proportional'));
  });
});

describe('random streams', () => {
  it('are uniform in every bit and unlike each other', () => {
    const ones = new Float64Array(32);
    const draws = 40_000;
    const a = createRandom(1, 0);
    const b = createRandom(1, 1);
    let agree = 0;
    for (let i = 0; i < draws; i++) {
      const bits = drawBits(a);
      const other = drawBits(b);
      for (let k = 0; k < 32; k++) {
        ones[k]! += (bits >>> k) & 1;
        agree += 1 - (((bits ^ other) >>> k) & 1);
      }
    }
    for (const count of ones) expect(Math.abs(count / draws - 0.5)).toBeLessThan(0.015);
    expect(Math.abs(agree / (32 * draws) - 0.5)).toBeLessThan(0.002);
  });

  it('never give 0 or 1', () => {
    const random = createRandom(-5, 7);
    for (let i = 0; i < 10_000; i++) {
      const u = drawUniform(random);
      expect(u > 0 && u < 1).toBe(true);
    }
  });
});
