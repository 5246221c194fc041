/** Rocket Pool: rETH is worth its part of what the oracle DAO last reported as staked. Burning it leaves no request. */
import type { TokenProtocol } from './token-protocol.ts';
import { defineView } from './view.ts';

const getExchangeRate = defineView('function getExchangeRate() view returns (uint256)');

export const rocketpool: TokenProtocol = {
  writtenFor: 'rocket-pool/docs.rocketpool.net 133063e6 (2026-08-20), RocketTokenRETH',
  tokens: ['rETH'],
  rates: [{ instrument: 'rETH', contract: 'rETH', call: (target) => getExchangeRate(target) }],
};
