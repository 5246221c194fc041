import { SECOND_UNIT, type Figure } from './figure.ts';

/** When a request can be claimed: from a block, or from a Unix second. */
type ClaimEnd =
  { readonly kind: 'block'; readonly block: bigint } | { readonly kind: 'second'; readonly second: bigint };

/** Null where no view says so, or what it said could not be read. */
export function readClaimEnd(claimableFrom: Figure | null | undefined): ClaimEnd | null {
  const value = claimableFrom?.value ?? null;
  if (value === null) return null;
  return claimableFrom?.unit.symbol === SECOND_UNIT.symbol
    ? { kind: 'second', second: value }
    : { kind: 'block', block: value };
}
