import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SAMPLE_PORTFOLIO_ID } from '../../shared/domain/account.ts';
import { WAD } from '../../shared/domain/units.ts';
import { loadSample } from '../samples.ts';
import { KEPT_READINGS } from '../store/observations-table.ts';
import { openStore } from '../store/store.ts';
import { makeAddress, makeObservation } from '../testing/made-up.ts';
import { createTestServices } from '../testing/test-services.ts';

const QUESTION = { currency: 'ETH', groupBy: 'position', basis: 'book', from: null, to: null } as const;

async function setUp() {
  const test = createTestServices();
  const { services } = test;
  const { id } = services.portfolios.create('Mine', 'ethereum');
  services.settings.update({ rpcUrls: { ethereum: ['http://127.0.0.1:8545'] } });
  await services.accounts.add(id, makeAddress(1), 'Vault');
  /** Reads once; `seed` is also how many seconds later the block is. */
  const refresh = async (seed: number): Promise<void> => {
    test.chain.observe = async ({ addresses }) => makeObservation(addresses, seed);
    const job = await services.jobs.finished(services.observe.refresh(id).id);
    expect(job.state).toBe('done');
  };
  const view = () => services.history.view(id, QUESTION);
  return { ...test, id, refresh, view };
}

describe('the history', () => {
  it('grows by one snapshot with each refresh, and names accounts as they are called now', async () => {
    const { services, id, refresh, view, store } = await setUp();
    expect(view()).toMatchObject({ count: 0, span: null, attribution: null });
    await refresh(1);
    await refresh(2);
    services.accounts.rename(services.accounts.list(id)[0]?.id ?? '', 'Cold');
    const { series, attribution } = view();
    expect(series[0]).toMatchObject({ subject: { accountName: 'Cold' }, values: [2n * WAD, 3n * WAD] });
    expect(attribution?.total.parts).toMatchObject({ flows: WAD, rewards: 0n, price: 0n });
    expect(store.snapshots.list(id)).toHaveLength(2);
  });

  it('is made up for readings from before there were snapshots, once', async () => {
    const { id, store, view } = await setUp();
    for (const seed of [1, 2, 3]) {
      store.observations.insert(id, {
        id: `o-${seed}`,
        observation: makeObservation([makeAddress(1)], seed),
      });
    }
    expect(view().count).toBe(3);
    expect(view().total.values).toEqual([2n * WAD, 3n * WAD, 4n * WAD]);
    expect(store.snapshots.list(id).map((ref) => ref.id)).toEqual(['o-1', 'o-2', 'o-3']);
  });

  it('outlives the readings, of which the newest and one a day are kept', async () => {
    const { id, store, services, view } = await setUp();
    const day = 86_400;
    const insert = (seed: number): void => {
      store.observations.insert(id, {
        id: `o-${seed}`,
        observation: {
          ...makeObservation([makeAddress(1)], seed),
          readAt: 1_700_000_000_000 + seed * 1000,
        },
      });
    };
    // One four times a day for forty days.
    for (let quarter = 0; quarter < 160; quarter += 1) insert((quarter * day) / 4);
    expect(view().count).toBe(160);
    // Not one is forgotten before its prices were taken.
    expect(store.observations.count(id)).toBe(160);
    for (const readingId of store.market.listNewReadings()) store.market.noteReading(readingId);
    store.observations.thin(id);
    expect(view().count).toBe(160);
    // The newest fifty are twelve days; of the eighteen days before one each.
    const kept = store.observations.count(id);
    expect(kept).toBeGreaterThanOrEqual(KEPT_READINGS + 17);
    expect(kept).toBeLessThanOrEqual(KEPT_READINGS + 19);
    expect(store.observations.latestId(id)).toBe(`o-${(159 * day) / 4}`);
    expect(services.readings.view(id).positions).toHaveLength(1);
    expect(view().count).toBe(160);
  });

  it('goes with its portfolio and comes back with it', async () => {
    const { services, id, refresh, view, store } = await setUp();
    await refresh(1);
    services.portfolios.remove(id);
    expect(store.snapshots.list(id)).toEqual([]);
    services.undo.undo();
    expect(view().count).toBe(1);
  });
});

