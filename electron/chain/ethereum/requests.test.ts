import { encodeAbiParameters, parseAbiParameters, type Hex } from 'viem';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAnvil, type Anvil } from '../../../e2e/nodes/anvil.ts';
import { deployEverything, wad, type Deployment } from '../../../e2e/nodes/deployment.ts';
import {
  claimFromKelp,
  claimFromLido,
  claimFromRenzo,
  fillRenzo,
  finalizeLido,
  requestFromKelp,
  requestFromLido,
  requestFromRenzo,
  unlockKelp,
} from '../../../e2e/nodes/requests.ts';
import type { Account } from '../../../shared/domain/account.ts';
import { toEvmAddress, type EvmAddress } from '../../../shared/domain/address.ts';
import {
  observationSchema,
  type Observation,
  type Reading,
  type RequestList,
} from '../../../shared/domain/observation.ts';
import { isRequest, type Position } from '../../../shared/domain/position.ts';
import { valuePositions } from '../../../shared/domain/value-positions.ts';
import { parseNetworkFile } from '../networks.ts';
import { observeAccounts } from './observe.ts';

const holder = toEvmAddress(`0x${'0'.repeat(35)}a11ce`);
const other = toEvmAddress(`0x${'0'.repeat(37)}b0b`);
/** Seconds; the stand-in's default is three days. */
const COOL_DOWN = 259_200n;
const LIDO = 0;
const RENZO = 2;
const KELP = 3;

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

async function observe(...addresses: readonly EvmAddress[]): Promise<Observation> {
  const observation = await observeAccounts({
    network: parseNetworkFile(JSON.stringify(chain.networkFile)),
    rpcUrl: anvil.url,
    addresses: addresses.length === 0 ? [holder] : addresses,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    now: () => 0,
  });
  expect(observationSchema.parse(observation)).toEqual(observation);
  return observation;
}

function valueOf(reading: Reading | null | undefined): bigint | string {
  if (!reading) return 'no reading';
  return reading.ok ? reading.value : reading.code;
}

function listOf({ accounts }: Observation, protocol: number): RequestList | undefined {
  return (accounts[0]?.requests ?? [])[protocol];
}

/** The requests of the holder with one protocol, as plain values. */
function requestsOf(observation: Observation, protocol: number) {
  return (listOf(observation, protocol)?.requests ?? []).map((request) => ({
    id: request.id,
    stage: request.stage,
    given: valueOf(request.given),
    pays: valueOf(request.pays),
    isFixed: request.isFixed,
    from: request.claimableFrom === null ? null : valueOf(request.claimableFrom.at),
  }));
}

function positionsOf(observation: Observation): Position[] {
  const accounts = observation.accounts.map(({ address }, index): Account => ({
    id: `account-${index}`,
    portfolioId: 'p',
    kind: 'evm',
    address,
    label: '',
    ensName: null,
    createdAt: 0,
  }));
  return valuePositions(observation, accounts, { manualEthUsd: null }).positions;
}

function leavingOf(observation: Observation): (readonly [string, string, bigint | null, bigint | null])[] {
  return positionsOf(observation)
    .filter(({ state }) => isRequest(state))
    .map(({ instrument, state, amount, bookEth }) => [instrument.symbol, state, amount.value, bookEth.value]);
}

async function pass(seconds: bigint): Promise<void> {
  await anvil.client.increaseTime({ seconds: Number(seconds) });
  await anvil.client.mine({ blocks: 1 });
}

const fund = (funding: Parameters<Deployment['fund']>[1], account = holder): Promise<void> =>
  chain.fund(account, funding);

