import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { API_HOSTS } from '../../shared/contract/settings.ts';
import { WAD } from '../../shared/domain/units.ts';
import { openStore } from '../store/store.ts';
import { makeAddress, makeObservation, makePortfolio } from '../testing/made-up.ts';
import { POOLS, sendJson, startLlamaServer, type LlamaServer } from '../market/testing/llama-server.ts';
import { createTestServices, type TestServices } from '../testing/test-services.ts';

const DAY = 86_400_000;
/** After every date the bundled catalogue holds. */
const START = Date.UTC(2026, 10, 20);

let clock: { now: number };
let server: LlamaServer;

beforeAll(async () => {
  clock = { now: START };
  server = await startLlamaServer(() => clock.now);
});
afterAll(() => server.stop());
afterEach(() => server.reset());

function setUp(allowed: readonly (typeof API_HOSTS)[number][] = API_HOSTS): TestServices {
  const test = createTestServices(openStore(null), undefined, {
    bases: server.bases,
    limits: { timeoutMs: 2000 },
  });
  test.clock.pass(START - test.clock.now());
  test.services.settings.update({ allowedHosts: [...allowed] });
  return test;
}

async function refresh({ services }: TestServices) {
  const { id } = services.refresh.start();
  return services.jobs.finished(id);
}

function rowOf({ services }: TestServices, asset: string) {
  return services.market.view({ withSample: true }).rows.find((row) => row.asset.asset === asset);
}

