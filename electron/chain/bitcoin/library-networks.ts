/** Bitcoin's networks as the library writes their addresses. */
import { ecc } from '@bitcoinerlab/descriptors';
import { initEccLib, networks, type Network } from 'bitcoinjs-lib';
import type { BitcoinNetwork } from '../../../shared/domain/bitcoin.ts';

// The library checks that the key in a taproot address is a point, and is handed the curve for it.
initEccLib(ecc);

export const libraryNetworks: Readonly<Record<BitcoinNetwork, Network>> = {
  mainnet: networks.bitcoin,
  testnet: networks.testnet,
  // Addresses of signet are written as those of testnet.
  signet: networks.testnet,
  regtest: networks.regtest,
};
