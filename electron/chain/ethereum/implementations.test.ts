import fc from 'fast-check';
import { encodeFunctionResult, multicall3Abi, padHex, type Address, type Hex } from 'viem';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAnvil, type Anvil } from '../../../e2e/nodes/anvil.ts';
import { deployEverything, type Deployment } from '../../../e2e/nodes/deployment.ts';
import { startProxy, type HostileProxy } from '../../../e2e/nodes/hostile.ts';
import { toEvmAddress } from '../../../shared/domain/address.ts';
import { observationSchema, type Observation } from '../../../shared/domain/observation.ts';
import { parseNetworkFile } from '../networks.ts';
import type { EthereumClient } from './client.ts';
import {
  BEACON_SLOT,
  compareImplementations,
  IMPLEMENTATION_SLOT,
  readImplementations,
} from './implementations.ts';
import { observeAccounts } from './observe.ts';

const holder = toEvmAddress(`0x${'0'.repeat(36)}beef`);
const [first, second] = [toEvmAddress(`0x${'1'.repeat(40)}`), toEvmAddress(`0x${'2'.repeat(40)}`)];
const DAY = 86_400;

let anvil: Anvil;
let chain: Deployment;
let proxy: HostileProxy;
let clean: `0x${string}`;

beforeAll(async () => {
  anvil = await startAnvil();
  chain = await deployEverything(anvil);
  proxy = await startProxy(anvil.url);
});

afterAll(async () => {
  await proxy.stop();
  await anvil.stop();
});

beforeEach(async () => {
  clean = await anvil.client.snapshot();
});

afterEach(async () => {
  await proxy.reset();
  await anvil.client.revert({ id: clean });
});

async function observe(last?: Observation, without: readonly string[] = []): Promise<Observation> {
  const contracts = Object.entries(chain.networkFile.contracts).filter(([name]) => !without.includes(name));
  const observation = await observeAccounts({
    network: parseNetworkFile(
      JSON.stringify({ ...chain.networkFile, contracts: Object.fromEntries(contracts) }),
    ),
    rpcUrl: proxy.url,
    addresses: [holder],
    previous: last
      ? { block: last.origin.block, implementations: last.implementations ?? [], trails: last.trails ?? [] }
      : null,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    now: () => 0,
  });
  expect(observationSchema.parse(observation)).toEqual(observation);
  return observation;
}

/** What an upgrade does to a proxy; the stand-in's own code goes on answering. */
async function upgrade(contract: 'rsETH' | 'stETH', implementation: Address): Promise<void> {
  const { address } = chain.contracts[contract];
  const value = padHex(implementation, { size: 32 });
  await anvil.client.setStorageAt({ address, index: IMPLEMENTATION_SLOT, value });
  await anvil.client.mine({ blocks: 1 });
}

const upgradesOf = ({ notices }: Observation): string[][] =>
  notices.filter(({ code }) => code === 'upgraded').map(({ contract, detail }) => [contract, detail]);

describe('whatever a node answers', () => {
  it('is a list of what was named, or nothing', async () => {
    const network = parseNetworkFile(JSON.stringify(chain.networkFile));
    // As many answers as are asked for, or nearly.
    const size = Object.keys(network.contracts).length;
    const words = fc.oneof(
      fc.constant(padHex('0x1967', { size: 32 })),
      fc.stringMatching(/^0x[0-9a-f]{64}$/u),
      fc.stringMatching(/^0x(?:[0-9a-f]{2}){0,80}$/u),
    );
    const answers = fc
      .array(fc.record({ success: fc.boolean(), returnData: words }), {
        minLength: size - 2,
        maxLength: size + 2,
      })
      .map((results) => {
        // The canary answers in some of them.
        const [, ...rest] = results as { success: boolean; returnData: `0x${string}` }[];
        const canary = { success: true, returnData: padHex('0x1967', { size: 32 }) };
        return encodeFunctionResult({
          abi: multicall3Abi,
          functionName: 'aggregate3',
          result: [canary, ...rest],
        });
      });
    const named = new Set(Object.keys(network.contracts));
    let found = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(answers, fc.anything(), fc.stringMatching(/^0x(?:[0-9a-f]{2}){0,400}$/u)),
        async (returned) => {
          const client = { request: () => Promise.resolve(returned) } as unknown as EthereumClient;
          const seen = await readImplementations(client, network, 1n);
          for (const { contract, address } of seen ?? []) {
            expect(named).toContain(contract);
            expect(address).toMatch(/^0x[0-9a-fA-F]{40}$/u);
            found += 1;
          }
        },
      ),
      { numRuns: 1_000 },
    );
    expect(found).toBeGreaterThan(0);
  });
});

