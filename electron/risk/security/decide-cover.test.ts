import { beforeAll, describe, expect, it } from 'vitest';
import { assessSecurity, type SecurityVerdict } from './assess-security.ts';
import { verifyAttack } from './attack.ts';
import { verifyLpCertificate } from './certificate.ts';
import { searchAttack } from './search-attack.ts';
import { indexNetwork } from './indexed-network.ts';
import { compare, makeRational, toNumber, ZERO } from './rational.ts';
import type { SecurityNetwork } from './restaking-network.ts';
import { buildWholeCover } from './shared-cover.ts';
import type { Solver } from './solver.ts';
import { loadSolver } from './testing/load-solver.ts';
import { makeNetwork } from './testing/make-network.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadSolver();
});

const make = (seed: number, profitability: number): SecurityNetwork =>
  makeNetwork({ seed, validators: 30, services: 9, degree: 2, profitability });
const STEPS = { searchSteps: 300_000 };
const assess = (network: SecurityNetwork): SecurityVerdict =>
  assessSecurity(network, { ...STEPS, solver, timeLimitSeconds: 10 }).verdict;

describe('networks too large for every set', () => {
  it('are judged with proofs that hold, never secure without one, never open without an attack', () => {
    const kinds = new Set<string>();
    for (const [seed, profitability] of [
      [0, 0.2],
      [0, 0.3],
      [3, 0.35],
      [1, 0.4],
    ] as const) {
      const network = make(seed, profitability);
      const verdict = assess(network);
      if (verdict.kind === 'secure') {
        kinds.add(verdict.certificate.kind);
        if (verdict.certificate.kind === 'lp-dual') {
          expect(verifyLpCertificate(network, verdict.certificate.rows)).toBe(true);
        }
      } else if (verdict.kind === 'attack') {
        kinds.add('attack');
        const { serviceIds, validatorIds } = verdict.attack;
        expect(verifyAttack(network, serviceIds, validatorIds)).toEqual({
          isValid: true,
          attack: verdict.attack,
        });
      }
    }
    // The four were chosen so that each rung of the ladder settles one of them.
    expect([...kinds].sort()).toEqual(['attack', 'branch-and-bound', 'gamma', 'lp-dual']);
  });

  it('are left undecided by the search alone where no attack is found, with a bound that is no certificate', () => {
    const network = make(3, 0.35);
    const { verdict } = assessSecurity(network, STEPS);
    expect(verdict).toMatchObject({ kind: 'undecided', lowerBound: ZERO, upperBound: { kind: 'exact' } });
    expect(assess(network).kind).toBe('secure');
  });

  it('are left undecided by a solver that fails or lies', () => {
    const network = make(3, 0.35);
    const failing: Solver = {
      solve: () => ({
        status: 'failed',
        objective: null,
        bound: null,
        values: null,
        rowDuals: null,
        basis: null,
        secondsUsed: 100,
      }),
    };
    const lying: Solver = {
      solve: (model) => ({
        status: 'optimal',
        objective: 0,
        bound: 0,
        values: new Float64Array(model.costs.length),
        rowDuals: new Float64Array(model.rowLower.length).fill(model.isInteger === null ? 1e9 : 0),
        basis: null,
        secondsUsed: 100,
      }),
    };
    for (const bad of [failing, lying]) {
      expect(assessSecurity(network, { ...STEPS, solver: bad }).verdict.kind).toBe('undecided');
    }
  });

  it('tell of the gap while they are solved, the bound never below the attack', () => {
    const told: [number, number][] = [];
    const network = make(5, 0.7);
    assessSecurity(
      network,
      { ...STEPS, solver, timeLimitSeconds: 5 },
      { onGap: (lower, upper) => told.push([lower, upper]) },
    );
    expect(told.length).toBeGreaterThan(0);
    for (const [lower, upper] of told) expect(upper).toBeGreaterThanOrEqual(lower * (1 - 1e-6));
  });

  it('get the same answer twice', () => {
    const { problem } = buildWholeCover(indexNetwork(make(5, 0.7)));
    expect(searchAttack(problem, { maxSteps: 200_000 })).toEqual(
      searchAttack(problem, { maxSteps: 200_000 }),
    );
    expect(assess(make(0, 0.35))).toEqual(assess(make(0, 0.35)));
  });

  it('stop within a moment of a cancel', () => {
    const network = makeNetwork({ seed: 1, validators: 500, services: 60, degree: 6, profitability: 0.3 });
    let asked = 0;
    let last = performance.now();
    let longest = 0;
    const isCancelled = (): boolean => {
      const now = performance.now();
      if (asked > 0) longest = Math.max(longest, now - last);
      last = now;
      asked += 1;
      return asked > 3000;
    };
    expect(() => assessSecurity(network, {}, { isCancelled })).toThrow('Cancelled');
    // About a millisecond between two questions; a busy machine may stretch one.
    expect(longest).toBeLessThan(500);
  });
});

describe('a larger network after a shock', () => {
  it('is searched for a cascade, explicit and within the bound', () => {
    const network = makeNetwork({ seed: 4, validators: 60, services: 12, degree: 3, profitability: 0.16 });
    const psi = makeRational(1n, 10n);
    const { shock, gamma } = assessSecurity(network, { psi });
    expect(gamma.kind === 'finite' && gamma.value.num > 0n).toBe(true);
    expect(shock!.worst.isExact).toBe(false);
    expect(compare(shock!.worst.lossShare, psi)).toBeGreaterThanOrEqual(0);
    expect(compare(shock!.worst.lossShare, shock!.upperBound!.value)).toBeLessThan(0);
  });

  it('falls where the buffer is gone', () => {
    const network = makeNetwork({ seed: 4, validators: 60, services: 12, degree: 3, profitability: 0.5 });
    const psi = makeRational(1n, 4n);
    const { shock } = assessSecurity(network, { psi, ...STEPS });
    expect(shock!.worst.cascade.attacks.length).toBeGreaterThan(0);
    expect(toNumber(shock!.worst.lossShare)).toBeGreaterThan(0.3);
  });
});
