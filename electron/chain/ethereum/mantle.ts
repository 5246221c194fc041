/**
 * mETH Protocol: mETH is worth what its staking contract converts it to. cmETH is fixed at one mETH by the protocol's
 * own documents, so it has mETH's rate: a shortfall of the vault behind cmETH would not show in it.
 */
import { WAD } from '../../../shared/domain/units.ts';
import type { TokenProtocol } from './token-protocol.ts';
import { defineView } from './view.ts';

const mETHToETH = defineView('function mETHToETH(uint256 mETHAmount) view returns (uint256)');

export const mantle: TokenProtocol = {
  writtenFor: 'mantle-lsp/contracts afa686bb (2025-10-31), src/Staking.sol',
  tokens: ['mETH', 'cmETH'],
  rates: [
    { instrument: 'mETH', contract: 'MantleStaking', call: (target) => mETHToETH(target, WAD) },
    { instrument: 'cmETH', contract: 'MantleStaking', call: (target) => mETHToETH(target, WAD) },
  ],
  // UnstakeRequestsManager keeps requests by number, not by owner.
  requests: { kind: 'not-readable', contract: 'UnstakeRequestsManager' },
};
