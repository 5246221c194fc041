/**
 * The benchmark's own random numbers: a workload must be the same on every machine and in every year, whatever the
 * engine's generator becomes. sfc32 (Chris Doty-Humphrey, PractRand), seeded through twelve rounds.
 */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  readonly uniform: () => number;
  /** Uniform whole number from 0 to below `bound`. */
  readonly below: (bound: number) => number;
  /** Standard normal. */
  readonly normal: () => number;
}

const WARM_UP = 12;

export function createRandom(seed: number): Random {
  let a = 0;
  let b = seed | 0;
  let c = 0x9e3779b9 | 0;
  let counter = 1;

  function next(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  }
  for (let round = 0; round < WARM_UP; round++) next();

  const uniform = (): number => next() / 2 ** 32;
  return {
    uniform,
    below: (bound) => Math.floor(uniform() * bound),
    // Box and Muller; 1 - u is above zero.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}
