/** Coinbase: cbETH is worth what Coinbase sets as its rate. It is unwrapped inside an account there, not on the chain. */
import type { TokenProtocol } from './token-protocol.ts';
import { defineView } from './view.ts';

const exchangeRate = defineView('function exchangeRate() view returns (uint256)');

export const coinbase: TokenProtocol = {
  writtenFor: 'cbETH as in balancer/code-review, rate-providers/registry.json (undated)',
  tokens: ['cbETH'],
  rates: [{ instrument: 'cbETH', contract: 'cbETH', call: (target) => exchangeRate(target) }],
};