describe('import and export', () => {
  it('give the same history on another store', async () => {
    const one = await setUp();
    for (const seed of [1, 5, 9]) await one.refresh(seed);
    const job = await one.services.jobs.finished(one.services.history.export(one.id).id);
    expect(job).toMatchObject({ state: 'done', kind: 'history' });
    const [file] = one.savedFiles;
    const text = new TextDecoder().decode(file?.bytes);
    const other = await setUp();
    const outcome = other.services.history.importFile(other.id, file?.name ?? '', text);
    expect(outcome).toMatchObject({ added: 3, same: 0, different: 0 });
    const { series, attribution } = other.view();
    expect({ series, attribution }).toEqual({
      series: one.view().series,
      attribution: one.view().attribution,
    });
    expect(other.view()).toMatchObject({
      notes: [{ kind: 'imported', count: 3 }],
      imports: [{ file: file?.name, count: 3, importedAt: other.clock.now() }],
    });
  });

  it('replace nothing, say what stays, and can be undone and removed', async () => {
    const { services, id, refresh, view } = await setUp();
    await refresh(1);
    const at = new Date(1_700_000_001_000).toISOString();
    const text = `time_utc,address,symbol,amount\n${at},${makeAddress(1)},ETH,99\n2020-01-01,${makeAddress(1)},ETH,1\n`;
    const outcome = services.history.importFile(id, '/home/me/old.csv', text);
    expect(outcome).toMatchObject({ added: 1, same: 0, different: 1 });
    expect(view().total.values).toEqual([WAD, 2n * WAD]);
    expect(services.undo.state().undo).toEqual({ key: 'edits.importHistory', params: { file: 'old.csv' } });
    services.undo.undo();
    expect(view().count).toBe(1);
    services.undo.redo();
    expect(view().count).toBe(2);
    services.history.removeImport(id, outcome.importId);
    expect(view()).toMatchObject({ count: 1, imports: [] });
    services.undo.undo();
    expect(view().count).toBe(2);
    expect(services.history.importFile(id, 'old.csv', text)).toMatchObject({
      added: 0,
      same: 1,
      different: 1,
    });
  });

  it('keep nothing of a file with a mistake or a secret in it', async () => {
    const { services, id, view } = await setUp();
    const good = `2020-01-01,${makeAddress(1)},ETH,1`;
    const key = 'ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
    const head = 'time_utc,address,symbol,amount,account';
    const give = (...lines: readonly string[]) =>
      services.history.importFile(id, 'a.csv', [head, ...lines].join('\n'));
    expect(() => give(good, '2020-01-02,0x01,ETH,much,')).toThrow('Line 3: amount “much”');
    expect(() => give(good, `2020-01-02,0x01,ETH,1,${key}`)).toThrow('private key');
    expect(() => services.history.importFile(SAMPLE_PORTFOLIO_ID, 'a.csv', head)).toThrow(
      'cannot be changed',
    );
    expect(view().count).toBe(0);
    expect(services.undo.state().undo?.key).toBe('edits.addAccount');
  });
});

describe('the sample’s history', () => {
  const sample = loadSample(join(import.meta.dirname, '..', '..', 'assets'));
  const view = (
    question: Partial<Omit<typeof QUESTION, 'currency' | 'basis'>> & {
      currency?: 'USD' | 'ETH' | 'BTC';
      basis?: 'book' | 'market';
    } = {},
  ) =>
    createTestServices(openStore(null), sample).services.history.view(SAMPLE_PORTFOLIO_ID, {
      ...QUESTION,
      ...question,
    });

  it('is said to be invented, has a gap of two months, and ends at the reading', () => {
    const { services } = createTestServices(openStore(null), sample);
    const history = view();
    expect(history.isSynthetic).toBe(true);
    expect(history.notes).toContainEqual({ kind: 'synthetic' });
    expect(history.notes).toContainEqual({ kind: 'gaps', count: 1, days: 70 });
    const { totals, freshness } = services.readings.view(SAMPLE_PORTFOLIO_ID);
    expect(history.total.values.at(-1)).toBe(totals.bookEth.value);
    expect(freshness.kind === 'read' && freshness.origin.block.time * 1000).toBe(history.span?.to);
  });

  it('has rewards, a deposit, and a month below the books that only the market shows', () => {
    const { attribution } = view();
    const wsteth = attribution?.rows.find(
      ({ subject }) => subject.kind === 'position' && subject.symbol === 'wstETH',
    );
    expect(wsteth?.parts?.rewards).toBeGreaterThan(0n);
    expect(wsteth?.parts?.flows).toBeGreaterThan(20n * WAD);
    const ezeth = (basis: 'book' | 'market') =>
      view({ basis }).series.find(({ subject }) => subject.kind === 'position' && subject.symbol === 'ezETH');
    const worst = (ezeth('book')?.values ?? []).map((value, index) => {
      const market = ezeth('market')?.values[index];
      return value === null || market === null || market === undefined
        ? 0
        : Number(value - market) / Number(value);
    });
    expect(Math.max(...worst)).toBeCloseTo(0.062, 3);
    expect(view({ currency: 'BTC' }).total.values.at(-1)).toBeGreaterThan(0n);
  });

  it('is the same on every start', () => {
    expect(view({ currency: 'USD' })).toEqual(view({ currency: 'USD' }));
  });
});
