/** EigenLayer strategies: which token one holds, and what its shares are worth in it. */
import {
  BEACON_CHAIN_STRATEGY,
  shortenAddress,
  toEvmAddress,
  type EvmAddress,
} from '../../../shared/domain/address.ts';
import type { Reading, StrategyObservation } from '../../../shared/domain/observation.ts';
import type { ReadContext } from './context.ts';
import { sharesToUnderlyingView, underlyingToken } from './eigenlayer-views.ts';
import { readToken } from './find-token.ts';
import { ask, give, type Reader } from './rounds.ts';

/** No name of the network file: every deposit may be in another strategy. */
const CONTRACT = 'Strategy';
/** `shares` in the strategy's token. Native ETH has no contract to ask: its shares are wei. */
export function readUnderlying(strategy: EvmAddress, shares: Reading): Reader<Reading> {
  if (!shares.ok || strategy === BEACON_CHAIN_STRATEGY) return give(shares);
  return ask(sharesToUnderlyingView({ contract: CONTRACT, address: strategy }, shares.value));
}

export function* readStrategy(context: ReadContext, address: EvmAddress): Reader<StrategyObservation> {
  if (address === BEACON_CHAIN_STRATEGY) {
    return { address, instrument: 'ETH', underlyingToken: null, name: 'Native ETH' };
  }
  const token = yield* ask(underlyingToken({ contract: CONTRACT, address }));
  if (!token.ok) return { address, instrument: null, underlyingToken: null, name: shortenAddress(address) };
  const tokenAddress = toEvmAddress(token.value);
  return { address, underlyingToken: tokenAddress, ...(yield* readToken(context, tokenAddress)) };
}
