import { encodeAbiParameters, parseAbiParameters, type Hex } from 'viem';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAnvil, type Anvil } from '../../../e2e/nodes/anvil.ts';
import { deployEverything, wad, type Deployment } from '../../../e2e/nodes/deployment.ts';
import { startProxy, type HostileProxy } from '../../../e2e/nodes/hostile.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { toEvmAddress, type EvmAddress } from '../../../shared/domain/address.ts';
import { CONTRACT_NAMES, type ContractName, type Network } from '../../../shared/domain/network.ts';
import { observationSchema, type Observation } from '../../../shared/domain/observation.ts';
import { parseNetworkFile } from '../networks.ts';
import { observeAccounts } from './observe.ts';

const holders = Array.from({ length: 6 }, (_, index) =>
  toEvmAddress(`0x${(0xa11ce + index).toString(16).padStart(40, '0')}`),
);
const [holder] = holders as [EvmAddress];

let anvil: Anvil;
let proxy: HostileProxy;
let chain: Deployment;
let network: Network;
let clean: Hex;

beforeAll(async () => {
  anvil = await startAnvil();
  chain = await deployEverything(anvil);
  network = networkOf();
  for (const one of holders) await chain.fund(one, { eth: wad, wstETH: 2n * wad, rsETH: 3n * wad });
  await chain.depositAndDelegate(holder, chain.strategies.stETH, wad, chain.operators.first);
  await chain.queueWithdrawal(holder, chain.strategies.stETH, wad / 4n);
  await chain.allocate(chain.operators.first, chain.operatorSets.first, chain.strategies.stETH, wad / 2n);
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
  await anvil.client.revert({ id: clean });
  await proxy.reset();
});

function networkOf(change: Partial<Record<ContractName, string | null>> = {}): Network {
  const contracts: Partial<Record<ContractName, string>> = {};
  for (const name of CONTRACT_NAMES) {
    const address = name in change ? change[name] : chain.networkFile.contracts[name];
    if (address) contracts[name] = address;
  }
  return parseNetworkFile(JSON.stringify({ ...chain.networkFile, contracts }));
}

async function observe(on: Network = network): Promise<Observation> {
  const observation = await observeAccounts({
    network: on,
    rpcUrl: proxy.url,
    addresses: holders,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    now: () => 0,
  });
  expect(observationSchema.parse(observation)).toEqual(observation);
  return observation;
}

/** Balances of one token: amounts, or the code of what went wrong. */
function balancesOf({ accounts }: Observation, token: string): (bigint | string)[] {
  return accounts.flatMap(({ balances }) =>
    balances
      .filter(({ instrument }) => instrument === token)
      .map(({ amount }) => (amount.ok ? amount.value : amount.code)),
  );
}

function rateOf({ rates }: Observation, token: string): bigint | string | undefined {
  const rate = rates.find(({ instrument }) => instrument === token)?.rate;
  return rate?.ok === false ? rate.code : rate?.value;
}

const asWei = (value: bigint): Hex => `0x${value.toString(16).padStart(64, '0')}`;

/** Code that answers every call with these bytes. */
function answering(data: Hex): Hex {
  const size = (data.length - 2) / 2;
  const push = size.toString(16).padStart(4, '0');
  // PUSH2 size, PUSH1 12, PUSH0, CODECOPY, PUSH2 size, PUSH0, RETURN
  return `0x61${push}600c5f3961${push}5ff3${data.slice(2)}`;
}

const reverting: Hex = '0x5f5ffd';
/** INVALID: takes all the gas it was given. */
const burning: Hex = '0xfe';

async function replace(contract: keyof Deployment['contracts'], bytecode: Hex): Promise<void> {
  await anvil.client.setCode({ address: chain.contracts[contract].address, bytecode });
}

