import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Hex } from 'viem';
import { startAnvil, type Anvil } from '../../../e2e/nodes/anvil.ts';
import { deployEverything, wad, type Deployment } from '../../../e2e/nodes/deployment.ts';
import { finalizeEtherfi, requestFromEtherfi } from '../../../e2e/nodes/requests.ts';
import { toEvmAddress, type EvmAddress } from '../../../shared/domain/address.ts';
import {
  observationSchema,
  type Observation,
  type TokenBacking,
} from '../../../shared/domain/observation.ts';
import { parseNetworkFile } from '../networks.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { EthereumClient } from './client.ts';
import { requestTrail } from './etherfi-requests.ts';
import { nodeTrail } from './etherfi-stakers.ts';
import { TooLargeError } from './node-errors.ts';
import { observeAccounts } from './observe.ts';
import { followTrails } from './trails.ts';

const holder = addressOf(0xa11ce);
const other = addressOf(0xb0b);
const node = addressOf(0x0de1);
const sender = addressOf(0x5e4d);

let anvil: Anvil;
let chain: Deployment;
let clean: Hex;

beforeAll(async () => {
  anvil = await startAnvil();
  chain = await deployEverything(anvil);
});

afterAll(() => anvil.stop());

beforeEach(async () => {
  clean = await anvil.client.snapshot();
});

afterEach(async () => {
  await anvil.client.revert({ id: clean });
});

function addressOf(number: number): EvmAddress {
  return toEvmAddress(`0x${number.toString(16).padStart(40, '0')}`);
}

interface LogQuery {
  readonly fromBlock: bigint;
  readonly toBlock: bigint;
  readonly topics: readonly (Hex | readonly Hex[] | null)[];
}

/** A node’s answer to a question for events in place of anvil’s: null passes the question on. */
type AnswerLogs = (query: LogQuery) => { readonly error: object } | { readonly result: unknown } | null;

interface Observed {
  readonly observation: Observation;
  readonly queries: readonly LogQuery[];
}

interface Wish {
  readonly accounts?: readonly EvmAddress[];
  readonly last?: Observation;
  /** Hand-made: what gateways say to ranges they do not serve. */
  readonly answer?: AnswerLogs;
}

async function observe({ accounts = [holder], last, answer = () => null }: Wish = {}): Promise<Observed> {
  const queries: LogQuery[] = [];
  const fetchFn: typeof fetch = async (input, init) => {
    const request = input instanceof Request ? input : new Request(input, init);
    const { method, params, id } = JSON.parse(await request.clone().text()) as {
      method: string;
      id: number;
      params: [{ fromBlock: Hex; toBlock: Hex; topics: LogQuery['topics'] }];
    };
    if (method !== 'eth_getLogs') return fetch(request);
    const [{ fromBlock, toBlock, topics }] = params;
    const query = { fromBlock: BigInt(fromBlock), toBlock: BigInt(toBlock), topics };
    queries.push(query);
    const made = answer(query);
    return made === null
      ? fetch(request)
      : new Response(JSON.stringify({ jsonrpc: '2.0', id, ...made }), {
          headers: { 'content-type': 'application/json' },
        });
  };
  const observation = await observeAccounts({
    network: parseNetworkFile(JSON.stringify(chain.networkFile)),
    rpcUrl: anvil.url,
    addresses: accounts,
    previous: last ? { block: last.origin.block, implementations: [], trails: last.trails ?? [] } : null,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    now: () => 0,
    transportOptions: { fetchFn },
  });
  expect(observationSchema.parse(observation)).toEqual(observation);
  return { observation, queries };
}

const transfer = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';

function requestsOf({ observation }: Observed, account = 0) {
  const list = observation.accounts[account]?.requests?.find(({ instrument }) => instrument === 'eETH');
  return (list?.requests ?? []).map(({ id, stage, pays, paysToday }) => [
    id,
    stage,
    pays.ok ? pays.value : pays.detail,
    paysToday?.ok === true ? paysToday.value : null,
  ]);
}

function gapsOf({ observation }: Observed): string[] {
  return observation.notices
    .filter(({ code }) => code === 'not-readable' || code === 'partial')
    .filter(({ contract }) => ['WithdrawRequestNFT', 'eETH'].includes(contract))
    .map(({ detail }) => detail);
}

