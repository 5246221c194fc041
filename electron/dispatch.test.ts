import { describe, expect, it } from 'vitest';
import { decode, encode } from '../shared/contract/codec.ts';
import { AppError } from '../shared/contract/errors.ts';
import { METHOD_NAMES, methods, resultSchema, type MethodName } from '../shared/contract/methods.ts';
import { DEFAULT_SETTINGS } from '../shared/contract/settings.ts';
import { DEFAULT_STUDY_REQUEST } from '../shared/domain/kept-study.ts';
import { DEFAULT_COMPARISON } from '../shared/domain/product-comparison.ts';
import { DEFAULT_EXIT_ASSUMPTIONS, NO_EXIT_STRESS } from './risk/exit/exit-assumptions.ts';
import { createDispatch, type Handlers } from './dispatch.ts';
import { createHandlers } from './services/handlers.ts';
import { createTestServices } from './testing/test-services.ts';

const KEY = '11'.repeat(32);

function setUp(replaced: Partial<Handlers> = {}) {
  const { services } = createTestServices();
  const info = { version: '1', host: 'none', dataDir: '', platform: 'linux', canPrint: false } as const;
  const dispatch = createDispatch({ ...createHandlers(services, () => info), ...replaced });
  return async (method: string, input: unknown, text = encode(input)) =>
    resultSchema.parse(decode(await dispatch(method, text)));
}

/** Input each method accepts, so that what is refused beside it is refused for its own fault. */
const GOOD: { readonly [M in MethodName]: Record<string, unknown> } = {
  'app.info': {},
  'portfolios.list': {},
  'portfolios.create': { name: 'Mine', networkId: 'ethereum' },
  'portfolios.rename': { portfolioId: 'p', name: 'x' },
  'portfolios.remove': { portfolioId: 'p' },
  'portfolios.view': { portfolioId: 'sample' },
  'portfolios.exposure': { portfolioId: 'sample' },
  'portfolios.refresh': { portfolioId: 'p' },
  'accounts.add': { portfolioId: 'p', address: '0x', label: '' },
  'accounts.rename': { accountId: 'a', label: '' },
  'accounts.remove': { accountId: 'a' },
  'settings.get': {},
  'settings.update': {},
  'settings.health': { list: 'rpcUrls', networkId: 'ethereum' },
  'settings.testNode': { networkId: 'ethereum', url: 'http://127.0.0.1' },
  'settings.testServer': { networkId: 'ethereum', url: 'tcp://127.0.0.1:50001' },
  'babylon.get': { networkId: 'ethereum' },
  'babylon.import': { networkId: 'ethereum', text: '{}' },
  'babylon.read': { networkId: 'ethereum' },
  'babylon.reset': { networkId: 'ethereum' },
  'networks.list': {},
  'networks.import': { text: '{}' },
  'networks.remove': { networkId: 'n' },
  'scenarios.presets': { portfolioId: 'sample' },
  'scenarios.suggest': { portfolioId: 'sample', preset: 'operator-slash' },
  'scenarios.run': {
    portfolioId: 'sample',
    scenario: { preset: 'custom', events: [{ kind: 'contract-failure', dependency: 'd', loss: 1n }] },
  },
  'runs.list': { portfolioId: 'sample' },
  'runs.get': { runId: 'r' },
  'studies.start': {
    portfolioId: 'sample',
    request: { ...DEFAULT_STUDY_REQUEST, paths: 1000 },
  },
  'studies.latest': { portfolioId: 'sample' },
  'studies.move': {
    portfolioId: 'sample',
    move: { fromPositionId: 'a', toPositionId: null, amount: 1 },
  },
  'studies.moved': { portfolioId: 'sample' },
  'hazards.get': {},
  'compare.start': { ...DEFAULT_COMPARISON, productIds: ['lido/stETH', 'kelp/rsETH'], paths: 1000 },
  'compare.latest': {},
  'compare.export': { columns: ['protocol'], rows: [['Lido']] },
  'catalog.get': {},
  'catalog.refresh': {},
  'catalog.refreshStatus': {},
  'catalog.history': { protocol: 'lido', product: null, metric: 'tvl' },
  'market.view': { withSample: true },
  'market.history': { asset: 'ETH', quote: 'USD', withSample: false, from: null, to: null },
  'market.peg': { asset: 'weETH', withSample: true, from: 0, to: null },
  'market.import': { name: 'a.csv', text: '', asset: null, quote: null, isPreview: true },
  'market.removeImported': { asset: 'ETH' },
  'market.export': { asset: null },
  'market.setManual': { asset: 'ETH', price: { quote: 'USD', value: 1n } },
  'history.view': {
    portfolioId: 'sample',
    currency: 'USD',
    groupBy: 'position',
    basis: 'book',
    from: null,
    to: 0,
  },
  'history.import': { portfolioId: 'p', name: 'a.csv', text: '' },
  'history.removeImport': { portfolioId: 'p', importId: 'i' },
  'history.export': { portfolioId: 'sample' },
  'exits.defaults': {},
  'exits.plan': { portfolioId: 'sample', assumptions: DEFAULT_EXIT_ASSUMPTIONS, stress: NO_EXIT_STRESS },
  'reports.model': { portfolioId: 'sample', runId: null },
  'reports.export': { portfolioId: 'sample', runId: null, format: 'json' },
  'reports.printed': { ticket: 't' },
  'jobs.list': {},
  'jobs.cancel': { jobId: 'j' },
  'edits.state': {},
  'edits.undo': {},
  'edits.redo': {},
};