describe('a request with Lido', () => {
  it('pays what was asked, or less where its shares have lost, until it is settled', async () => {
    await fund({ stETH: 20n * wad });
    await requestFromLido(chain, holder, 12n * wad);
    const asked = {
      id: 1n,
      stage: 'requested',
      given: 12n * wad,
      pays: 12n * wad,
      isFixed: false,
      from: null,
    };
    expect(requestsOf(await observe(), LIDO)).toEqual([asked]);
    expect(leavingOf(await observe())).toEqual([['ETH from Lido', 'requested', 12n * wad, 12n * wad]]);

    // A twelfth is lost: ten shares are worth eleven.
    await chain.setRate('stETH', 1_100_000_000_000_000_000n);
    const struck = await observe();
    expect(requestsOf(struck, LIDO)).toEqual([asked]);
    expect(leavingOf(struck)).toEqual([['ETH from Lido', 'requested', 11n * wad, 11n * wad]]);

    // Gains are not the request's.
    await chain.setRate('stETH', 1_300_000_000_000_000_000n);
    expect(leavingOf(await observe())).toEqual([['ETH from Lido', 'requested', 12n * wad, 12n * wad]]);
  });

  it('pays what its own checkpoint says once it is settled, whatever happens after', async () => {
    await fund({ stETH: 30n * wad });
    await requestFromLido(chain, holder, 12n * wad);
    await requestFromLido(chain, holder, 6n * wad);
    await requestFromLido(chain, holder, 3n * wad);
    await finalizeLido(chain, 1n, 1_100_000_000_000_000_000n);
    await finalizeLido(chain, 2n, 1_300_000_000_000_000_000n);
    await chain.setRate('stETH', 600_000_000_000_000_000n);
    const observation = await observe();
    expect(requestsOf(observation, LIDO)).toMatchObject([
      { id: 1n, stage: 'claimable', given: 12n * wad, pays: 11n * wad, isFixed: true },
      { id: 2n, stage: 'claimable', given: 6n * wad, pays: 6n * wad, isFixed: true },
      { id: 3n, stage: 'requested', given: 3n * wad, pays: 3n * wad, isFixed: false },
    ]);
    expect(leavingOf(observation).map(([, state, amount]) => [state, amount])).toEqual([
      ['requested', (3n * wad) / 2n],
      ['claimable', 11n * wad],
      ['claimable', 6n * wad],
    ]);

    const before = await anvil.client.getBalance({ address: holder });
    await claimFromLido(chain, holder, 1n);
    expect((await anvil.client.getBalance({ address: holder })) - before).toBe(11n * wad);
    // The contract fills the gap with its last: the reader puts them in order.
    expect(requestsOf(await observe(), LIDO).map(({ id }) => id)).toEqual([2n, 3n]);
  });

  it('names, for each figure, the call it came from', async () => {
    await fund({ stETH: 12n * wad });
    await requestFromLido(chain, holder, 12n * wad);
    await finalizeLido(chain, 1n, wad);
    const request = listOf(await observe(), LIDO)?.requests[0];
    expect(request?.given).toMatchObject({
      contract: 'LidoWithdrawalQueue',
      address: chain.networkFile.contracts.LidoWithdrawalQueue,
      call: 'getWithdrawalStatus([1])',
    });
    expect(request?.pays).toMatchObject({ value: 10n * wad, call: 'getClaimableEther([1], [1])' });
  });
});

