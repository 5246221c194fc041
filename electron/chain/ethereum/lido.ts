/**
 * Lido: stETH rebases, so its balance is in ETH already; wstETH is worth `stEthPerToken` stETH. Withdrawal requests
 * are not read here.
 */
import type { TokenProtocol } from './token-protocol.ts';
import { defineView } from './view.ts';

const stEthPerToken = defineView('function stEthPerToken() view returns (uint256)');

export const lido: TokenProtocol = {
  writtenFor: 'wstETH 1.0 over stETH as of Lido V2 (lidofinance/docs, docs/contracts/wsteth.md)',
  tokens: ['stETH', 'wstETH'],
  rates: [{ instrument: 'wstETH', contract: 'wstETH', call: (target) => stEthPerToken(target) }],
};
