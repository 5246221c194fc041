import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import type { BitcoinWallet } from '../../shared/domain/bitcoin-wallet.ts';
import { DEFAULT_STUDY_REQUEST } from '../../shared/domain/kept-study.ts';
import type { Scenario } from '../../shared/domain/scenario.ts';
import { makeBitcoinObservation, makeStakeObservation } from '../../shared/domain/testing/made-up-bitcoin.ts';
import { WAD, type Wad } from '../../shared/domain/units.ts';
import { makeAddress, makeObservation } from '../testing/made-up.ts';
import { makeBitcoinReading } from '../testing/made-up-bitcoin.ts';
import { createTestServices } from '../testing/test-services.ts';

const ZPUB =
  'zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs';
const SERVER = 'ssl://server.made-up.test:50002';
const PIN = 'ab'.repeat(32);

async function setUp() {
  const test = createTestServices();
  const { services } = test;
  const { id } = services.portfolios.create('Mine', 'ethereum');
  services.settings.update({ bitcoinServers: { ethereum: [SERVER] } });
  const account = await services.accounts.add(id, ZPUB, 'Vault', { gapLimit: 50 });
  const refresh = () => services.jobs.finished(services.observe.refresh(id).id);
  return { ...test, id, account, refresh };
}

function makeWallet(): BitcoinWallet {
  return {
    schema: 'ballast-wallet/1',
    network: 'mainnet',
    derivedFrom: ['wpkh(…)', '50'],
    statusKind: 'electrum',
    scripts: [],
    histories: {},
    transactions: [],
    searched: { asOf: '2026-11-23', txids: [] },
    stakes: [],
  };
}

describe('a Bitcoin account', () => {
  it('is watched beside Ethereum, by what was typed', async () => {
    const { services, id, account } = await setUp();
    expect(account).toMatchObject({ kind: 'bitcoin', form: 'extended-key', text: ZPUB, gapLimit: 50 });
    await expect(services.accounts.add(id, ` ${ZPUB}`, '')).rejects.toMatchObject({
      code: 'duplicate-account',
    });
    services.undo.undo();
    expect(services.accounts.list(id)).toEqual([]);
    services.undo.redo();
    expect(services.accounts.list(id)).toEqual([account]);
  });

  it('is read from its server alone, and what the next reading builds on is kept', async () => {
    const { services, id, account, refresh, bitcoin, store } = await setUp();
    const kept: unknown[] = [];
    bitcoin.read = async ({ network, accounts }) => {
      kept.push(accounts[0]?.kept ?? null);
      return {
        ...makeBitcoinReading(network, accounts),
        wallets: [{ accountId: account.id, wallet: makeWallet() }],
      };
    };
    expect((await refresh()).state).toBe('done');
    expect((await refresh()).state).toBe('done');
    expect(kept).toEqual([null, makeWallet()]);
    const view = services.readings.view(id);
    expect(view.positions).toMatchObject([{ state: 'held', amount: { value: 150_000_000n } }]);
    expect(view.freshness).toMatchObject({ kind: 'read', origin: { kind: 'bitcoin', network: 'mainnet' } });
    expect(view.unreadAccountIds).toEqual([]);
    services.accounts.remove(account.id);
    expect(store.bitcoin.findWallet(account.id)).toBeNull();
  });

  it('needs a server of the user’s own', async () => {
    const { services, id } = await setUp();
    services.settings.update({ bitcoinServers: {} });
    expect(() => services.observe.refresh(id)).toThrow(expect.objectContaining({ code: 'no-node' }));
  });

  it('is refused where it holds a private key, before anything is kept', async () => {
    const { services, id } = await setUp();
    const wif = 'KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn';
    await expect(services.accounts.add(id, `wpkh(${wif})`, '')).rejects.toMatchObject({
      code: 'secret-refused',
    });
    expect(services.accounts.list(id)).toHaveLength(1);
  });

  it('leaves the program shortened: a report does not hand on the key to all transactions', async () => {
    const { services, id, refresh } = await setUp();
    await refresh();
    const report = services.reports.model(id, null);
    const text = JSON.stringify(report, (_, one: unknown) =>
      typeof one === 'bigint' ? one.toString() : one,
    );
    expect(text).not.toContain(ZPUB);
    expect(text).toContain(ZPUB.slice(0, 6));
  });
});

