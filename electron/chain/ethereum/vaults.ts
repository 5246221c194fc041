/** What vaults of every protocol have in common: the token one holds, and what is known of it. */
import { shortenAddress, toEvmAddress, type EvmAddress } from '../../../shared/domain/address.ts';
import type { VaultAccount, VaultObservation, VaultProtocol } from '../../../shared/domain/observation.ts';
import type { ReadContext } from './context.ts';
import { readToken } from './find-token.ts';
import { ask, forEach, type Reader } from './rounds.ts';
import { defineView } from './view.ts';

/** No name of the network file: stakes may be in any vault. */
export const VAULT_CONTRACT = 'Vault';

export interface VaultsRead {
  /** In the order of the addresses; null where the chain has no such protocol. */
  readonly accounts: readonly (VaultAccount | null)[];
  readonly vaults: readonly VaultObservation[];
}

export const NO_VAULTS: VaultsRead = { accounts: [], vaults: [] };

/** ERC-4626. */
const assetOf = defineView('function asset() view returns (address)');

export function readVaults(
  context: ReadContext,
  protocol: VaultProtocol,
  addresses: readonly EvmAddress[],
): Reader<VaultObservation[]> {
  return forEach(addresses, function* (address): Reader<VaultObservation> {
    const asset = yield* ask(assetOf({ contract: VAULT_CONTRACT, address }));
    if (!asset.ok) return { address, protocol, instrument: null, token: null, name: shortenAddress(address) };
    const token = toEvmAddress(asset.value);
    return { address, protocol, token, ...(yield* readToken(context, token)) };
  });
}
