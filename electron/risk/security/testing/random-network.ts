/** Networks for property tests: small enough to go through every case, with ties, zeros and equalities on purpose. */
import fc from 'fast-check';
import type { ElasticNetwork } from '../elastic-network.ts';
import { makeRational, multiply, type Rational } from '../rational.ts';
import type { SecurityNetwork } from '../restaking-network.ts';

const small = fc.integer({ min: 0, max: 12 }).map((value) => makeRational(BigInt(value)));
const fraction = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom(1, 2, 3, 7))
  .map(([num, den]) => makeRational(BigInt(num), BigInt(den)));
const large = fc.bigInt({ min: 0n, max: 10n ** 30n }).map((value) => makeRational(value));

/** Amounts of one network have one size, else the largest decides everything. */
const amounts = fc.constantFrom(small, fraction, large);

const threshold = fc
  .constantFrom<[bigint, bigint]>([1n, 1n], [1n, 2n], [1n, 3n], [2n, 3n], [9n, 10n], [1n, 10n])
  .map(([num, den]) => makeRational(num, den));

export interface Size {
  readonly validators: number;
  readonly services: number;
}

function idsOf(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}

const countUpTo = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });

/** Networks with up to the given number of validators and services; all thresholds one where `isWhole`. */
export function securityNetwork(size: Size, isWhole = false): fc.Arbitrary<SecurityNetwork> {
  return fc
    .tuple(countUpTo(size.validators), countUpTo(size.services), amounts, amounts)
    .chain(([validatorCount, serviceCount, stake, anyProfit]) => {
      const validatorIds = idsOf('v', validatorCount);
      const serviceIds = idsOf('s', serviceCount);
      // Half of the networks have profits of the size of the stakes, where the question is open.
      const profit = fc.oneof(stake, anyProfit);
      return fc
        .tuple(
          fc.array(stake, { minLength: validatorCount, maxLength: validatorCount }),
          fc.array(fc.tuple(profit, isWhole ? fc.constant(makeRational(1n)) : threshold), {
            minLength: serviceCount,
            maxLength: serviceCount,
          }),
          fc.array(fc.integer({ min: 0, max: 2 }), {
            minLength: validatorCount * serviceCount,
            maxLength: validatorCount * serviceCount,
          }),
        )
        .map(([stakes, services, links]) => ({
          validators: validatorIds.map((id, index) => ({ id, stake: stakes[index]! })),
          services: serviceIds.map((id, index) => ({
            id,
            profit: services[index]![0],
            threshold: services[index]![1],
          })),
          edges: serviceIds.flatMap((serviceId, service) =>
            validatorIds.flatMap((validatorId, validator) =>
              links[service * validatorCount + validator]! > 0 ? [[serviceId, validatorId] as const] : [],
            ),
          ),
        }));
    });
}

/** Elastic networks whose allocations are tenths of the stakes. */
export function elasticNetwork(size: Size): fc.Arbitrary<ElasticNetwork> {
  return securityNetwork(size).chain(({ validators, services, edges }) => {
    const stakes = new Map(validators.map(({ id, stake }) => [id, stake]));
    return fc
      .array(fc.integer({ min: 1, max: 10 }), { minLength: edges.length, maxLength: edges.length })
      .map((tenths) => ({
        validators,
        services,
        allocations: edges
          .map(([serviceId, validatorId], index) => ({
            serviceId,
            validatorId,
            amount: multiply(stakes.get(validatorId)!, makeRational(BigInt(tenths[index]!), 10n)),
          }))
          .filter(({ amount }) => amount.num > 0n),
      }));
  });
}

export const share: fc.Arbitrary<Rational> = fc
  .integer({ min: 0, max: 20 })
  .map((value) => makeRational(BigInt(value), 40n));
