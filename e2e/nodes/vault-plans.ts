/** The vaults of a deployment: Karak's, and Symbiotic's of both versions. */
import { concat, pad, toHex, type Address, type Hex } from 'viem';
import type { Plan } from './calls.ts';
import { operators, services } from './operators.ts';

export type VaultKey =
  | 'VaultSupervisor'
  | 'DelegationSupervisor'
  | 'KarakVault'
  | 'KarakWethVault'
  | 'SymbioticVault'
  | 'SymbioticDelegator'
  | 'SymbioticVaultV2'
  | 'SymbioticUniversalDelegator'
  | 'SymbioticAppAdapter'
  | 'SymbioticYieldAdapter';

/** Plays whatever may slash: no contract of its own. */
export const symbioticSlasher: Address = '0x0900000000000000000000000000000000000055';

/** A network's part of this number, as Symbiotic writes it. */
export function subnetworkOf(network: Address, part: bigint): Hex {
  return concat([network, pad(toHex(part), { size: 12 })]);
}

export interface VaultOptions {
  /** Seconds a withdrawal from Karak waits. Default 9 days. */
  karakDelaySeconds?: number;
  /** Seconds of an epoch of Symbiotic's first vault. Default 7 days. */
  epochSeconds?: number;
}

/** Symbiotic's first vault stands with the first operator for the first service, once the service sets a limit. */
export function planVaults(
  at: (key: VaultKey | 'rsETH' | 'WETH') => Address,
  options: VaultOptions,
): Record<VaultKey, Plan> {
  return {
    VaultSupervisor: { contract: 'VaultSupervisor', args: [at('DelegationSupervisor')] },
    DelegationSupervisor: {
      contract: 'DelegationSupervisor',
      args: [at('VaultSupervisor'), options.karakDelaySeconds ?? 777_600],
    },
    KarakVault: { contract: 'KarakVault', args: [at('rsETH')] },
    KarakWethVault: { contract: 'KarakVault', args: [at('WETH')] },
    SymbioticVault: { contract: 'SymbioticVault', args: [at('rsETH'), options.epochSeconds ?? 604_800] },
    SymbioticDelegator: {
      contract: 'SymbioticDelegator',
      args: [3, at('SymbioticVault'), operators.first, services.first],
    },
    SymbioticUniversalDelegator: { contract: 'SymbioticUniversalDelegator' },
    SymbioticVaultV2: {
      contract: 'SymbioticVaultV2',
      args: [at('rsETH'), at('SymbioticUniversalDelegator')],
    },
    SymbioticAppAdapter: {
      contract: 'SymbioticAppAdapter',
      args: [at('rsETH'), operators.second, subnetworkOf(services.second, 1n)],
    },
    SymbioticYieldAdapter: { contract: 'SymbioticYieldAdapter', args: [at('rsETH')] },
  };
}
