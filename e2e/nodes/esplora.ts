import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { EsploraAnswer } from './bcoin.commands.ts';
import type { BcoinRegtest } from './bcoin.ts';

/** Rewrites an answer: gets what the server would say, and what it returns or resolves with is said. */
export type EsploraLie = (path: string, answer: EsploraAnswer) => EsploraAnswer | Promise<EsploraAnswer>;

export interface EsploraServer {
  /** http://127.0.0.1:port, or https:// with TLS; paths follow it at once. */
  url: string;
  port: number;
  /** Requests in the order they came. A test may empty it. */
  log: { method: string; path: string }[];
  /** Lies from now on; null tells the truth again. A promise that stays open leaves the question without an answer. */
  misbehave(lie: EsploraLie | null): void;
  stop(): Promise<void>;
}

/** A server in the shapes of Esplora's API document, over the node: as much of it as esplora.answers.ts has. */
export async function startEsploraServer(
  bcoin: BcoinRegtest,
  options: { tls?: { key: string; cert: string } } = {},
): Promise<EsploraServer> {
  const log: EsploraServer['log'] = [];
  let lie: EsploraLie | null = null;

  const read = async (method: string, path: string): Promise<EsploraAnswer> => {
    if (method !== 'GET') return { status: 405, type: 'text/plain', body: 'only GET is served' };
    const answer = await bcoin.askEsplora(path);
    return lie ? await lie(path, answer) : answer;
  };

  const listener: RequestListener = (request, response) => {
    const { method = '', url = '' } = request;
    log.push({ method, path: url });
    read(method, url.split('?', 1)[0] ?? '').then(
      ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
      // The node was stopped before the server, or a lie threw.
      () => response.destroy(),
    );
  };

  const server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
  // A handshake that the client breaks off.
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  // as: a listening TCP server's address is an object.
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    log,
    misbehave: (next) => void (lie = next),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Otherwise a kept-alive or hanging connection would hold the server open.
        server.closeAllConnections();
      }),
  };
}
