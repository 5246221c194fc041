import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseBabylonUrl, readBabylonNode, type BabylonNodeOptions } from './babylon-node.ts';
import { toHex } from './bytes.ts';
import { compareBabylon, isContradicted } from './compare-babylon.ts';
import { findStakes } from './babylon-stake.ts';
import { loadBabylonData, parseBabylonData } from './load-babylon-data.ts';
import { startScriptedSocks } from './testing/scripted-socks.ts';
import { errorOf, stopAfterEach, stopLater } from './testing/electrum-harness.ts';
import { makeRaw } from './testing/make-wallet.ts';
import { makeStake } from './testing/make-stake.ts';
import {
  answerAsNode,
  NODE_INFO,
  writeParams,
  writeProvider,
  type NodeSays,
} from './testing/scripted-babylon.ts';
import { startScriptedEsplora, type Reply } from './testing/scripted-esplora.ts';
import { readTransaction } from './transaction.ts';

const KNOWN = loadBabylonData(join(import.meta.dirname, '..', '..', '..', 'assets'));
const VERSIONS = KNOWN.parameters.versions;
const LATEST = VERSIONS.at(-1)!;
const NOW = Date.UTC(2026, 10, 27, 12);
const [FIRST] = KNOWN.finalityProviders.keys;
const NEW_KEY = '11'.repeat(32);

stopAfterEach();

function sayWhatIsKnown(changes: Partial<NodeSays> = {}): NodeSays {
  return {
    chain: 'bbn-1',
    params: VERSIONS.map((version) => writeParams(KNOWN, version)),
    providers: KNOWN.finalityProviders.keys
      .slice(0, 5)
      .map(({ key }) => writeProvider(toHex(key), 'Somebody')),
    ...changes,
  };
}

async function ask(answer: (path: string) => Reply, options: Partial<BabylonNodeOptions> = {}) {
  const server = await startScriptedEsplora({ answer: (path) => answer(path) });
  stopLater(() => server.stop());
  const asking = readBabylonNode({
    url: `http://127.0.0.1:${server.port}`,
    network: 'mainnet',
    known: KNOWN,
    proxy: null,
    pinned: null,
    signal: new AbortController().signal,
    onCertificate: () => undefined,
    now: () => NOW,
    timeoutMs: 3000,
    ...options,
  });
  return { asking, server };
}

async function read(says: NodeSays) {
  const { asking, server } = await ask(answerAsNode(says));
  const text = await asking;
  const data = parseBabylonData(text, 'mainnet');
  return { data, changes: compareBabylon(KNOWN, data), server };
}

