import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../shared/contract/settings.ts';
import { makeAddress, makeNetwork } from '../testing/made-up.ts';
import { createTestServices } from '../testing/test-services.ts';

const NODE = 'http://127.0.0.1:8545/';
const SEED = 'legal winner thank year wave sausage worth useful legal winner thank yellow';

function refusal(code: string): unknown {
  return expect.objectContaining({ code });
}

describe('settings', () => {
  it('start at their defaults, and keep what is set', () => {
    const { services, clock } = createTestServices();
    expect(services.settings.get()).toMatchObject({ theme: 'system', rpcUrls: {}, manualEthUsd: null });
    services.settings.update({
      theme: 'dark',
      lastPortfolio: 'sample',
      rpcUrls: { ethereum: [' http://127.0.0.1:8545 '] },
    });
    services.settings.update({ manualEthUsd: { price: 300_000_000_000n, enteredAt: 1 } });
    expect(services.settings.get()).toEqual({
      ...DEFAULT_SETTINGS,
      theme: 'dark',
      lastPortfolio: 'sample',
      rpcUrls: { ethereum: [NODE] },
      manualEthUsd: { price: 300_000_000_000n, enteredAt: clock.now() },
    });
  });

  it('refuse what makes no sense, and then change nothing at all', () => {
    const { services } = createTestServices();
    const before = services.settings.get();
    const refused: readonly (readonly [Parameters<typeof services.settings.update>[0], string])[] = [
      [{ rpcUrls: { ethereum: ['ftp://node'] } }, 'bad-url'],
      [{ rpcUrls: { ethereum: [SEED] } }, 'secret-refused'],
      [{ rpcUrls: { nowhere: [NODE] } }, 'not-found'],
      [{ manualEthUsd: { price: 0n, enteredAt: 0 } }, 'bad-price'],
      [{ manualEthUsd: { price: -1n, enteredAt: 0 } }, 'bad-price'],
      [{ manualEthUsd: { price: 10n ** 16n, enteredAt: 0 } }, 'bad-price'],
    ];
    for (const [update, code] of refused) {
      expect(() => services.settings.update({ theme: 'dark', ...update })).toThrow(refusal(code));
    }
    expect(services.settings.get()).toEqual(before);
    expect(services.undo.state().undo).toBeNull();
  });

  it('keep no text where the id of a portfolio belongs', () => {
    const { services, store } = createTestServices();
    services.settings.update({ lastPortfolio: SEED });
    expect(store.settings.read().lastPortfolio).toBeNull();
  });

  it('let a URL go where it is left empty', () => {
    const { services } = createTestServices();
    services.settings.update({ rpcUrls: { ethereum: [NODE] } });
    services.settings.update({ rpcUrls: { ethereum: [' '] } });
    expect(services.settings.get().rpcUrls).toEqual({});
    services.undo.undo();
    expect(services.settings.get().rpcUrls).toEqual({ ethereum: [NODE] });
  });

  it('make no edit of how the screen looks, nor of what was the same before', () => {
    const { services } = createTestServices();
    services.settings.update({ theme: 'dark', hideAmounts: true, rpcUrls: {}, manualEthUsd: null });
    expect(services.undo.state().undo).toBeNull();
  });

  it('forget a last portfolio that is gone', () => {
    const { services } = createTestServices();
    const { id } = services.portfolios.create('Mine', 'ethereum');
    services.settings.update({ lastPortfolio: id });
    expect(services.settings.get().lastPortfolio).toBe(id);
    services.portfolios.remove(id);
    expect(services.settings.get().lastPortfolio).toBeNull();
  });

  it('ask a node only for the network and URL they were given', async () => {
    const { services, chain } = createTestServices();
    const asked: string[] = [];
    chain.probe = async ({ network, rpcUrl }) => {
      asked.push(`${network.chainId} ${rpcUrl}`);
      return { chainId: 1, blockNumber: 7n, endpoint: '127.0.0.1:8545' };
    };
    expect(await services.settings.testNode('ethereum', NODE)).toMatchObject({ chainId: 1, blockNumber: 7n });
    await expect(services.settings.testNode('nowhere', NODE)).rejects.toMatchObject({ code: 'not-found' });
    await expect(services.settings.testNode('ethereum', 'nonsense')).rejects.toMatchObject({
      code: 'bad-url',
    });
    expect(asked).toEqual([`1 ${NODE}`]);
  });
});

describe('networks', () => {
  const file = (seed: number) =>
    JSON.stringify({ ...makeNetwork('Basement'), contracts: { stETH: makeAddress(seed) } });

  it('are imported, replaced by a file of the same name and chain, and removed', () => {
    const { services } = createTestServices();
    const { id } = services.networks.importFile(file(1));
    expect(services.networks.importFile(file(2)).id).toBe(id);
    expect(services.networks.list().map(({ isBundled }) => isBundled)).toEqual([true, false]);
    expect(services.networks.get(id).contracts.stETH?.address).toBe(makeAddress(2));
    services.undo.undo();
    expect(services.networks.get(id).contracts.stETH?.address).toBe(makeAddress(1));
    services.networks.remove(id);
    expect(() => services.networks.get(id)).toThrow(refusal('not-found'));
  });

  it('take the URL of their node with them, and bring it back', () => {
    const { services } = createTestServices();
    const { id } = services.networks.importFile(file(1));
    services.settings.update({ rpcUrls: { [id]: [NODE], ethereum: [NODE] } });
    services.networks.remove(id);
    expect(services.settings.get().rpcUrls).toEqual({ ethereum: [NODE] });
    services.undo.undo();
    expect(services.settings.get().rpcUrls).toEqual({ [id]: [NODE], ethereum: [NODE] });
  });

  it('stay while a portfolio is read on them, or where they come with Ballast', () => {
    const { services } = createTestServices();
    const { id } = services.networks.importFile(file(1));
    services.portfolios.create('Mine', id);
    expect(() => services.networks.remove(id)).toThrow(refusal('bad-request'));
    expect(() => services.networks.remove('ethereum')).toThrow(refusal('bad-request'));
    expect(() => services.networks.remove('nowhere')).toThrow(refusal('not-found'));
    expect(() => services.portfolios.create('Mine', 'nowhere')).toThrow(refusal('not-found'));
  });

  it('refuse a secret that the escapes of JSON hide', () => {
    const { services, store } = createTestServices();
    const hidden = SEED.replace(/[a-z]/gu, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
    for (const note of [hidden, `${'1f'.repeat(16)}\\n${'1f'.repeat(16)}`]) {
      const text = JSON.stringify({ ...makeNetwork('Basement'), note: '@' }).replace('@', note);
      expect(() => services.networks.importFile(text)).toThrow(refusal('secret-refused'));
    }
    expect(store.networks.list()).toEqual([]);
  });

  it('refuse a file that is none', () => {
    const { services } = createTestServices();
    expect(() => services.networks.importFile('{')).toThrow(refusal('bad-network-file'));
  });
});
