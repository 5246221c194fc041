/** Swell: swETH and rswETH each tell their own rate, as of the last repricing. */
import { readSwellStakers } from './swell-stakers.ts';
import type { TokenProtocol } from './token-protocol.ts';
import { defineView } from './view.ts';

const getRate = defineView('function getRate() view returns (uint256)');

export const swell: TokenProtocol = {
  writtenFor: 'SwellNetwork/v3-core-public ba1eeff1 (2024-11-13), RswETH; swETH likewise',
  tokens: ['swETH', 'rswETH'],
  rates: [
    { instrument: 'swETH', contract: 'swETH', call: (target) => getRate(target) },
    { instrument: 'rswETH', contract: 'rswETH', call: (target) => getRate(target) },
  ],
  // swEXIT and rswEXIT are tokens that only their transfers tell the owner of.
  backing: {
    token: 'rswETH',
    contract: 'SwellEigenLayerManager',
    idle: 'SwellEigenLayerManager',
    readStakers: readSwellStakers,
  },
  requests: { kind: 'not-readable', contract: 'swEXIT, rswEXIT' },
};
