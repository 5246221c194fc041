import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encode } from '../../shared/contract/codec.ts';
import type { API_HOSTS } from '../../shared/contract/settings.ts';
import { createText } from '../../shared/text/text.ts';
import { createDispatch } from '../dispatch.ts';
import { startLlamaServer, type LlamaServer } from '../market/testing/llama-server.ts';
import { createHandlers } from '../services/handlers.ts';
import { openStore } from '../store/store.ts';
import { createTestServices } from '../testing/test-services.ts';
import { runCatalogRefresh, type CatalogRefreshOptions } from './catalog-refresh.ts';
import { createLocalClient } from './local-client.ts';
import { createProgram, type CommandHandlers } from './program.ts';
import { createTerminal } from './terminal.ts';

const START = Date.UTC(2026, 10, 20);

let server: LlamaServer;

beforeAll(async () => {
  server = await startLlamaServer(() => START);
});
afterAll(() => server.stop());

async function run(options: CatalogRefreshOptions, allowed: readonly (typeof API_HOSTS)[number][]) {
  const test = createTestServices(openStore(null), undefined, { bases: server.bases });
  test.clock.pass(START - test.clock.now());
  test.services.settings.update({ allowedHosts: [...allowed] });
  const info = { version: '1', host: 'none', dataDir: '', platform: 'linux', canPrint: false } as const;
  const listeners = new Set<(event: string) => void>();
  const client = createLocalClient({
    dispatch: createDispatch(createHandlers(test.services, () => info)),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  });
  let printed = '';
  const stdout = { write: (text: string) => (printed += text) !== '' };
  const stderr = { write: () => true, isTTY: false };
  const terminal = createTerminal(
    { stdout, stderr },
    new AbortController().signal,
    () => START,
    createText().t,
  );
  // The test services keep their events to themselves: the end of the job is told here.
  const watch = setInterval(() => {
    for (const event of test.events.splice(0)) for (const listener of listeners) listener(encode(event));
  }, 5);
  try {
    await runCatalogRefresh(client, options, terminal);
  } finally {
    clearInterval(watch);
  }
  return printed;
}

describe('ballast catalog refresh', () => {
  it('says what came of each part, what changed, and which host was not asked', async () => {
    const printed = await run({}, ['yields.llama.fi', 'api.llama.fi']);
    expect(printed).toContain('Yields (yields.llama.fi): 2 taken.');
    expect(printed).toContain('kelp Held in it: 1.21bn USD → 910m USD');
    expect(printed).toContain('coins.llama.fi is not allowed and was not asked');
  });

  it('refuses without a host that is allowed, and says how to allow one', async () => {
    server.reset();
    await expect(run({}, [])).rejects.toMatchObject({ code: 'host-not-allowed' });
    expect(server.asked).toEqual([]);
  });

  it('takes its options wherever they stand', async () => {
    const seen: CatalogRefreshOptions[] = [];
    // The other commands are not run here.
    const handlers = {
      catalogRefresh: async (options: CatalogRefreshOptions) => void seen.push(options),
    } as unknown as CommandHandlers;
    const argv = ['catalog', 'refresh', '--data-dir', 'd', '--allow-host', 'api.llama.fi', 'coins.llama.fi'];
    await createProgram('1', handlers).parseAsync([...argv, '--json'], { from: 'user' });
    expect(seen).toMatchObject([{ dataDir: 'd', allowHost: ['api.llama.fi', 'coins.llama.fi'], json: true }]);
  });
});
