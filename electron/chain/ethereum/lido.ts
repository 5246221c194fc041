/**
 * Lido: stETH rebases, so its balance is in ETH already; wstETH is worth `stEthPerToken` stETH. Both are given back
 * as stETH.
 */
import { readLidoRequests } from './lido-requests.ts';
import type { TokenProtocol } from './token-protocol.ts';
import { defineView } from './view.ts';

const stEthPerToken = defineView('function stEthPerToken() view returns (uint256)');

export const lido: TokenProtocol = {
  writtenFor:
    'wstETH 1.0 over stETH and WithdrawalQueueERC721 as of Lido V2 (lidofinance/docs, docs/contracts)',
  tokens: ['stETH', 'wstETH'],
  rates: [{ instrument: 'wstETH', contract: 'wstETH', call: (target) => stEthPerToken(target) }],
  requests: { kind: 'by-owner', read: readLidoRequests },
};
