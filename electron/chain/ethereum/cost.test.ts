import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAnvil, type Anvil } from '../../../e2e/nodes/anvil.ts';
import { deployEverything, wad, type Deployment } from '../../../e2e/nodes/deployment.ts';
import { startProxy, type HostileProxy } from '../../../e2e/nodes/hostile.ts';
import {
  finalizeLido,
  requestFromEtherfi,
  requestFromKelp,
  requestFromLido,
  requestFromRenzo,
} from '../../../e2e/nodes/requests.ts';
import { leaveKarak, leaveSymbiotic, stakeWithKarak, stakeWithSymbiotic } from '../../../e2e/nodes/vaults.ts';
import { toEvmAddress, type EvmAddress } from '../../../shared/domain/address.ts';
import type { Observation } from '../../../shared/domain/observation.ts';
import { parseNetworkFile } from '../networks.ts';
import { observeAccounts, type ObserveStep } from './observe.ts';

const addresses = Array.from({ length: 100 }, (_, index) =>
  toEvmAddress(`0x${(0xacc0 + index).toString(16).padStart(40, '0')}`),
);

const AT_A_TIME = 20;

let anvil: Anvil;
let proxy: HostileProxy;
let chain: Deployment;

beforeAll(async () => {
  anvil = await startAnvil();
  chain = await deployEverything(anvil);
  proxy = await startProxy(anvil.url);
  await fillAccounts();
}, 180_000);

afterAll(async () => {
  await proxy.stop();
  await anvil.stop();
});

/** Every account restakes, leaves EigenLayer, Karak and Symbiotic in part, and has a request with each issuer; half of Lido's are settled. */
async function fillAccounts(): Promise<void> {
  const { operators, operatorSets, strategies } = chain;
  for (const operator of Object.values(operators)) {
    await chain.allocate(operator, operatorSets.first, strategies.stETH, wad / 2n);
  }
  for (const [index, address] of addresses.entries()) {
    const operator = index % 2 === 0 ? operators.first : operators.second;
    await chain.depositAndDelegate(address, strategies.stETH, 2n * wad, operator);
    await chain.fund(address, { stETH: wad, eETH: 2n * wad, ezETH: wad, rsETH: wad });
  }
  const leave = async (address: EvmAddress): Promise<void> => {
    await chain.queueWithdrawal(address, strategies.stETH, wad);
    await requestFromLido(chain, address, wad);
    await requestFromEtherfi(chain, address, wad);
    await requestFromRenzo(chain, address, wad);
    await requestFromKelp(chain, address, wad);
    await stakeWithKarak(chain, address, 2n * wad);
    await leaveKarak(chain, address, wad);
    await stakeWithSymbiotic(chain, address, 2n * wad);
    await leaveSymbiotic(chain, address, wad);
  };
  // Side by side, because every transaction waits for its own block.
  for (let from = 0; from < addresses.length; from += AT_A_TIME) {
    await Promise.all(addresses.slice(from, from + AT_A_TIME).map(leave));
  }
  await finalizeLido(chain, 50n, 1_100_000_000_000_000_000n);
}

interface Cost {
  readonly observation: Observation;
  /** In order, but for questions for events. */
  readonly methods: readonly (string | undefined)[];
  readonly eventQueries: number;
  /** Sent to the node, and received from it, all requests together. */
  readonly sent: number;
  readonly received: number;
  readonly rounds: number;
  readonly progress: readonly number[];
}

async function measure(count: number, last?: Observation): Promise<Cost> {
  await proxy.reset();
  const steps: { readonly progress: number; readonly step: ObserveStep }[] = [];
  let received = 0;
  const observation = await observeAccounts({
    network: parseNetworkFile(JSON.stringify(chain.networkFile)),
    rpcUrl: proxy.url,
    addresses: addresses.slice(0, count),
    previous: last ? { block: last.origin.block, implementations: [], trails: last.trails ?? [] } : null,
    signal: new AbortController().signal,
    onProgress: (progress, step) => steps.push({ progress, step }),
    now: () => 0,
    transportOptions: {
      fetchFn: async (...request) => {
        const response = await fetch(...request);
        received += (await response.clone().arrayBuffer()).byteLength;
        return response;
      },
    },
  });
  const methods = proxy.requests.map((request) => request.methods[0]);
  return {
    observation,
    methods: methods.filter((method) => method !== 'eth_getLogs'),
    eventQueries: methods.filter((method) => method === 'eth_getLogs').length,
    sent: proxy.requests.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0),
    received,
    // Reading is told once before the first round, and after each.
    rounds: steps.filter(({ step }) => step === 'refresh.reading').length - 1,
    progress: steps.map(({ progress }) => progress),
  };
}

const reading = (calls: number): string[] => [
  'eth_chainId',
  'eth_getBlockByNumber',
  ...Array<string>(calls).fill('eth_call'),
  'eth_getBlockByNumber',
];

describe('the cost of a refresh', () => {
  it.each([
    // One of the calls asks all proxies for their code, in 24,000 bytes, one who holds what only events tell of; 58,000
    // are the names of Puffer's modules.
    [1, 6, 205_000, 165_000],
    [10, 7, 480_000, 420_000],
    // Beyond what one request takes, a round is several.
    [100, 19, 3_600_000, 3_600_000],
  ])('of %i accounts is four rounds in %i calls', async (count, calls, mostSent, mostReceived) => {
    const { observation, methods, eventQueries, sent, received, rounds, progress } = await measure(count);
    // As many as are allowed: the fourth asks the adapters of Symbiotic's second vault.
    expect(rounds).toBe(4);
    expect(methods).toEqual(reading(calls));
    // Requests and nodes of ether.fi; what operators and services call themselves.
    expect(eventQueries).toBe(5);
    expect(sent).toBeLessThan(mostSent);
    expect(received).toBeLessThan(mostReceived);
    expect(observation.notices).toEqual([]);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
    for (const { eigenlayer, requests, vaults } of observation.accounts) {
      expect(eigenlayer?.queued).toHaveLength(1);
      expect(requests?.map((list) => list.requests.length)).toEqual([1, 1, 1, 1]);
      expect(vaults?.map(({ stakes, queued }) => [stakes.length, queued.length])).toEqual([
        [1, 1],
        [1, 1],
      ]);
    }
  });
});
