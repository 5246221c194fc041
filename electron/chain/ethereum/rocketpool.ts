/** Rocket Pool: rETH is worth its part of what the oracle DAO last reported as staked. Burning it leaves no request. */
import { askNamed } from './context.ts';
import type { TokenProtocol } from './token-protocol.ts';
import { defineView } from './view.ts';

const getExchangeRate = defineView('function getExchangeRate() view returns (uint256)');
/** Ether in the token's contract and in excess in the deposit pool: what burning is paid from. */
const getTotalCollateral = defineView('function getTotalCollateral() view returns (uint256)');

export const rocketpool: TokenProtocol = {
  writtenFor: 'rocket-pool/docs.rocketpool.net 133063e6 (2026-08-20), RocketTokenRETH',
  tokens: ['rETH'],
  rates: [{ instrument: 'rETH', contract: 'rETH', call: (target) => getExchangeRate(target) }],
  redeem: {
    token: 'rETH',
    *read(context) {
      const reading = yield* askNamed(context, 'rETH', (target) => getTotalCollateral(target));
      return { kind: 'there', reading };
    },
  },
};