describe('a contract behind a proxy', () => {
  it('is known by its implementation, which is asked for in one call beside the others', async () => {
    await upgrade('rsETH', first);
    const { implementations, notices } = await observe();
    const { address } = chain.contracts.rsETH;
    expect(implementations).toEqual([
      { contract: 'rsETH', proxy: toEvmAddress(address), address: first, replaced: null },
    ]);
    expect(notices).toEqual([]);
  });

  it('is known by what its beacon answers, where it has one, and by nothing where the beacon is silent', async () => {
    const beacon: Address = `0x${'beac'.padStart(40, '0')}`;
    const answering = (address: Address): Hex => `0x73${address.slice(2)}60005260206000f3`;
    const { address } = chain.contracts.rsETH;
    await anvil.client.setCode({ address: beacon, bytecode: answering(first) });
    await anvil.client.setStorageAt({ address, index: BEACON_SLOT, value: padHex(beacon, { size: 32 }) });
    const before = await observe();
    expect(before.implementations).toEqual([
      { contract: 'rsETH', proxy: toEvmAddress(address), address: first, replaced: null },
    ]);
    await anvil.client.setCode({ address: beacon, bytecode: answering(second) });
    expect(upgradesOf(await observe(before)).map(([contract]) => contract)).toEqual(['rsETH']);
    for (const bytecode of ['0x', '0x5f5ffd', '0x60016000f3'] as const) {
      await anvil.client.setCode({ address: beacon, bytecode });
      expect((await observe()).implementations).toBeUndefined();
    }
  });

  it('that runs other code than before is told, with what ran there, for thirty days', async () => {
    await upgrade('rsETH', first);
    const before = await observe();
    await upgrade('rsETH', second);
    const after = await observe(before);
    const { number } = after.origin.block;
    const told = [
      ['rsETH', `runs the code at ${second} in place of ${first}, first seen in block ${number}`],
    ];
    expect(upgradesOf(after)).toEqual(told);
    await anvil.client.increaseTime({ seconds: 29 * DAY });
    await anvil.client.mine({ blocks: 1 });
    const later = await observe(after);
    expect(upgradesOf(later)).toEqual(told);
    await anvil.client.increaseTime({ seconds: DAY + 1 });
    await anvil.client.mine({ blocks: 1 });
    expect(upgradesOf(await observe(later))).toEqual([]);
  });

  it('is not said to have changed where the network file names another address', () => {
    const seen = { contract: 'rsETH', proxy: second, address: second };
    const previous = [{ contract: 'rsETH', proxy: first, address: first, replaced: null }];
    const block = { number: 5n, hash: '0x', time: 60 };
    expect(compareImplementations([seen], previous, block)).toEqual([{ ...seen, replaced: null }]);
  });

  it('is compared with the last that was seen, where a node did not say', async () => {
    await upgrade('rsETH', first);
    const before = await observe();
    await upgrade('rsETH', second);
    // Without Multicall3 there is nobody to ask all of them at once.
    const silent = await observe(before, ['Multicall3']);
    expect(silent.implementations).toEqual(before.implementations);
    expect(upgradesOf(silent)).toEqual([]);
    expect(upgradesOf(await observe(silent))).toHaveLength(1);
  });

  it.each([true, false])(
    'is not known from a node without state overrides (refused: %s)',
    async (isRefused) => {
      await upgrade('rsETH', first);
      const before = await observe();
      await upgrade('rsETH', second);
      await proxy.setMode({ kind: 'no-overrides', isRefused });
      const after = await observe(before);
      expect(after.implementations).toEqual(before.implementations);
      expect(after.notices).toEqual([]);
      expect(after.accounts[0]?.balances.length).toBe(before.accounts[0]?.balances.length);
    },
  );

  it('whose slot holds no address is none', async () => {
    const { address } = chain.contracts.stETH;
    await anvil.client.setStorageAt({ address, index: IMPLEMENTATION_SLOT, value: `0x${'f'.repeat(64)}` });
    expect((await observe()).implementations).toBeUndefined();
  });
});