describe('dispatch', () => {
  it.each(METHOD_NAMES)('%s takes good input only', async (method) => {
    const call = setUp();
    const good = await call(method, GOOD[method]);
    if (!good.ok)
      expect(good.error.code, good.error.detail).not.toMatch(/^(bad-request|unknown-method|internal)$/u);

    const fields = Object.keys(GOOD[method]);
    const bad: unknown[] = [null, [], 'text', 7, { ...GOOD[method], [KEY]: 1 }];
    for (const field of fields) {
      const { [field]: _left, ...rest } = GOOD[method];
      bad.push(rest, { ...GOOD[method], [field]: { [KEY]: KEY } }, { ...GOOD[method], [field]: 5n });
    }
    for (const input of bad) {
      const result = await call(method, input);
      expect(result).toMatchObject({ ok: false, error: { code: 'bad-request' } });
      expect(encode(result), 'a refusal repeats nothing that was sent').not.toContain(KEY);
    }
  });

  it('answers with what the contract promises', async () => {
    const call = setUp();
    for (const method of METHOD_NAMES) {
      const result = await call(method, GOOD[method]);
      if (result.ok) expect(methods[method].output.safeParse(result.value).success, method).toBe(true);
    }
    expect(await call('app.info', {})).toMatchObject({ ok: true, value: { host: 'none' } });
  });

  it('refuses every name that is no method', async () => {
    const call = setUp();
    for (const name of [
      '',
      'invoke',
      'constructor',
      '__proto__',
      'toString',
      'app.info ',
      'APP.INFO',
      'app',
    ]) {
      expect(await call(name, {})).toMatchObject({ ok: false, error: { code: 'unknown-method' } });
    }
  });

  it('repeats no key of a map either, only its place', async () => {
    const result = await setUp()('settings.update', { rpcUrls: { [KEY]: 5, 'legal winner thank': 5 } });
    expect(result).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(encode(result)).toContain('input.rpcUrls.…: invalid_type');
    expect(encode(result)).not.toMatch(/1111|winner/u);
  });

  it('refuses text it cannot read, or too much of it, without repeating it', async () => {
    const call = setUp();
    for (const text of ['', '{', KEY, '{"$bigint":"x"}', `{"text":"${'x'.repeat(8_000_001)}"}`]) {
      const result = await call('networks.import', null, text);
      expect(result).toMatchObject({ ok: false, error: { code: 'bad-request' } });
      expect(encode(result)).not.toContain(KEY);
    }
  });

  it('takes no longer over a long text than over a short one', async () => {
    // A quarter of an hour, were it searched for a URL anew from each of its letters.
    const detail = `${'a.'.repeat(500_000)} https://node.test/v2/SECRET`;
    const call = setUp({ 'jobs.list': () => Promise.reject(new AppError('internal', 'x', { detail })) });
    const result = encode(await call('jobs.list', {}));
    expect(result).toContain('https://node.test/…');
    expect(result).not.toContain('SECRET');
  });

  it('never rejects, and lets no URL out whole', async () => {
    const call = setUp({
      'portfolios.list': () => {
        throw new Error('connect https://user:pass@node.test/v2/SECRET?key=SECRET failed');
      },
      'jobs.list': () => Promise.reject(new AppError('node-refused', 'http://x.test/SECRET refused it.')),
      'runs.list': () => {
        // A library may throw anything.
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- that is what is tested
        throw 'wss://x.test/SECRET';
      },
    });
    for (const [method, input] of [
      ['portfolios.list', {}],
      ['jobs.list', {}],
      ['runs.list', { portfolioId: 'p' }],
    ] as const) {
      const result = await call(method, input);
      expect(result).toMatchObject({ ok: false });
      expect(encode(result)).not.toMatch(/SECRET|pass@/u);
    }
  });

  it('turns an answer that breaks the contract into an error', async () => {
    // The cast breaks the contract on purpose.
    const call = setUp({ 'jobs.list': () => [{ id: 7 }] as unknown as [] });
    expect(await call('jobs.list', {})).toMatchObject({ ok: false, error: { code: 'internal' } });
  });

  it('gives every handler the input of its schema, stripped of nothing and filled with nothing', async () => {
    const seen: unknown[] = [];
    const call = setUp({
      'settings.update': (input) => {
        seen.push(input);
        return { ...DEFAULT_SETTINGS, theme: 'dark' };
      },
    });
    await call('settings.update', { manualEthUsd: { price: 5n, enteredAt: 1 } });
    expect(seen).toEqual([{ manualEthUsd: { price: 5n, enteredAt: 1 } }]);
  });
});
