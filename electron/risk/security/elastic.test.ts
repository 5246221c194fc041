import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { assessElasticSecurity, buildElasticCover } from './assess-elastic.ts';
import { isCertifiedStrictly, measureElasticBuffer } from './elastic-buffer.ts';
import { verifyElasticAttack } from './elastic-attack.ts';
import { buildElasticNetwork, failServices, type ElasticNetwork } from './elastic-network.ts';
import { findBreakingSet } from './elastic-robustness.ts';
import vectors from './elastic-restaking.vectors.json' with { type: 'json' };
import { compare, makeRational, multiply, ONE, toNumber, ZERO, type Rational } from './rational.ts';
import type { Solver } from './solver.ts';
import { solveSymmetricElastic } from './symmetric-elastic.ts';
import { bruteElasticGain, bruteElasticProfit } from './testing/brute-force.ts';
import { loadSolver } from './testing/load-solver.ts';
import { makeDraw } from './testing/make-network.ts';
import { elasticNetwork } from './testing/random-network.ts';
import { rational } from './testing/read-vectors.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await loadSolver();
});

type NetworkVector = (typeof vectors.networks)[number];

function readElastic({ profits, thresholds, stakes, allocations }: NetworkVector): ElasticNetwork {
  return buildElasticNetwork({
    validators: stakes.map((stake, index) => ({ id: `v${index}`, stake: stake.toString() })),
    services: profits.map((profit, index) => ({
      id: `s${index}`,
      profit: profit.toString(),
      threshold: thresholds[index]!,
    })),
    edges: allocations.flatMap((row, validator) =>
      row.map((allocation, service) => ({
        serviceId: `s${service}`,
        validatorId: `v${validator}`,
        mode: 'elastic' as const,
        allocation: allocation.toString(),
      })),
    ),
  });
}

/** As the recorded figures are rounded. */
const nineDecimals = (value: Rational): number => Number(toNumber(value).toFixed(9));

describe('the authors’ program', () => {
  it.each(vectors.networks)('$name: best profit, and secure where it is below zero', (vector) => {
    const verdict = assessElasticSecurity(readElastic(vector));
    expect(verdict.kind).toBe(vector.bestProfit < 0 ? 'secure' : 'attack');
    const attack =
      verdict.kind === 'attack' ? verdict.attack : verdict.kind === 'secure' ? verdict.best! : null;
    expect(toNumber(attack!.gain)).toBe(vector.bestProfit);
    // Two sets of services can do equally well; the one recorded does.
    const network = readElastic(vector);
    const taken = network.services.filter((_, index) => vector.attacked[index]);
    expect(toNumber(bruteElasticGain(network, taken))).toBe(vector.bestProfit);
  });

  it.each(vectors.networks)('$name: the lightest set of failures that opens it', (vector) => {
    const set = findBreakingSet(readElastic(vector))!;
    expect(nineDecimals(set.fraction)).toBe(vector.breakingFraction);
    const failed = vector.failed.filter((hasFailed) => hasFailed);
    expect(set.serviceIds).toHaveLength(failed.length);
  });

  it.each(vectors.symmetric.flatMap(({ rows, ...shape }) => rows.map((row) => ({ shape, row }))))(
    '$shape.validatorCount alike, stake $shape.stake, $row.failed failed',
    ({ shape, row }) => {
      const network = {
        ...shape,
        stake: rational(shape.stake),
        allocation: rational(shape.allocation),
        profit: rational(shape.profit),
        threshold: rational(shape.threshold),
      };
      const result = solveSymmetricElastic(network, row.failed);
      expect(result.isSecure).toBe(row.isSecure);
      expect(nineDecimals(result.bestProfit!)).toBe(row.bestProfit);
      expect(toNumber(result.stake)).toBeCloseTo(row.stake, 12);
      expect(toNumber(result.allocation)).toBeCloseTo(row.allocation, 12);

      const ids = (prefix: string, count: number): string[] =>
        Array.from({ length: count }, (_, index) => `${prefix}${index}`);
      const validators = ids('v', shape.validatorCount).map((id) => ({ id, stake: network.stake }));
      const services = ids('s', shape.serviceCount).map((id) => ({ ...network, id }));
      const allocations = validators.flatMap(({ id }) =>
        services.map((service) => ({ serviceId: service.id, validatorId: id, amount: network.allocation })),
      );
      const failed = failServices({ validators, services, allocations }, ids('s', row.failed));
      const verdict = assessElasticSecurity(failed);
      const attack =
        verdict.kind === 'attack' ? verdict.attack : verdict.kind === 'secure' ? verdict.best : null;
      expect(attack!.gain).toEqual(result.bestProfit);
    },
  );
});

