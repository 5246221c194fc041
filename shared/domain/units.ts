/**
 * Branded amounts. Every amount is a bigint in the smallest unit of its kind; the brand keeps a gwei from being
 * added to a wei. Units are moved only by the helpers here, each of which says how it rounds.
 */
import { z } from 'zod';

declare const unit: unique symbol;

/** A bigint that counts the smallest unit of `U`. */
export type Amount<U extends string> = bigint & { readonly [unit]: U };

/** Wei, 1e-18 ETH. */
export type Wei = Amount<'wei'>;
/** Gwei, 1e-9 ETH: what the consensus layer counts in. */
export type Gwei = Amount<'gwei'>;
/** Satoshi, 1e-8 BTC. */
export type Sat = Amount<'sat'>;
/** Fixed point with 18 decimals: 1e18 is one (EigenLayer magnitudes, factors, shares of a whole, ETH per token). */
export type Wad = Amount<'wad'>;
/** EigenLayer strategy shares, 18 decimals. */
export type Shares = Amount<'shares'>;
/** An ERC-20 token that a vault holds as collateral, in its smallest unit. */
export type Assets = Amount<'assets'>;
/** Per cent with 18 decimals: 1e18 is 1%, 100e18 is all of it (Karak). */
export type PercentWad = Amount<'percent-wad'>;
/** US dollars with 8 decimals. */
export type UsdE8 = Amount<'usd-e8'>;

export const WAD = (10n ** 18n) as Wad;

/** A zod schema for a branded bigint. The brand exists at compile time only, hence the cast. */
function amountSchema<T extends bigint>(): z.ZodType<T, T> {
  return z.bigint() as unknown as z.ZodType<T, T>;
}

export const weiSchema = amountSchema<Wei>();
export const wadSchema = amountSchema<Wad>();
export const sharesSchema = amountSchema<Shares>();

/** a * b / d, rounded down. Operands are not negative; d is above zero. */
export function mulDivFloor(a: bigint, b: bigint, d: bigint): bigint {
  return (a * b) / d;
}

/** a * b / d, rounded up. Operands are not negative; d is above zero. */
export function mulDivCeil(a: bigint, b: bigint, d: bigint): bigint {
  const product = a * b;
  return product === 0n ? 0n : (product - 1n) / d + 1n;
}

/** Token amount times its rate (ETH per whole token, 18 decimals), in wei, rounded down. */
export function weiOfTokens(amount: bigint, decimals: number, rate: bigint): Wei {
  return mulDivFloor(amount, rate, 10n ** BigInt(decimals)) as Wei;
}

/** Wei times a dollar price of one ETH (8 decimals), rounded down to 1e-8 dollar. */
export function usdOfWei(amount: bigint, priceOfEth: bigint): UsdE8 {
  return mulDivFloor(amount, priceOfEth, WAD) as UsdE8;
}

/** Satoshi times a dollar price of one BTC (8 decimals), rounded down to 1e-8 dollar. */
export function usdOfSat(amount: bigint, priceOfBtc: bigint): UsdE8 {
  return mulDivFloor(amount, priceOfBtc, 10n ** 8n) as UsdE8;
}

/** `whole` times a share of one (18 decimals), rounded down. */
export function shareOf(whole: bigint, share: bigint): bigint {
  return mulDivFloor(whole, share, WAD);
}

/** part / whole as a WAD fraction, rounded down; null where the whole is zero, because no share exists then. */
export function fractionOf(part: bigint, whole: bigint): Wad | null {
  return whole === 0n ? null : (mulDivFloor(part, WAD, whole) as Wad);
}

export function minOf(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

export function maxOf(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

export function sumOf(values: Iterable<bigint>): bigint {
  let total = 0n;
  for (const value of values) total += value;
  return total;
}
