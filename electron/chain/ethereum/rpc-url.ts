/** The address of a node. Its path, query and user part may hold an API key, so only host and port are ever shown. */
import { AppError } from '../../../shared/contract/errors.ts';
import { quoteForeign } from '../../../shared/format/visible-text.ts';

export interface RpcUrl {
  /** As it is asked, secrets included. Never shown, logged or put into an error. */
  readonly url: string;
  /** `host` or `host:port`: all of it that may be shown. */
  readonly endpoint: string;
}

/**
 * Reads what a person typed.
 * @throws AppError bad-url, without repeating what was typed: it may hold a key
 */
export function parseRpcUrl(text: string): RpcUrl {
  const trimmed = text.trim();
  // `localhost:8545` would parse, with a scheme of “localhost”.
  if (HOST_AND_PORT.test(trimmed)) {
    throw badUrl('The URL of a node begins with http:// or https://.', 'Write http:// in front of it.');
  }
  let url: URL;
  try {
    url = new URL(trimmed);
    // A user part that cannot be decoded could not be sent; found here rather than in the middle of a request.
    decodeURIComponent(`${url.username}${url.password}`);
  } catch {
    throw badUrl('That is not a URL.');
  }
  if (url.protocol === 'ws:' || url.protocol === 'wss:') {
    throw badUrl('Ballast asks nodes over HTTP, not over WebSocket.');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw badUrl('The URL of a node begins with http:// or https://.');
  }
  url.hash = '';
  return { url: url.href, endpoint: url.host };
}

/** A host with a port and no scheme; what follows the port does not matter. */
const HOST_AND_PORT = /^(?:[\w.-]+|\[[\da-f:]+\]):\d{1,5}(?:[/?#]|$)/iu;

function badUrl(message: string, advice = ''): AppError {
  const example = 'For a node on this machine it is usually http://127.0.0.1:8545.';
  return new AppError('bad-url', message, { help: advice === '' ? example : `${advice} ${example}` });
}

/** Shorter pieces (`v2`, `rpc`) are no secrets, and taking them out would garble plain words. */
const SHORTEST_SECRET = 4;
const LONGEST_DETAIL = 300;
/** A node may answer with megabytes, of which nothing beyond this is ever shown. */
const LONGEST_SCRUBBED = 20_000;

/**
 * Makes a function that takes everything secret of `rpcUrl` out of a text: whole URLs become their host, and pieces
 * of its path, query and user part, also decoded and in other capitals, become an ellipsis. The result is one visible
 * line, short enough for an error.
 */
export function createScrubber({ url, endpoint }: RpcUrl): (text: string) => string {
  const parsed = new URL(url);
  const basic = `${decodeURIComponent(parsed.username)}:${decodeURIComponent(parsed.password)}`;
  const pieces = [
    `${parsed.pathname}${parsed.search}`,
    parsed.pathname,
    parsed.search,
    ...parsed.pathname.split('/'),
    ...[...parsed.searchParams].flat(),
    parsed.username,
    parsed.password,
    basic,
    btoa(String.fromCharCode(...new TextEncoder().encode(basic))),
  ];
  const secrets = [...new Set(pieces.flatMap((piece) => [piece, decodeSafely(piece)]))]
    .filter((piece) => piece.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length);
  const anySecret = secrets.length === 0 ? null : new RegExp(secrets.map(escapePattern).join('|'), 'giu');
  return (text) => {
    const hostsOnly = text
      .slice(0, LONGEST_SCRUBBED)
      .replaceAll(url, endpoint)
      .replaceAll(/https?:\/\/[^\s"'<>]+/giu, showHostOnly);
    return quoteForeign(anySecret ? hostsOnly.replaceAll(anySecret, '…') : hostsOnly, LONGEST_DETAIL);
  };
}

function escapePattern(text: string): string {
  return text.replaceAll(/[$()*+./?[\\\]^{|}]/gu, '\\$&');
}

function showHostOnly(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '…';
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
