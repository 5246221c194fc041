import { describe, expect, it } from 'vitest';
import { findFactorStep, makeFactorNodes, type FactorNodes } from './factor-quadrature.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { makeGaussHermite, makeGaussLegendre } from './testing/gauss-quadrature.ts';

const RHOS = [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];
const CHANCES = [1e-9, 1e-6, 1e-4, 1e-3, 0.01, 0.05, 0.2, 0.5, 0.8, 0.99, 0.999];

interface Rule {
  readonly positions: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

/** E of the chance that `faults` sources of probability p all have their fault. */
function integrate(rule: Rule, p: number, rho: number, faults: number): number {
  const threshold = normalQuantile(p);
  let sum = 0;
  for (let k = 0; k < rule.positions.length; k += 1) {
    const z = rule.positions[k]!;
    sum += rule.weights[k]! * normalCdf((threshold - Math.sqrt(rho) * z) / Math.sqrt(1 - rho)) ** faults;
  }
  return sum;
}

function makeNodes(rho: number, faults: number, p: number): FactorNodes {
  return makeFactorNodes(findFactorStep(rho, faults), normalQuantile(p));
}

/** Composite Gauss-Legendre rule for the standard normal on [-14, 9], fine around the steep point. */
function makeFineRule(p: number, rho: number): Rule {
  const steep = rho === 0 ? 0 : normalQuantile(p) / Math.sqrt(rho);
  const width = rho === 0 ? 1 : Math.sqrt((1 - rho) / rho);
  const edges = [];
  for (let z = -14; z <= 9; z += 0.5) edges.push(z);
  for (let k = -12; k <= 12; k += 1) edges.push(steep + k * width);
  const sorted = [...new Set(edges)].filter((z) => z >= -14 && z <= 9).sort((a, b) => a - b);
  const gauss = makeGaussLegendre(16);
  const positions: number[] = [];
  const weights: number[] = [];
  for (let i = 1; i < sorted.length; i += 1) {
    const half = (sorted[i]! - sorted[i - 1]!) / 2;
    for (let k = 0; k < 16; k += 1) {
      const z = sorted[i - 1]! + half * (1 + gauss.positions[k]!);
      positions.push(z);
      weights.push((half * gauss.weights[k]! * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI));
    }
  }
  return { positions, weights };
}

describe('the factor rule', () => {
  it('gives back every probability to 2e-13 of it, for every correlation', () => {
    for (const rho of RHOS) {
      for (const p of CHANCES) {
        const found = integrate(makeNodes(rho, 1, p), p, rho, 1);
        expect(Math.abs(found / p - 1), `rho ${rho}, p ${p}`).toBeLessThan(2e-13);
      }
    }
  });

  it('gives a book of many thresholds its expected loss to 1e-12, on the nodes of its lowest', () => {
    for (const rho of RHOS) {
      const nodes = makeNodes(rho, 2, CHANCES[0]!);
      let found = 0;
      let exact = 0;
      for (const [i, p] of CHANCES.entries()) {
        found += (1 + i) * integrate(nodes, p, rho, 1);
        exact += (1 + i) * p;
      }
      expect(Math.abs(found / exact - 1)).toBeLessThan(1e-12);
    }
  });

  it('has weights that sum to one', () => {
    for (const rho of RHOS) {
      const sum = makeNodes(rho, 2, 1e-9).weights.reduce((total, weight) => total + weight, 0);
      expect(Math.abs(sum - 1)).toBeLessThan(1e-14);
    }
  });

  it('agrees on joint chances of up to 12 faults with a fine composite Gauss-Legendre rule', () => {
    for (const rho of [0.05, 0.3, 0.7, 0.95, 0.99]) {
      for (const p of [1e-4, 0.01, 0.5]) {
        for (const faults of [2, 5, 12]) {
          const found = integrate(makeNodes(rho, faults, p), p, rho, faults);
          const exact = integrate(makeFineRule(p, rho), p, rho, faults);
          // Joint chances as rare as a factor beyond the last node are cut off.
          const allowed = 1e-11 * exact + 1e-19;
          expect(Math.abs(found - exact), `rho ${rho}, p ${p}, ${faults} faults`).toBeLessThan(allowed);
        }
      }
    }
  });

  it('keeps the error it promises for a coarser step', () => {
    for (const rho of [0.1, 0.5, 0.9]) {
      for (const logError of [6, 10, 16]) {
        const nodes = makeFactorNodes(findFactorStep(rho, 3, logError), normalQuantile(0.01));
        const exact = integrate(makeFineRule(0.01, rho), 0.01, rho, 3);
        expect(Math.abs(integrate(nodes, 0.01, rho, 3) / exact - 1)).toBeLessThan(2.1 * Math.exp(-logError));
      }
    }
  });

  it('does what 64 Gauss-Hermite nodes do at rho 0.5, and what they cannot at 0.99', () => {
    const hermite = makeGaussHermite(64);
    expect(Math.abs(integrate(hermite, 0.01, 0.5, 1) / 0.01 - 1)).toBeLessThan(1e-11);
    expect(Math.abs(integrate(hermite, 0.01, 0.99, 1) / 0.01 - 1)).toBeGreaterThan(1e-3);
    expect(Math.abs(integrate(makeNodes(0.99, 1, 0.01), 0.01, 0.99, 1) / 0.01 - 1)).toBeLessThan(2e-13);
  });
});

describe('the Gauss rules the tests lean on', () => {
  it('integrate polynomials of degree 2n - 1', () => {
    const hermite = makeGaussHermite(10);
    const legendre = makeGaussLegendre(10);
    let normalMoment = 1;
    for (let degree = 0; degree < 20; degree += 2) {
      const sum = (rule: Rule) =>
        Array.from(rule.positions).reduce((total, x, k) => total + rule.weights[k]! * x ** degree, 0);
      expect(sum(hermite) / normalMoment).toBeCloseTo(1, 11);
      expect(sum(legendre)).toBeCloseTo(2 / (degree + 1), 13);
      normalMoment *= degree + 1;
    }
  });
});
