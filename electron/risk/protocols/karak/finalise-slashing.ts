/**
 * What an earmarked slash takes once its veto window is over.
 * Source: code-423n4/2024-07-karak@d803024a, src/entities/SlasherLib.sol, finalizeSlashing; src/Vault.sol, slashAssets.
 * The slashing handler of the asset sends what it takes to the zero address: it is burnt (src/SlashingHandler.sol).
 */
import { minOf, type Assets } from '../../../../shared/domain/units.ts';
import { refuseNegative } from '../refuse.ts';
import { SLASHING_VETO_WINDOW } from './constants.ts';

export interface FinalisedSlashing {
  /** min(what the vault holds, earmarked). At zero the handler reverts (ZeroAmount) and nothing happens. */
  readonly paid: Assets;
  readonly assetsLeft: Assets;
}

/** @throws AppError scenario-invalid for amounts below zero */
export function finaliseSlashing(totalAssets: Assets, earmarked: Assets): FinalisedSlashing {
  refuseNegative({ 'total of a vault’s assets': totalAssets, 'earmarked amount': earmarked });
  const paid = minOf(totalAssets, earmarked);
  // `as`: bigint arithmetic drops the brand.
  return { paid: paid as Assets, assetsLeft: (totalAssets - paid) as Assets };
}

/** Whether a request of `requestedAt` can be finalised at `now`, both in seconds, unless it was vetoed. */
export function isFinalisable(requestedAt: bigint, now: bigint): boolean {
  return now >= requestedAt + SLASHING_VETO_WINDOW;
}
