/**
 * Outputs too small to be relayed, by what they pay to.
 * Source: btcsuite/btcd, mempool/policy.go, GetDustThreshold and IsDust: three times the bytes of the output and of the
 * input that would spend it, at the default relay fee of 1 sat per byte.
 */
import type { Sat } from '../../../../shared/domain/units.ts';

/** `op-return` burns what it holds; it is standard at any amount (btcstaking/staking.go, isOPReturn). */
export type OutputKind = 'op-return' | 'p2tr' | 'p2wpkh' | 'p2pkh';

/** Bytes of the output, and of a later input that spends it. A witness counts a quarter. */
const BYTES: Readonly<Record<Exclude<OutputKind, 'op-return'>, readonly [output: bigint, input: bigint]>> = {
  p2tr: [43n, 67n],
  p2wpkh: [31n, 67n],
  p2pkh: [34n, 148n],
};

/** The least an output of this kind may hold: 330, 294 and 546 sat; 0 for OP_RETURN. */
export function findDustLimit(kind: OutputKind): Sat {
  if (kind === 'op-return') return 0n as Sat;
  const [output, input] = BYTES[kind];
  // `as`: bigint arithmetic drops the brand.
  return (3n * (output + input)) as Sat;
}

export function isDust(amount: Sat, kind: OutputKind): boolean {
  return amount < findDustLimit(kind);
}
