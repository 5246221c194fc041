/** Stakes with vaults as instruments: a claim on the token a vault holds, less what slashing takes of it. */
import { shortenAddress, type EvmAddress } from './address.ts';
import type { Instrument } from './instrument.ts';
import {
  VAULT_PROTOCOLS,
  type Observation,
  type VaultObservation,
  type VaultProtocol,
} from './observation.ts';

const NAMES: Readonly<Record<VaultProtocol, string>> = { karak: 'Karak', symbiotic: 'Symbiotic' };

/** The instrument that a stake with a vault is. Of a token of unknown decimals it counts the smallest unit, and says so. */
export function nameVaultStake(
  protocol: VaultProtocol,
  vault: EvmAddress,
  held: Instrument | null,
  observed: VaultObservation | null,
): Instrument {
  const place = NAMES[protocol];
  const token = held?.symbol ?? observed?.name ?? shortenAddress(vault);
  const decimals = held?.decimals ?? observed?.decimals;
  const contract = `contract:${protocol}`;
  return {
    id: `${protocol}:${vault}`,
    symbol: decimals === undefined ? `base units of ${token} in ${place}` : `${token} in ${place}`,
    name: `${held?.name ?? token}, in a vault of ${place}`,
    decimals: decimals ?? 0,
    family: 'restaked',
    issuer: place,
    dependsOn: [contract, ...(held?.dependsOn ?? [])],
  };
}

/** Stands in for the stakes or withdrawals of an account whose list could not be read. */
export function nameUnreadVaults(protocol: VaultProtocol): Instrument {
  const place = NAMES[protocol];
  return {
    id: protocol,
    symbol: place,
    name: `${place}, not read`,
    decimals: 18,
    family: 'restaked',
    issuer: place,
    dependsOn: [`contract:${protocol}`],
  };
}

export function isUnreadVaults({ id }: Pick<Instrument, 'id'>): boolean {
  return VAULT_PROTOCOLS.some((protocol) => protocol === id);
}

/** The vault that a stake is in, by the id of its instrument. */
export function findVaultById({ vaults = [] }: Observation, id: string): VaultObservation | null {
  return vaults.find(({ protocol, address }) => id === `${protocol}:${address}`) ?? null;
}

/** Which protocol's vault an instrument is a stake with, and where it is; null for any other instrument. */
export function parseVaultInstrument(
  id: string,
): { readonly protocol: VaultProtocol; readonly vault: string } | null {
  const [first = '', vault] = id.split(':');
  const protocol = VAULT_PROTOCOLS.find((one) => one === first);
  return protocol === undefined || vault === undefined ? null : { protocol, vault };
}

/** Names the list of stakes, or of withdrawals, with the vaults of a protocol among what was read of an account. */
export function nameVaultList(protocol: VaultProtocol, stage: 'restaked' | 'leaving'): string {
  return `vaults:${protocol}:${stage}`;
}
