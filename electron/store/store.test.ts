import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EvmAddress } from '../../shared/domain/address.ts';
import { makePosition, makeSnapshotOf } from '../../shared/domain/history/testing/make-snapshots.ts';
import {
  makeAccount,
  makeAddress,
  makeNetwork,
  makeObservation,
  makePortfolio,
  makeRun,
} from '../testing/made-up.ts';
import { KEPT_RUNS } from './runs-table.ts';
import { openStore, type Store } from './store.ts';

let folder: string;
let stores: Store[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-store-'));
  stores = [];
});

afterEach(() => {
  for (const store of stores) store.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(dataDir: string | null = folder): Store {
  const store = openStore(dataDir);
  stores.push(store);
  return store;
}

const RPC_URL = 'https://eth-mainnet.node-provider.test/v2/KJ8sd7fKq2mPz91xQw';
const LABEL = 'Grandmother’s vault';

function fill(store: Store): void {
  store.portfolios.insert({ ...makePortfolio(1), name: 'Family office Zürich' });
  store.accounts.insert({ ...makeAccount('portfolio-1', 1), label: LABEL, ensName: 'grandmother.eth' });
  store.observations.insert('portfolio-1', {
    id: 'observation-1',
    observation: makeObservation([makeAddress(1)]),
  });
  store.observations.putFailure('portfolio-1', {
    failedAt: 5,
    error: { code: 'node-refused', message: 'node-provider.test refused it.', retryable: true },
  });
  store.snapshots.insert('portfolio-1', {
    id: 'observation-1',
    importId: null,
    snapshot: makeSnapshotOf(1, [makePosition('wstETH', { address: makeAddress(1) })], {
      accounts: [{ address: makeAddress(1), name: LABEL, read: ['wstETH'] }],
    }),
  });
  store.runs.insert(makeRun('portfolio-1', 1));
  store.networks.insert({ id: 'network-1', createdAt: 1, network: makeNetwork('Basement devnet') });
  store.settings.write({
    rpcUrls: { ethereum: [RPC_URL] },
    manualEthUsd: { price: 312_050_000_000n, enteredAt: 9 },
    theme: 'dark',
  });
}

function readAll(store: Store): unknown {
  return {
    portfolios: store.portfolios.list(),
    accounts: store.accounts.list('portfolio-1'),
    latest: store.observations.latestId('portfolio-1'),
    observation: store.observations.get('observation-1'),
    failure: store.observations.findFailure('portfolio-1'),
    runs: store.runs.list('portfolio-1'),
    snapshots: store.snapshots.list('portfolio-1'),
    snapshot: store.snapshots.get('observation-1'),
    networks: store.networks.list(),
    settings: store.settings.read(),
  };
}

/** Every way the address could lie in a file: either case with and without checksum, its bytes, and base64. */
function spellingsOf(address: EvmAddress): readonly (readonly [name: string, bytes: Buffer])[] {
  const digits = address.slice(2);
  const raw = Buffer.from(digits, 'hex');
  return [
    ['checksummed', Buffer.from(digits)],
    ['lower case', Buffer.from(digits.toLowerCase())],
    ['upper case', Buffer.from(digits.toUpperCase())],
    ['raw bytes', raw],
    ['base64', Buffer.from(raw.toString('base64').slice(0, 24))],
    ['utf-16', Buffer.from(digits, 'utf16le')],
  ];
}

/** The files as they lie on the disk, read by another process: closing a handle here would drop SQLite's lock. */
function readRaw(): Buffer {
  return execFileSync('sh', ['-c', 'cat ./*'], { cwd: folder, maxBuffer: 1 << 28 });
}

function readSealedAccounts(): Buffer[] {
  const db = new DatabaseSync(join(folder, 'ballast.db'));
  const rows = db.prepare('SELECT sealed FROM accounts').all();
  db.close();
  return rows.flatMap(({ sealed }) => (sealed instanceof Uint8Array ? [Buffer.from(sealed)] : []));
}

describe('the store', () => {
  it('gives back what was put in, after closing and opening again', () => {
    const first = open();
    fill(first);
    const before = readAll(first);
    first.close();
    expect(readAll(open())).toEqual(before);
    expect(before).toMatchObject({
      portfolios: [{ name: 'Family office Zürich', networkId: 'ethereum' }],
      accounts: [{ label: LABEL, address: makeAddress(1) }],
      settings: { rpcUrls: { ethereum: [RPC_URL] }, theme: 'dark', hideAmounts: false },
    });
  });

  it('reads the one node per network that was kept before there could be several', () => {
    const store = open(null);
    // As the earlier version wrote it.
    store.settings.write({ rpcUrls: { ethereum: RPC_URL } as unknown as Record<string, string[]> });
    expect(store.settings.read().rpcUrls).toEqual({ ethereum: [RPC_URL] });
  });

  it('keeps everything in memory without a folder', () => {
    const store = open(null);
    fill(store);
    expect(readAll(open(null))).not.toEqual(readAll(store));
  });

  it('leaves no identifying byte in its files, log included', () => {
    const store = open();
    fill(store);
    store.accounts.rename('account-1', `${LABEL} (old)`);
    const needles: (readonly [string, Buffer])[] = [
      ...spellingsOf(makeAddress(1)),
      ...spellingsOf(makeAddress(11)),
      ['label', Buffer.from(LABEL)],
      ['ens name', Buffer.from('grandmother')],
      ['portfolio', Buffer.from('Family office')],
      ['url', Buffer.from('node-provider')],
      ['api key', Buffer.from('KJ8sd7fKq2mPz91xQw')],
      ['endpoint', Buffer.from('node.made-up')],
      ['network', Buffer.from('Basement')],
      ['amount', Buffer.from('312050000000')],
      ['dependency', Buffer.from('contract:lido')],
      ['schema word', Buffer.from('getEthBalance')],
      ['token', Buffer.from('wstETH')],
    ];
    for (const when of ['open', 'closed']) {
      if (when === 'closed') store.close();
      const raw = readRaw();
      // The search itself works: what is meant to be in the clear is found.
      expect(raw.includes('portfolio-1')).toBe(true);
      for (const [name, bytes] of needles) expect(raw.includes(bytes), `${name}, ${when}`).toBe(false);
    }
  });

  it('is readable by its user only', () => {
    const inner = join(folder, 'new', 'Ballast');
    open(inner);
    expect(statSync(inner).mode & 0o777).toBe(0o700);
    for (const file of ['ballast.db', 'ballast.db-wal']) {
      expect(statSync(join(inner, file)).mode & 0o777, file).toBe(0o600);
    }
  });

  it('makes a file readable by everybody its user’s own again', () => {
    open().close();
    chmodSync(join(folder, 'ballast.db'), 0o644);
    open();
    expect(statSync(join(folder, 'ballast.db')).mode & 0o777).toBe(0o600);
  });

  it('marks equal addresses differently in different portfolios', () => {
    const store = open();
    store.portfolios.insert(makePortfolio(1));
    store.portfolios.insert(makePortfolio(2));
    store.accounts.insert(makeAccount('portfolio-1', 1));
    store.accounts.insert({ ...makeAccount('portfolio-2', 1), id: 'other' });
    store.close();
    const db = new DatabaseSync(join(folder, 'ballast.db'));
    expect(db.prepare('SELECT count(DISTINCT address_mark) AS n FROM accounts').get()?.['n']).toBe(2);
    db.close();
  });

  it('refuses a second program on the same folder, and lets it in after a kill', () => {
    open();
    const script = `
      const { openStore } = await import(${JSON.stringify(join(import.meta.dirname, 'store.ts'))});
      try { openStore(${JSON.stringify(folder)}); console.log('opened'); process.kill(process.pid, 'SIGKILL'); }
      catch (error) { console.log(error.code, Boolean(error.help)); }`;
    const start = () =>
      spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(start().stdout.trim()).toBe('store-locked true');
    expect(() => openStore(folder)).toThrow(expect.objectContaining({ code: 'store-locked' }));
    stores[0]?.close();
    const killed = start();
    expect(killed.stdout.trim()).toBe('opened');
    expect(killed.signal).toBe('SIGKILL');
    expect(() => open()).not.toThrow();
  });

  it('keeps the newest runs only', () => {
    const store = open(null);
    for (let seed = 1; seed <= KEPT_RUNS + 5; seed += 1) store.runs.insert(makeRun('sample', seed));
    const runs = store.runs.list('sample');
    expect(runs).toHaveLength(KEPT_RUNS);
    expect(runs[0]?.id).toBe(`run-${KEPT_RUNS + 5}`);
    expect(runs.at(-1)?.id).toBe('run-6');
  });

  it('keeps earlier readings, and shows the one stored last, whatever the clock said', () => {
    const store = open(null);
    store.portfolios.insert(makePortfolio(1));
    for (const seed of [3, 1, 2]) {
      store.observations.insert('portfolio-1', { id: `o${seed}`, observation: makeObservation([], seed) });
    }
    expect(store.observations.latestId('portfolio-1')).toBe('o2');
    expect(store.observations.count('portfolio-1')).toBe(3);
  });

  it('forgets a failure once a reading succeeded', () => {
    const store = open(null);
    fill(store);
    expect(store.observations.findFailure('portfolio-1')).not.toBeNull();
    store.observations.insert('portfolio-1', { id: 'later', observation: makeObservation([], 2) });
    expect(store.observations.findFailure('portfolio-1')).toBeNull();
  });

  it('removes a portfolio from the disk with all that hangs on it, and brings it back whole', () => {
    const first = open();
    fill(first);
    first.close();
    const sealed = readSealedAccounts();
    const store = open();
    const before = readAll(store);
    expect(sealed.map((bytes) => readRaw().includes(bytes))).toEqual([true]);

    const removed = store.remove('portfolio', 'portfolio-1');
    expect(store.accounts.list('portfolio-1')).toEqual([]);
    expect(store.observations.get('observation-1')).toBeNull();
    expect(store.runs.find('run-1')).toBeNull();
    expect(sealed.map((bytes) => readRaw().includes(bytes))).toEqual([false]);

    store.putBack(removed);
    expect(readAll(store)).toEqual(before);
  });
});

it('says what is missing where the runtime has no SQLite', () => {
  const probe = vi.spyOn(process, 'getBuiltinModule').mockImplementation(() => undefined);
  try {
    expect(() => openStore(null)).toThrow(
      expect.objectContaining({
        code: 'store-unreadable',
        message: expect.stringContaining('SQLite') as string,
      }),
    );
  } finally {
    probe.mockRestore();
  }
});

describe('a data file that is not as it should be', () => {
  function expectRefused(code: string): void {
    const file = join(folder, 'ballast.db');
    const before = readFileSync(file);
    expect(() => openStore(folder)).toThrow(
      expect.objectContaining({ code, help: expect.any(String) as string }),
    );
    expect(readFileSync(file).equals(before), 'the file was changed').toBe(true);
  }

  function change(sql: string): void {
    const db = new DatabaseSync(join(folder, 'ballast.db'));
    db.exec(sql);
    db.close();
  }

  it('is refused and left alone where it is no database', () => {
    writeFileSync(join(folder, 'ballast.db'), 'a letter to my aunt, and nothing else\n'.repeat(400));
    expectRefused('store-unreadable');
  });

  it('is refused and left alone where it is another program’s', () => {
    change('CREATE TABLE recipes (name); INSERT INTO recipes VALUES (1)');
    expectRefused('store-unreadable');
  });

  it('is refused and left alone where a newer Ballast wrote it', () => {
    open().close();
    change('PRAGMA user_version = 4000');
    expectRefused('store-newer');
  });

  it('is refused and left alone where its pages are damaged', () => {
    const store = open();
    fill(store);
    store.close();
    const file = join(folder, 'ballast.db');
    const bytes = readFileSync(file);
    bytes.fill(0xff, 4096, 12_288);
    writeFileSync(file, bytes);
    expectRefused('store-unreadable');
  });

  it('is told where a folder stands in its place', () => {
    mkdirSync(join(folder, 'ballast.db'));
    expect(() => openStore(folder)).toThrow(expect.objectContaining({ code: 'store-unreadable' }));
  });

  it('shows no value that was moved to another row', () => {
    const store = open();
    fill(store);
    store.accounts.insert(makeAccount('portfolio-1', 2));
    store.close();
    change(
      `UPDATE accounts SET sealed = (SELECT sealed FROM accounts WHERE id = 'account-2') WHERE id = 'account-1'`,
    );
    const again = open();
    expect(() => again.accounts.find('account-1')).toThrow(
      expect.objectContaining({ code: 'store-unreadable' }),
    );
    expect(again.accounts.find('account-2')).not.toBeNull();
  });
});
