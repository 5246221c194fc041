import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessSecurity } from './assess-security.ts';
import { verifyAttack, type Attack } from './attack.ts';
import { verifyCascade } from './cascade.ts';
import { verifyLpCertificate, verifyProfitShares } from './certificate.ts';
import { computeGamma } from './gamma.ts';
import { indexNetwork } from './indexed-network.ts';
import { add, compare, makeRational, ONE, ZERO } from './rational.ts';
import { buildSecurityNetwork, type SecurityNetwork } from './restaking-network.ts';
import vectors from './robust-restaking.vectors.json' with { type: 'json' };
import { bestGain, bruteSlack, bruteWorstLoss, listAttacks } from './testing/brute-force.ts';
import { securityNetwork, share } from './testing/random-network.ts';
import { rational, readNetwork } from './testing/read-vectors.ts';
import { findWorstCascade } from './worst-cascade.ts';

const RUNS = { numRuns: 150 };

describe('the published examples', () => {
  it.each(vectors.networks)('$name: secure or not, with the slack to the last digit', (vector) => {
    const { verdict, slack } = assessSecurity(readNetwork(vector));
    expect(verdict.kind === 'secure').toBe(vector.isSecure);
    expect(slack).toEqual({ kind: 'finite', value: rational(vector.slack) });
  });

  it.each(vectors.networks.filter(({ weightedLoads }) => weightedLoads !== undefined))(
    '$name: gamma from the recorded loads',
    (vector) => {
      const network = readNetwork(vector);
      let worst: ReturnType<typeof rational> | null = null;
      for (const { id, stake } of network.validators) {
        const recorded: Readonly<Record<string, string | undefined>> = vector.weightedLoads!;
        const load = rational(recorded[id]);
        const ratio = makeRational(load.num * stake.den, load.den * stake.num);
        if (worst === null || compare(ratio, worst) > 0) worst = ratio;
      }
      const gamma = computeGamma(indexNetwork(network));
      expect(gamma).toMatchObject({ value: add(makeRational(worst!.den, worst!.num), rational('-1')) });
      if (vector.buffer !== undefined) expect(gamma).toMatchObject({ value: rational(vector.buffer) });
    },
  );

  it.each(vectors.networks.filter(({ worstLoss }) => worstLoss !== undefined))(
    '$name: the worst loss after the shock, and below the bound',
    (vector) => {
      const network = readNetwork(vector);
      const psi = rational(vector.psi);
      const { shock } = assessSecurity(network, { psi });
      expect(shock!.worst).toMatchObject({ lossShare: rational(vector.worstLoss), isExact: true });
      expect(shock!.worst.cascade.shockIds).toEqual(vector.shock);
      if (vector.lossBound !== undefined) {
        expect(shock!.upperBound).toEqual({ value: rational(vector.lossBound), isStrict: true });
      }
      if (vector.worstLossJustBelow !== undefined) {
        const below = rational(vector.worstLossJustBelow);
        expect(findWorstCascade(network, below).lossShare).toEqual(below);
      }
    },
  );

  it('loses all twelve validators after the first of them', () => {
    const vector = vectors.networks.find(({ lossAfterFirst }) => lossAfterFirst !== undefined)!;
    const worst = findWorstCascade(readNetwork(vector), rational(vector.psi));
    expect(worst.lossShare).toEqual(rational(vector.lossAfterFirst));
    expect(worst.cascade.shockIds).toHaveLength(1);
  });

  it('lists the attacks on the small network, finds the better one and its worst losses', () => {
    const vector = vectors.networks.find(({ attacks }) => attacks !== undefined)!;
    const network = readNetwork(vector);
    const listed = listAttacks(network).map(({ serviceIds, validatorIds }) => [serviceIds, validatorIds]);
    expect(listed).toEqual(vector.attacks);
    expect(assessSecurity(network).verdict).toMatchObject({
      kind: 'attack',
      attack: { serviceIds: ['s1', 's2'], validatorIds: ['v2'], gain: rational('2') },
      isOptimal: true,
    });
    for (const [psi, loss] of Object.entries(vector.worstLosses!)) {
      expect(findWorstCascade(network, rational(psi)).lossShare).toEqual(rational(loss));
    }
  });
});