describe('requests with ether.fi', () => {
  it('are found by the events that gave them, through every stage', async () => {
    await chain.fund(holder, { eETH: 20n * wad });
    await requestFromEtherfi(chain, holder, 4n * wad, 1_000n);
    await requestFromEtherfi(chain, holder, 2n * wad);
    const fee = 1_000n * 10n ** 9n;
    const waiting = await observe();
    expect(gapsOf(waiting)).toEqual([]);
    const [[firstId, stage, pays, today] = []] = requestsOf(waiting);
    expect([firstId, stage, pays]).toEqual([1n, 'requested', 4n * wad - fee]);
    // Of its shares, rounded down once each way.
    expect(4n * wad - fee - BigInt(today!)).toBeLessThan(3n);

    await finalizeEtherfi(chain, 1n);
    const settled = await observe({ last: waiting.observation });
    expect(requestsOf(settled).map(([id, one]) => [id, one])).toEqual([
      [1n, 'claimable'],
      [2n, 'requested'],
    ]);

    await chain.send('WithdrawRequestNFT', { from: holder, functionName: 'claimWithdraw', args: [1n] });
    await chain.send('WithdrawRequestNFT', {
      from: holder,
      functionName: 'transferFrom',
      args: [holder, other, 2n],
    });
    const left = await observe({ accounts: [holder, other], last: settled.observation });
    expect(requestsOf(left)).toEqual([]);
    expect(requestsOf(left, 1).map(([id]) => id)).toEqual([2n]);
  });

  it('are worth what their shares are, after a loss, and unknown once declared invalid', async () => {
    await chain.fund(holder, { eETH: 10n * wad });
    await requestFromEtherfi(chain, holder, 4n * wad);
    await chain.setRate('eETH', (105n * wad) / 200n);
    const [[, , pays, today] = []] = requestsOf(await observe());
    expect(pays).toBe(4n * wad);
    expect(2n * wad - BigInt(today!)).toBeLessThan(2n);
    await chain.send('WithdrawRequestNFT', { from: other, functionName: 'invalidateRequest', args: [1n] });
    expect(requestsOf(await observe())).toEqual([
      [1n, 'requested', 'its issuer declared the request invalid', null],
    ]);
  });

  it('are asked for once: a later reading takes only what came since', async () => {
    await chain.fund(holder, { eETH: 10n * wad });
    await requestFromEtherfi(chain, holder, wad);
    await anvil.client.mine({ blocks: 200 });
    const first = await observe();
    const asked = first.queries.filter(({ topics }) => topics[0] === transfer);
    expect(asked.map(({ fromBlock }) => fromBlock)).toEqual([0n]);
    await requestFromEtherfi(chain, holder, wad);
    const second = await observe({ last: first.observation, accounts: [holder, other] });
    expect(requestsOf(second).map(([id]) => id)).toEqual([1n, 2n]);
    const again = second.queries
      .filter(({ topics }) => topics[0] === transfer)
      .map(({ fromBlock }) => fromBlock);
    // Of the first account from two epochs before its last reading, of the second from the beginning.
    const { number } = first.observation.origin.block;
    expect(again.sort()).toEqual([0n, number - 63n].sort());
  });

  it('are asked for anew where the chain was replaced', async () => {
    await chain.fund(holder, { eETH: 10n * wad });
    await requestFromEtherfi(chain, holder, wad);
    await anvil.client.mine({ blocks: 200 });
    const { observation } = await observe();
    const { block } = observation.origin;
    const elsewhere = { ...block, hash: `0x${'12'.repeat(32)}` };
    const last = { ...observation, origin: { ...observation.origin, block: elsewhere } };
    await requestFromEtherfi(chain, holder, wad);
    const after = await observe({ last });
    expect(
      after.queries.filter(({ topics }) => topics[0] === transfer).map(({ fromBlock }) => fromBlock),
    ).toEqual([0n]);
    expect(requestsOf(after).map(([id]) => id)).toEqual([1n, 2n]);
  });

  it('are read in parts from a node that serves short ranges, and go on where the last reading ended', async () => {
    await chain.fund(holder, { eETH: 10n * wad });
    await anvil.client.mine({ blocks: 1_000 });
    await requestFromEtherfi(chain, holder, wad);
    const short: AnswerLogs = ({ fromBlock, toBlock }) =>
      toBlock - fromBlock < 16n
        ? null
        : { error: { code: -32_005, message: 'query exceeds max block range 16' } };
    let observed = await observe({ answer: short });
    expect(observed.queries.length).toBeLessThanOrEqual(96);
    expect(gapsOf(observed)[0]).toMatch(
      /cannot be found from their owner: the node serves events in small parts only; read up to block \d+$/u,
    );
    expect(requestsOf(observed)).toEqual([]);
    for (let more = 0; more < 3; more++)
      observed = await observe({ answer: short, last: observed.observation });
    expect(requestsOf(observed).map(([id]) => id)).toEqual([1n]);
    expect(gapsOf(observed)).toEqual([]);
  });

  it.each<[string, ReturnType<AnswerLogs>, RegExp]>([
    ['refuses', { error: { code: -32_601, message: 'the method does not exist' } }, /does not serve them/u],
    ['answers nonsense', { result: { logs: 1 } }, /no list of events/u],
    [
      'answers with other events',
      {
        result: [
          { address: addressOf(1), topics: [transfer], data: '0x', blockNumber: '0x1', logIndex: '0x0' },
        ],
      },
      /not asked for/u,
    ],
  ])('are said to be out of sight where the node %s, and everything else is read', async (_, made, why) => {
    await chain.fund(holder, { eETH: 10n * wad, weETH: wad });
    const observed = await observe({ answer: () => made });
    expect(gapsOf(observed).join('\n')).toMatch(why);
    const balances = observed.observation.accounts[0]?.balances ?? [];
    expect(balances.find(({ instrument }) => instrument === 'weETH')?.amount).toMatchObject({ value: wad });
    expect(observed.observation.trails?.every(({ found }) => found.length === 0)).toBe(true);
  });
});