describe('a Babylon node', () => {
  it('that says what is known changes nothing but source and date', async () => {
    const { data, changes, server } = await read(sayWhatIsKnown());
    expect(changes).toEqual({
      newVersions: [],
      changedVersions: [],
      missingVersions: [],
      newProviders: 0,
      missingProviders: 0,
    });
    expect(data.parameters.versions).toEqual(VERSIONS);
    expect(data.covenant.keys).toEqual(KNOWN.covenant.keys);
    // Names that a source gave stay; the other providers are called what they call themselves.
    expect(data.finalityProviders.keys.map(({ key }) => toHex(key))).toEqual(
      KNOWN.finalityProviders.keys.map(({ key }) => toHex(key)),
    );
    expect(data).toMatchObject({ asOf: '2026-11-27', tag: KNOWN.tag, knownBlock: KNOWN.knownBlock });
    expect(data.parameters.source).toBe(`Babylon node 127.0.0.1:${server.port}, read 2026-11-27`);
  });

  it('is asked for lists alone, page by page', async () => {
    const { server } = await read(sayWhatIsKnown());
    expect(server.paths.toSorted()).toEqual([
      '/babylon/btcstaking/v1/finality_providers?pagination.limit=500',
      '/babylon/btcstaking/v1/finality_providers?pagination.limit=500&pagination.key=Mg%3D%3D',
      '/babylon/btcstaking/v1/finality_providers?pagination.limit=500&pagination.key=NA%3D%3D',
      '/babylon/btcstaking/v1/params_versions?pagination.limit=500',
      NODE_INFO,
    ]);
  });

  it('brings new versions and providers, with the name each gives itself as far as it can be seen', async () => {
    const next = { ...LATEST, version: 4, activationHeight: 1_000_000, unbondingBlocks: 301 };
    const { data, changes } = await read(
      sayWhatIsKnown({
        params: [...VERSIONS, next].map((version) => writeParams(KNOWN, version)),
        providers: [writeProvider(NEW_KEY, `\u202eevil ${'x'.repeat(200)}\n<b>`)],
      }),
    );
    expect(changes).toMatchObject({ newVersions: [4], newProviders: 1, missingProviders: 0 });
    expect(data.parameters.versions.at(-1)).toEqual(next);
    const added = data.finalityProviders.keys.at(-1);
    expect(toHex(added!.key)).toBe(NEW_KEY);
    expect(added?.name).toMatch(/^evil x{55}…$/u);
  });

  it('may have another covenant for one version, by which its stakes are recognised', async () => {
    const covenant = KNOWN.covenant.keys.slice(0, 3).map(({ key }) => key);
    const next = { ...LATEST, version: 4, activationHeight: 1_000_000, covenantQuorum: 2, covenant };
    const { data } = await read(
      sayWhatIsKnown({ params: [...VERSIONS, next].map((version) => writeParams(KNOWN, version)) }),
    );
    // The newest covenant is the file's; the versions before keep theirs.
    expect(data.covenant.keys).toHaveLength(3);
    expect(data.parameters.versions[0]?.covenant).toHaveLength(9);
    const staker = FIRST!.key;
    for (const version of [data.parameters.versions[0]!, data.parameters.versions[4]!]) {
      const made = makeStake(data, version, staker, FIRST!.key);
      const raw = makeRaw(
        [{ txid: 'ab'.repeat(32), index: 0, witness: [] }],
        [{ script: made.output, value: 1_000_000n }],
      );
      const { stakes } = findStakes(readTransaction(raw), data, { stakers: [staker] });
      expect(stakes[0]?.versions.map((one) => one.version)).toContain(version.version);
      expect(stakes[0]?.versions.map((one) => one.version)).not.toContain(version.version === 4 ? 0 : 4);
    }
  });

  it('that contradicts what is known is found out', async () => {
    const changed = VERSIONS.map((version) =>
      writeParams(KNOWN, version, version.version === 2 ? { unbonding_fee_sat: '1' } : {}),
    );
    const one = await read(sayWhatIsKnown({ params: changed.slice(1) }));
    expect(one.changes).toMatchObject({ changedVersions: [2], missingVersions: [0] });
    expect(isContradicted(one.changes)).toBe(true);
  });

  it.each([
    ['mainnet', 'bbn-test-5'],
    ['signet', 'bbn-1'],
  ] as const)('of another network is refused: %s with %s', async (network, chain) => {
    const { asking } = await ask(answerAsNode(sayWhatIsKnown({ chain })), { network });
    expect((await errorOf(asking)).code).toBe('wrong-chain');
  });

  const first = (changes: object): NodeSays =>
    sayWhatIsKnown({ params: [writeParams(KNOWN, VERSIONS[0]!, changes)] });
  it.each<[string, NodeSays]>([
    ['a rate of all', first({ slashing_rate: '1.000000000000000000' })],
    ['a rate of six decimals', first({ slashing_rate: '0.000001000000000000' })],
    ['a rate that is none', first({ slashing_rate: '-0.1' })],
    ['a key that is too short', first({ covenant_pks: ['ab'] })],
    ['no covenant', first({ covenant_pks: [] })],
    ['a negative amount', first({ min_staking_value_sat: '-1' })],
    ['a number as a word', first({ unbonding_time_blocks: 'many' })],
    ['a time that no script can hold', first({ max_staking_time_blocks: 70_000 })],
    ['a version twice', sayWhatIsKnown({ params: [0, 0].map(() => writeParams(KNOWN, VERSIONS[0]!)) })],
    ['no version', sayWhatIsKnown({ params: [] })],
    ['a provider without a key', sayWhatIsKnown({ providers: [{ description: { moniker: 'x' } }] })],
  ])('that answers with %s is not taken for one', async (_, says) => {
    const { asking } = await ask(answerAsNode(says));
    expect((await errorOf(asking)).code).toBe('node-malformed');
  });

  it('whose list has no end is given up', async () => {
    let page = 0;
    const honest = answerAsNode(sayWhatIsKnown());
    const { asking } = await ask((path) =>
      path.includes('finality_providers')
        ? { finality_providers: [], pagination: { next_key: String(++page) } }
        : honest(path),
    );
    const error = await errorOf(asking);
    expect(error.code).toBe('node-malformed');
    expect(error.detail).toContain('no end');
    expect(page).toBeLessThanOrEqual(41);
  });

  it('that sends on to another address, or something that is no JSON, is not followed', async () => {
    const honest = answerAsNode(sayWhatIsKnown());
    const redirecting = await ask((path) =>
      path === NODE_INFO
        ? (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()
        : honest(path),
    );
    expect((await errorOf(redirecting.asking)).code).toBe('node-refused');
    const page = await ask(() => '<html>hello</html>');
    expect((await errorOf(page.asking)).code).toBe('node-malformed');
  });

  it('is reached through the proxy', async () => {
    const server = await startScriptedEsplora({ answer: answerAsNode(sayWhatIsKnown()) });
    stopLater(() => server.stop());
    const socks = await startScriptedSocks(server.port);
    stopLater(() => socks.stop());
    const { asking } = await ask(() => undefined, {
      url: 'http://babylon.onion:1317',
      proxy: socks.address,
    });
    expect(parseBabylonData(await asking, 'mainnet').parameters.versions).toHaveLength(4);
    expect(new Set(socks.asked.map(({ kind, host, port }) => `${kind} ${host} ${port}`))).toEqual(
      new Set(['name babylon.onion 1317']),
    );
  });

  it('has an address of http or https', () => {
    expect(parseBabylonUrl(' https://node.example:1317/ ')).toEqual({
      url: 'https://node.example:1317',
      endpoint: 'node.example:1317',
    });
    expect(() => parseBabylonUrl('ssl://node.example:50002')).toThrow('https:// or http://');
  });
});
