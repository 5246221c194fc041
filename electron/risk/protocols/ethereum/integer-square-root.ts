import { refuseNegative } from '../refuse.ts';

/**
 * The largest integer whose square is at most `n`, by Newton's iteration from above.
 * Source: consensus-specs@a08d8a6, specs/phase0/beacon-chain.md, integer_squareroot; not limited to 64 bits here.
 *
 * @throws AppError scenario-invalid for n below zero
 */
export function computeIntegerSquareRoot(n: bigint): bigint {
  refuseNegative({ number: n });
  if (n < 2n) return n;
  // A power of two that is not below the root, so that the iteration only ever falls.
  let root = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
