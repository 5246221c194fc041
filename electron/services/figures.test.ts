import { watchedText } from '../../shared/domain/account.ts';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import type { Report } from '../../shared/domain/report.ts';
import type { Scenario } from '../../shared/domain/scenario.ts';
import { WAD, type Wad } from '../../shared/domain/units.ts';
import { makeAddress, makeObservation, makeReading, makeRun } from '../testing/made-up.ts';
import { createTestServices } from '../testing/test-services.ts';
import { TICKET_LIFE_MS } from './reports.ts';

const SCENARIO: Scenario = {
  preset: 'contract-failure',
  events: [{ kind: 'contract-failure', dependency: 'contract:lido', loss: (WAD / 10n) as unknown as Wad }],
};

async function setUp() {
  const test = createTestServices();
  const { services } = test;
  services.settings.update({ rpcUrls: { ethereum: ['http://127.0.0.1:8545'] } });
  const { id } = services.portfolios.create('Mine', 'ethereum');
  await services.accounts.add(id, makeAddress(1), 'One');
  const refresh = () => services.jobs.finished(services.observe.refresh(id).id);
  return { ...test, id, refresh };
}

describe('refresh', () => {
  it('keeps a reading and shows it', async () => {
    const { services, id, refresh, events } = await setUp();
    expect(services.readings.view(id)).toMatchObject({
      freshness: { kind: 'never', error: null },
      positions: [],
      totals: { bookEth: { value: null } },
      unreadAccountIds: [services.accounts.list(id)[0]?.id],
    });
    expect((await refresh()).state).toBe('done');
    const view = services.readings.view(id);
    expect(view.freshness).toMatchObject({ kind: 'read', error: null });
    expect(view.totals.bookEth.value).toBe(2n * WAD);
    expect(view.unreadAccountIds).toEqual([]);
    expect(events).toContainEqual({
      kind: 'changed',
      methods: expect.arrayContaining(['portfolios.view', 'portfolios.exposure']) as string[],
      portfolioId: id,
    });
  });

  it('values at the market of about the block: typed, else by the order of sources, else not at all', async () => {
    const { services, id, refresh, chain } = await setUp();
    const { observe } = chain;
    chain.observe = async (request) => {
      const made = await observe(request);
      const accounts = made.accounts.map((account) => ({
        ...account,
        balances: [{ instrument: 'stETH', amount: makeReading(10n * WAD, 'balanceOf') }],
      }));
      return { ...made, accounts };
    };
    expect((await refresh()).state).toBe('done');
    const read = () => services.readings.view(id).positions[0]?.values.marketEth;
    expect(read()?.reason?.code).toBe('no-price');
    const take = (at: number, price: string) =>
      services.market.importFile({
        name: 'mine.csv',
        text: `date,asset,quote,price\n${new Date(at).toISOString().slice(0, 10)},stETH,ETH,${price}\n`,
        asset: null,
        quote: null,
        isPreview: false,
      });
    const { block } = makeObservation([]).origin;
    take((block.time - 3 * 86_400) * 1000, '0.5');
    expect(read()?.reason?.code).toBe('no-price');
    take(block.time * 1000, '0.9');
    expect(read()?.value).toBe(9n * WAD);
    services.settings.setPrice('stETH', { quote: 'ETH', value: WAD / 2n });
    expect(read()?.value).toBe(5n * WAD);
  });

  it('keeps the old figures when it fails, with the failure beside them, until it succeeds', async () => {
    const { services, id, refresh, chain, clock } = await setUp();
    await refresh();
    const { observe } = chain;
    chain.observe = async () => {
      throw new AppError('node-unreachable', 'The node does not answer.', {
        detail: 'at http://x.test/v2/KEY',
        retryable: true,
      });
    };
    clock.pass(60_000);
    expect(await refresh()).toMatchObject({ state: 'failed', error: { code: 'node-unreachable' } });
    const failed = services.readings.view(id);
    expect(failed.totals.bookEth.value).toBe(2n * WAD);
    expect(failed.freshness).toMatchObject({
      error: { detail: 'at http://x.test/…' },
      failedAt: clock.now(),
    });
    expect(services.reports.model(id, null).isStale).toBe(true);
    chain.observe = observe;
    await refresh();
    expect(services.readings.view(id).freshness).toMatchObject({ error: null, failedAt: null });
  });

  it('shows the first failure too, where nothing was read yet', async () => {
    const { services, id, refresh, chain } = await setUp();
    chain.observe = async () => {
      throw new AppError('wrong-chain', 'Another chain.');
    };
    await refresh();
    expect(services.readings.view(id).freshness).toMatchObject({
      kind: 'never',
      error: { code: 'wrong-chain' },
    });
  });

  it('needs an account and a node', async () => {
    const { services } = createTestServices();
    const { id } = services.portfolios.create('Mine', 'ethereum');
    expect(() => services.observe.refresh(id)).toThrow(expect.objectContaining({ code: 'nothing-observed' }));
    await services.accounts.add(id, makeAddress(1), 'One');
    expect(() => services.observe.refresh(id)).toThrow(expect.objectContaining({ code: 'no-node' }));
  });

  it('runs once at a time, and leaves no trace when it is cancelled', async () => {
    const { services, id, chain, store } = await setUp();
    chain.observe = ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new AppError('cancelled', 'Cancelled.')));
      });
    const job = services.observe.refresh(id);
    expect(services.observe.refresh(id).id).toBe(job.id);
    await Promise.resolve();
    services.jobs.cancel(job.id);
    expect((await services.jobs.finished(job.id)).state).toBe('cancelled');
    expect(store.observations.findFailure(id)).toBeNull();
  });

  it('is cancelled with its portfolio, and keeps nothing for it', async () => {
    const { services, id, chain, store } = await setUp();
    const answer = Promise.withResolvers<ReturnType<typeof makeObservation>>();
    chain.observe = () => answer.promise;
    const job = services.observe.refresh(id);
    await Promise.resolve();
    services.portfolios.remove(id);
    services.undo.undo();
    answer.resolve(makeObservation([]));
    expect((await services.jobs.finished(job.id)).state).toBe('cancelled');
    expect(store.observations.count(id)).toBe(0);
  });
});

