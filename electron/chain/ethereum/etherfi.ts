/**
 * ether.fi: eETH rebases, so its balance is in ETH already; weETH is worth `getRate` eETH. Only their transfers tell
 * who owns a withdrawal request.
 */
import type { TokenProtocol } from './token-protocol.ts';
import { defineView } from './view.ts';

const getRate = defineView('function getRate() view returns (uint256)');

export const etherfi: TokenProtocol = {
  writtenFor: 'etherfi-protocol/smart-contracts b4a09680 (2026-07-15), src/WeETH.sol',
  tokens: ['eETH', 'weETH'],
  rates: [{ instrument: 'weETH', contract: 'weETH', call: (target) => getRate(target) }],
  requests: { kind: 'not-readable', contract: 'WithdrawRequestNFT' },
};