describe('a protocol that changed', () => {
  it.each<[string, Hex, string]>([
    ['reverts', reverting, 'reverted'],
    ['answers with nothing', '0x00', 'malformed'],
    ['answers with less than a word', answering('0x01'), 'malformed'],
  ])('leaves its figures unknown when it %s, and says so once', async (_what, code, expected) => {
    await replace('rsETH', code);
    const observation = await observe();
    expect(balancesOf(observation, 'rsETH')).toEqual(holders.map(() => expected));
    expect(balancesOf(observation, 'wstETH')).toEqual(holders.map(() => 2n * wad));
    const about = observation.notices.filter(({ contract }) => contract === 'rsETH');
    expect(about.map(({ code: notice, call }) => [notice, call.replace(/\(.*/u, '')])).toEqual([
      ['protocol-changed', 'decimals'],
      ['protocol-changed', 'balanceOf'],
    ]);
  });

  it('does not take others with it when it burns all the gas of its request', async () => {
    await replace('rsETH', burning);
    const observation = await observe();
    expect(balancesOf(observation, 'rsETH')).toEqual(holders.map(() => 'reverted'));
    expect(balancesOf(observation, 'wstETH')).toEqual(holders.map(() => 2n * wad));
    expect(balancesOf(observation, 'ETH')).toEqual(holders.map(() => wad));
    // The second of Symbiotic's vaults counts what it has in rsETH with each question.
    expect(new Set(observation.notices.map(({ contract }) => contract))).toEqual(
      new Set(['rsETH', 'SymbioticVault']),
    );
    expect(observation.accounts[0]?.eigenlayer?.deposits[0]?.underlying).toMatchObject({ ok: true });
  });

  it.each([
    ['zero', 0n],
    ['above a thousand', 1000n * wad + 1n],
  ])('has no rate where the oracle says %s', async (_what, rate) => {
    await replace('LRTOracle', answering(asWei(rate)));
    const observation = await observe();
    expect(rateOf(observation, 'rsETH')).toBe('absurd');
    expect(rateOf(observation, 'wstETH')).toBe(1_200_000_000_000_000_000n);
    expect(observation.notices).toMatchObject([
      { code: 'protocol-changed', contract: 'LRTOracle', call: 'rsETHPrice()' },
      // Nor is it known then which part of it stands with whom.
      { code: 'partial', contract: 'rsETH' },
    ]);
  });

  it('has no balance where its token counts in other units', async () => {
    await replace('rsETH', answering(asWei(8n)));
    const observation = await observe();
    expect(balancesOf(observation, 'rsETH')).toEqual(holders.map(() => 'absurd'));
    expect(observation.notices[0]?.detail).toBe('8 decimals, where rsETH has 18');
  });

  it('with unreadable deposits is not an account without deposits', async () => {
    await replace('DelegationManager', reverting);
    const { accounts, operators, notices } = await observe();
    expect(accounts[0]?.eigenlayer).toMatchObject({
      delegatedTo: { ok: false, code: 'reverted' },
      depositsRead: { ok: false, code: 'reverted' },
      queuedRead: { ok: false, code: 'reverted' },
      deposits: [],
    });
    expect(operators).toEqual([]);
    expect(
      notices.every(({ code, contract }) => code === 'protocol-changed' && contract === 'DelegationManager'),
    ).toBe(true);
  });

  it('with lists that do not belong together is not believed', async () => {
    const lists = encodeAbiParameters(parseAbiParameters('address[], uint256[]'), [[holder, holder], [1n]]);
    await replace('DelegationManager', answering(lists));
    const { accounts } = await observe();
    expect(accounts[0]?.eigenlayer?.depositsRead).toMatchObject({ ok: false, code: 'absurd' });
  });

  it('with unreadable magnitudes leaves the deposits known and the operator unknown', async () => {
    await replace('AllocationManager', answering(asWei(wad + 1n)));
    const { accounts, operators, notices } = await observe();
    // The DelegationManager asks the AllocationManager itself, so what it says may be strange, but is what it says.
    expect(accounts[0]?.eigenlayer?.deposits).toHaveLength(1);
    expect(operators[0]?.strategies[0]).toMatchObject({
      maxMagnitude: { ok: false, code: 'absurd' },
      allocationsRead: { ok: false, code: 'malformed' },
      operatorShares: { ok: true },
      allocations: [],
    });
    expect(notices.some(({ contract }) => contract === 'AllocationManager')).toBe(true);
  });

  it('with a strategy that reverts knows the shares and not their worth', async () => {
    await replace('StETHStrategy', reverting);
    const { accounts, strategies } = await observe();
    expect(accounts[0]?.eigenlayer?.deposits[0]).toMatchObject({
      withdrawableShares: { ok: true },
      underlying: { ok: false, code: 'reverted', contract: 'Strategy' },
    });
    expect(strategies[0]).toMatchObject({ instrument: null, underlyingToken: null });
  });
});

describe('the price of ETH', () => {
  const feed = (answer: bigint, updatedAt: bigint): Promise<void> =>
    chain.send('ChainlinkETHUSD', { from: holder, functionName: 'set', args: [answer, updatedAt] });
  const now = async (): Promise<bigint> => (await anvil.client.getBlock()).timestamp;

  it.each([
    ['an answer of zero', 0n, 0n],
    ['a negative answer', -1n, 0n],
    ['an update in the future', 1n, 100_000n],
    ['a price beyond belief', 10n ** 30n, 0n],
  ])('is unknown with %s', async (_what, answer, ahead) => {
    await feed(answer, (await now()) + ahead);
    const { ethUsd, notices } = await observe();
    expect(ethUsd?.price).toMatchObject({ ok: false, code: 'absurd' });
    expect(notices).toMatchObject([{ code: 'protocol-changed', contract: 'ChainlinkETHUSD' }]);
  });

  it('is unknown in a round that was never completed', async () => {
    await feed(3000_0000_0000n, 0n);
    expect((await observe()).ethUsd?.price).toMatchObject({ ok: false, code: 'absurd' });
  });

  it('keeps its age, so that a stale one can be told', async () => {
    await chain.setPrice(2500_0000_0000n, 86_400);
    const { ethUsd, origin } = await observe();
    expect(ethUsd?.price).toMatchObject({ ok: true, value: 2500_0000_0000n });
    expect(origin.block.time - (ethUsd?.updatedAt ?? 0)).toBeGreaterThanOrEqual(86_400);
  });
});

describe('a network file that names less', () => {
  it('leaves out what it does not name, with one notice each', async () => {
    const on = networkOf({
      eETH: null,
      RenzoRateProvider: null,
      AllocationManager: null,
      ChainlinkETHUSD: null,
    });
    const observation = await observe(on);
    expect(balancesOf(observation, 'eETH')).toEqual([]);
    expect(rateOf(observation, 'ezETH')).toBe('not-configured');
    expect(observation.ethUsd).toBeNull();
    expect(observation.operators[0]?.strategies[0]?.maxMagnitude).toMatchObject({
      ok: false,
      code: 'not-configured',
    });
    expect(observation.notices.map(({ code, contract }) => `${code} ${contract}`).sort()).toEqual([
      'not-available AllocationManager',
      'not-available ChainlinkETHUSD',
      'not-available RenzoRateProvider',
      'not-available eETH',
    ]);
  });

  it('without EigenLayer has no restaking at all', async () => {
    const { accounts } = await observe(networkOf({ DelegationManager: null }));
    expect(accounts.map(({ eigenlayer }) => eigenlayer)).toEqual(holders.map(() => null));
  });

  it('without Multicall3 reads the very same, with Ballast’s own sent along', async () => {
    const withIt = await observe();
    await proxy.reset();
    const without = await observe(networkOf({ Multicall3: null }));
    const balancesAside = ({ accounts, readAt: _readAt, ...rest }: Observation): unknown => ({
      ...rest,
      accounts: accounts.map(({ balances: _balances, ...account }) => account),
    });
    expect(balancesAside(without)).toEqual(balancesAside(withIt));
    expect(balancesOf(without, 'ETH')).toEqual(holders.map(() => wad));
    expect(balancesOf(without, 'rsETH')).toEqual(holders.map(() => 3n * wad));
    expect(without.accounts[0]?.balances[0]?.amount).toMatchObject({
      contract: 'node',
      call: `eth_getBalance(${holder})`,
    });
    expect(proxy.countCalls('eth_call')).toBe(10);
    // And that of Kelp's deposit pool, which stands behind rsETH.
    expect(proxy.countCalls('eth_getBalance')).toBe(holders.length + 1);
  });

  it('without Multicall3 tells a revert from a missing contract, as with it', async () => {
    await replace('rsETH', reverting);
    await replace('wstETH', '0x');
    const observation = await observe(networkOf({ Multicall3: null }));
    expect(balancesOf(observation, 'rsETH')).toEqual(holders.map(() => 'reverted'));
    expect(balancesOf(observation, 'wstETH')).toEqual(holders.map(() => 'no-contract'));
  });

  it('without Multicall3 passes on what the node says about the whole request', async () => {
    await proxy.setMode({ kind: 'rpc-error', code: -32000, message: 'header not found', only: ['eth_call'] });
    await expect(observe(networkOf({ Multicall3: null }))).rejects.toMatchObject({ code: 'node-refused' });
    await proxy.setMode({ kind: 'wrong-result', result: 5, only: ['eth_call'] });
    await expect(observe(networkOf({ Multicall3: null }))).rejects.toMatchObject({ code: 'node-malformed' });
    await proxy.setMode({ kind: 'too-large', limitBytes: 14_000 });
    await expect(observe(networkOf({ Multicall3: null }))).resolves.toMatchObject({ notices: [] });
  });

  it('is told so when it gives Multicall3 an address of another contract', async () => {
    const wrong = networkOf({ Multicall3: chain.contracts.StETHStrategy.address });
    const error = await observe(wrong).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'bad-network-file' });
  });
});

