/** What stands behind a pooled token as WAD fractions of one. Exact: rounded down, and what that leaves is hidden. */
import type { EvmAddress } from '../../../shared/domain/address.ts';
import type { TokenBacking } from '../../../shared/domain/observation.ts';
import { mulDivFloor, sumOf, WAD } from '../../../shared/domain/units.ts';

/** Stake in wei; `operator` is null where no service can slash it. */
export interface BackingPart {
  readonly operator: EvmAddress | null;
  readonly strategy: EvmAddress;
  readonly wei: bigint;
}

export type BackingShares = Omit<TokenBacking, 'instrument'>;

export const NOTHING_SEEN: BackingShares = { restaked: [], unrestakedShare: 0n, hiddenShare: WAD };

/**
 * Shares of `totalWei`, which the token stands for. Parts above it are scaled down to it: no share is ever negative,
 * and all of them add up to one. `idleWei` waits to be restaked.
 */
export function shareBacking(
  totalWei: bigint,
  parts: readonly BackingPart[],
  idleWei: bigint,
): BackingShares & { readonly seenWei: bigint } {
  const seenWei = sumOf(parts.map(({ wei }) => wei)) + idleWei;
  const whole = seenWei > totalWei ? seenWei : totalWei;
  if (whole <= 0n) return { ...NOTHING_SEEN, seenWei };
  const merged = new Map<string, { operator: EvmAddress; strategy: EvmAddress; wei: bigint }>();
  let unrestakedWei = idleWei;
  for (const { operator, strategy, wei } of parts) {
    if (operator === null) {
      unrestakedWei += wei;
      continue;
    }
    const key = `${operator}:${strategy}`;
    merged.set(key, { operator, strategy, wei: (merged.get(key)?.wei ?? 0n) + wei });
  }
  const restaked = Array.from(merged.values(), ({ operator, strategy, wei }) => ({
    operator,
    strategy,
    share: mulDivFloor(wei, WAD, whole),
  })).filter(({ share }) => share > 0n);
  const unrestakedShare = mulDivFloor(unrestakedWei, WAD, whole);
  const hiddenShare = WAD - unrestakedShare - sumOf(restaked.map(({ share }) => share));
  return { restaked, unrestakedShare, hiddenShare, seenWei };
}
