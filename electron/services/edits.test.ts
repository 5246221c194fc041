import { listEvmAddresses, watchedText } from '../../shared/domain/account.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encode } from '../../shared/contract/codec.ts';
import { makeAddress, makeNetwork, makeObservation, makeRun } from '../testing/made-up.ts';
import { createTestServices, type TestServices } from '../testing/test-services.ts';

const HISTORY = { currency: 'ETH', groupBy: 'position', basis: 'book', from: null, to: null } as const;

/** Everything edits can change, and what hangs on it. */
function snapshot({ services, store }: TestServices): string {
  const { rpcUrls, manualEthUsd } = store.settings.read();
  return encode({
    rpcUrls,
    manualEthUsd,
    networks: store.networks.list(),
    portfolios: store.portfolios.list().map((portfolio) => ({
      portfolio,
      accounts: store.accounts.list(portfolio.id),
      view: services.readings.view(portfolio.id),
      readings: store.observations.count(portfolio.id),
      runs: store.runs.list(portfolio.id),
      history: services.history.view(portfolio.id, HISTORY),
    })),
  });
}

/** One step of a user. The numbers choose among what there is; a step with nothing to act on, or refused, does nothing. */
type Step = readonly [kind: (typeof KINDS)[number], a: number, b: number];

const KINDS = [
  'add portfolio',
  'rename portfolio',
  'remove portfolio',
  'add account',
  'rename account',
  'remove account',
  'set price',
  'set node',
  'import network',
  'remove network',
  'import history',
  'remove import',
  'read',
  'run',
  'undo',
  'redo',
] as const;

const steps = fc.array(fc.tuple(fc.constantFrom(...KINDS), fc.nat(5), fc.nat(3)), { maxLength: 30 });

function pick<T>(items: readonly T[], index: number): T | undefined {
  return items[index % Math.max(1, items.length)];
}

async function take(test: TestServices, [kind, a, b]: Step): Promise<void> {
  const { services, store, clock } = test;
  clock.pass(1000);
  const networkId = pick(services.networks.list(), a)?.id ?? 'ethereum';
  const portfolioId = pick(store.portfolios.list(), a)?.id;
  if (kind === 'add portfolio') services.portfolios.create(`Portfolio ${b}`, networkId);
  if (kind === 'set price')
    services.settings.update({ manualEthUsd: { price: BigInt(b + 1), enteredAt: 0 } });
  if (kind === 'set node')
    services.settings.update({ rpcUrls: { [networkId]: [`http://127.0.0.1:${8545 + b}`] } });
  if (kind === 'import network') services.networks.importFile(writeNetworkFile(`Devnet ${b % 2}`, a));
  if (kind === 'remove network') services.networks.remove(networkId);
  if (kind === 'undo') services.undo.undo();
  if (kind === 'redo') services.undo.redo();
  if (portfolioId === undefined) return;
  const accountId = pick(store.accounts.list(portfolioId), b)?.id;
  if (kind === 'rename portfolio') services.portfolios.rename(portfolioId, `Renamed ${b}`);
  if (kind === 'import history') {
    const text = `time_utc,address,symbol,amount\n2020-01-0${b + 1},${makeAddress(a)},ETH,${a}\n`;
    services.history.importFile(portfolioId, `file-${b}.csv`, text);
  }
  if (kind === 'remove import') {
    const found = pick(services.history.view(portfolioId, HISTORY).imports, b);
    if (found) services.history.removeImport(portfolioId, found.id);
  }
  if (kind === 'remove portfolio') services.portfolios.remove(portfolioId);
  if (kind === 'add account') await services.accounts.add(portfolioId, makeAddress(b), `Account ${b}`);
  if (kind === 'read') {
    const observation = makeObservation(listEvmAddresses(store.accounts.list(portfolioId)));
    store.observations.insert(portfolioId, { id: `o-${clock.now()}`, observation });
  }
  if (kind === 'run') store.runs.insert({ ...makeRun(portfolioId, 1), id: `r-${clock.now()}` });
  if (accountId === undefined) return;
  if (kind === 'rename account') services.accounts.rename(accountId, `Label ${b}`);
  if (kind === 'remove account') services.accounts.remove(accountId);
}

function writeNetworkFile(name: string, seed: number): string {
  const network = makeNetwork(name);
  return JSON.stringify({ ...network, contracts: { stETH: makeAddress(200 + seed) } });
}

async function takeAll(test: TestServices, all: readonly Step[]): Promise<void> {
  for (const step of all) {
    try {
      await take(test, step);
    } catch (error) {
      // Refusals (twice the same address, a network in use) are part of the game; they must change nothing.
      expect(error).toMatchObject({ name: 'AppError' });
    }
  }
}

describe('undo and redo', () => {
  it('lead from any sequence of edits back to the start, and forward to the end', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const test = createTestServices();
        // Readings and runs are not edits: undoing does not take them back, except with their portfolio.
        const edits = all.filter(([kind]) => kind !== 'read' && kind !== 'run');
        const start = snapshot(test);
        await takeAll(test, edits);
        const { undo } = test.services;
        // Steps that were undone on the way are not part of the end.
        while (undo.state().redo) undo.redo();
        const end = snapshot(test);
        while (undo.state().undo) undo.undo();
        expect(snapshot(test)).toBe(start);
        while (undo.state().redo) undo.redo();
        expect(snapshot(test)).toBe(end);
        test.store.close();
      }),
      { numRuns: 150 },
    );
  });

  it('bring readings and runs back with everything else', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const test = createTestServices();
        await takeAll(test, all);
        const { undo } = test.services;
        while (undo.state().redo) undo.redo();
        const end = snapshot(test);
        while (undo.state().undo) undo.undo();
        while (undo.state().redo) undo.redo();
        expect(snapshot(test)).toBe(end);
        test.store.close();
      }),
      { numRuns: 150 },
    );
  });

  it('say what they would do, without an address or a URL', async () => {
    const { services } = createTestServices();
    const { id } = services.portfolios.create('Mine', 'ethereum');
    const account = await services.accounts.add(id, makeAddress(1), '');
    services.settings.update({ rpcUrls: { ethereum: ['https://node.test/v2/KEY'] } });
    const names: string[] = [];
    for (let state = services.undo.state(); state.undo; state = services.undo.undo())
      names.push(encode(state.undo));
    expect(names).toHaveLength(3);
    for (const name of names) {
      expect(name.toLowerCase()).not.toContain(watchedText(account).slice(2, 8).toLowerCase());
      expect(name).not.toContain('node.test');
    }
  });

  it('forget what could be redone once something else is done', () => {
    const { services } = createTestServices();
    services.portfolios.create('One', 'ethereum');
    services.undo.undo();
    services.portfolios.create('Two', 'ethereum');
    expect(services.undo.state()).toEqual({
      undo: { key: 'edits.createPortfolio', params: { name: 'Two' } },
      redo: null,
    });
    expect(services.undo.redo().redo).toBeNull();
    expect(services.portfolios.list().map(({ name }) => name)).toEqual(['Sample', 'Two']);
  });
});