describe('both sides of a portfolio', () => {
  it('are one reading, each with its own block', async () => {
    const { services, id, refresh } = await setUp();
    services.settings.update({ rpcUrls: { ethereum: ['http://127.0.0.1:8545'] } });
    await services.accounts.add(id, makeAddress(1), 'Ether');
    expect((await refresh()).state).toBe('done');
    const { positions, freshness } = services.readings.view(id);
    expect(positions.map(({ instrument }) => instrument.symbol).toSorted()).toEqual(['BTC', 'ETH']);
    expect(freshness).toMatchObject({ origin: { kind: 'chain' } });
  });

  it('stand for themselves: what one could not read stays as it was, and the failure is told', async () => {
    const { services, id, refresh, bitcoin, chain } = await setUp();
    services.settings.update({ rpcUrls: { ethereum: ['http://127.0.0.1:8545'] } });
    await services.accounts.add(id, makeAddress(1), 'Ether');
    await refresh();
    bitcoin.read = async () => {
      throw new AppError('node-unreachable', 'The server does not answer.');
    };
    chain.observe = async ({ addresses }) => makeObservation(addresses, 500);
    expect((await refresh()).state).toBe('failed');
    const view = services.readings.view(id);
    const amounts = view.positions.map(({ instrument, amount }) => [instrument.symbol, amount.value]);
    expect(Object.fromEntries(amounts)).toEqual({ BTC: 150_000_000n, ETH: 501n * 10n ** 18n });
    expect(view.freshness).toMatchObject({ error: { code: 'node-unreachable' } });
    // The other way round.
    bitcoin.read = async ({ network, accounts }) => {
      const reading = makeBitcoinReading(network, accounts);
      const [first] = reading.observation.accounts;
      return {
        ...reading,
        observation: { ...reading.observation, accounts: [{ ...first!, confirmed: 1n }] },
      };
    };
    chain.observe = async () => {
      throw new AppError('node-timeout', 'The node is slow.');
    };
    await refresh();
    const later = services.readings
      .view(id)
      .positions.map(({ instrument, amount }) => [instrument.symbol, amount.value]);
    expect(Object.fromEntries(later)).toEqual({ BTC: 1n, ETH: 501n * 10n ** 18n });
  });

  it('fail together only where neither could be read', async () => {
    const { services, id, refresh, bitcoin } = await setUp();
    bitcoin.read = async () => {
      throw new AppError('certificate-changed', 'The certificate is another one.');
    };
    expect((await refresh()).state).toBe('failed');
    expect(services.readings.view(id).freshness).toMatchObject({
      kind: 'never',
      error: { code: 'certificate-changed' },
    });
  });
});

describe('a server’s certificate', () => {
  it('is kept when it is first seen, handed to every later connection, and forgotten only by the user', async () => {
    const { services, bitcoin, refresh } = await setUp();
    const pinned: (string | null)[] = [];
    bitcoin.read = async ({ network, accounts, pinned: known }, { onCertificate }) => {
      pinned.push(known);
      if (known === null) onCertificate(PIN);
      return makeBitcoinReading(network, accounts);
    };
    await refresh();
    await refresh();
    expect(services.settings.get().serverPins).toEqual({ [SERVER]: PIN });
    // From outside a certificate cannot be put in the place of the one that was seen.
    services.settings.update({ serverPins: { [SERVER]: 'cd'.repeat(32), 'ssl://other:1': PIN } });
    expect(services.settings.get().serverPins).toEqual({ [SERVER]: PIN });
    services.settings.update({ serverPins: {} });
    await refresh();
    expect(pinned).toEqual([null, PIN, null]);
  });
});

describe('settings of Bitcoin', () => {
  it('take servers and a proxy in their normal form, and undo', async () => {
    const { services } = await setUp();
    services.settings.update({ bitcoinProxy: ' socks5://127.0.0.1:9050 ' });
    expect(services.settings.get().bitcoinProxy).toBe('127.0.0.1:9050');
    services.settings.update({ bitcoinServers: { ethereum: ['electrum.example:50002:s'] } });
    expect(services.settings.get().bitcoinServers).toEqual({ ethereum: ['ssl://electrum.example:50002'] });
    services.undo.undo();
    expect(services.settings.get().bitcoinServers).toEqual({ ethereum: [SERVER] });
    services.undo.undo();
    expect(services.settings.get().bitcoinProxy).toBeNull();
  });

  it.each([
    { bitcoinProxy: 'localhost' },
    { bitcoinProxy: '127.0.0.1:99999' },
    { bitcoinServers: { ethereum: ['ftp://example.com'] } },
  ])('refuse %j', async (update) => {
    const { services } = await setUp();
    expect(() => services.settings.update(update)).toThrow(expect.objectContaining({ code: 'bad-url' }));
  });
});

