/** Puffer: pufETH is an ERC-4626 vault. `convertToAssets` is the book rate; the exit fee is not part of it. */
import { WAD } from '../../../shared/domain/units.ts';
import { readPufferStakers } from './puffer-stakers.ts';
import type { TokenProtocol } from './token-protocol.ts';
import { defineView } from './view.ts';

const convertToAssets = defineView('function convertToAssets(uint256 shares) view returns (uint256)');

export const puffer: TokenProtocol = {
  writtenFor: 'PufferFinance/puffer-contracts 38060006 (2026-05-07), PufferVaultV5',
  tokens: ['pufETH'],
  rates: [{ instrument: 'pufETH', contract: 'pufETH', call: (target) => convertToAssets(target, WAD) }],
  // WithdrawalManager keeps withdrawals by number, not by owner.
  requests: { kind: 'not-readable', contract: 'WithdrawalManager' },
  backing: { token: 'pufETH', contract: 'PufferProtocol', idle: 'pufETH', readStakers: readPufferStakers },
};
