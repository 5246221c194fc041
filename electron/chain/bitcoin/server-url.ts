/**
 * The address of a Bitcoin server. That of an Electrum server is host and port; that of an Esplora one may hold a
 * password or a key, so only host and port of it are ever shown.
 */
import { AppError } from '../../../shared/contract/errors.ts';

export interface ServerUrl {
  /** As it is asked: `ssl://host:port`, `tcp://host:port`, or http(s) without a slash at its end. */
  readonly url: string;
  /** Host and port: all of it that may be shown. */
  readonly endpoint: string;
  readonly kind: 'electrum' | 'esplora';
}

export interface HostAndPort {
  /** A name or an IP address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
}

const DEFAULT_PORTS = { tcp: 50_001, ssl: 50_002 } as const;
const LONGEST_URL = 2000;

const HOST = String.raw`(\[[\da-f:.]+\]|[^\s\[\]:/?#@\\]+)`;
const ELECTRUM_URL = new RegExp(`^(tcp|ssl|tls)://${HOST}(?::(\\d{1,5}))?/?$`, 'iu');
/** As Electrum itself writes servers: `host:port:s` for TLS, `host:port:t` without. */
const ELECTRUM_NOTATION = new RegExp(`^${HOST}:(\\d{1,5}):([st])$`, 'iu');
const HOST_AND_PORT = new RegExp(`^${HOST}:(\\d{1,5})$`, 'iu');

/**
 * Reads what a person typed.
 * @throws AppError bad-url, without repeating what was typed: it may hold a secret
 */
export function parseServerUrl(text: string): ServerUrl {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST_URL) throw badUrl('That is too long for the address of a server.');
  const notation = ELECTRUM_NOTATION.exec(trimmed);
  if (notation) {
    const [, host = '', port, letter = ''] = notation;
    return makeElectrumUrl(letter.toLowerCase() === 's' ? 'ssl' : 'tcp', host, port);
  }
  const electrum = ELECTRUM_URL.exec(trimmed);
  if (electrum) {
    const [, scheme = '', host = '', port] = electrum;
    return makeElectrumUrl(scheme.toLowerCase() === 'tcp' ? 'tcp' : 'ssl', host, port);
  }
  if (/^(?:tcp|ssl|tls):/iu.test(trimmed)) {
    throw badUrl('The address of an Electrum server is a host and a port, and nothing else.');
  }
  if (/^wss?:/iu.test(trimmed)) throw badUrl('Ballast does not ask Electrum servers over WebSocket.');
  if (!/^https?:\/\//iu.test(trimmed)) {
    throw badUrl('The address of a Bitcoin server begins with ssl://, tcp://, https:// or http://.');
  }
  return parseEsploraUrl(trimmed);
}

/** Of a URL that {@link parseServerUrl} wrote. */
export function readElectrumUrl(url: string): HostAndPort & { readonly isTls: boolean } {
  const { protocol, hostname, port } = new URL(url);
  return { isTls: protocol === 'ssl:', host: withoutBrackets(hostname), port: Number(port) };
}

/** A SOCKS5 proxy, `host:port`. @throws AppError bad-url */
export function parseProxy(text: string): HostAndPort {
  const [, host, port] = HOST_AND_PORT.exec(text.trim()) ?? [];
  const help = 'For example 127.0.0.1:9050, where Tor listens.';
  if (host === undefined || port === undefined) {
    throw new AppError('bad-url', 'The address of a SOCKS5 proxy is a host and a port.', { help });
  }
  return { host: withoutBrackets(canonicalHost(host)), port: readPort(port) };
}

function makeElectrumUrl(scheme: 'tcp' | 'ssl', host: string, port: string | undefined): ServerUrl {
  const endpoint = `${canonicalHost(host)}:${port === undefined ? DEFAULT_PORTS[scheme] : readPort(port)}`;
  return { url: `${scheme}://${endpoint}`, endpoint, kind: 'electrum' };
}

function parseEsploraUrl(text: string): ServerUrl {
  let url: URL;
  try {
    url = new URL(text);
    // A user part that cannot be decoded could not be sent; found here rather than in the middle of a request.
    decodeURIComponent(`${url.username}${url.password}`);
  } catch {
    throw badUrl('That is not a URL.');
  }
  if (url.search !== '') throw badUrl('The address of an Esplora server has no “?” in it.');
  url.hash = '';
  return { url: url.href.replace(/\/+$/u, ''), endpoint: url.host, kind: 'esplora' };
}

/** Lower case, and names of other scripts in the form the network knows. */
function canonicalHost(host: string): string {
  try {
    return new URL(`http://${host}/`).hostname;
  } catch {
    throw badUrl('The host in that address is neither a name nor an IP address.');
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (port < 1 || port > 65_535) throw badUrl('A port is a number from 1 to 65535.');
  return port;
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[|\]$/gu, '');
}

function badUrl(message: string): AppError {
  return new AppError('bad-url', message, {
    help: 'An Electrum server is written ssl://host:50002 or tcp://host:50001, an Esplora server https://host/api.',
  });
}
