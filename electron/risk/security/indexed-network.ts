/**
 * A restaking network as arrays: ids become indexes, amounts become integers on one common scale. Sums and
 * comparisons of stakes and profits are then exact integer arithmetic, and edges are walked without a lookup.
 */
import { gcd, lcm, makeRational, type Rational } from './rational.ts';
import type { SecurityNetwork } from './restaking-network.ts';

/** Neighbours in compressed rows: those of row i are `entries[starts[i]]` to before `entries[starts[i + 1]]`. */
export interface Adjacency {
  readonly starts: Int32Array;
  readonly entries: Int32Array;
}

export interface IndexedNetwork {
  readonly validatorIds: readonly string[];
  readonly serviceIds: readonly string[];
  /** sigma_v in units of `unit`. */
  readonly stakes: readonly bigint[];
  /** pi_s in units of `unit`. */
  readonly profits: readonly bigint[];
  readonly thresholds: readonly Rational[];
  /** Validators of each service, ascending. */
  readonly validatorsOf: Adjacency;
  /** Services of each validator, ascending. */
  readonly servicesOf: Adjacency;
  /** sigma_N(s): stake behind each service, in units of `unit`. */
  readonly serviceStakes: readonly bigint[];
  /** What one unit is: the largest amount of which every stake and every profit is a whole multiple. */
  readonly unit: Rational;
}

/** Indexes a valid network (buildSecurityNetwork). */
export function indexNetwork(network: SecurityNetwork): IndexedNetwork {
  const { validators, services, edges } = network;
  const { unit, amounts } = scaleToIntegers([
    ...validators.map(({ stake }) => stake),
    ...services.map(({ profit }) => profit),
  ]);
  const validatorIndex = new Map(validators.map(({ id }, index) => [id, index]));
  const serviceIndex = new Map(services.map(({ id }, index) => [id, index]));
  const pairs = edges.map(
    ([serviceId, validatorId]) => [serviceIndex.get(serviceId)!, validatorIndex.get(validatorId)!] as const,
  );
  const stakes = amounts.slice(0, validators.length);
  const servicesOf = groupPairs(
    validators.length,
    pairs.map(([service, validator]) => [validator, service]),
  );
  const validatorsOf = groupPairs(services.length, pairs);
  return {
    validatorIds: validators.map(({ id }) => id),
    serviceIds: services.map(({ id }) => id),
    stakes,
    profits: amounts.slice(validators.length),
    thresholds: services.map(({ threshold }) => threshold),
    validatorsOf,
    servicesOf,
    serviceStakes: services.map((_, service) => sumStakes(stakes, validatorsOf, service)),
    unit,
  };
}

/** The entries of one row, as a view. */
export function rowOf({ starts, entries }: Adjacency, row: number): Int32Array {
  return entries.subarray(starts[row], starts[row + 1]);
}

export function countEntries({ starts }: Adjacency, row: number): number {
  return starts[row + 1]! - starts[row]!;
}

function sumStakes(stakes: readonly bigint[], validatorsOf: Adjacency, service: number): bigint {
  let sum = 0n;
  for (const validator of rowOf(validatorsOf, service)) sum += stakes[validator]!;
  return sum;
}

/** Amounts as whole multiples of the largest unit that divides all of them; the unit is 1 where all are zero. */
export function scaleToIntegers(amounts: readonly Rational[]): { unit: Rational; amounts: bigint[] } {
  let denominator = 1n;
  for (const { den } of amounts) denominator = lcm(denominator, den);
  const scaled = amounts.map(({ num, den }) => num * (denominator / den));
  let divisor = 0n;
  for (const amount of scaled) divisor = gcd(divisor, amount);
  if (divisor === 0n) return { unit: { num: 1n, den: 1n }, amounts: scaled };
  return { unit: makeRational(divisor, denominator), amounts: scaled.map((amount) => amount / divisor) };
}

/** Groups (row, entry) pairs by row, the entries of a row ascending. */
export function groupPairs(rowCount: number, pairs: readonly (readonly [number, number])[]): Adjacency {
  const starts = new Int32Array(rowCount + 1);
  for (const [row] of pairs) starts[row + 1]! += 1;
  for (let row = 0; row < rowCount; row += 1) starts[row + 1]! += starts[row]!;
  const next = starts.slice(0, rowCount);
  const entries = new Int32Array(pairs.length);
  for (const [row, entry] of pairs) {
    entries[next[row]!] = entry;
    next[row]! += 1;
  }
  const adjacency = { starts, entries };
  for (let row = 0; row < rowCount; row += 1) rowOf(adjacency, row).sort();
  return adjacency;
}
