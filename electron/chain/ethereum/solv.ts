/**
 * Solv: SolvBTC is issued one for one. xSolvBTC is worth what its oracle says in SolvBTC; the oracle reverts while no value is
 * set, and the rate is then not known. What is asked back is a token of its own, which no view lists by owner.
 */
import type { TokenProtocol } from './token-protocol.ts';
import { defineView } from './view.ts';

const getNav = defineView('function getNav(address erc20) view returns (uint256)');
const navDecimals = defineView('function navDecimals(address erc20) view returns (uint8)');

export const solv: TokenProtocol = {
  writtenFor: 'solv-finance/SolvBTC c371d219 (2026-04-29), contracts/oracle/XSolvBTCOracle.sol',
  tokens: ['SolvBTC', 'xSolvBTC'],
  rates: [
    {
      instrument: 'xSolvBTC',
      contract: 'XSolvBTCOracle',
      call: (target, token) => getNav(target, token),
      decimals: (target, token) => navDecimals(target, token),
    },
  ],
  requests: { kind: 'not-readable', contract: 'OpenFundRedemption' },
};
