/** EigenLayer strategies: which token one holds, and what its shares are worth in it. */
import {
  BEACON_CHAIN_STRATEGY,
  shortenAddress,
  toEvmAddress,
  type EvmAddress,
} from '../../../shared/domain/address.ts';
import type { Reading, StrategyObservation } from '../../../shared/domain/observation.ts';
import type { ReadContext } from './context.ts';
import { decimalsOf, sharesToUnderlyingView, symbolOf, underlyingToken } from './eigenlayer-views.ts';
import { findTokenName } from './find-token.ts';
import { ask, give, together, type Reader } from './rounds.ts';

/** No name of the network file: every deposit may be in another strategy. */
const CONTRACT = 'Strategy';
const LONGEST_SYMBOL = 16;
/** As many as an instrument can have (shared/domain/instrument.ts). */
const MOST_DECIMALS = 36;

/** `shares` in the strategy's token. Native ETH has no contract to ask: its shares are wei. */
export function readUnderlying(strategy: EvmAddress, shares: Reading): Reader<Reading> {
  if (!shares.ok || strategy === BEACON_CHAIN_STRATEGY) return give(shares);
  return ask(sharesToUnderlyingView({ contract: CONTRACT, address: strategy }, shares.value));
}

export function* readStrategy({ network }: ReadContext, address: EvmAddress): Reader<StrategyObservation> {
  if (address === BEACON_CHAIN_STRATEGY) {
    return { address, instrument: 'ETH', underlyingToken: null, name: 'Native ETH' };
  }
  const token = yield* ask(underlyingToken({ contract: CONTRACT, address }));
  if (!token.ok) return { address, instrument: null, underlyingToken: null, name: shortenAddress(address) };
  const tokenAddress = toEvmAddress(token.value);
  const instrument = findTokenName(network, tokenAddress);
  if (instrument !== null) return { address, instrument, underlyingToken: tokenAddress, name: instrument };
  const [name, decimals] = yield* together([readTokenName(tokenAddress), readTokenDecimals(tokenAddress)]);
  return {
    address,
    instrument,
    underlyingToken: tokenAddress,
    name,
    ...(decimals === null ? {} : { decimals }),
  };
}

/** Null where the token does not say, or says what no token has: its amounts are then counted in base units. */
function* readTokenDecimals(address: EvmAddress): Reader<number | null> {
  const decimals = yield* ask({ ...decimalsOf({ contract: 'Token', address }), isOptional: true });
  return decimals.ok && decimals.value <= MOST_DECIMALS ? decimals.value : null;
}

/** A token the readers do not know: its own symbol, always with its address, because a symbol proves nothing. */
function* readTokenName(address: EvmAddress): Reader<string> {
  const symbol = yield* ask({ ...symbolOf({ contract: 'Token', address }), isOptional: true });
  const shown = symbol.ok ? symbol.value.replaceAll(/[^\p{L}\p{N}._+-]/gu, '').slice(0, LONGEST_SYMBOL) : '';
  return shown === '' ? shortenAddress(address) : `${shown} (${shortenAddress(address)})`;
}
