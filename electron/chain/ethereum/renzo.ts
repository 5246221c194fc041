/** Renzo: ezETH is worth what the issuer's rate provider says, total value locked over supply. */
import { readRenzoRequests } from './renzo-requests.ts';
import { readRenzoStakers } from './renzo-stakers.ts';
import type { TokenProtocol } from './token-protocol.ts';
import { defineView } from './view.ts';

const getRate = defineView('function getRate() view returns (uint256)');

export const renzo: TokenProtocol = {
  writtenFor: 'Renzo-Protocol/contracts-public fc8c8e08 (2025-12-10), BalancerRateProvider and WithdrawQueue',
  tokens: ['ezETH'],
  rates: [{ instrument: 'ezETH', contract: 'RenzoRateProvider', call: (target) => getRate(target) }],
  requests: { kind: 'by-owner', read: readRenzoRequests },
  backing: {
    token: 'ezETH',
    contract: 'RestakeManager',
    idle: 'RestakeManager',
    readStakers: readRenzoStakers,
  },
};
