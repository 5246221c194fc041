/** Puffer: pufETH is an ERC-4626 vault. `convertToAssets` is the book rate; the exit fee is not part of it. */
import { WAD } from '../../../shared/domain/units.ts';
import { readPufferStakers } from './puffer-stakers.ts';
import type { RedeemDeclaration } from './redeemable.ts';
import type { TokenProtocol } from './token-protocol.ts';
import { askNamed } from './context.ts';
import { defineView } from './view.ts';

const convertToAssets = defineView('function convertToAssets(uint256 shares) view returns (uint256)');

const maxRedeem = defineView('function maxRedeem(address owner) view returns (uint256)');
const previewRedeem = defineView('function previewRedeem(uint256 shares) view returns (uint256)');

/** As many shares as the vault's ready ether covers, at what it pays for them after its fee. A pause is in no view. */
const redeem: RedeemDeclaration = {
  token: 'pufETH',
  *read(context, owner) {
    const most = yield* askNamed(context, 'pufETH', (target) => maxRedeem(target, owner));
    if (!most.ok || most.value === 0n) return { kind: 'pays', reading: most };
    return {
      kind: 'pays',
      reading: yield* askNamed(context, 'pufETH', (target) => previewRedeem(target, most.value)),
    };
  },
};

export const puffer: TokenProtocol = {
  writtenFor: 'PufferFinance/puffer-contracts 38060006 (2026-05-07), PufferVaultV5',
  tokens: ['pufETH'],
  rates: [{ instrument: 'pufETH', contract: 'pufETH', call: (target) => convertToAssets(target, WAD) }],
  // WithdrawalManager keeps withdrawals by number, not by owner.
  requests: { kind: 'not-readable', contract: 'WithdrawalManager' },
  redeem,
  backing: { token: 'pufETH', contract: 'PufferProtocol', idle: 'pufETH', readStakers: readPufferStakers },
};
