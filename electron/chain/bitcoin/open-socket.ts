/**
 * The one way to a Bitcoin server: straight or through a SOCKS5 proxy, with or without TLS. No byte of a protocol is
 * sent before the server's certificate was looked at.
 */
import { createHash } from 'node:crypto';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { SocksClient } from 'socks';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ConnectOptions } from './server.ts';
import { cancelledError, proxyError, timeoutError, unreachableError } from './server-errors.ts';
import { parseProxy, type HostAndPort } from './server-url.ts';

export interface SocketTarget extends HostAndPort {
  /** Host and port, as errors name it. */
  readonly endpoint: string;
  readonly isTls: boolean;
}

export interface SocketOptions extends Pick<ConnectOptions, 'proxy' | 'signal'> {
  /** For the whole of it: connecting, the proxy, TLS. */
  readonly timeoutMs: number;
  readonly checkCertificate: CertificateCheck;
}

/**
 * @param fingerprint SHA-256 of the certificate, hex
 * @param isVouched whether an authority this machine trusts vouches for it, under the host's name
 * @throws AppError certificate-changed
 */
export type CertificateCheck = (fingerprint: string, isVouched: boolean) => void;

type CertificateOptions = Pick<ConnectOptions, 'pinned' | 'onCertificate'>;

/**
 * Trust on first use, as usual among Electrum servers, whose certificates are mostly self-signed. What was shown first
 * holds for all later sockets of this connection too.
 */
export function createCertificateCheck(
  endpoint: string,
  { pinned, onCertificate }: CertificateOptions,
): CertificateCheck {
  let expected = pinned?.replaceAll(':', '').toLowerCase() ?? null;
  return (fingerprint, isVouched) => {
    if (expected === null) {
      if (isVouched) return;
      expected = fingerprint;
      onCertificate(fingerprint);
      return;
    }
    if (fingerprint === expected) return;
    throw new AppError('certificate-changed', `${endpoint} shows another certificate than at first.`, {
      detail: `SHA-256 ${fingerprint} instead of ${expected}`,
      help: 'Nothing was sent. If the server’s owner renewed it, enter the server anew. If not, somebody may stand in between.',
    });
  };
}

/** @throws AppError node-unreachable, node-timeout, certificate-changed, cancelled */
export async function openSocket(target: SocketTarget, options: SocketOptions): Promise<Socket> {
  const { signal, timeoutMs } = options;
  if (signal.aborted) throw cancelledError();
  const deadline = AbortSignal.timeout(timeoutMs);
  const stop = AbortSignal.any([signal, deadline]);
  try {
    const socket = await reach(target, options, stop);
    return target.isTls ? await secure(socket, target, options, stop) : socket;
  } catch (thrown) {
    if (isAborted(signal)) throw cancelledError();
    if (thrown instanceof AppError) throw thrown;
    if (deadline.aborted) throw timeoutError(target.endpoint, timeoutMs);
    throw unreachableError(target.endpoint, thrown);
  }
}

/** A function, so that the compiler does not remember an earlier answer. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

async function reach(
  { host, port, endpoint }: SocketTarget,
  { proxy, timeoutMs }: SocketOptions,
  stop: AbortSignal,
): Promise<Socket> {
  if (proxy === null) {
    // Asking the system for such a name would tell others which one it is.
    if (/\.onion$/iu.test(host)) {
      throw unreachableError(endpoint, null, 'Names that end in .onion need Tor: set its proxy.');
    }
    return ready(connectTcp({ host, port, noDelay: true, keepAlive: true }), 'connect', stop);
  }
  const { host: proxyHost, port: proxyPort } = parseProxy(proxy);
  let isReached = false;
  try {
    const socket = await ready(
      connectTcp({ host: proxyHost, port: proxyPort, noDelay: true }),
      'connect',
      stop,
    );
    isReached = true;
    // A socket that is stopped makes the library give up.
    const release = destroyOnAbort(socket, stop);
    await SocksClient.createConnection({
      proxy: { host: proxyHost, port: proxyPort, type: 5 },
      command: 'connect',
      destination: { host, port },
      existing_socket: socket,
      timeout: timeoutMs,
    }).finally(release);
    return socket;
  } catch (thrown) {
    throw proxyError(proxy, endpoint, isReached, thrown);
  }
}

async function secure(
  socket: Socket,
  { host, endpoint }: SocketTarget,
  { checkCertificate }: SocketOptions,
  stop: AbortSignal,
): Promise<TLSSocket> {
  const secured = connectTls({
    socket,
    host,
    // RFC 6066 knows names only.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    // Judged below, where self-signed ones are not refused but remembered.
    rejectUnauthorized: false,
  });
  await ready(secured, 'secureConnect', stop).catch((thrown: unknown) => {
    if (stop.aborted) throw thrown;
    throw unreachableError(
      endpoint,
      thrown,
      'Check the port: TLS has one of its own, on Electrum servers usually 50002.',
    );
  });
  try {
    checkCertificate(fingerprintOf(secured), secured.authorized);
  } catch (thrown) {
    secured.destroy();
    throw thrown;
  }
  return secured;
}

function fingerprintOf(socket: TLSSocket): string {
  const { raw } = socket.getPeerCertificate();
  return createHash('sha256').update(raw).digest('hex');
}

/** Waits for the socket's event; destroys it where that does not come. */
function ready<T extends Socket>(
  socket: T,
  event: 'connect' | 'secureConnect',
  stop: AbortSignal,
): Promise<T> {
  // For as long as it lives: an error nobody listens to would end the program. “close” follows each, and is listened to.
  socket.on('error', () => undefined);
  const release = destroyOnAbort(socket, stop);
  return new Promise<T>((resolve, reject) => {
    socket.once(event, () => resolve(socket));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed')));
  }).finally(release);
}

/** Gives a function that takes the care back. */
function destroyOnAbort(socket: Socket, stop: AbortSignal): () => void {
  const destroy = (): void => {
    socket.destroy();
  };
  if (stop.aborted) destroy();
  else stop.addEventListener('abort', destroy, { once: true });
  return () => stop.removeEventListener('abort', destroy);
}