describe('assessSecurity, for any small network', () => {
  it('says secure exactly where no attack gains, and else gives the best attack', () => {
    fc.assert(
      fc.property(securityNetwork({ validators: 5, services: 4 }), (network) => {
        const best = bestGain(network);
        const { verdict, gamma } = assessSecurity(network);
        expect(verdict.kind).toBe(best.num > 0n ? 'attack' : 'secure');
        if (gamma.kind === 'unbounded' || gamma.value.num >= 0n) expect(verdict.kind).toBe('secure');
        if (verdict.kind !== 'attack') return;
        expect(verdict.attack.gain).toEqual(best);
        expect(verdict.isOptimal).toBe(true);
        const { serviceIds, validatorIds } = verdict.attack;
        expect(verifyAttack(network, serviceIds, validatorIds).isValid).toBe(true);
      }),
      RUNS,
    );
  });

  it('proves what it says where every service needs all of its validators', () => {
    fc.assert(
      fc.property(securityNetwork({ validators: 6, services: 4 }, true), (network) => {
        const best = bestGain(network);
        const { verdict } = assessSecurity(network);
        expect(verdict.kind).toBe(best.num > 0n ? 'attack' : 'secure');
        if (verdict.kind === 'attack') expect(verdict.attack.gain).toEqual(best);
        if (verdict.kind !== 'secure' || verdict.certificate.kind === 'gamma') return;
        expect(verdict.certificate.kind).toBe('min-cut');
        if (verdict.certificate.kind === 'min-cut') {
          expect(verifyProfitShares(network, verdict.certificate.shares)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('measures the slack as the definition does, and gamma never exceeds it', () => {
    fc.assert(
      fc.property(securityNetwork({ validators: 5, services: 3 }), (network) => {
        const expected = bruteSlack(network);
        const { slack, gamma } = assessSecurity(network);
        if (expected === null) {
          expect(slack).toEqual({ kind: 'unbounded' });
          return;
        }
        expect(slack).toEqual({ kind: 'finite', value: expected });
        if (gamma.kind === 'finite') expect(compare(gamma.value, expected)).toBeLessThanOrEqual(0);
      }),
      RUNS,
    );
  });

  it('finds R_psi, for which one attack after the shock does as well as any cascade', () => {
    fc.assert(
      fc.property(securityNetwork({ validators: 4, services: 3 }), share, (network, psi) => {
        const worst = findWorstCascade(network, psi);
        expect(worst.lossShare).toEqual(bruteWorstLoss(network, psi));
        expect(verifyCascade(network, psi, worst.cascade)).toEqual({
          isValid: true,
          lossShare: worst.lossShare,
        });
      }),
      { numRuns: 60 },
    );
  });

  it('bounds R_psi by (1 + 1/gamma) psi, with gamma or the slack as the buffer', () => {
    fc.assert(
      fc.property(securityNetwork({ validators: 6, services: 4 }), share, (network, psi) => {
        const { shock } = assessSecurity(network, { psi });
        const { upperBound, worst } = shock!;
        if (upperBound === null) return;
        const order = compare(worst.lossShare, upperBound.value);
        expect(upperBound.isStrict ? order < 0 : order <= 0).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('assessSecurity, hostile input', () => {
  const one = (stake: string, profit: string, threshold: string): SecurityNetwork =>
    buildSecurityNetwork({
      validators: [{ id: 'v', stake }],
      services: [{ id: 's', profit, threshold }],
      edges: [{ serviceId: 's', validatorId: 'v', mode: 'shared' }],
    });

  it('certifies an empty network by gamma, and loses nothing but the shock', () => {
    const empty: SecurityNetwork = { validators: [], services: [], edges: [] };
    const { verdict, gamma, slack, shock } = assessSecurity(empty, { psi: rational('1/3') });
    expect(verdict).toEqual({ kind: 'secure', certificate: { kind: 'gamma', gamma: { kind: 'unbounded' } } });
    expect([gamma.kind, slack!.kind]).toEqual(['unbounded', 'unbounded']);
    expect(shock!.worst.lossShare).toEqual(rational('1/3'));
    expect(shock!.upperBound).toEqual({ value: rational('1/3'), isStrict: false });
  });

  it('takes a profit equal to the cost for no attack, and one more wei for one', () => {
    const large = '1000000000000000000000000000000';
    expect(assessSecurity(one(large, large, '1')).verdict.kind).toBe('secure');
    expect(assessSecurity(one(large, `${large.slice(0, -1)}1`, '1')).verdict).toMatchObject({
      kind: 'attack',
      attack: { gain: ONE },
    });
  });

  it('takes a service whose validators have no stake for free, one without validators for out of reach', () => {
    const free = one('0', '1e-30', '1/3');
    expect(computeGamma(indexNetwork(free))).toMatchObject({ value: rational('-1') });
    expect(assessSecurity(free).verdict).toMatchObject({
      kind: 'attack',
      attack: { validatorIds: ['v'], cost: ZERO },
    });
    const lonely: SecurityNetwork = { ...free, edges: [] };
    expect(assessSecurity(lonely).verdict.kind).toBe('secure');
  });

  it('does not let a validator without stake spoil the certificate', () => {
    const network = buildSecurityNetwork({
      validators: [
        { id: 'a', stake: 10n },
        { id: 'b', stake: 10n },
        { id: 'zero', stake: 0n },
      ],
      services: ['s', 't'].map((id) => ({ id, profit: 6n, threshold: '1' })),
      edges: [
        ['s', 'a'],
        ['t', 'b'],
        ['s', 'zero'],
        ['t', 'zero'],
      ].map(([serviceId, validatorId]) => ({
        serviceId: serviceId!,
        validatorId: validatorId!,
        mode: 'shared' as const,
      })),
    });
    expect(assessSecurity(network).gamma).toMatchObject({ value: rational('2/3') });
  });

  it('refuses a shock of more than everything', () => {
    expect(() => assessSecurity(one('1', '1', '1'), { psi: rational('1.01') })).toThrow('from 0 to 1');
  });

  it('ends with the error cancelled when asked to', () => {
    const network = readNetwork(vectors.networks.at(-1)!);
    expect(() => assessSecurity(network, {}, { isCancelled: () => true })).toThrow('Cancelled');
  });
});

describe('the checks of certificates', () => {
  const network = buildSecurityNetwork({
    validators: [
      { id: 'a', stake: 4n },
      { id: 'b', stake: 1n },
    ],
    services: [{ id: 's', profit: '3', threshold: '4/5' }],
    edges: ['a', 'b'].map((validatorId) => ({ serviceId: 's', validatorId, mode: 'shared' as const })),
  });

  it('accept rows that bound every attack, and no others', () => {
    const row = { serviceId: 's', given: ['b'], multiplier: rational('1') };
    // With b given, a alone has to bring the 3 units that are missing.
    expect(verifyLpCertificate(network, [row])).toBe(true);
    expect(verifyLpCertificate(network, [{ ...row, multiplier: rational('1/2') }])).toBe(false);
    expect(verifyLpCertificate(network, [{ ...row, multiplier: rational('2') }])).toBe(false);
    expect(verifyLpCertificate(network, [{ ...row, multiplier: rational('-1') }])).toBe(false);
    expect(verifyLpCertificate(network, [{ ...row, given: ['nobody'] }])).toBe(false);
    expect(verifyLpCertificate(network, [{ ...row, given: ['a'] }])).toBe(false);
    expect(verifyLpCertificate(network, [])).toBe(false);
  });

  it('accept shares of validators that are needed, within their stakes', () => {
    const share = { serviceId: 's', validatorId: 'a', amount: rational('3') };
    expect(verifyProfitShares(network, [share])).toBe(true);
    expect(verifyProfitShares(network, [{ ...share, amount: rational('29/10') }])).toBe(false);
    // Without b the service falls all the same, so b answers for nothing.
    expect(
      verifyProfitShares(network, [
        { ...share, amount: rational('2') },
        { ...share, validatorId: 'b', amount: ONE },
      ]),
    ).toBe(false);
  });
});

describe('verifyCascade', () => {
  /** Two services of two validators each; v2 serves both. */
  const network = buildSecurityNetwork({
    validators: ['v1', 'v2', 'v3'].map((id) => ({ id, stake: 10n })),
    services: ['s', 't'].map((id) => ({ id, profit: 11n, threshold: '1/2' })),
    edges: [
      ['s', 'v1'],
      ['s', 'v2'],
      ['t', 'v2'],
      ['t', 'v3'],
    ].map(([serviceId, validatorId]) => ({
      serviceId: serviceId!,
      validatorId: validatorId!,
      mode: 'shared' as const,
    })),
  });
  const attack = (serviceId: string, validatorId: string): Attack => ({
    serviceIds: [serviceId],
    validatorIds: [validatorId],
    profit: ZERO,
    cost: ZERO,
    gain: ZERO,
  });
  const check = (shockIds: string[], ...attacks: Attack[]) =>
    verifyCascade(network, rational('1/3'), { shockIds, attacks });

  it('adds psi and what the attacks lose, whatever they claim', () => {
    expect(check([])).toEqual({ isValid: true, lossShare: rational('1/3') });
    expect(check(['v2'], attack('s', 'v1'), attack('t', 'v3'))).toEqual({ isValid: true, lossShare: ONE });
  });

  it('refuses a service or a validator that an earlier attack took, or the shock', () => {
    expect(check([], attack('s', 'v1'), attack('s', 'v2'))).toMatchObject({
      problem: 'attack 2: an unknown service',
    });
    expect(check([], attack('s', 'v2'), attack('t', 'v2'))).toMatchObject({
      problem: 'attack 2: unknown validator v2',
    });
    expect(check(['v1'], attack('s', 'v1'))).toMatchObject({ problem: 'attack 1: unknown validator v1' });
  });

  it('refuses a shock above psi, or of somebody unknown', () => {
    expect(check(['v1', 'v2'])).toMatchObject({ problem: 'the shock takes more than psi' });
    expect(check(['nobody']).isValid).toBe(false);
  });
});