describe('what stands behind eETH and weETH', () => {
  const addNode = (staker: EvmAddress) =>
    chain.send('EtherFiStakingManager', { from: sender, functionName: 'addStaker', args: [staker] });
  const backingOf = ({ observation }: Observed, token: string): TokenBacking | undefined =>
    observation.backings.find(({ instrument }) => instrument === token);

  it('are its nodes, found by the events of their making, and its restaker', async () => {
    const { strategies, operators, contracts } = chain;
    await chain.fund(holder, { eETH: 60n * wad, weETH: 0n });
    await chain.fund(sender, { eETH: 40n * wad });
    await addNode(node);
    await chain.depositAndDelegate(node, strategies.beaconChainETH, 32n * wad, operators.first);
    const { address } = contracts.EtherFiRestaker;
    await chain.depositAndDelegate(address, strategies.stETH, 10n * wad, operators.second);
    await chain.fund(contracts.EtherFiLiquidityPool.address, { eth: 8n * wad });
    const backing = backingOf(await observe(), 'eETH');
    const share = (part: bigint | undefined): number => Number(part ?? 0n) / Number(wad);
    const shareWith = (operator: string) =>
      share(backing?.restaked.find((part) => part.operator === operator)?.share);
    // Other tests' tokens of the chain are part of the supply too: a fraction of one in a hundred.
    expect(shareWith(operators.first)).toBeCloseTo(0.32, 2);
    expect(shareWith(operators.second)).toBeCloseTo(0.1, 2);
    expect(share(backing?.unrestakedShare)).toBeCloseTo(0.08, 2);
    expect(share(backing?.hiddenShare)).toBeCloseTo(0.5, 2);
  });

  it('is the same for the wrapper, and is looked into only where somebody holds one of them', async () => {
    await addNode(node);
    const nobody = await observe();
    expect(nobody.observation.trails?.map(({ id }) => id)).not.toContain('etherfi-nodes');
    await chain.fund(holder, { weETH: wad });
    await chain.depositAndDelegate(node, chain.strategies.beaconChainETH, wad / 4n, chain.operators.first);
    const observed = await observe();
    expect(backingOf(observed, 'weETH')).toEqual({ ...backingOf(observed, 'eETH'), instrument: 'weETH' });
    expect(backingOf(observed, 'weETH')?.restaked).toHaveLength(1);
  });
});