describe('assessElasticSecurity, for any small network', () => {
  it('finds the best attack over all ways to fill up services', () => {
    fc.assert(
      fc.property(elasticNetwork({ validators: 4, services: 3 }), (network) => {
        const best = bruteElasticProfit(network);
        const verdict = assessElasticSecurity(network);
        if (best === null || best.num < 0n) {
          expect(verdict.kind).toBe('secure');
          if (verdict.kind === 'secure') expect(verdict.best?.gain ?? null).toEqual(best);
          return;
        }
        expect(verdict).toMatchObject({ kind: 'attack', isOptimal: true, gap: 0 });
        if (verdict.kind === 'attack') expect(verdict.attack.gain).toEqual(best);
      }),
      { numRuns: 120 },
    );
  });

  it('has a buffer by which every attack costs more than it brings', () => {
    fc.assert(
      fc.property(elasticNetwork({ validators: 5, services: 3 }), (network) => {
        const cover = buildElasticCover(network);
        if (cover.serviceIds.length === 0) return;
        const buffer = measureElasticBuffer(cover.problem);
        const verdict = assessElasticSecurity(network);
        if (isCertifiedStrictly(buffer)) expect(verdict.kind).toBe('secure');
        const found =
          verdict.kind === 'attack' ? verdict.attack : verdict.kind === 'secure' ? verdict.best : null;
        if (buffer.kind === 'unbounded' || found === null) return;
        const factor = makeRational(buffer.value.num + buffer.value.den, buffer.value.den);
        expect(compare(found.cost, multiply(factor, found.profit))).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 120 },
    );
  });
});

describe('failServices', () => {
  it('takes the allocations to what failed, and stretches what is left over the others', () => {
    const network: ElasticNetwork = {
      validators: [
        { id: 'v', stake: makeRational(10n) },
        { id: 'w', stake: makeRational(3n) },
      ],
      services: ['s', 't', 'u'].map((id) => ({ id, profit: ONE, threshold: ONE })),
      allocations: [
        { serviceId: 's', validatorId: 'v', amount: makeRational(4n) },
        { serviceId: 't', validatorId: 'v', amount: makeRational(3n) },
        { serviceId: 'u', validatorId: 'v', amount: makeRational(8n) },
        { serviceId: 's', validatorId: 'w', amount: makeRational(3n) },
        { serviceId: 'u', validatorId: 'w', amount: makeRational(2n) },
      ],
    };
    expect(failServices(network, ['s'])).toEqual({
      validators: [
        { id: 'v', stake: makeRational(6n) },
        { id: 'w', stake: ZERO },
      ],
      services: network.services.slice(1),
      allocations: [
        { serviceId: 't', validatorId: 'v', amount: makeRational(3n) },
        { serviceId: 'u', validatorId: 'v', amount: makeRational(6n) },
        { serviceId: 'u', validatorId: 'w', amount: ZERO },
      ],
    });
  });
});

describe('solveSymmetricElastic', () => {
  it('equals the search over all attacks', () => {
    const tenths = (max: number) =>
      fc.integer({ min: 1, max }).map((value) => makeRational(BigInt(value), 10n));
    const count = (max: number) => fc.integer({ min: 1, max });
    fc.assert(
      fc.property(
        fc.tuple(count(7), count(4), tenths(30), tenths(10), tenths(30), tenths(10)),
        fc.nat({ max: 2 }),
        ([validatorCount, serviceCount, stake, part, profit, threshold], failedCount) => {
          const allocation = multiply(stake, part);
          const failed = Math.min(failedCount, serviceCount);
          const alike = { validatorCount, serviceCount, stake, allocation, profit, threshold };
          const ids = (prefix: string, length: number) =>
            Array.from({ length }, (_, index) => `${prefix}${index}`);
          const network: ElasticNetwork = {
            validators: ids('v', validatorCount).map((id) => ({ id, stake })),
            services: ids('s', serviceCount).map((id) => ({ id, profit, threshold })),
            allocations: ids('s', serviceCount).flatMap((serviceId) =>
              ids('v', validatorCount).map((validatorId) => ({ serviceId, validatorId, amount: allocation })),
            ),
          };
          const verdict = assessElasticSecurity(failServices(network, ids('s', failed)));
          const found =
            verdict.kind === 'attack' ? verdict.attack : verdict.kind === 'secure' ? verdict.best : null;
          expect(solveSymmetricElastic(alike, failed).bestProfit).toEqual(found?.gain ?? null);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('larger elastic networks', () => {
  /** 40 validators, 12 services; `permille` of a service's threshold is its profit. */
  function makeElastic(permille: bigint): ElasticNetwork {
    const draw = makeDraw(5);
    const validators = Array.from({ length: 40 }, (_, index) => ({
      id: `v${index}`,
      stake: makeRational(BigInt(Math.floor(1e6 * Math.exp(3 * draw())))),
    }));
    const ids = Array.from({ length: 12 }, (_, index) => `s${index}`);
    const allocations = validators.flatMap(({ id, stake }) =>
      ids.flatMap((serviceId) => {
        const tenths = Math.floor(draw() * 16) - 6;
        if (tenths <= 0) return [];
        return [{ serviceId, validatorId: id, amount: multiply(stake, makeRational(BigInt(tenths), 10n)) }];
      }),
    );
    const services = ids.map((id) => {
      const behind = allocations.filter(({ serviceId }) => serviceId === id);
      const sum = behind.reduce((total, { amount }) => total + amount.num / amount.den, 0n);
      return { id, profit: makeRational((sum * permille) / 3000n), threshold: makeRational(1n, 3n) };
    });
    return { validators, services, allocations };
  }

  it('are certified by the buffer where it holds', () => {
    expect(assessElasticSecurity(makeElastic(100n))).toMatchObject({
      kind: 'secure',
      certificate: { kind: 'buffer' },
    });
  });

  it('are attacked where they are open, with an attack that the check accepts', () => {
    const network = makeElastic(900n);
    const verdict = assessElasticSecurity(network, { solver, timeLimitSeconds: 3, searchSteps: 400_000 });
    expect(verdict.kind).toBe('attack');
    if (verdict.kind !== 'attack') return;
    const check = verifyElasticAttack(network, verdict.attack.serviceIds, verdict.attack.stakes);
    expect(check).toEqual({ isValid: true, attack: verdict.attack });
    expect(verdict.attack.gain.num).toBeGreaterThanOrEqual(0n);
  });

  it('are never called secure without a certificate', () => {
    const verdict = assessElasticSecurity(makeElastic(300n), { searchSteps: 100_000 });
    expect(verdict.kind).not.toBe('secure');
    const solved = assessElasticSecurity(makeElastic(300n), {
      solver,
      timeLimitSeconds: 5,
      searchSteps: 100_000,
    });
    if (solved.kind === 'secure') expect(solved.certificate.kind).toMatch(/lp-dual|branch-and-bound/);
  });
});

describe('elastic networks, hostile input', () => {
  it('refuses allocations above the stake and edges of another kind', () => {
    const build = (mode: 'elastic' | 'shared', allocation: string) => () =>
      buildElasticNetwork({
        validators: [{ id: 'v', stake: '1' }],
        services: [{ id: 's', profit: '1', threshold: '1' }],
        edges: [{ serviceId: 's', validatorId: 'v', mode, allocation }],
      });
    expect(build('elastic', '1.5')).toThrow('above the validator’s stake');
    expect(build('elastic', 'NaN')).toThrow('not a number');
    expect(build('shared', '1')).toThrow('not elastic');
    expect(build('elastic', '1')).not.toThrow();
  });

  it('holds an empty network for secure, and breaking even for an attack', () => {
    const empty = { validators: [], services: [], allocations: [] };
    expect(assessElasticSecurity(empty)).toEqual({
      kind: 'secure',
      certificate: { kind: 'none' },
      best: null,
    });
    expect(findBreakingSet(empty)).toEqual({ serviceIds: [], fraction: ZERO });
    const even: ElasticNetwork = {
      validators: [{ id: 'v', stake: ONE }],
      services: [{ id: 's', profit: ONE, threshold: ONE }],
      allocations: [{ serviceId: 's', validatorId: 'v', amount: ONE }],
    };
    expect(assessElasticSecurity(even)).toMatchObject({ kind: 'attack', attack: { gain: ZERO } });
  });

  it('refuses services that are unknown and counts that are none', () => {
    expect(() => failServices({ validators: [], services: [], allocations: [] }, ['s'])).toThrow('unknown');
    const alike = {
      validatorCount: 2,
      serviceCount: 1,
      stake: ONE,
      allocation: ONE,
      profit: ONE,
      threshold: ONE,
    };
    expect(() => solveSymmetricElastic(alike, 2)).toThrow('no more services can fail');
    expect(() => solveSymmetricElastic({ ...alike, validatorCount: NaN }, 0)).toThrow('whole numbers');
    expect(solveSymmetricElastic(alike, 1)).toMatchObject({ bestProfit: null, isSecure: true });
  });

  it('checks attacks for what they claim', () => {
    const network: ElasticNetwork = {
      validators: [{ id: 'v', stake: makeRational(2n) }],
      services: [{ id: 's', profit: ONE, threshold: makeRational(1n, 2n) }],
      allocations: [{ serviceId: 's', validatorId: 'v', amount: makeRational(2n) }],
    };
    const stake = (amount: Rational) => [{ serviceId: 's', validatorId: 'v', amount }];
    expect(verifyElasticAttack(network, ['s'], stake(ONE))).toMatchObject({ isValid: true });
    expect(verifyElasticAttack(network, ['s'], stake(makeRational(1n, 2n)))).toMatchObject({
      problem: 'service s is not taken',
    });
    expect(verifyElasticAttack(network, ['s'], stake(makeRational(3n)))).toMatchObject({ isValid: false });
    expect(verifyElasticAttack(network, [], [])).toMatchObject({ isValid: false });
    expect(verifyElasticAttack(network, ['s'], [...stake(ONE), ...stake(ONE)])).toMatchObject({
      isValid: false,
    });
  });
});
