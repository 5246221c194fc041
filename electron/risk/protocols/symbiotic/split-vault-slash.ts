/**
 * How a slash is shared among those who are in a vault and those who are leaving it.
 * Source: symbioticfi/core@25a065a3, src/contracts/vault/Vault.sol, onSlash.
 */
import { minOf, mulDivFloor, type Assets } from '../../../../shared/domain/units.ts';
import { refuseNegative } from '../refuse.ts';

/**
 * What the vault holds that the slash can reach. Withdrawals asked for in an epoch are paid after the next one; what
 * was asked for in the epoch before the capture was no longer at stake.
 */
export type SlashableVault =
  /** Captured in the current epoch: withdrawals that end with this epoch are out of reach. */
  | { readonly capture: 'current'; readonly active: Assets; readonly nextWithdrawals: Assets }
  /** Captured in the epoch before: withdrawals that end with this epoch are within reach too. */
  | {
      readonly capture: 'previous';
      readonly active: Assets;
      /** Claimable once this epoch has ended. */
      readonly currentWithdrawals: Assets;
      /** Claimable once the next epoch has ended. */
      readonly nextWithdrawals: Assets;
    };

export interface VaultSlash {
  /** At most what the vault holds within reach; sent to the vault's burner. */
  readonly slashed: Assets;
  /** What each part lost; together `slashed`. */
  readonly fromActive: Assets;
  readonly fromNextWithdrawals: Assets;
  /** Null where the capture does not reach them. */
  readonly fromCurrentWithdrawals: Assets | null;
  /** The vault afterwards. */
  readonly vault: SlashableVault;
}

/**
 * Pro rata, each part rounded down, the remainder to the withdrawals: those of the next epoch, or, captured in the
 * epoch before, those of the current one, and what these do not hold to those of the next.
 *
 * @throws AppError scenario-invalid for amounts below zero
 */
export function splitVaultSlash(amount: Assets, vault: SlashableVault): VaultSlash {
  refuseNegative({ 'amount to slash': amount, 'active stake': vault.active });
  refuseNegative({ 'withdrawals of the next epoch': vault.nextWithdrawals });
  return vault.capture === 'current' ? splitInTwo(amount, vault) : splitInThree(amount, vault);
}

// `as Assets` below: bigint arithmetic drops the brand.

function splitInTwo(amount: Assets, vault: SlashableVault & { readonly capture: 'current' }): VaultSlash {
  const { active, nextWithdrawals } = vault;
  const slashable = active + nextWithdrawals;
  const slashed = minOf(amount, slashable);
  const fromActive = slashable === 0n ? 0n : mulDivFloor(slashed, active, slashable);
  const fromNext = slashed - fromActive;
  return {
    slashed: slashed as Assets,
    fromActive: fromActive as Assets,
    fromNextWithdrawals: fromNext as Assets,
    fromCurrentWithdrawals: null,
    vault: {
      capture: 'current',
      active: (active - fromActive) as Assets,
      nextWithdrawals: (nextWithdrawals - fromNext) as Assets,
    },
  };
}

function splitInThree(amount: Assets, vault: SlashableVault & { readonly capture: 'previous' }): VaultSlash {
  const { active, currentWithdrawals, nextWithdrawals } = vault;
  refuseNegative({ 'withdrawals of the current epoch': currentWithdrawals });
  const slashable = active + currentWithdrawals + nextWithdrawals;
  const slashed = minOf(amount, slashable);
  const fromActive = slashable === 0n ? 0n : mulDivFloor(slashed, active, slashable);
  const nextShare = slashable === 0n ? 0n : mulDivFloor(slashed, nextWithdrawals, slashable);
  const fromCurrent = minOf(slashed - fromActive - nextShare, currentWithdrawals);
  const fromNext = slashed - fromActive - fromCurrent;
  return {
    slashed: slashed as Assets,
    fromActive: fromActive as Assets,
    fromNextWithdrawals: fromNext as Assets,
    fromCurrentWithdrawals: fromCurrent as Assets,
    vault: {
      capture: 'previous',
      active: (active - fromActive) as Assets,
      currentWithdrawals: (currentWithdrawals - fromCurrent) as Assets,
      nextWithdrawals: (nextWithdrawals - fromNext) as Assets,
    },
  };
}