describe('a stake in everything that follows a reading', () => {
  it('has a way out, can be struck with all of Babylon, and takes part in what is simulated', async () => {
    const { services, id, account, refresh, bitcoin } = await setUp();
    services.settings.update({ manualEthUsd: { price: 2_000_00000000n, enteredAt: 0 } });
    services.settings.setPrice('BTC', { quote: 'USD', value: 60_000_00000000n });
    const stakes = [
      makeStakeObservation(),
      makeStakeObservation({ txid: 'cd'.repeat(32), height: 838_000 }),
      makeStakeObservation({ txid: 'ef'.repeat(32), height: 800_000 }),
    ];
    bitcoin.read = async () => ({
      observation: makeBitcoinObservation([{ accountId: account.id, stakes }]),
      wallets: [],
      headers: [],
    });
    await refresh();
    const { positions } = services.readings.view(id);
    expect(positions.map(({ state }) => state)).toEqual(['held', 'delegated', 'queued', 'completable']);

    const { assumptions, stress } = services.exits.defaults;
    const { plans } = services.exits.plan(id, assumptions, stress);
    const blocks = (pathId: string) =>
      plans.filter((plan) => plan.pathId === pathId).map(({ total }) => total.typical && total.typical / 600);
    expect(blocks('none-btc')).toEqual([0]);
    expect(blocks('babylon-unbonding')).toEqual([1008]);
    // Block 838,000 and 64,000 more, seen from block 901,000; the last one's is behind it.
    expect(blocks('babylon-timelock')).toEqual([1000, 0]);

    const scenario: Scenario = {
      preset: 'contract-failure',
      events: [{ kind: 'contract-failure', dependency: 'contract:babylon', loss: (WAD / 2n) as Wad }],
      covers: [],
    };
    const run = await services.jobs.finished(services.stress.start(id, scenario).id);
    expect(run.state).toBe('done');
    const [latest] = services.stress.list(id);
    // Three stakes of one BTC, which is 30 ETH, and half of each.
    expect(latest?.result.totalLossWei).toBe(45n * WAD);

    const slashed = await services.jobs.finished(
      services.stress.start(id, {
        preset: 'provider-slash',
        events: [{ kind: 'provider-slash', provider: stakes[0]!.finalityProvider }],
      }).id,
    );
    expect(slashed.state).toBe('done');
    // 200,000 satoshi of the active stake and of the one whose timelock ends; the third can be withdrawn.
    expect(services.stress.list(id)[0]?.result.totalLossWei).toBe((2n * 30n * WAD * 2n) / 1000n);
    const [suggested] = services.stress
      .listPresets(id)
      .suggestions.filter(({ preset }) => preset === 'provider-slash');
    expect(suggested?.scenario?.events).toEqual([
      { kind: 'provider-slash', provider: stakes[0]!.finalityProvider },
    ]);

    const study = await services.jobs.finished(services.studies.start(id, DEFAULT_STUDY_REQUEST).id);
    expect(study.error).toBeNull();
    expect(services.studies.latest(id)?.study.sets.length).toBeGreaterThan(0);
  });
});

describe('a Babylon node', () => {
  const NODE = 'http://babylon.made-up.test:1317';
  const NOTHING_NEW = {
    newVersions: [],
    changedVersions: [],
    missingVersions: [],
    newProviders: 0,
    missingProviders: 0,
  };

  it('is asked only where its address was entered, and what it gives is not in force by itself', async () => {
    const { services, bitcoin } = await setUp();
    const asked: string[] = [];
    bitcoin.readBabylonNode = async ({ url }) => {
      asked.push(url);
      return { text: '{}', changes: NOTHING_NEW };
    };
    await expect(services.bitcoin.readBabylon('ethereum')).rejects.toMatchObject({ code: 'no-node' });
    services.settings.update({ babylonNodes: { ethereum: ` ${NODE}/ ` } });
    expect(services.settings.get().babylonNodes).toEqual({ ethereum: NODE });
    expect(asked).toEqual([]);
    await services.bitcoin.readBabylon('ethereum');
    expect(asked).toEqual([NODE]);
    expect(services.bitcoin.describeBabylon('ethereum').data).toBeNull();
    services.undo.undo();
    expect(services.settings.get().babylonNodes).toEqual({});
  });

  it('has a web address, without a secret in it', async () => {
    const { services } = await setUp();
    for (const [typed, code] of [
      ['ssl://node.test:1', 'bad-url'],
      ['KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn', 'secret-refused'],
    ] as const) {
      expect(() => services.settings.update({ babylonNodes: { ethereum: typed } })).toThrow(
        expect.objectContaining({ code }),
      );
    }
  });
});
