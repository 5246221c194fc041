/** Wrapped ether and bitcoin: one for one, by a contract or by a custodian's word. */
import type { TokenProtocol } from './token-protocol.ts';

export const wrapped: TokenProtocol = {
  writtenFor:
    'WETH9, WBTC and cbBTC as ERC-20 tokens: no rate, and nothing on the chain for what is given back',
  tokens: ['WETH', 'WBTC', 'cbBTC'],
  rates: [],
};
