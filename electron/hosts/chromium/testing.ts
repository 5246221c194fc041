/** What the tests of this folder share: a small page on disk, services that answer, and a client without a browser. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket, type ClientOptions } from 'ws';
import { serverFrameSchema, SOCKET_PATH, type ServerFrame } from '../../../shared/contract/socket.ts';
import { createDispatch, type Handlers } from '../../dispatch.ts';
import type { ServedApp } from '../../host.ts';

export const INDEX_HTML = '<!doctype html><html lang="en"><title>Ballast</title><p>the page</p></html>\n';

/** A folder with a page in it, and a file next to it that must never be served. */
export function createPageFolder(report = '', script = 'document.title;\n') {
  const root = mkdtempSync(join(tmpdir(), 'ballast-page-'));
  const pageDir = join(root, 'page');
  mkdirSync(join(pageDir, 'assets'), { recursive: true });
  writeFileSync(join(pageDir, 'index.html'), INDEX_HTML);
  writeFileSync(join(pageDir, 'report.html'), report);
  writeFileSync(join(pageDir, 'assets', 'app.js'), script);
  writeFileSync(join(pageDir, 'notes.txt'), 'not part of a page\n');
  writeFileSync(join(root, 'outside.html'), 'outside\n');
  return { root, pageDir, remove: () => rmSync(root, { recursive: true, force: true }) };
}

export interface FakeServices extends ServedApp {
  emit(event: string): void;
}

/** Services behind the real dispatcher, of which only the given methods do anything. */
export function createServices(handlers: Partial<Handlers> = {}): FakeServices {
  const listeners = new Set<(event: string) => void>();
  // A method a test did not give is missing on purpose: calling it fails like any fault inside a service.
  const dispatch = createDispatch(handlers as Handlers);
  return {
    dispatch,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    emit(event) {
      for (const listener of listeners) listener(event);
    },
  };
}

export interface TestClient {
  readonly socket: WebSocket;
  send(frame: object | string): void;
  /** The next frame from the host. */
  next(): Promise<ServerFrame>;
  /** The code the host closed with. */
  readonly closed: Promise<number>;
  close(): Promise<number>;
}

/** Connects like a page, without saying anything yet. Rejects with the HTTP status where the host refuses. */
export async function connectSocket(
  origin: string,
  options: ClientOptions = { headers: { Origin: origin } },
): Promise<TestClient> {
  const socket = new WebSocket(`${origin.replace('http:', 'ws:')}${SOCKET_PATH}`, options);
  const frames: ServerFrame[] = [];
  const waiting: ((frame: ServerFrame) => void)[] = [];
  socket.on('message', (data: Buffer) => {
    const frame = serverFrameSchema.parse(JSON.parse(data.toString('utf8')));
    const first = waiting.shift();
    if (first === undefined) frames.push(frame);
    else first(frame);
  });
  const closed = new Promise<number>((resolve) => socket.once('close', (code: number) => resolve(code)));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (_request, response) => {
      reject(new Error(`status ${String(response.statusCode)}`));
    });
    socket.once('error', reject);
  });
  return {
    socket,
    closed,
    send: (frame) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    next: () => {
      const frame = frames.shift();
      return frame === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(frame);
    },
    async close() {
      if (socket.readyState !== socket.CLOSED) {
        socket.close();
        await once(socket, 'close');
      }
      return closed;
    },
  };
}

/** Connects and says hello; resolves to the client and the tab's resume secret. */
export async function openTab(
  origin: string,
  hello: { readonly token: string } | { readonly resume: string },
  options: ClientOptions = {},
): Promise<TestClient & { readonly resume: string }> {
  const client = await connectSocket(origin, { headers: { Origin: origin }, ...options });
  client.send({ type: 'hello', ...hello });
  const frame = await client.next();
  if (frame.type !== 'welcome') throw new Error(`expected a welcome, got ${frame.type}`);
  return { ...client, resume: frame.resume };
}

/** The token in an address Ballast gave out. */
export function tokenOf(address: string): string {
  const token = new URLSearchParams(new URL(address).hash.slice(1)).get('token');
  if (token === null) throw new Error(`no token in ${address}`);
  return token;
}
