/**
 * Bedrock: uniBTC is minted one for one. Its SupplyFeeder tells a supply, not a rate, and is not asked. Where its
 * DelayRedeemRouter is, which lists requests by owner, no source says.
 */
import type { TokenProtocol } from './token-protocol.ts';

export const bedrock: TokenProtocol = {
  writtenFor: 'Bedrock-Technology/uniBTC 236e9eab (2026-08-20), contracts/contracts/uniBTC.sol',
  tokens: ['uniBTC'],
  rates: [],
  requests: { kind: 'not-readable', contract: 'DelayRedeemRouter' },
};
