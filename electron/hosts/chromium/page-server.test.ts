import { symlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPageFiles } from '../page-files.ts';
import { startPageServer, type PageServer } from './page-server.ts';
import { createPageFolder, INDEX_HTML } from './testing.ts';

const folder = createPageFolder();
let server: PageServer;
let port: number;
let upgrades = 0;

beforeAll(async () => {
  symlinkSync(join(folder.root, 'outside.html'), join(folder.pageDir, 'link.html'));
  symlinkSync(folder.root, join(folder.pageDir, 'up'));
  server = await startPageServer(readPageFiles(folder.pageDir), (_request, socket) => {
    upgrades += 1;
    socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  });
  port = Number(new URL(server.origin).port);
});

afterAll(async () => {
  await server.close();
  folder.remove();
});

/** Sends lines as they are, since an HTTP client would tidy up what these tests are about. */
async function request(...lines: string[]): Promise<{ status: number; head: string; body: string }> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`);
  const answer = await text(socket);
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), head, body };
}

const host = (): string => `Host: 127.0.0.1:${port}`;
const get = (path: string) => request(`GET ${path} HTTP/1.1`, host());

describe('serving the page', () => {
  it('serves what was built, with the page’s policy on it', async () => {
    const { status, head, body } = await get('/');
    expect(status).toBe(200);
    expect(body).toBe(INDEX_HTML);
    expect(head).toContain(
      [
        "Content-Security-Policy: default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        `connect-src ws://127.0.0.1:${port}`,
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'\r\n",
      ].join('; '),
    );
    expect(head).toContain('X-Content-Type-Options: nosniff');
    expect(head).toContain('Cache-Control: no-store');
    expect(head).not.toMatch(/set-cookie|access-control|server:|x-powered-by/iu);
  });

  it('serves scripts as scripts, ignores a query, and leaves the body out of HEAD', async () => {
    expect((await get('/assets/app.js?v=1')).head).toContain('Content-Type: text/javascript');
    const head = await request('HEAD /index.html HTTP/1.1', host());
    expect(head).toMatchObject({ status: 200, body: '' });
    expect(head.head).toContain(`Content-Length: ${INDEX_HTML.length}`);
  });

  it.each([
    '/../outside.html',
    '/assets/../../outside.html',
    '/%2e%2e/outside.html',
    '/%2E%2E%2Foutside.html',
    '/..%2foutside.html',
    '/..%5coutside.html',
    '/..\\outside.html',
    '/%252e%252e/outside.html',
    '/assets/%2e%2e/index.html',
    '//outside.html',
    '/./index.html',
    '/link.html',
    '/up/outside.html',
    '/notes.txt',
    '/assets',
    '/assets/',
    '/index.html%00.js',
    '/__proto__',
    '/etc/passwd',
    'outside.html',
    '*',
  ])('does not serve %s', async (path) => {
    const { status, body } = await get(path);
    expect([400, 404]).toContain(status);
    expect(body).not.toContain('outside');
    expect(body).not.toContain('the page');
  });

  it('refuses an absolute address, with its own name or another', async () => {
    expect((await get(`http://127.0.0.1:${port}/index.html`)).status).toBe(404);
    expect((await get(`http://evil.example/index.html`)).status).toBe(404);
    expect((await get(`file://${folder.root}/outside.html`)).status).toBe(404);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])('refuses %s', async (method) => {
    const { status, head } = await request(`${method} / HTTP/1.1`, host(), 'Content-Length: 0');
    expect(status).toBe(405);
    expect(head).toContain('Allow: GET, HEAD');
  });
});

describe('who may ask', () => {
  it.each([
    () => 'Host: evil.example',
    () => `Host: evil.example:${port}`,
    () => `Host: localhost:${port}`,
    () => `Host: [::1]:${port}`,
    () => 'Host: 127.0.0.1',
    () => `Host: 127.0.0.1.:${port}`,
    () => `Host: 127.0.0.1:${port}@evil.example`,
    () => `Host: 127.0.0.1:${port}, evil.example`,
    () => `${host()}\r\nHost: evil.example`,
    () => 'X-Nothing: 1',
  ])('refuses a foreign host name (%#)', async (header) => {
    const { status, body } = await request('GET / HTTP/1.1', header());
    expect([400, 403]).toContain(status);
    expect(body).not.toContain('the page');
  });

  const upgrade = (path: string, ...headers: string[]) =>
    request(
      `GET ${path} HTTP/1.1`,
      ...headers,
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    );

  it('is no proxy, though its browser is told that it is', async () => {
    expect((await request('CONNECT example.org:443 HTTP/1.1', 'Host: example.org:443')).head).toBe('');
    expect((await request('GET http://example.org/ HTTP/1.1', 'Host: example.org')).status).toBe(403);
  });

  it('upgrades only its own page on its own path', async () => {
    expect((await upgrade('/bridge', host(), `Origin: ${server.origin}`)).status).toBe(101);
    expect(upgrades).toBe(1);
    const refused = [
      await upgrade('/bridge', host()),
      await upgrade('/bridge', host(), 'Origin: null'),
      await upgrade('/bridge', host(), 'Origin: file://'),
      await upgrade('/bridge', host(), 'Origin: http://evil.example'),
      await upgrade('/bridge', host(), `Origin: http://localhost:${port}`),
      await upgrade('/bridge', host(), `Origin: https://127.0.0.1:${port}`),
      await upgrade('/bridge', host(), `Origin: ${server.origin}/`),
      await upgrade('/bridge', host(), `Origin: ${server.origin}.evil.example`),
      await upgrade('/bridge', host(), `Origin: ${server.origin}`, 'Origin: http://evil.example'),
      // Rebinding: name and origin agree with each other, and with nothing here.
      await upgrade('/bridge', `Host: evil.example:${port}`, `Origin: http://evil.example:${port}`),
      await upgrade('/bridge', 'Host: evil.example', `Origin: ${server.origin}`),
      await upgrade('/', host(), `Origin: ${server.origin}`),
      await upgrade('/bridge/', host(), `Origin: ${server.origin}`),
    ];
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 403));
    expect(upgrades).toBe(1);
  });

  it('listens on 127.0.0.1 and on no other address of the machine', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ address, scopeid }) => address !== '127.0.0.1' && (scopeid ?? 0) === 0)
      .map(({ address }) => address);
    for (const address of [...others, '127.0.0.2', '::1']) {
      await expect(canConnect(address)).resolves.toBe(false);
    }
    await expect(canConnect('127.0.0.1')).resolves.toBe(true);
  });
});

function canConnect(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
    const finish = (isOpen: boolean): void => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
    socket.setTimeout(2000, () => finish(false));
  });
}
