/**
 * The satoshi a slashing takes of an output, before the fee.
 * Source: babylonlabs-io/babylon@a3b6540f, btcstaking/staking.go, buildSlashingTxFromOutpoint; btcsuite/btcd,
 * btcutil/amount.go, MulF64 and round.
 */
import type { Sat, Wad } from '../../../../shared/domain/units.ts';
import { refuse } from '../refuse.ts';
import { isSlashingRateValid, SLASHING_RATE_STEP } from './slashing-rate.ts';

/** All bitcoin there can be, in satoshi: no output holds more (MAX_MONEY). */
export const MAX_SATOSHI = 2_100_000_000_000_000n as Sat;

/**
 * stake x rate in 64-bit floating point, rounded half away from zero: floating point because Babylon's own figure is
 * made so, and one satoshi decides whether a transaction is valid. Every step is the one of the Go code: amounts below
 * 2^53 are exact, the rate is the double nearest to its decimals (a quotient of two exact integers is correctly
 * rounded), and trunc(x + 0.5) adds in doubles as well.
 *
 * @throws AppError scenario-invalid for a stake that is not above zero and at most 21 million BTC, or a rate Babylon
 *   does not accept
 */
export function computeSlashedAmount(stake: Sat, rate: Wad): Sat {
  if (stake <= 0n || stake > MAX_SATOSHI) {
    refuse(
      'The stake is not an amount of bitcoin.',
      `stake ${stake.toString()} sat`,
      'Enter an amount above zero and at most 21 million BTC.',
    );
  }
  if (!isSlashingRateValid(rate)) {
    refuse(
      'Babylon does not accept this slashing rate.',
      `ErrInvalidSlashingRate: ${rate.toString()} of 1e18`,
      'Enter a rate above 0 and below 1 with at most four decimals.',
    );
  }
  const rateAsDouble = Number(rate / SLASHING_RATE_STEP) / 10_000;
  // `as`: bigint arithmetic drops the brand.
  return BigInt(Math.trunc(Number(stake) * rateAsDouble + 0.5)) as Sat;
}
