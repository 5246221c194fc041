import { existsSync } from 'node:fs';
import { PDFDocument } from 'pdf-lib';
import { afterEach, describe, expect, it } from 'vitest';
import { AppError, toAppError } from '../../../shared/contract/errors.ts';
import { SOCKET_PATH } from '../../../shared/contract/socket.ts';
import type { Handlers } from '../../dispatch.ts';
import { findBrowser } from '../find-browser.ts';
import { createChromiumHost, type ChromiumHost, type ChromiumHostOptions } from './chromium-host.ts';
import { createPageFolder, createServices } from './testing.ts';

// The test runner installs a browser or fails by itself; here a missing one is named as what it is.
const browser = findBrowser(process.env, process.platform, existsSync);

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function createHost(
  report: string,
  options: Partial<ChromiumHostOptions> = {},
  handlers: Partial<Handlers> = {},
): ChromiumHost {
  const folder = createPageFolder(report, REPORT_SCRIPT);
  const host = createChromiumHost({ pageDir: folder.pageDir, browser, kind: 'none', ...options });
  host.attach(createServices(handlers));
  cleanups.push(folder.remove, () => host.close());
  return host;
}

const createReport = (): string =>
  `<!doctype html><html lang="en"><title>Report</title><h1>Holdings</h1><h2>Exposure</h2>
<script type="module" src="./assets/app.js"></script></html>`;

/** What the real report page does, in short: connect with the token, ask for the ticket's model, and say it is ready. */
const REPORT_SCRIPT = `
const fields = new URLSearchParams(location.hash.slice(1));
const socket = new WebSocket('ws://' + location.host + '${SOCKET_PATH}');
socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', token: fields.get('token') }));
socket.onmessage = ({ data }) => {
  const frame = JSON.parse(data);
  const input = JSON.stringify({ ticket: fields.get('ticket') });
  if (frame.type === 'welcome') socket.send(JSON.stringify({ type: 'call', id: 1, method: 'reports.printed', input }));
  if (frame.type === 'result') document.documentElement.dataset.ready = 'true';
};
`;

describe('printReport', () => {
  it('says what to install where there is no browser', async () => {
    const host = createHost(createReport(), { browser: null });
    expect(host.canPrint).toBe(false);
    await expect(host.printReport('t', new AbortController().signal)).rejects.toMatchObject({
      code: 'no-browser',
    });
  });

  it.skipIf(browser === null)('prints the page of the ticket: A4, tagged, with an outline', async () => {
    const tickets: string[] = [];
    const host = createHost(
      createReport(),
      {},
      {
        'reports.printed': ({ ticket }) => {
          tickets.push(ticket);
          throw new AppError('not-found', 'This test has no model.');
        },
      },
    );
    const bytes = await host.printReport('ticket & more', new AbortController().signal);
    expect(tickets).toEqual(['ticket & more']);
    const pdf = await PDFDocument.load(bytes);
    const { width, height } = pdf.getPage(0).getSize();
    expect(width).toBeCloseTo(595.3, -0.5);
    expect(height).toBeCloseTo(841.9, -0.5);
    const entries = pdf.catalog.entries().map(([name]) => name.toString());
    expect(entries).toEqual(expect.arrayContaining(['/MarkInfo', '/StructTreeRoot', '/Outlines']));
  });

  it.skipIf(browser === null)('gives up with the page, and does not repeat the token', async () => {
    const host = createHost('<!doctype html><html data-ready="error"><p>No such ticket</p></html>');
    const failure = await host.printReport('t', new AbortController().signal).catch(toAppError);
    expect(failure).toMatchObject({
      code: 'print-failed',
      detail: 'the report page gave up: No such ticket',
    });

    const never = createHost('<!doctype html>', { printTimeoutMs: 1500 });
    const timeout = toAppError(await never.printReport('t', new AbortController().signal).catch(toAppError));
    expect(timeout.code).toBe('print-failed');
    expect(timeout.detail).not.toContain('token=');
  });

  it.skipIf(browser === null)('stops when cancelled, while the page is loading or before', async () => {
    const controller = new AbortController();
    const host = createHost(
      createReport(),
      {},
      {
        'reports.printed': () => {
          controller.abort();
          return new Promise(() => undefined);
        },
      },
    );
    await expect(host.printReport('t', controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
    await expect(host.printReport('t', AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});
