import { shortenAddress, type EvmAddress } from '../../../shared/domain/address.ts';
import { INSTRUMENTS } from '../../../shared/domain/instrument.ts';
import { CONTRACT_NAMES, type Network } from '../../../shared/domain/network.ts';
import type { ReadContext } from './context.ts';
import { decimalsOf, symbolOf } from './eigenlayer-views.ts';
import { ask, together, type Reader } from './rounds.ts';
import type { Call } from './view.ts';

const LONGEST_SYMBOL = 16;
/** As many as an instrument can have (shared/domain/instrument.ts). */
const MOST_DECIMALS = 36;

/** What a strategy or vault says of the token it holds. */
interface HeldToken {
  /** Null for one the readers do not know. */
  readonly instrument: string | null;
  readonly name: string;
  /** Of a token the readers do not know, where it says so. */
  readonly decimals?: number;
}

/** The instrument of a token of the network file. Going by address: anybody can call a token "stETH". */
export function findTokenName(network: Network, token: EvmAddress): string | null {
  const name = CONTRACT_NAMES.find((contract) => network.contracts[contract]?.address === token);
  return INSTRUMENTS.find(({ id }) => id === name)?.id ?? null;
}

/** Asks only tokens that the readers do not know. */
export function* readToken({ network }: ReadContext, address: EvmAddress): Reader<HeldToken> {
  const instrument = findTokenName(network, address);
  if (instrument !== null) return { instrument, name: instrument };
  const [name, decimals] = yield* together([readTokenName(address), readTokenDecimals(address)]);
  return { instrument, name, ...(decimals === null ? {} : { decimals }) };
}

/** What tokens may leave out, or say in their own way (a symbol of 32 bytes): no sign that one changed. */
function ofItself<T>(call: Call<T>): Call<T> {
  return { ...call, expected: ['reverted', 'malformed', 'no-contract'] };
}

/** Null where the token does not say, or says what no token has: its amounts are then counted in base units. */
function* readTokenDecimals(address: EvmAddress): Reader<number | null> {
  const decimals = yield* ask(ofItself(decimalsOf({ contract: 'Token', address })));
  return decimals.ok && decimals.value <= MOST_DECIMALS ? decimals.value : null;
}

/** A token the readers do not know: its own symbol, always with its address, because a symbol proves nothing. */
function* readTokenName(address: EvmAddress): Reader<string> {
  const symbol = yield* ask(ofItself(symbolOf({ contract: 'Token', address })));
  const shown = symbol.ok ? symbol.value.replaceAll(/[^\p{L}\p{N}._+-]/gu, '').slice(0, LONGEST_SYMBOL) : '';
  return shown === '' ? shortenAddress(address) : `${shown} (${shortenAddress(address)})`;
}