describe('refreshing the catalogue', () => {
  it('asks nobody before a host is allowed, and says which', () => {
    const { services } = setUp([]);
    expect(() => services.refresh.start()).toThrow('not allowed');
    expect(services.refresh.status().hosts.every(({ isAllowed }) => !isAllowed)).toBe(true);
    expect(server.asked).toEqual([]);
  });

  it('asks only the hosts that are allowed', async () => {
    const test = setUp(['api.llama.fi']);
    expect(await refresh(test)).toMatchObject({ state: 'done', portfolioId: null });
    expect(new Set(server.asked.map((line) => line.split(' ')[0]))).toEqual(new Set(['api.llama.fi']));
    expect(test.services.refresh.status().parts.map(({ part }) => part)).toEqual(['tvl']);
  });

  it('lays yields, TVL and prices over what came with the program, and says what changed', async () => {
    const test = setUp();
    expect((await refresh(test)).state).toBe('done');
    const { catalog, changes, refreshedAt, failure } = test.services.catalog.get();
    expect({ refreshedAt, failure }).toEqual({ refreshedAt: START, failure: null });
    const fresh = catalog.observations.filter(({ fetchedAt }) => fetchedAt === START);
    const find = (protocol: string, metric: string) =>
      fresh.find((one) => one.protocol === protocol && one.metric === metric)?.low;
    expect(find('kelp', 'apyBase')).toBe(2.1);
    expect(find('kelp', 'apyEmissions')).toBe(0.4);
    expect(find('lido', 'tvl')).toBe(30_500_000_000.5);
    expect(changes.find(({ metric, protocol }) => metric === 'tvl' && protocol === 'kelp')).toMatchObject({
      // The catalogue has it of the product, and the page showed it as the protocol's.
      before: { product: 'rsETH', low: 1_210_000_000 },
      after: { low: 910_000_000 },
    });
    expect(rowOf(test, 'ETH')).toMatchObject({ price: { price: 200_000_000_000n, source: 'llama' } });
    // A token of one for one needs no rate: 1996 / 2000.
    expect(rowOf(test, 'stETH')?.peg).toMatchObject({ kind: 'known', peg: (998n * WAD) / 1000n });
    expect(rowOf(test, 'rsETH')?.peg).toEqual({ kind: 'unknown', why: 'no-rate' });
  });

  it('sends the names of the whole catalogue, whatever is held', async () => {
    const test = setUp();
    const before = test.services.portfolios.create('Mine', 'ethereum');
    await refresh(test);
    const first = [...server.asked];
    server.reset();
    test.services.portfolios.remove(before.id);
    const other = setUp();
    await refresh(other);
    expect(server.asked).toEqual(first);
  });

  it('keeps history, and asks only for the days that are missing', async () => {
    const test = setUp();
    await refresh(test);
    server.reset();
    await refresh(test);
    expect(server.asked.filter((line) => line.includes('/chart/'))).toEqual([]);
    test.clock.pass(5 * DAY);
    clock.now += 5 * DAY;
    server.answer('yields.llama.fi', (_, response) =>
      sendJson(response, { status: 'success', data: [{ ...POOLS[0], apy: 3 }] }),
    );
    await refresh(test);
    clock.now = START;
    const history = test.services.refresh
      .history('lido', 'stETH', 'apy')
      .filter((one) => one.fetchedAt !== null);
    expect(history.map(({ low }) => low)).toEqual([2.5, 3]);
    const { changes } = test.services.refresh.status();
    expect(changes.filter(({ metric }) => metric === 'apy')).toMatchObject([
      { before: { low: 2.5 }, after: { low: 3 } },
    ]);
  });

  it('asks again for days that did not come, though it has the price of today', async () => {
    const test = setUp();
    server.answer('coins.llama.fi', (request, response) => {
      if (request.url?.startsWith('/chart/')) return void response.writeHead(503).end();
      const coins = { 'coingecko:ethereum': { price: 2000, timestamp: START / 1000 - 60 } };
      sendJson(response, { coins });
    });
    await refresh(test);
    const ofEther = { asset: 'ETH', quote: 'USD', withSample: true, from: null, to: null } as const;
    const countOf = () =>
      test.services.market.history(ofEther).points.filter(({ source }) => source === 'llama').length;
    expect(countOf()).toBe(1);
    server.reset();
    await refresh(test);
    expect(countOf()).toBeGreaterThan(400);
    // Days, not the second of the last refresh.
    const starts = server.asked.flatMap((line) => /start=(\d+)/u.exec(line)?.[1] ?? []);
    expect(starts.length).toBeGreaterThan(0);
    expect(starts.filter((start) => (Number(start) * 1000) % DAY !== 0)).toEqual([]);
  });

  it('sets a size in dollars against one in dollars, never against one in ETH', async () => {
    const test = setUp();
    await refresh(test);
    const { changes } = test.services.refresh.status();
    expect(changes.filter(({ before, after }) => before !== null && before.unit !== after.unit)).toEqual([]);
  });

  it('keeps what a part that fails had, and what the others brought', async () => {
    const test = setUp();
    await refresh(test);
    test.clock.pass(1000);
    server.answer('yields.llama.fi', (_, response) => void response.writeHead(503).end());
    expect((await refresh(test)).state).toBe('done');
    const status = test.services.refresh.status();
    expect(status.parts.find(({ part }) => part === 'yields')?.error).toMatchObject({
      code: 'api-unreachable',
    });
    expect(status.parts.find(({ part }) => part === 'tvl')?.error).toBeNull();
    const { catalog, failure } = test.services.catalog.get();
    expect(failure).toMatchObject({ at: START + 1000, error: { code: 'api-unreachable' } });
    expect(catalog.observations.some((one) => one.metric === 'apy' && one.fetchedAt === START)).toBe(true);
  });

  it('fails where nothing came, with the old values and the time of both', async () => {
    const test = setUp();
    await refresh(test);
    test.clock.pass(2000);
    for (const host of API_HOSTS) server.answer(host, (request) => void request.socket.destroy());
    expect(await refresh(test)).toMatchObject({ state: 'failed', error: { code: 'api-unreachable' } });
    expect(test.services.refresh.status()).toMatchObject({ succeededAt: START, triedAt: START + 2000 });
    expect(rowOf(test, 'ETH')?.price?.source).toBe('llama');
  });

  it('does not keep for years what was fetched while the clock of this machine ran ahead', async () => {
    const test = setUp(['api.llama.fi']);
    const sizeOf = () =>
      test.services.catalog
        .get()
        .catalog.observations.filter(
          ({ protocol, metric, fetchedAt }) => protocol === 'lido' && metric === 'tvl' && fetchedAt !== null,
        );
    test.clock.pass(400 * DAY);
    await refresh(test);
    test.clock.pass(-400 * DAY);
    await refresh(test);
    expect(sizeOf()).toMatchObject([{ asOf: '2026-11-20', fetchedAt: START }]);
    expect(
      test.services.refresh.history('lido', null, 'tvl').filter(({ fetchedAt }) => fetchedAt !== null),
    ).toHaveLength(1);
  });

  it('takes no price from the future: the clock of this machine was set back', async () => {
    const test = setUp();
    clock.now = START + 10 * DAY;
    await refresh(test);
    clock.now = START;
    const part = test.services.refresh.status().parts.find((one) => one.part === 'prices');
    expect(part?.error?.code).toBe('api-malformed');
    expect(part?.error?.detail).toContain('clock');
    expect(rowOf(test, 'ETH')?.price?.source).not.toBe('llama');
  });
});

