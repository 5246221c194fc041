import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAnvil, type Anvil } from '../../../e2e/nodes/anvil.ts';
import { deployEverything, wad, type Deployment } from '../../../e2e/nodes/deployment.ts';
import { startProxy, type HostileProxy } from '../../../e2e/nodes/hostile.ts';
import { toEvmAddress, type EvmAddress } from '../../../shared/domain/address.ts';
import { CONTRACT_NAMES, type ContractName, type Network } from '../../../shared/domain/network.ts';
import { observationSchema, type Observation, type Reading } from '../../../shared/domain/observation.ts';
import { parseNetworkFile } from '../networks.ts';
import { observeAccounts } from './observe.ts';

const holder = addressOf(0xa11ce);
const other = addressOf(0xb0b);

let anvil: Anvil;
let proxy: HostileProxy;
let chain: Deployment;
let network: Network;
let clean: `0x${string}`;

beforeAll(async () => {
  anvil = await startAnvil();
  chain = await deployEverything(anvil);
  network = networkOf(chain);
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

function addressOf(number: number): EvmAddress {
  return toEvmAddress(`0x${number.toString(16).padStart(40, '0')}`);
}

function networkOf({ networkFile }: Deployment, without: readonly ContractName[] = []): Network {
  const names = CONTRACT_NAMES.filter((name) => !without.includes(name));
  const contracts = Object.fromEntries(names.map((name) => [name, networkFile.contracts[name]]));
  return parseNetworkFile(JSON.stringify({ ...networkFile, contracts }));
}

async function observe(addresses: readonly EvmAddress[], on: Network = network): Promise<Observation> {
  const observation = await observeAccounts({
    network: on,
    rpcUrl: proxy.url,
    addresses,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    now: () => 1_700_000_000_000,
  });
  expect(observationSchema.parse(observation)).toEqual(observation);
  return observation;
}

function valueOf(reading: Reading | null | undefined): bigint | string {
  if (!reading) return 'no reading';
  return reading.ok ? reading.value : `${reading.code}: ${reading.detail}`;
}

function balancesOf(observation: Observation, address: EvmAddress): Record<string, bigint | string> {
  const account = observation.accounts.find((one) => one.address === address);
  return Object.fromEntries(
    (account?.balances ?? []).map(({ instrument, amount }) => [instrument, valueOf(amount)]),
  );
}

function ratesOf({ rates }: Observation): Record<string, bigint | string> {
  return Object.fromEntries(rates.map(({ instrument, rate }) => [instrument, valueOf(rate)]));
}

const allTokens = {
  WETH: 22n * wad,
  WBTC: 2_300_000_000n,
  cbBTC: 2_400_000_000n,
  wstETH: 3n * wad,
  weETH: 4n * wad,
  ezETH: 5n * wad,
  pufETH: 6n * wad,
  rsETH: 7n * wad,
  rETH: 8n * wad,
  cbETH: 9n * wad,
  mETH: 10n * wad,
  cmETH: 11n * wad,
  swETH: 12n * wad,
  rswETH: 13n * wad,
  SolvBTC: 16n * wad,
  xSolvBTC: 17n * wad,
  LBTC: 1_800_000_000n,
  eBTC: 1_900_000_000n,
  uniBTC: 2_000_000_000n,
  pumpBTC: 2_100_000_001n,
  EIGEN: 14n * wad,
  bEIGEN: 15n * wad,
};

describe('what one account holds', () => {
  it('reads back exactly: ETH, every token, every rate and the price', async () => {
    await chain.fund(holder, { eth: 11n * wad + 1n, stETH: 2n * wad, eETH: wad, ...allTokens });
    const observation = await observe([holder]);
    expect(balancesOf(observation, holder)).toEqual({
      ETH: 11n * wad + 1n,
      stETH: 2n * wad,
      eETH: wad,
      ...allTokens,
    });
    expect(ratesOf(observation)).toEqual({
      wstETH: 1_200_000_000_000_000_000n,
      weETH: 1_050_000_000_000_000_000n,
      ezETH: 1_030_000_000_000_000_000n,
      pufETH: 1_060_000_000_000_000_000n,
      rsETH: 1_040_000_000_000_000_000n,
      rETH: 1_150_000_000_000_000_000n,
      cbETH: 1_110_000_000_000_000_000n,
      mETH: 1_070_000_000_000_000_000n,
      // Fixed at one mETH.
      cmETH: 1_070_000_000_000_000_000n,
      swETH: 1_090_000_000_000_000_000n,
      rswETH: 1_080_000_000_000_000_000n,
      // In BTC.
      xSolvBTC: 1_020_000_000_000_000_000n,
      LBTC: 1_000_000_000_000_000_000n,
      eBTC: 1_010_000_000_000_000_000n,
    });
    expect(valueOf(observation.ethUsd?.price)).toBe(3000_0000_0000n);
    expect(observation.ethUsd?.heartbeat).toBe(3600);
    expect(valueOf(observation.btcUsd?.price)).toBe(90_000_0000_0000n);
    expect(new Set(observation.notices.map(({ code }) => code))).toEqual(new Set(['not-readable']));
  });

  it('asks what pufETH and rETH pay at once, and is told of what is paid and of what lies ready', async () => {
    const redeemables = async (): Promise<Record<string, bigint | string>> => {
      const observation = await observe([holder, other]);
      const [mine, theirs] = observation.accounts;
      expect(theirs?.balances.flatMap(({ redeemable }) => redeemable ?? [])).toEqual([]);
      return Object.fromEntries(
        (mine?.balances ?? []).flatMap(({ instrument, redeemable }) =>
          redeemable === undefined ? [] : [[instrument, valueOf(redeemable.reading)]],
        ),
      );
    };
    const puffer = (functionName: string, value: bigint) =>
      chain.send('pufETH', { from: other, functionName, args: [value] });
    await chain.fund(holder, { pufETH: 100n * wad, rETH: 8n * wad });
    expect(await redeemables()).toEqual({ pufETH: 106n * wad, rETH: 0n });

    await puffer('setExitFeeBasisPoints', 100n);
    await chain.fund(chain.contracts.rETH.address, { eth: 3n * wad });
    const paid = await chain.read<bigint>('pufETH', 'previewRedeem', [100n * wad]);
    expect(paid).toBe((106n * wad * 100n) / 101n);
    expect(await redeemables()).toEqual({ pufETH: paid, rETH: 3n * wad });

    // 20.2 of its WETH is there: 20, and a fee of one in a hundred of them.
    const held = await chain.read<bigint>('pufETH', 'totalAssets');
    await puffer('setStaked', held - 20n * wad);
    const { pufETH } = await redeemables();
    expect(20n * wad - BigInt(pufETH!)).toBeLessThan(2n);

    await puffer('setStaked', held);
    expect(await redeemables()).toEqual({ pufETH: 0n, rETH: 3n * wad });
  });

  it('names, for each figure, the contract, its address and the call', async () => {
    await chain.fund(holder, { ezETH: wad });
    const { accounts, rates, origin } = await observe([holder]);
    const ezETH = accounts[0]?.balances.find(({ instrument }) => instrument === 'ezETH');
    expect(ezETH?.amount).toEqual({
      ok: true,
      value: wad,
      contract: 'ezETH',
      address: chain.networkFile.contracts.ezETH,
      call: `balanceOf(${holder})`,
    });
    expect(rates.find(({ instrument }) => instrument === 'pufETH')?.rate.call).toBe(
      'convertToAssets(1000000000000000000)',
    );
    const latest = await anvil.client.getBlock();
    expect(origin).toEqual({
      kind: 'chain',
      chainId: 1,
      network: network.name,
      endpoint: new URL(proxy.url).host,
      block: { number: latest.number, hash: latest.hash, time: Number(latest.timestamp) },
      blockSeconds: 12,
    });
  });

  it('is read once for an address that is watched twice', async () => {
    const { accounts } = await observe([holder, other, holder]);
    expect(accounts.map(({ address }) => address)).toEqual([holder, other]);
  });
});

describe('a restaking account', () => {
  it('reads back the recorded run: 100 in, 40 queued, half of half the magnitude slashed', async () => {
    // An account without a block between: stETH is minted exactly, so shares equal what was deposited.
    const { first } = chain.operators;
    const strategy = chain.strategies.beaconChainETH;
    await chain.depositAndDelegate(holder, strategy, 100n * wad, first);
    await chain.allocate(first, chain.operatorSets.first, strategy, wad / 2n);
    const withdrawal = await chain.queueWithdrawal(holder, strategy, 40n * wad);
    await chain.slash(first, chain.operatorSets.first, wad / 2n, [strategy]);

    const { accounts, operators, services, strategies, notices } = await observe([holder]);
    const restaked = accounts[0]?.eigenlayer;
    expect(restaked?.delegatedTo).toMatchObject({ ok: true, value: toEvmAddress(first) });
    expect(valueOf(restaked?.depositsRead)).toBe(1n);
    const [deposit] = restaked?.deposits ?? [];
    expect({
      strategy: deposit?.strategy,
      shares: valueOf(deposit?.depositShares),
      withdrawable: valueOf(deposit?.withdrawableShares),
      underlying: valueOf(deposit?.underlying),
      scalingFactor: valueOf(deposit?.depositScalingFactor),
      beaconFactor: valueOf(deposit?.beaconFactor),
    }).toEqual({
      strategy,
      shares: 60n * wad,
      withdrawable: 45n * wad,
      underlying: 45n * wad,
      scalingFactor: wad,
      beaconFactor: wad,
    });
    const [queued] = restaked?.queued ?? [];
    expect(queued?.nonce).toBe(withdrawal.nonce);
    expect(valueOf(queued?.completableBlock)).toBe(BigInt(withdrawal.startBlock) + 11n);
    expect(
      queued?.entries.map(({ scaledShares, shares, underlying }) =>
        [scaledShares, shares, underlying].map(valueOf),
      ),
    ).toEqual([[40n * wad, 30n * wad, 30n * wad]]);

    expect(operators.map(({ address }) => address)).toEqual([toEvmAddress(first)]);
    const [stake] = operators[0]?.strategies ?? [];
    expect(valueOf(stake?.maxMagnitude)).toBe((wad * 3n) / 4n);
    expect(valueOf(stake?.encumberedMagnitude)).toBe(wad / 4n);
    expect(valueOf(stake?.operatorShares)).toBe(45n * wad);
    expect(stake?.allocations).toEqual([
      {
        serviceId: services[0]?.id,
        currentMagnitude: wad / 4n,
        pendingDiff: 0n,
        effectBlock: 0n,
        isSlashable: true,
      },
    ]);
    const { avs, id } = chain.operatorSets.first;
    expect(services).toEqual([
      {
        id: `${toEvmAddress(avs)}:${id}`,
        avs: toEvmAddress(avs),
        operatorSet: id,
        name: null,
        metadataUri: 'https://metadata.example/service-first.json',
        isRedistributing: false,
      },
    ]);
    expect(strategies).toEqual([
      { address: strategy, instrument: 'ETH', underlyingToken: null, name: 'Native ETH' },
    ]);
    expect(notices).toEqual([]);
  });

  it('completes exactly at the block the reading names', async () => {
    const strategy = chain.strategies.beaconChainETH;
    await chain.depositAndDelegate(holder, strategy, wad, chain.operators.first);
    const withdrawal = await chain.queueWithdrawal(holder, strategy, wad);
    const completable = valueOf(
      (await observe([holder])).accounts[0]?.eigenlayer?.queued[0]?.completableBlock,
    );
    // A transaction runs in the block after the newest.
    const newest = async (): Promise<bigint> => anvil.client.getBlockNumber({ cacheTime: 0 });
    await anvil.client.mine({ blocks: Number(completable) - 2 - Number(await newest()) });
    await expect(chain.completeWithdrawal(withdrawal)).rejects.toThrow();
    expect(await newest()).toBe(BigInt(completable) - 1n);
    await chain.completeWithdrawal(withdrawal);
  });

  it('values token shares in the token, and reads every operator a withdrawal is still tied to', async () => {
    const { first, second } = chain.operators;
    const { stETH, beaconChainETH } = chain.strategies;
    await chain.depositAndDelegate(holder, stETH, 10n * wad, first);
    await chain.queueWithdrawal(holder, stETH, wad);
    await chain.depositAndDelegate(other, stETH, 20n * wad, second);
    await chain.depositAndDelegate(other, beaconChainETH, 32n * wad);
    await chain.recordBeaconChainLoss(other, 8n * wad);
    // Half as much stETH again for the same shares: what a rebase does.
    await chain.setRate('stETH', 1_800_000_000_000_000_000n);

    const { accounts, operators, strategies } = await observe([holder, other]);
    const [mine, theirs] = accounts.map(({ eigenlayer }) => eigenlayer);
    const worth = valueOf(mine?.deposits[0]?.underlying);
    expect(worth).toBe(await readUnderlying(stETH, valueOf(mine?.deposits[0]?.withdrawableShares)));
    expect(Number(worth) / 1e18).toBeCloseTo(13.5, 2);
    expect(valueOf(mine?.queued[0]?.entries[0]?.underlying)).toBe(
      await readUnderlying(stETH, valueOf(mine?.queued[0]?.entries[0]?.shares)),
    );
    const native = theirs?.deposits.find(({ strategy }) => strategy === beaconChainETH);
    expect(valueOf(native?.beaconFactor)).toBe((wad * 3n) / 4n);
    expect(valueOf(native?.withdrawableShares)).toBe(24n * wad);
    expect(mine?.deposits[0]?.beaconFactor).toBeNull();
    expect(
      new Map(operators.map((one) => [one.address, one.strategies.map(({ strategy }) => strategy)])),
    ).toEqual(
      new Map([
        [toEvmAddress(first), [toEvmAddress(stETH)]],
        [toEvmAddress(second), [toEvmAddress(stETH), beaconChainETH]],
      ]),
    );
    expect(strategies.find(({ address }) => address === toEvmAddress(stETH))).toEqual({
      address: toEvmAddress(stETH),
      instrument: 'stETH',
      underlyingToken: toEvmAddress(chain.networkFile.contracts.stETH),
      name: 'stETH',
    });
  });

  it('shows a token the network file does not name by its address, with its decimals', async () => {
    await chain.depositAndDelegate(holder, chain.strategies.stETH, wad, chain.operators.first);
    const { strategies } = await observe([holder], networkOf(chain, ['stETH']));
    expect(strategies[0]).toMatchObject({
      instrument: null,
      underlyingToken: toEvmAddress(chain.networkFile.contracts.stETH),
      // Without them an amount would be counted in base units.
      decimals: 18,
    });
    expect(strategies[0]?.name).toMatch(/^stETH \(0x.{4}….{4}\)$/u);
  });

  it('keeps a pending deallocation apart from what is allocated', async () => {
    const { first } = chain.operators;
    const strategy = chain.strategies.stETH;
    await chain.depositAndDelegate(holder, strategy, wad, first);
    await chain.allocate(first, chain.operatorSets.first, strategy, wad / 2n);
    await chain.allocate(first, chain.operatorSets.second, strategy, wad / 4n);
    await chain.allocate(first, chain.operatorSets.first, strategy, wad / 5n);
    const { operators, services } = await observe([holder]);
    const allocations = operators[0]?.strategies[0]?.allocations ?? [];
    expect(allocations.map(({ currentMagnitude, pendingDiff }) => [currentMagnitude, pendingDiff])).toEqual([
      [wad / 2n, wad / 5n - wad / 2n],
      [wad / 4n, 0n],
    ]);
    expect(allocations[0]?.effectBlock).toBeGreaterThan(0n);
    expect(services.map(({ isRedistributing }) => isRedistributing)).toEqual([false, true]);
  });
});

async function readUnderlying(strategy: `0x${string}`, shares: bigint | string): Promise<bigint> {
  return anvil.client.readContract({
    address: strategy,
    abi: chain.contracts.StETHStrategy.abi,
    functionName: 'sharesToUnderlyingView',
    args: [shares],
  }) as Promise<bigint>;
}
