/** Withdrawal requests as instruments: a claim on the issuer of a token given up, to be paid in another. */
import type { EvmAddress } from './address.ts';
import { shortenAddress } from './address.ts';
import type { Instrument } from './instrument.ts';

const PREFIX = 'request:';

/** `request:ezETH:ETH`: ezETH given up for ETH. */
export function makeRequestInstrument(given: Instrument, paid: Instrument): Instrument {
  return {
    ...describeClaim(given, paid.symbol),
    id: `${PREFIX}${given.id}:${paid.id}`,
    decimals: paid.decimals,
  };
}

/** Paid in a token no reader knows: counted in its smallest unit, and says so. */
export function makeUnknownRequestInstrument(given: Instrument, token: EvmAddress): Instrument {
  const symbol = `base units of ${shortenAddress(token)}`;
  return { ...describeClaim(given, symbol), id: `${PREFIX}${given.id}:${token}`, decimals: 0 };
}

/** Names the list of requests for a token given back, among what was read of an account. */
export function nameRequestList(given: string): string {
  return `${PREFIX}${given}`;
}

/** Stands in for the requests of an account that could not be read. */
export function makeUnreadRequests(given: Instrument): Instrument {
  return { ...describeClaim(given, 'ETH'), id: nameRequestList(given.id), decimals: 18 };
}

function describeClaim(given: Instrument, symbol: string): Omit<Instrument, 'id' | 'decimals'> {
  const { issuer, family, dependsOn } = given;
  const from = issuer ?? given.symbol;
  return {
    symbol: `${symbol} from ${from}`,
    name: `${given.symbol} given back to ${from}`,
    family,
    issuer,
    dependsOn,
  };
}

/** What was given up and what is paid, by instrument id; null for an instrument that is no request. */
export function parseRequestInstrument(
  id: string,
): { readonly given: string; readonly paid: string | null } | null {
  if (!id.startsWith(PREFIX)) return null;
  const [given = '', paid = null] = id.slice(PREFIX.length).split(':');
  return { given, paid };
}
