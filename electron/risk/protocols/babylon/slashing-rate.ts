/**
 * Which slashing rates Babylon accepts.
 * Source: babylonlabs-io/babylon@a3b6540f, btcstaking/types.go, IsSlashingRateValid.
 */
import { WAD, type Wad } from '../../../../shared/domain/units.ts';

/** 1e-4 as a WAD: rates have at most four decimals. */
export const SLASHING_RATE_STEP = WAD / 10_000n;

/**
 * Above 0, below 1, at most four decimals. The chain holds a rate as a decimal of 18 places (LegacyDec), which is a
 * WAD.
 */
export function isSlashingRateValid(rate: Wad): boolean {
  return rate > 0n && rate < WAD && rate % SLASHING_RATE_STEP === 0n;
}
