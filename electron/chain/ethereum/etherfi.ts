/**
 * ether.fi: eETH rebases, so its balance is in ETH already; weETH is worth `getRate` eETH. One pool of stakers stands
 * behind both: what is wrapped is eETH too.
 */
import { readEtherfiRequests, requestTrail } from './etherfi-requests.ts';
import { nodeTrail, readEtherfiStakers } from './etherfi-stakers.ts';
import type { TokenProtocol } from './token-protocol.ts';
import { defineView } from './view.ts';

const getRate = defineView('function getRate() view returns (uint256)');

export const etherfi: TokenProtocol = {
  writtenFor:
    'etherfi-protocol/smart-contracts b4a09680 (2026-07-15), src/WeETH.sol, WithdrawRequestNFT.sol, StakingManager.sol',
  tokens: ['eETH', 'weETH'],
  rates: [{ instrument: 'weETH', contract: 'weETH', call: (target) => getRate(target) }],
  requests: {
    kind: 'by-events',
    contract: 'WithdrawRequestNFT',
    trail: requestTrail,
    read: readEtherfiRequests,
  },
  backing: {
    token: 'eETH',
    wrappers: ['weETH'],
    contract: 'EtherFiStakingManager',
    idle: 'EtherFiLiquidityPool',
    trail: nodeTrail,
    readStakers: readEtherfiStakers,
  },
};