describe('the view', () => {
  it('follows accounts and price without a new reading', async () => {
    const { services, id, refresh } = await setUp();
    await refresh();
    const added = await services.accounts.add(id, makeAddress(2), 'Two');
    expect(services.readings.view(id)).toMatchObject({
      unreadAccountIds: [added.id],
      totals: { bookUsd: { value: null } },
    });
    services.settings.update({ manualEthUsd: { price: 300_000_000_000n, enteredAt: 0 } });
    expect(services.readings.view(id).totals.bookUsd.value).toBe(600_000_000_000n);
    for (const account of services.accounts.list(id)) services.accounts.remove(account.id);
    expect(services.readings.view(id).positions).toEqual([]);
  });

  it('knows no total where none of the watched accounts was read yet, and a report says so too', async () => {
    const { services, id, refresh } = await setUp();
    await refresh();
    const [first] = services.accounts.list(id);
    const added = await services.accounts.add(id, makeAddress(2), 'Two');
    const report = services.reports.model(id, null);
    expect(report).toMatchObject({
      unreadAccountIds: [added.id],
      notices: [{ code: 'partial', contract: 'Two', call: watchedText(added) }],
      totals: { bookEth: { value: 2n * WAD } },
    });
    services.accounts.remove(first?.id ?? '');
    const unknown = { bookEth: { value: null, reason: { code: 'not-visible' } }, bookUsd: { value: null } };
    expect(services.readings.view(id).totals).toMatchObject(unknown);
    expect(services.reports.model(id, null).totals).toMatchObject(unknown);
  });

  it('computes once for as long as nothing changes', async () => {
    const { services, id, refresh } = await setUp();
    await refresh();
    const first = services.readings.get(id);
    expect(services.readings.get(id).exposure()).toBe(first.exposure());
    services.accounts.rename(services.accounts.list(id)[0]?.id ?? '', 'Another');
    expect(services.readings.get(id).exposure()).not.toBe(first.exposure());
    expect(services.readings.view(id).positions[0]?.accountLabel).toBe('Another');
  });

  it('shows the sample at once', () => {
    const { services } = createTestServices();
    expect(services.readings.view('sample').totals.bookEth.value).toBe(2n * WAD);
    expect(() => services.readings.view('nowhere')).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});

describe('scenarios', () => {
  it('are run on the newest reading and kept, the sample’s too', async () => {
    const { services, events } = createTestServices();
    const job = await services.jobs.finished(services.stress.start('sample', SCENARIO).id);
    expect(job).toMatchObject({ state: 'done', kind: 'scenario' });
    const [run] = services.stress.list('sample');
    expect(run).toMatchObject({ id: job.resultId, portfolioId: 'sample', blockNumber: 20_000_001n });
    expect(services.stress.get(job.resultId ?? '')).toEqual(run);
    expect(events).toContainEqual({ kind: 'changed', methods: ['runs.list'], portfolioId: 'sample' });
  });

  it('keep no secret in place of an id', () => {
    const { services, store } = createTestServices();
    const dependency = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
    const events = SCENARIO.events.map((event) => ({ ...event, dependency }));
    expect(() => services.stress.start('sample', { ...SCENARIO, events })).toThrow(
      expect.objectContaining({ code: 'secret-refused' }) as AppError,
    );
    expect(store.runs.list('sample')).toEqual([]);
  });

  it('need a reading', () => {
    const { services } = createTestServices();
    const { id } = services.portfolios.create('Mine', 'ethereum');
    expect(() => services.stress.start(id, SCENARIO)).toThrow(
      expect.objectContaining({ code: 'nothing-observed' }),
    );
    expect(() => services.stress.get('none')).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});

describe('reports', () => {
  it('are saved in each format', async () => {
    const { services, savedFiles } = createTestServices();
    for (const format of ['csv', 'json', 'pdf'] as const) {
      const job = await services.jobs.finished(services.reports.export('sample', null, format).id);
      expect(job.state).toBe('done');
      expect(job.resultId).toContain(`.${format}`);
    }
    expect(savedFiles.map(({ mime }) => mime)).toEqual(['text/csv', 'application/json', 'application/pdf']);
  });

  it('show the page being printed the model behind its ticket, for as long as it is printed', async () => {
    const { services, host, clock } = createTestServices();
    const seen: Report[] = [];
    let ticket = '';
    host.printReport = async (given) => {
      ticket = given;
      seen.push(services.reports.printed(given));
      clock.pass(TICKET_LIFE_MS);
      expect(() => services.reports.printed(given)).toThrow(expect.objectContaining({ code: 'not-found' }));
      return new Uint8Array([1]);
    };
    await services.jobs.finished(services.reports.export('sample', null, 'pdf').id);
    expect(seen[0]?.portfolio.id).toBe('sample');
    expect(() => services.reports.printed(ticket)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  it('are refused as PDF where nothing can print, and end as cancelled where no file was chosen', async () => {
    const { services, host } = createTestServices();
    host.canPrint = false;
    expect(() => services.reports.export('sample', null, 'pdf')).toThrow(
      expect.objectContaining({ code: 'no-browser' }),
    );
    host.saveFile = async () => 'declined';
    const job = await services.jobs.finished(services.reports.export('sample', null, 'csv').id);
    expect(job.state).toBe('cancelled');
  });

  it('take no run of another portfolio', async () => {
    const { services, store, id, refresh } = await setUp();
    await refresh();
    store.runs.insert(makeRun('sample', 1));
    expect(services.reports.model('sample', 'run-1').run?.id).toBe('run-1');
    expect(() => services.reports.model(id, 'run-1')).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});