describe('a network file that names what is not on the chain', () => {
  const nowhere = (digit: number): string => `0x${'0'.repeat(38)}e${digit}`;

  it('does not blame the protocol, and says once for each that no contract is there', async () => {
    const observation = await observe(networkOf({ rsETH: nowhere(1), DelegationManager: nowhere(2) }));
    expect(balancesOf(observation, 'rsETH')).toEqual(holders.map(() => 'no-contract'));
    expect(observation.accounts.map(({ eigenlayer }) => eigenlayer)).toEqual(holders.map(() => null));
    expect(observation.notices.map(({ code, contract }) => `${code} ${contract}`).sort()).toEqual([
      'not-available DelegationManager',
      'not-available rsETH',
    ]);
    expect(observation.notices[0]?.detail).toMatch(/^there is no contract at 0x0+E\d on this chain$/iu);
  });

  it('reads on without a Multicall3 that is not there', async () => {
    const observation = await observe(networkOf({ Multicall3: nowhere(1) }));
    expect(balancesOf(observation, 'ETH')).toEqual(holders.map(() => wad));
    expect(balancesOf(observation, 'wstETH')).toEqual(holders.map(() => 2n * wad));
    expect(observation.notices).toMatchObject([{ code: 'not-available', contract: 'Multicall3' }]);
  });

  it('says of a bare chain that it does not look like the network, not of each token', async () => {
    const names = CONTRACT_NAMES.map((name, index) => [name, `0x${'0'.repeat(37)}e${10 + index}`]);
    const observation = await observe(networkOf(Object.fromEntries(names) as Record<ContractName, string>));
    expect(balancesOf(observation, 'ETH')).toEqual(holders.map(() => wad));
    expect(observation.notices).toMatchObject([
      {
        code: 'not-available',
        contract: 'node',
        call: 'eth_getCode',
        detail: `this chain does not look like ${network.name}: none of its contracts is there`,
      },
      { code: 'not-available', contract: 'DelegationManager' },
    ]);
  });
});