describe('a request with Renzo', () => {
  it('can be claimed when its cool-down is over and the queue is filled, and not before', async () => {
    await fund({ ezETH: 10n * wad });
    await requestFromRenzo(chain, holder, 10n * wad);
    const { timestamp } = await anvil.client.getBlock();
    const asked = { id: 1n, given: 10n * wad, pays: (103n * wad) / 10n, isFixed: false };
    const observation = await observe();
    expect(requestsOf(observation, RENZO)).toEqual([
      { ...asked, stage: 'requested', from: timestamp + COOL_DOWN },
    ]);
    expect(leavingOf(observation)).toEqual([
      ['ETH from Renzo', 'requested', (103n * wad) / 10n, (103n * wad) / 10n],
    ]);

    await pass(COOL_DOWN);
    // Nobody says when it will be filled.
    expect(requestsOf(await observe(), RENZO)).toEqual([{ ...asked, stage: 'requested', from: null }]);
    await expect(claimFromRenzo(chain, holder, 0n)).rejects.toThrow();
    await fillRenzo(chain, 11n * wad);
    expect(requestsOf(await observe(), RENZO)).toMatchObject([{ ...asked, stage: 'claimable' }]);
    await claimFromRenzo(chain, holder, 0n);
    expect(requestsOf(await observe(), RENZO)).toEqual([]);
  });

  it('was never queued where the buffer covers it, and cools down as long as the risk oracle wants', async () => {
    await fillRenzo(chain, 100n * wad);
    await fund({ ezETH: wad });
    await requestFromRenzo(chain, holder, wad);
    const { timestamp } = await anvil.client.getBlock();
    await chain.send('RenzoWithdrawQueue', {
      from: other,
      functionName: 'setCoolDowns',
      args: [COOL_DOWN, 2n * COOL_DOWN],
    });
    expect(requestsOf(await observe(), RENZO)).toMatchObject([
      { stage: 'requested', from: timestamp + 2n * COOL_DOWN },
    ]);
    await pass(COOL_DOWN);
    expect(requestsOf(await observe(), RENZO)).toMatchObject([{ stage: 'requested' }]);
    await pass(COOL_DOWN);
    expect(requestsOf(await observe(), RENZO)).toMatchObject([{ stage: 'claimable' }]);
  });

  it('pays less where ezETH has lost until the claim, in the token that was chosen', async () => {
    await fund({ ezETH: 10n * wad });
    await requestFromRenzo(chain, holder, 10n * wad, chain.contracts.stETH.address);
    await chain.setRate('ezETH', 900_000_000_000_000_000n);
    const observation = await observe();
    expect(leavingOf(observation)).toEqual([['stETH from Renzo', 'requested', 9n * wad, 9n * wad]]);
    const [position] = positionsOf(observation).filter(({ state }) => isRequest(state));
    expect(position?.amount.unit.symbol).toBe('stETH');
    expect(position?.request?.promised.value).toBe((103n * wad) / 10n);
    // The pool behind ezETH still stands behind it.
    expect(position?.instrument.dependsOn).toContain('contract:eigenlayer');
  });
});

describe('a request with Kelp', () => {
  const delay = 10n;

  it('is settled when the queue is unlocked past it, and can be claimed after its delay', async () => {
    await fund({ rsETH: 10n * wad });
    await requestFromKelp(chain, holder, 10n * wad);
    const start = await anvil.client.getBlockNumber({ cacheTime: 0 });
    const asked = { id: 0n, given: 10n * wad, pays: (104n * wad) / 10n, isFixed: false };
    expect(requestsOf(await observe(), KELP)).toEqual([
      { ...asked, stage: 'requested', from: start + delay },
    ]);
    await chain.setRate('rsETH', wad);
    expect(leavingOf(await observe())).toEqual([['ETH from Kelp', 'requested', 10n * wad, 10n * wad]]);

    await anvil.client.mine({ blocks: Number(delay) });
    expect(requestsOf(await observe(), KELP)).toEqual([{ ...asked, stage: 'requested', from: null }]);
    await unlockKelp(chain, 100n * wad);
    await chain.setRate('rsETH', wad / 2n);
    const settled = await observe();
    expect(requestsOf(settled, KELP)).toEqual([
      { id: 0n, stage: 'claimable', given: 10n * wad, pays: 10n * wad, isFixed: true, from: start + delay },
    ]);
    expect(leavingOf(settled)).toEqual([['ETH from Kelp', 'claimable', 10n * wad, 10n * wad]]);

    await chain.send('LRTWithdrawalManager', {
      from: other,
      functionName: 'setWithdrawalDelayBlocks',
      args: [1_000n],
    });
    expect(requestsOf(await observe(), KELP)).toMatchObject([{ stage: 'finalised', from: start + 1_000n }]);
  });

  it('is listed for every token that can be paid, and gone once it is claimed', async () => {
    await fund({ rsETH: 10n * wad });
    await requestFromKelp(chain, holder, wad);
    await requestFromKelp(chain, holder, 2n * wad, chain.contracts.stETH.address);
    await requestFromKelp(chain, holder, 3n * wad);
    expect(leavingOf(await observe()).map(([symbol, , amount]) => [symbol, amount])).toEqual([
      ['ETH from Kelp', (104n * wad) / 100n],
      ['ETH from Kelp', (312n * wad) / 100n],
      ['stETH from Kelp', (208n * wad) / 100n],
    ]);
    await anvil.client.mine({ blocks: Number(delay) });
    await unlockKelp(chain, 100n * wad);
    await claimFromKelp(chain, holder);
    expect(leavingOf(await observe()).map(([symbol, state]) => [symbol, state])).toEqual([
      ['ETH from Kelp', 'claimable'],
      ['stETH from Kelp', 'requested'],
    ]);
  });
});

