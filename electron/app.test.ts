import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { decode } from '../shared/contract/codec.ts';
import { eventSchema } from '../shared/contract/methods.ts';
import { createApp, type App } from './app.ts';
import { createLocalClient, waitForJob } from './cli/local-client.ts';
import type { Host, OfferedFile } from './host.ts';
import { makeAddress } from './testing/made-up.ts';

const folder = mkdtempSync(join(tmpdir(), 'ballast-app-'));
const apps: App[] = [];
const saved: OfferedFile[] = [];

afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
  rmSync(folder, { recursive: true, force: true });
});

const host: Host = {
  kind: 'none',
  canPrint: false,
  saveFile: async (file) => {
    saved.push(file);
    return { path: file.name };
  },
  printReport: () => Promise.reject(new Error('nothing prints here')),
  notify: () => undefined,
};

function start(dataDir: string | null): App {
  const app = createApp({
    dataDir,
    assetsDir: join(import.meta.dirname, '..', 'assets'),
    version: '1.2.3',
    host,
    now: Date.now,
    randomId: randomUUID,
    workerUrl: new URL('./risk/worker.ts', import.meta.url),
    bitcoinWorkerUrl: new URL('./chain/bitcoin/bitcoin-worker.ts', import.meta.url),
    platform: 'linux',
  });
  apps.push(app);
  return app;
}

describe('the program without a window', () => {
  it('shows the bundled sample, runs a scenario on it and writes a report of that', async () => {
    const client = createLocalClient(start(null).served);
    const portfolioId = 'sample';
    const view = await client.call('portfolios.view', { portfolioId });
    expect(view.totals.bookEth.value).toBeGreaterThan(0n);
    const { scenario } = await client.call('scenarios.suggest', { portfolioId, preset: 'operator-slash' });
    if (!scenario) throw new Error('the sample has no operator to slash');
    const wait = (begin: Parameters<typeof waitForJob>[1]) =>
      waitForJob(client, begin, new AbortController().signal, () => undefined);
    const ran = await wait(() => client.call('scenarios.run', { portfolioId, scenario }));
    const runId = ran.resultId ?? '';
    const run = await client.call('runs.get', { runId });
    expect(run.result.totalLossWei).toBeGreaterThan(0n);
    await wait(() => client.call('reports.export', { portfolioId, runId, format: 'json' }));
    expect(new TextDecoder().decode(saved.at(-1)?.bytes)).toContain(run.result.totalLossWei.toString());
  });

  it('keeps what was done for the next start, and tells of changes', async () => {
    const first = start(folder);
    const client = createLocalClient(first.served);
    const changed: string[] = [];
    first.served.subscribe((text) => {
      const event = eventSchema.parse(decode(text));
      if (event.kind === 'changed') changed.push(...event.methods);
    });
    const { id } = await client.call('portfolios.create', { name: 'Mine', networkId: 'ethereum' });
    await client.call('accounts.add', { portfolioId: id, address: makeAddress(1), label: 'One' });
    expect(changed).toEqual(expect.arrayContaining(['portfolios.list', 'portfolios.view', 'edits.state']));
    await first.close();
    await first.close();
    const again = createLocalClient(start(folder).served);
    expect((await again.call('portfolios.view', { portfolioId: id })).accounts).toMatchObject([
      { label: 'One' },
    ]);
    expect(await again.call('app.info', {})).toMatchObject({
      version: '1.2.3',
      dataDir: folder,
      host: 'none',
    });
  });
});
