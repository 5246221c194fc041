/** Networks of any size from a seed, shaped like real ones: stakes spread over orders of magnitude, in wei. */
import { makeRational } from '../rational.ts';
import type { SecurityEdge, SecurityNetwork } from '../restaking-network.ts';

export interface NetworkShape {
  readonly seed: number;
  readonly validators: number;
  readonly services: number;
  /** Services per validator, on average. */
  readonly degree: number;
  /** Profit of a service as a share of the stake that corrupts it, on average. */
  readonly profitability: number;
}

/** mulberry32: good enough for test data. */
export function makeDraw(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const THRESHOLDS = [makeRational(1n, 3n), makeRational(1n, 2n), makeRational(2n, 3n)];

export function makeNetwork(shape: NetworkShape): SecurityNetwork {
  const draw = makeDraw(shape.seed);
  const gwei = 10n ** 9n;
  const stakes = Array.from(
    { length: shape.validators },
    () => BigInt(Math.floor(Math.exp(draw() * 4) * 1e9)) * gwei + BigInt(Math.floor(draw() * 1e9)),
  );
  const behind = Array.from({ length: shape.services }, () => 0n);
  const edges: SecurityEdge[] = [];
  for (const [validator, stake] of stakes.entries()) {
    const count = Math.min(shape.services, 1 + Math.floor(draw() * (2 * shape.degree - 1)));
    const served = new Set<number>();
    while (served.size < count) served.add(Math.floor(draw() * shape.services));
    for (const service of served) {
      edges.push([`s${service}`, `v${validator}`]);
      behind[service]! += stake;
    }
  }
  const services = behind.map((stake, service) => {
    const threshold = THRESHOLDS[Math.floor(draw() * THRESHOLDS.length)]!;
    const permille = BigInt(Math.round(1000 * shape.profitability * (0.5 + draw())));
    const profit = makeRational((((stake * threshold.num) / threshold.den) * permille) / 1000n);
    return { id: `s${service}`, profit, threshold };
  });
  const validators = stakes.map((stake, validator) => ({ id: `v${validator}`, stake: makeRational(stake) }));
  return { validators, services, edges };
}