describe('what is given back', () => {
  it('is not counted in the balance too: the book value of the account stays what it was', async () => {
    await fund({ stETH: 12n * wad, ezETH: 10n * wad, rsETH: 10n * wad });
    const sumOf = (observation: Observation): bigint =>
      positionsOf(observation).reduce((sum, { bookEth }) => sum + (bookEth.value ?? 0n), 0n);
    const before = sumOf(await observe());
    await requestFromLido(chain, holder, 6n * wad);
    await requestFromRenzo(chain, holder, 4n * wad);
    await requestFromKelp(chain, holder, 3n * wad);
    const after = await observe();
    expect(sumOf(after)).toBe(before);
    expect(positionsOf(after).map(({ id }) => id)).toHaveLength(6);
  });
});

describe('requests that no view finds', () => {
  it('are told once for each issuer, and only where somebody holds its token', async () => {
    expect((await observe(holder, other)).notices).toEqual([]);
    for (const account of [holder, other]) await fund({ weETH: wad, eETH: wad, rswETH: wad }, account);
    expect((await observe(holder, other)).notices).toMatchObject([
      { code: 'not-readable', contract: 'swEXIT, rswEXIT' },
    ]);
  });
});

/** Code that answers every call with these bytes. */
function answering(data: Hex): Hex {
  const push = ((data.length - 2) / 2).toString(16).padStart(4, '0');
  return `0x61${push}600c5f3961${push}5ff3${data.slice(2)}`;
}

describe('a queue that changed', () => {
  const queues = ['LidoWithdrawalQueue', 'RenzoWithdrawQueue', 'LRTWithdrawalManager'] as const;

  it.each(queues)('%s leaves its requests unknown, never none, when it answers oddly', async (queue) => {
    const index = queues.indexOf(queue);
    await fund({ stETH: 3n * wad, ezETH: 3n * wad, rsETH: 3n * wad });
    await requestFromLido(chain, holder, wad);
    await requestFromRenzo(chain, holder, wad);
    await requestFromKelp(chain, holder, wad);
    const ids = encodeAbiParameters(parseAbiParameters('uint256[]'), [[7n, 7n]]);
    for (const bytecode of ['0x5f5ffd', '0xfe', '0x00', answering('0x01'), answering(ids)] as const) {
      await anvil.client.setCode({ address: chain.contracts[queue].address, bytecode });
      const observation = await observe();
      const lists = observation.accounts[0]?.requests ?? [];
      const place = [LIDO, RENZO, KELP][index];
      expect(lists.map(({ read }) => read.ok)).toEqual(lists.map((_, other) => other !== place));
      expect(lists[place ?? LIDO]?.requests).toEqual([]);
      const unknown = positionsOf(observation).filter(({ amount }) => amount.value === null);
      expect(unknown.map(({ state, amount }) => [state, amount.reason?.code])).toEqual([
        ['requested', 'protocol-changed'],
      ]);
      const changed = observation.notices.filter(({ code }) => code === 'protocol-changed');
      expect(new Set(changed.map(({ contract }) => contract))).toEqual(new Set([queue]));
    }
  });

  it.each([
    ['more requests than anybody has', 257n],
    ['as many as a word can say', 2n ** 256n - 1n],
  ])('is not followed when it tells of %s', async (_what, count) => {
    const data = encodeAbiParameters(parseAbiParameters('uint256'), [count]);
    await anvil.client.setCode({
      address: chain.contracts.RenzoWithdrawQueue.address,
      bytecode: answering(data),
    });
    const observation = await observe();
    expect(listOf(observation, RENZO)?.read).toMatchObject({ ok: false, code: 'absurd' });
  });

  it('is not there: told once, and no row of any account', async () => {
    await anvil.client.setCode({ address: chain.contracts.LRTConfig.address, bytecode: '0x' });
    const observation = await observe(holder, other);
    expect(positionsOf(observation)).toEqual([]);
    expect(observation.notices).toMatchObject([{ code: 'not-available', contract: 'LRTConfig' }]);
  });
});
