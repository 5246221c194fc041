/**
 * Kelp: rsETH is worth what the issuer's oracle says. The oracle did not move when bridged rsETH was stolen in April
 * 2026, so this is the book rate and nothing more.
 */
import { readKelpRequests } from './kelp-requests.ts';
import { readKelpStakers } from './kelp-stakers.ts';
import type { TokenProtocol } from './token-protocol.ts';
import { defineView } from './view.ts';

const rsETHPrice = defineView('function rsETHPrice() view returns (uint256)');

export const kelp: TokenProtocol = {
  writtenFor: 'Kelp-DAO/LRT-rsETH c289b815 (2025-02-26), LRTOracle and LRTWithdrawalManager',
  tokens: ['rsETH'],
  rates: [{ instrument: 'rsETH', contract: 'LRTOracle', call: (target) => rsETHPrice(target) }],
  requests: { kind: 'by-owner', read: readKelpRequests },
  backing: {
    token: 'rsETH',
    contract: 'LRTDepositPool',
    idle: 'LRTDepositPool',
    readStakers: readKelpStakers,
  },
};
