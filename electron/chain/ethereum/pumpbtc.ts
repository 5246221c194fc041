/** PumpBTC: pumpBTC is minted one for one. */
import type { TokenProtocol } from './token-protocol.ts';

export const pumpbtc: TokenProtocol = {
  writtenFor:
    'pumpBTC as listed by DefiLlama/DefiLlama-Adapters, registries/sumTokens.js: an ERC-20 of 8 decimals',
  tokens: ['pumpBTC'],
  rates: [],
  requests: { kind: 'not-readable', contract: 'PumpStaking' },
};