describe('what operators and services call themselves', () => {
  it('is kept with the address that they published last', async () => {
    const { strategies, operators, operatorSets, services } = chain;
    await chain.fund(holder, { eth: wad });
    await chain.depositAndDelegate(holder, strategies.stETH, wad, operators.first);
    await chain.allocate(operators.first, operatorSets.first, strategies.stETH, wad / 2n);
    const publish = (uri: string) =>
      chain.send('DelegationManager', {
        from: operators.first,
        functionName: 'updateOperatorMetadataURI',
        args: [operators.first, uri],
      });
    await publish('https://example.test/old.json');
    await publish(' https://example.test/new.json ');
    // The directory’s word counts only where the contract of operator sets has none.
    await chain.send('AVSDirectory', {
      from: services.first,
      functionName: 'updateAVSMetadataURI',
      args: ['https://example.test/before.json'],
    });
    await chain.send('AllocationManager', {
      from: services.first,
      functionName: 'updateAVSMetadataURI',
      args: [services.first, 'https://example.test/service.json'],
    });
    const { observation } = await observe();
    expect(observation.operators.map(({ metadataUri }) => metadataUri)).toEqual([
      'https://example.test/new.json',
    ]);
    expect(observation.services.find(({ avs }) => avs === toEvmAddress(services.first))?.metadataUri).toBe(
      'https://example.test/service.json',
    );
    await publish('');
    const [operator] = (await observe({ last: observation })).observation.operators;
    expect(operator?.metadataUri).toBeUndefined();
  });
});

describe('what stands behind rswETH', () => {
  it('is numbered by a manager that a network file may name', async () => {
    await chain.fund(holder, { rswETH: 10n * wad });
    await chain.send('SwellEigenLayerManager', { from: sender, functionName: 'addStaker', args: [node] });
    await chain.depositAndDelegate(node, chain.strategies.beaconChainETH, wad, chain.operators.first);
    const { observation } = await observe();
    const backing = observation.backings.find(({ instrument }) => instrument === 'rswETH');
    expect(backing?.restaked).toHaveLength(1);
    expect(backing?.restaked[0]?.share).toBe((wad * wad) / ((10n * wad * 108n) / 100n));
  });
});

describe('whatever a node answers for events', () => {
  const nodesAt = addressOf(0x5a);
  const topic = fc.oneof(
    fc.constantFrom(...[requestTrail, nodeTrail].map(({ event }) => event)),
    fc.constant(`0x${'0'.repeat(59)}a11ce` as Hex),
    fc.stringMatching(/^0x(?:[0-9a-f]{2}){0,40}$/u) as fc.Arbitrary<Hex>,
  );
  const log = fc.record({
    address: fc.constantFrom(nodesAt, addressOf(1)),
    topics: fc.array(topic, { maxLength: 5 }),
    data: fc.stringMatching(/^0x(?:[0-9a-f]{2}){0,40}$/u),
    blockNumber: fc.bigInt(0n, 2n ** 80n).map((value) => `0x${value.toString(16)}`),
    logIndex: fc.oneof(fc.constant('0x0'), fc.anything()),
    removed: fc.boolean(),
  });
  const answer = fc.oneof(
    fc.array(log, { maxLength: 4 }).map((result) => () => result),
    fc.anything().map((result) => () => result),
    fc
      .constantFrom(
        new TooLargeError('node.test', 'block range too large'),
        new AppError('node-timeout', 'no answer'),
        new AppError('node-refused', 'no such method'),
      )
      .map((error) => () => {
        throw error;
      }),
  );

  it('the reading goes on, in a bounded number of requests, and a trail never goes back', async () => {
    const contracts = { WithdrawRequestNFT: nodesAt, EtherFiStakingManager: nodesAt };
    const network = parseNetworkFile(
      JSON.stringify({ schema: 'ballast-network/1', name: 'x', chainId: 1, contracts }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(answer, { minLength: 1, maxLength: 12 }),
        fc.bigInt(0n, 2_000n),
        async (answers, through) => {
          let asked = 0;
          const request = () => Promise.resolve().then(() => answers[asked++ % answers.length]?.());
          // Hand-made: anything at all in place of a node.
          const client = { request } as unknown as EthereumClient;
          const known = [{ id: nodeTrail.id, through, found: [] }];
          const wishes = [
            { kind: requestTrail, subjects: [holder, other] },
            { kind: nodeTrail, subjects: [] },
          ];
          const { trails } = await followTrails({ client, network, block: 1_000n, known }, wishes);
          expect(asked).toBeLessThanOrEqual(48);
          expect(trails.map(({ id }) => id)).toHaveLength(3);
          expect(trails.find(({ id }) => id === nodeTrail.id)!.through >= through).toBe(true);
          for (const { found } of trails) {
            expect(found.every(({ block }) => block <= 1_000n)).toBe(true);
          }
        },
      ),
      { numRuns: 1_500 },
    );
  });
});