describe('the market', () => {
  const csv = (value: string, day = '2026-11-20') => `date,asset,quote,price\n${day},ETH,USD,${value}\n`;
  const file = (text: string, isPreview = false) => ({
    name: 'mine.csv',
    text,
    asset: null,
    quote: null,
    isPreview,
  });

  it('is empty of prices where nobody said any, and draws the sample, which says so', () => {
    const { services } = setUp([]);
    const history = services.market.history({
      asset: 'weETH',
      quote: 'USD',
      withSample: true,
      from: null,
      to: null,
    });
    expect(history).toMatchObject({ isSynthetic: true, quotes: ['USD'], thinned: null });
    expect(history.points.every(({ source }) => source === 'sample')).toBe(true);
    const peg = services.market.peg({ asset: 'rsETH', withSample: true, from: null, to: null });
    expect(peg.events).toMatchObject([{ kind: 'detected', isSynthetic: true }]);
    expect(() =>
      services.market.history({ asset: 'NONE', quote: 'USD', withSample: true, from: null, to: null }),
    ).toThrow();
  });

  it('invents nothing for whoever looks at a portfolio of their own', () => {
    const { market } = setUp([]).services;
    const { rows } = market.view({ withSample: false });
    expect(rows.some(({ price }) => price?.source === 'sample')).toBe(false);
    expect(rows.find(({ asset }) => asset.asset === 'weETH')).toMatchObject({
      price: null,
      peg: { kind: 'unknown', why: 'no-price' },
    });
    const question = { asset: 'weETH', withSample: false, from: null, to: null };
    expect(market.history({ ...question, quote: 'USD' })).toMatchObject({ isSynthetic: false, points: [] });
    expect(market.peg(question)).toMatchObject({ isSynthetic: false, points: [] });
  });

  it('takes a file once it was looked at, and never mixes the sample with it', () => {
    const test = setUp([]);
    const { market } = test.services;
    expect(market.importFile(file(csv('2001.5'), true))).toMatchObject({ added: 1 });
    expect(rowOf(test, 'ETH')?.price?.source).not.toBe('imported');
    expect(market.importFile(file(csv('2001.5')))).toMatchObject({ added: 1, replaced: 0 });
    expect(market.importFile(file(csv('2001.5')))).toMatchObject({ added: 0, unchanged: 1 });
    expect(rowOf(test, 'ETH')?.price).toMatchObject({ price: 200_150_000_000n, detail: 'mine.csv' });
    const history = market.history({ asset: 'ETH', quote: 'USD', withSample: true, from: null, to: null });
    expect(history.isSynthetic).toBe(false);
    expect(history.points.some(({ source }) => source === 'sample')).toBe(false);
    market.removeImported('ETH');
    expect(rowOf(test, 'ETH')?.price?.source).not.toBe('imported');
  });

  it('takes nothing of a file with one bad line', () => {
    const test = setUp([]);
    expect(() => test.services.market.importFile(file(`${csv('2001')}x,ETH,USD,1`))).toThrow('Line 3');
    expect(test.store.market.listNewest()).toEqual([]);
  });

  it('shows a typed price first, beside what it disagrees with, and undoes it', async () => {
    const test = setUp();
    await refresh(test);
    test.services.settings.setPrice('stETH', { quote: 'USD', value: 220_000_000_000n });
    expect(rowOf(test, 'stETH')).toMatchObject({
      price: { source: 'manual' },
      disagreement: { one: { source: 'manual' }, other: { source: 'llama' } },
    });
    test.services.undo.undo();
    expect(rowOf(test, 'stETH')).toMatchObject({ price: { source: 'llama' }, disagreement: null });
    test.services.settings.setPrice('ETH', { quote: 'USD', value: 210_000_000_000n });
    expect(test.services.settings.get().manualEthUsd?.price).toBe(210_000_000_000n);
    expect(rowOf(test, 'ETH')?.price?.source).toBe('manual');
  });

  it('takes the feed of every reading, once, as old as the feed says', () => {
    const test = setUp([]);
    const made = makeObservation([makeAddress(1)]);
    const { block } = made.origin;
    const price = { ok: true, value: 199_900_000_000n, contract: 'f', address: '0x', call: 'c' } as const;
    const observation = { ...made, ethUsd: { price, updatedAt: block.time - 60, heartbeat: 3600 } };
    test.store.portfolios.insert(makePortfolio(1));
    test.store.observations.insert('portfolio-1', { id: 'o1', observation });
    const { points } = test.services.market.history({
      asset: 'ETH',
      quote: 'USD',
      withSample: true,
      from: null,
      to: null,
    });
    const ofChain = points.filter(({ source }) => source === 'chain');
    expect(ofChain.map(({ at }) => at)).toEqual([(block.time - 60) * 1000]);
    expect(test.store.market.listNewReadings()).toEqual([]);
  });

  it('takes nothing of a reading of a test network', () => {
    const test = setUp([]);
    const made = makeObservation([makeAddress(1)]);
    const price = { ok: true, value: 1n, contract: 'f', address: '0x', call: 'c' } as const;
    const observation = {
      ...made,
      origin: { ...made.origin, chainId: 31_337 },
      ethUsd: { price, updatedAt: made.origin.block.time, heartbeat: 3600 },
    };
    test.store.portfolios.insert(makePortfolio(1));
    test.store.observations.insert('portfolio-1', { id: 'o1', observation });
    expect(rowOf(test, 'ETH')?.price?.source).not.toBe('chain');
    expect(test.store.market.listNewest()).toEqual([]);
  });

  it('says that a price is stale, with the time it is of', async () => {
    const test = setUp();
    await refresh(test);
    test.clock.pass(2 * DAY);
    expect(rowOf(test, 'BTC')).toMatchObject({ isStale: true, price: { at: START - 60_000 } });
  });

  it('thins ten years of days, says so, and keeps the lowest', () => {
    const test = setUp([]);
    const lines = Array.from({ length: 3650 }, (_, day) => {
      const date = new Date(START - (3650 - day) * DAY).toISOString().slice(0, 10);
      return `${date},BTC,USD,${day === 1234 ? 1 : 1000 + (day % 7)}`;
    });
    test.services.market.importFile(file(`date,asset,quote,price\n${lines.join('\n')}`));
    const history = test.services.market.history({
      asset: 'BTC',
      quote: 'USD',
      withSample: true,
      from: null,
      to: null,
    });
    expect(history.thinned?.from).toBeGreaterThanOrEqual(3650);
    expect(history.points.length).toBeLessThanOrEqual(2000);
    expect(history.points.some(({ value }) => value === 100_000_000n)).toBe(true);
    const [from, to] = [START - 30 * DAY, START];
    expect(
      test.services.market.history({ asset: 'BTC', quote: 'USD', withSample: true, from, to }).thinned,
    ).toBeNull();
  });

  it('answers with ten years of days of thirty assets, thinned', () => {
    const test = setUp([]);
    const points = Array.from({ length: 3650 }, (_, day) => ({
      at: START - (3650 - day) * DAY,
      value: 100_000_000n + BigInt(day),
      detail: 'made up',
    }));
    test.store.transact(() => {
      for (let index = 0; index < 30; index++) {
        const series = { kind: 'price', asset: `T${index}`, quote: 'USD', source: 'imported' } as const;
        test.store.market.put(series, points);
      }
    });
    expect(test.services.market.view({ withSample: true }).rows.length).toBeGreaterThan(30);
    const history = test.services.market.history({
      asset: 'T1',
      quote: 'USD',
      withSample: true,
      from: null,
      to: null,
    });
    expect(history.thinned).toEqual({ from: 3650, to: history.points.length });
  });

  it('saves what is stored in the form it reads', async () => {
    const test = setUp([]);
    test.services.market.importFile(file(csv('2001.5')));
    expect(await test.services.market.export('ETH')).toEqual({ isSaved: true });
    const text = new TextDecoder().decode(test.savedFiles[0]?.bytes);
    expect(test.services.market.importFile(file(text)).series[0]).toMatchObject({
      asset: 'ETH',
      quote: 'USD',
    });
  });

  it('knows a symbol however it is written', () => {
    const test = setUp([]);
    test.services.market.importFile(file('date,asset,quote,price\n2026-05-01,STETH,eth,0.9987\n'));
    expect(rowOf(test, 'stETH')?.inUnderlying).toMatchObject({ source: 'imported' });
    expect(rowOf(test, 'STETH')).toBeUndefined();
  });

  it('keeps every source of the order once', () => {
    const { services } = setUp([]);
    const { priceOrder } = services.settings.update({ priceOrder: ['chain', 'chain'] });
    expect(priceOrder).toEqual(['chain', 'imported', 'llama', 'catalog']);
  });
});
