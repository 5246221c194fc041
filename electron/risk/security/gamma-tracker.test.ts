import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeGamma } from './gamma.ts';
import { GammaTracker } from './gamma-tracker.ts';
import { indexNetwork } from './indexed-network.ts';
import { makeRational } from './rational.ts';
import type { SecurityEdge, SecurityNetwork } from './restaking-network.ts';
import { makeNetwork } from './testing/make-network.ts';
import { securityNetwork } from './testing/random-network.ts';

type Edit = 'stake' | 'profit' | 'threshold' | 'edge';

const edit = fc.record({
  kind: fc.constantFrom<Edit>('stake', 'profit', 'threshold', 'edge'),
  validator: fc.nat(),
  service: fc.nat(),
  amount: fc
    .tuple(fc.integer({ min: 0, max: 30 }), fc.constantFrom(1, 3, 7, 1000))
    .map(([num, den]) => makeRational(BigInt(num), BigInt(den))),
  threshold: fc.integer({ min: 1, max: 12 }).map((value) => makeRational(BigInt(value), 12n)),
});

/** The edit on the tracker, and the network that it should have led to. */
function apply(
  tracker: GammaTracker,
  network: SecurityNetwork,
  change: typeof edit extends fc.Arbitrary<infer T> ? T : never,
): SecurityNetwork {
  const validator = network.validators[change.validator % network.validators.length]!;
  const service = network.services[change.service % network.services.length]!;
  switch (change.kind) {
    case 'stake':
      tracker.setStake(validator.id, change.amount);
      return {
        ...network,
        validators: network.validators.map((other) =>
          other === validator ? { ...other, stake: change.amount } : other,
        ),
      };
    case 'profit':
    case 'threshold': {
      const next =
        change.kind === 'profit'
          ? { ...service, profit: change.amount }
          : { ...service, threshold: change.threshold };
      if (change.kind === 'profit') tracker.setProfit(service.id, change.amount);
      else tracker.setThreshold(service.id, change.threshold);
      return { ...network, services: network.services.map((other) => (other === service ? next : other)) };
    }
    case 'edge': {
      const isEdge = ([serviceId, validatorId]: SecurityEdge): boolean =>
        serviceId === service.id && validatorId === validator.id;
      if (network.edges.some(isEdge)) {
        tracker.removeEdge(service.id, validator.id);
        return { ...network, edges: network.edges.filter((other) => !isEdge(other)) };
      }
      tracker.addEdge(service.id, validator.id);
      return { ...network, edges: [...network.edges, [service.id, validator.id]] };
    }
  }
}

const gammaOf = (network: SecurityNetwork) => computeGamma(indexNetwork(network));
const valueOf = (gamma: ReturnType<typeof computeGamma>) => (gamma.kind === 'finite' ? gamma.value : null);

describe('GammaTracker', () => {
  it('gives the exact gamma after any edits', () => {
    fc.assert(
      fc.property(
        securityNetwork({ validators: 6, services: 5 }).filter(
          ({ validators, services }) => validators.length > 0 && services.length > 0,
        ),
        fc.array(edit, { maxLength: 12 }),
        (start, edits) => {
          const tracker = new GammaTracker(indexNetwork(start));
          let network = start;
          expect(valueOf(tracker.readGamma())).toEqual(valueOf(gammaOf(network)));
          for (const change of edits) {
            network = apply(tracker, network, change);
            expect(valueOf(tracker.readGamma())).toEqual(valueOf(gammaOf(network)));
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('tells zero from one unit below it where doubles cannot', () => {
    const stake = 10n ** 30n;
    const network = (profit: bigint): SecurityNetwork => ({
      validators: [{ id: 'v', stake: makeRational(stake) }],
      services: [1, 2, 3].map((index) => ({
        id: `s${index}`,
        profit: makeRational(index === 1 ? profit : stake / 4n),
        threshold: makeRational(1n),
      })),
      edges: [1, 2, 3].map((index) => [`s${index}`, 'v'] as const),
    });
    const read = (profit: bigint) => valueOf(new GammaTracker(indexNetwork(network(profit))).readGamma())!;
    expect(read(stake / 2n)).toEqual({ num: 0n, den: 1n });
    expect(read(stake / 2n + 1n).num).toBeLessThan(0n);
    expect(read(stake / 2n - 1n).num).toBeGreaterThan(0n);
  });

  it('sums the same terms once where many validators tie', () => {
    const ids = Array.from({ length: 400 }, (_, index) => `v${index}`);
    const services = Array.from({ length: 20 }, (_, index) => `s${index}`);
    const network: SecurityNetwork = {
      validators: ids.map((id) => ({ id, stake: makeRational(7n, 3n) })),
      services: services.map((id) => ({ id, profit: makeRational(20n), threshold: makeRational(1n, 3n) })),
      edges: services.flatMap((service) => ids.map((id) => [service, id] as const)),
    };
    expect(new GammaTracker(indexNetwork(network)).readGamma()).toEqual(gammaOf(network));
  });

  it('refuses what is unknown, below zero or there already, and stays as it was', () => {
    const network = makeNetwork({ seed: 1, validators: 5, services: 3, degree: 2, profitability: 0.2 });
    const tracker = new GammaTracker(indexNetwork(network));
    const before = tracker.readGamma();
    const [service, validator] = network.edges[0]!;
    expect(() => tracker.setStake('nobody', makeRational(1n))).toThrow('validator nobody is unknown');
    expect(() => tracker.setProfit('nothing', makeRational(1n))).toThrow('service nothing is unknown');
    expect(() => tracker.setStake(validator, makeRational(-1n))).toThrow('below zero');
    expect(() => tracker.setThreshold(service, makeRational(0n))).toThrow('above 0');
    expect(() => tracker.addEdge(service, validator)).toThrow('already');
    tracker.removeEdge(service, validator);
    expect(() => tracker.removeEdge(service, validator)).toThrow('does not serve');
    tracker.addEdge(service, validator);
    expect(tracker.readGamma()).toEqual(before);
  });

  it('keeps up with the largest network of the workload', () => {
    const network = makeNetwork({
      seed: 2,
      validators: 2000,
      services: 200,
      degree: 10,
      profitability: 0.02,
    });
    const indexed = indexNetwork(network);
    const tracker = new GammaTracker(indexed);
    expect(tracker.readGamma()).toEqual(computeGamma(indexed));
    const begin = performance.now();
    const edits = 50;
    for (let index = 0; index < edits; index += 1) {
      tracker.setStake(`v${index}`, makeRational(10n ** 18n + BigInt(index)));
      tracker.readGamma();
    }
    // About one millisecond on a quiet machine; the limit only catches work that grows with the whole network.
    expect((performance.now() - begin) / edits).toBeLessThan(25);
  });
});
