/** ether.fi's eBTC: a vault of LBTC, WBTC and cbBTC, worth what its accountant says in the vault's base. */
import type { TokenProtocol } from './token-protocol.ts';
import { defineView } from './view.ts';

const getRate = defineView('function getRate() view returns (uint256)');
const decimalsOf = defineView('function decimals() view returns (uint8)');

export const etherfiBtc: TokenProtocol = {
  writtenFor:
    'Se7en-Seas/boring-vault, AccountantWithRateProviders.sol, as reviewed for Balancer (eBTCRateProvider.md)',
  tokens: ['eBTC'],
  rates: [
    {
      instrument: 'eBTC',
      contract: 'eBTCAccountant',
      call: (target) => getRate(target),
      decimals: (target) => decimalsOf(target),
    },
  ],
  requests: { kind: 'not-readable', contract: 'BoringOnChainQueue' },
};
