/**
 * The loopback HTTP server: hands out the built page and upgrades one path to the WebSocket. Nothing here is secret (the
 * page is the same for everybody); what it protects is that nobody else's page can pose as this one. docs/adr/0003.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { SOCKET_PATH } from '../../../shared/contract/socket.ts';
import { findPageFile, type PageFiles } from '../page-files.ts';
import { createPageHeaders } from '../page-headers.ts';

const LOOPBACK = '127.0.0.1';

export interface PageServer {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly origin: string;
  close(): Promise<void>;
}

export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Starts listening on a random port of 127.0.0.1, and nowhere else. `onUpgrade` gets WebSocket requests that name this host
 * and come from its own page; everything else is answered here.
 */
export async function startPageServer(files: PageFiles, onUpgrade: UpgradeHandler): Promise<PageServer> {
  const server = createServer({
    maxHeaderSize: 16_384,
    headersTimeout: 10_000,
    requestTimeout: 10_000,
    connectionsCheckingInterval: 5000,
  });
  server.maxConnections = 256;
  server.listen({ host: LOOPBACK, port: 0, exclusive: true });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the loopback server has no port');
  const host = `${LOOPBACK}:${address.port}`;
  const origin = `http://${host}`;

  server.on('request', (request, response) => answer(files, host, request, response));
  server.on('upgrade', (request, socket, head) => {
    // Node leaves errors of a detached socket to us; one that breaks here is simply gone.
    socket.on('error', () => socket.destroy());
    const isOurs =
      request.method === 'GET' &&
      request.url === SOCKET_PATH &&
      namesHost(request, host) &&
      // Every browser sends Origin here. Compared with a constant, never with the Host header: an attacker's name that
      // resolves to 127.0.0.1 would send the same foreign name in both.
      readHeader(request, 'origin') === origin;
    if (isOurs) onUpgrade(request, socket, head);
    else refuseUpgrade(socket, '403 Forbidden');
  });
  return {
    origin,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Ends an upgrade request without a WebSocket. */
export function refuseUpgrade(socket: Duplex, status: '403 Forbidden' | '429 Too Many Requests'): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function answer(files: PageFiles, host: string, request: IncomingMessage, response: ServerResponse): void {
  const connectSource = `ws://${host}`;
  const finish = (
    status: number,
    type: string,
    body: Uint8Array | string,
    extra: Record<string, string> = {},
  ): void => {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    response.writeHead(status, {
      ...createPageHeaders(connectSource, type),
      'Content-Length': bytes.byteLength,
      ...(status === 200 ? {} : { Connection: 'close' }),
      ...extra,
    });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  };
  const refuse = (status: number, text: string, extra?: Record<string, string>): void =>
    finish(status, 'text/plain; charset=utf-8', `${text}\n`, extra);

  // A name that was made to resolve to 127.0.0.1 (DNS rebinding) arrives with that name.
  if (!namesHost(request, host)) {
    refuse(403, 'Forbidden');
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    refuse(405, 'Method not allowed', { Allow: 'GET, HEAD' });
    return;
  }
  const [path = ''] = (request.url ?? '').split('?');
  const file = findPageFile(files, path);
  // Browsers ask for it unasked; there being none is no error to put into the page's console.
  if (file === undefined && path === '/favicon.ico') {
    finish(204, 'image/x-icon', '');
    return;
  }
  if (file === undefined) {
    refuse(404, 'Not found');
    return;
  }
  finish(200, file.type, file.bytes);
}

function namesHost(request: IncomingMessage, host: string): boolean {
  return readHeader(request, 'host') === host;
}

/** The value of a header that must be there exactly once; null otherwise. Node itself would keep the first of several. */
function readHeader(request: IncomingMessage, name: string): string | null {
  const values = request.headersDistinct[name];
  return values?.length === 1 ? (values[0] ?? null) : null;
}
