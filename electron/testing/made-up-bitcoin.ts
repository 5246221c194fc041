/** Made-up readings of Bitcoin as a reader hands them over. */
import type { BitcoinNetwork } from '../../shared/domain/bitcoin.ts';
import { makeBitcoinObservation } from '../../shared/domain/testing/made-up-bitcoin.ts';
import type { BitcoinReading, BitcoinReadRequest } from '../services/readers.ts';

/** One and a half BTC for each account. */
export function makeBitcoinReading(
  network: BitcoinNetwork,
  accounts: BitcoinReadRequest['accounts'],
): BitcoinReading {
  return {
    observation: makeBitcoinObservation(
      accounts.map(({ account }) => ({ accountId: account.id })),
      { network },
    ),
    wallets: [],
    headers: [],
  };
}
