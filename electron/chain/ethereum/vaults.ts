/** What vaults of every protocol have in common: the token one holds, and what is known of it. */
import { shortenAddress, type EvmAddress } from '../../../shared/domain/address.ts';
import type { VaultAccount, VaultObservation, VaultProtocol } from '../../../shared/domain/observation.ts';
import type { ReadContext } from './context.ts';
import { readToken } from './find-token.ts';
import type { Reader } from './rounds.ts';
import type { Outcome } from './view.ts';

export interface VaultsRead {
  /** In the order of the addresses; null, or none at all, where the chain has no such protocol. */
  readonly accounts: readonly (VaultAccount | null)[];
  readonly vaults: readonly VaultObservation[];
}

export const NO_VAULTS: VaultsRead = { accounts: [], vaults: [] };

/** `token`: what the vault said that it holds. */
export function* describeVault(
  context: ReadContext,
  protocol: VaultProtocol,
  address: EvmAddress,
  token: Outcome<EvmAddress>,
): Reader<VaultObservation> {
  if (!token.ok) return { address, protocol, instrument: null, token: null, name: shortenAddress(address) };
  return { address, protocol, token: token.value, ...(yield* readToken(context, token.value)) };
}
