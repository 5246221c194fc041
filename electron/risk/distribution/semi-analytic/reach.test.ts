import { describe, expect, it } from 'vitest';
import { makePlainBook } from './linear-book.ts';
import { boundExcess, computeSpread, fitLattice } from './reach.ts';
import { buildSourceTable } from './source-table.ts';

describe('boundExcess', () => {
  it('is above the 1 - 1e-14 quantile of Poisson and binomial sums, and not by much', () => {
    for (const mean of [0.001, 0.1, 1, 10, 300]) {
      const bound = boundExcess(mean, 1);
      let tail = 1;
      let mass = Math.exp(-mean);
      let k = 0;
      // Sum the upper tail of a Poisson law from the bound on.
      while (k <= mean + bound) {
        k += 1;
        mass *= mean / k;
      }
      tail = 0;
      for (let i = 0; i < 400; i += 1) {
        tail += mass;
        k += 1;
        mass *= mean / k;
      }
      expect(tail).toBeLessThan(1e-14);
      expect(tail).toBeGreaterThan(1e-22);
    }
  });

  it('is nothing without variance, and finite for tiny variance', () => {
    expect(boundExcess(0, 1)).toBe(0);
    expect(boundExcess(1, 0)).toBe(0);
    expect(boundExcess(1e-300, 1)).toBeLessThan(1);
    expect(boundExcess(1e-300, 1)).toBeGreaterThan(0);
  });
});

describe('fitLattice', () => {
  const losses = Float64Array.from({ length: 200 }, (_, i) => (i === 0 ? 1e6 : 1 + (i % 5)));
  const sources = buildSourceTable(
    makePlainBook(new Float64Array(200).fill(0.01), losses, 0.2),
    new Uint8Array(200),
  );
  const chances = sources.classChances;
  const spread = computeSpread(sources, chances);
  const budget = { points: 512, capacity: 4096 };

  it('knows mean, variance and events', () => {
    expect(spread.mean).toBeCloseTo(
      losses.reduce((sum, loss) => sum + 0.01 * loss, 0),
      6,
    );
    expect(spread.variance).toBeCloseTo(
      losses.reduce((sum, loss) => sum + 0.0099 * loss * loss, 0),
      0,
    );
    expect(spread.events).toBeCloseTo(2, 12);
  });

  it('sets the one giant aside where the step is fine, and not where it is coarse', () => {
    expect(fitLattice(sources, chances, spread, 0.2, budget)?.setAside).toBe(1);
    expect(fitLattice(sources, chances, spread, 4000, budget)?.setAside).toBe(0);
  });

  it('refuses steps that would cost more points than there are', () => {
    expect(fitLattice(sources, chances, spread, 1e-4, budget)).toBeNull();
  });
});
