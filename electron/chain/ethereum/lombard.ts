/** Lombard: LBTC is worth `getRate` BTC, one over the ratio that its notaries publish, since July 2025. */
import type { TokenProtocol } from './token-protocol.ts';
import { defineView } from './view.ts';

const getRate = defineView('function getRate() view returns (uint256)');

export const lombard: TokenProtocol = {
  writtenFor: 'lombard-finance/evm-smart-contracts d57bca6e, contracts/LBTC/StakedLBTCOracle.sol',
  tokens: ['LBTC'],
  rates: [{ instrument: 'LBTC', contract: 'StakedLBTCOracle', call: (target) => getRate(target) }],
};
