import type { EvmAddress } from '../../../shared/domain/address.ts';
import { INSTRUMENTS } from '../../../shared/domain/instrument.ts';
import { CONTRACT_NAMES, type Network } from '../../../shared/domain/network.ts';

/** The instrument of a token of the network file. Going by address: anybody can call a token "stETH". */
export function findTokenName(network: Network, token: EvmAddress): string | null {
  const name = CONTRACT_NAMES.find((contract) => network.contracts[contract]?.address === token);
  return INSTRUMENTS.find(({ id }) => id === name)?.id ?? null;
}
