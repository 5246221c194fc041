/**
 * A hand-made Esplora server over the made-up world, in the shapes of Esplora's API document. It answers as a test says,
 * and lies where it says so.
 */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { writeHash } from '../block-header.ts';
import { HEADERS, PLACE, RAWS, SCRIPT_HASH, SIBLING, TIP, TRANSACTION, WAITING } from './made-world.ts';
import { hashOf } from './make-headers.ts';

export interface EsploraTransaction {
  readonly txid: string;
  readonly status: { readonly confirmed: boolean; readonly block_height?: number };
}

/** Text or JSON; a function answers by itself; undefined is 404. */
export type Reply =
  string | object | ((request: IncomingMessage, response: ServerResponse) => void) | undefined;

export interface ScriptedEsplora {
  readonly port: number;
  /** Paths in the order they were asked for. */
  readonly paths: string[];
  readonly headers: IncomingMessage['headers'][];
  /** At most so many were asked at once. */
  readonly mostAtOnce: number;
  stop(): Promise<void>;
}

interface EsploraOptions {
  /** By path, before the honest answer. `honest` is the server's own word. */
  readonly answer?: (path: string, honest: (path: string) => Reply) => Reply;
  readonly tls?: { readonly key: string; readonly cert: string };
}

export async function startScriptedEsplora({ answer, tls }: EsploraOptions = {}): Promise<ScriptedEsplora> {
  const paths: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  const listener: RequestListener = (request, response) => {
    const path = request.url ?? '';
    paths.push(path);
    headers.push(request.headers);
    mostAtOnce = Math.max(mostAtOnce, ++atOnce);
    response.on('close', () => atOnce--);
    const reply = answer ? answer(path, answerHonestly) : answerHonestly(path);
    if (typeof reply === 'function') reply(request, response);
    else if (reply === undefined) response.writeHead(404).end('not found');
    else response.end(typeof reply === 'string' ? reply : JSON.stringify(reply));
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // as: a listening TCP server's address is an object.
    port: (server.address() as AddressInfo).port,
    paths,
    headers,
    get mostAtOnce() {
      return mostAtOnce;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Esplora does not reverse the hash of a script. */
export const SCRIPT_PATH = `/scripthash/${writeHash(Buffer.from(SCRIPT_HASH, 'hex'))}`;

const HISTORY: readonly EsploraTransaction[] = [
  { txid: WAITING.txid, status: { confirmed: false } },
  { txid: TRANSACTION.txid, status: { confirmed: true, block_height: PLACE } },
];

export function statsOf(confirmed: number, waiting: number): object {
  const stats = (count: number) => ({
    tx_count: count,
    funded_txo_count: count,
    funded_txo_sum: count * 1000,
    spent_txo_count: 0,
    spent_txo_sum: 0,
  });
  return { chain_stats: stats(confirmed), mempool_stats: stats(waiting) };
}

function answerHonestly(path: string): Reply {
  const [, kind = '', id = '', what] = path.split('/');
  switch (kind) {
    case 'blocks':
      return String(TIP);
    case 'block-height': {
      const header = HEADERS[Number(id)];
      return header && hashOf(header);
    }
    case 'block':
      return HEADERS.find((header) => hashOf(header) === id)?.toString('hex');
    case 'scripthash':
      if (path === SCRIPT_PATH) return statsOf(1, 1);
      if (path.startsWith(SCRIPT_PATH)) return path.endsWith('/txs') ? HISTORY : [];
      return statsOf(0, 0);
    case 'tx':
      if (what === 'hex') return RAWS.get(id);
      return { block_height: PLACE, merkle: [SIBLING], pos: 1 };
    default:
      return undefined;
  }
}
