/**
 * EIGEN and bEIGEN, which it wraps one to one; EigenLayer's strategy of EIGEN holds bEIGEN. Neither is a claim on
 * ETH, so there is no rate: worth is known only where a market says it.
 */
import type { TokenProtocol } from './token-protocol.ts';

export const eigen: TokenProtocol = {
  writtenFor: 'Layr-Labs/eigenlayer-contracts v1.12.0 (f84a5151, 2026-05-01), Eigen and BackingEigen',
  tokens: ['EIGEN', 'bEIGEN'],
  rates: [],
};
