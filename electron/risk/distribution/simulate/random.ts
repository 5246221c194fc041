/**
 * Random streams of the simulation. Each factor bin has a stream of its own, seeded by the run's seed and the bin, so
 * that a result depends on the seed alone: not on how many workers there are, nor on which of them took the bin.
 *
 * The generator is xoshiro128++ (Blackman & Vigna 2019): all its bits are equally good, which the sampler needs, for it
 * takes a table cell from the high bits of a draw and a threshold from the low ones. assembly/kernel.ts runs the same
 * four lines.
 */

export type RandomState = Int32Array;

/** Draws thrown away after seeding, so that similar seeds have nothing in common. */
const WARM_UP = 8;

export function createRandom(seed: number, stream: number): RandomState {
  const high = Math.floor(seed / 2 ** 32) | 0;
  let mixed = mixBits(seed ^ Math.imul(high, 0x85ebca6b));
  const next = (): number => (mixed = mixBits((mixed + 0x9e3779b9) | 0));
  const state = Int32Array.of(
    next(),
    next() ^ Math.imul(stream + 1, 0x9e3779b1),
    next() ^ mixBits(stream),
    next() | 1,
  );
  for (let i = 0; i < WARM_UP; i++) drawBits(state);
  return state;
}

/** 32 uniform bits, as a signed integer. */
export function drawBits(state: RandomState): number {
  const a = state[0]!;
  const b = state[1]!;
  const d = state[3]!;
  const sum = (a + d) | 0;
  const c = state[2]! ^ a;
  const e = d ^ b;
  state[1] = b ^ c;
  state[0] = a ^ e;
  state[2] = c ^ (b << 9);
  state[3] = (e << 11) | (e >>> 21);
  return (((sum << 7) | (sum >>> 25)) + a) | 0;
}

/** Uniform above 0 and below 1, on the middles of 2^32 steps. */
export function drawUniform(state: RandomState): number {
  return ((drawBits(state) >>> 0) + 0.5) * 2 ** -32;
}

/** A bijection of 32-bit integers that spreads every bit over all others (Chris Wellons, "lowbias32"). */
export function mixBits(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return x ^ (x >>> 15);
}
