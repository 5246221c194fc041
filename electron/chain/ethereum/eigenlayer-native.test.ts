import type { Hex } from 'viem';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAnvil, type Anvil } from '../../../e2e/nodes/anvil.ts';
import { deployEverything, wad, type Deployment } from '../../../e2e/nodes/deployment.ts';
import type { Account } from '../../../shared/domain/account.ts';
import { makeAccount } from '../../testing/made-up.ts';
import { toEvmAddress, ZERO_ADDRESS, type EvmAddress } from '../../../shared/domain/address.ts';
import type { AccountObservation, Observation } from '../../../shared/domain/observation.ts';
import { observationSchema } from '../../../shared/domain/observation.ts';
import { valuePositions } from '../../../shared/domain/value-positions.ts';
import { parseNetworkFile } from '../networks.ts';
import { observeAccounts } from './observe.ts';

const staker = toEvmAddress(`0x57${'0'.repeat(37)}1`);
const helper = toEvmAddress(`0x57${'0'.repeat(37)}2`);

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

afterEach(() => anvil.client.revert({ id: clean }));

async function observe(without: readonly string[] = [], who: EvmAddress[] = [staker]): Promise<Observation> {
  const contracts = Object.entries(chain.networkFile.contracts).filter(([name]) => !without.includes(name));
  const observation = await observeAccounts({
    network: parseNetworkFile(
      JSON.stringify({ ...chain.networkFile, contracts: Object.fromEntries(contracts) }),
    ),
    rpcUrl: anvil.url,
    addresses: who,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    now: () => 0,
  });
  expect(observationSchema.parse(observation)).toEqual(observation);
  return observation;
}

async function observeStaker(
  without?: readonly string[],
): Promise<NonNullable<AccountObservation['eigenlayer']>> {
  return (await observe(without)).accounts[0]!.eigenlayer!;
}

const podOf = async (owner: EvmAddress): Promise<EvmAddress> =>
  toEvmAddress(await chain.read<string>('EigenPodManager', 'ownerToPod', [owner]));

describe('a pod', () => {
  it('that was never made is none, and has no figures', async () => {
    expect((await observeStaker()).pod).toMatchObject({
      owner: { ok: true, value: null },
      depositShares: { ok: true, value: 0n },
      activeValidators: null,
      uncheckpointed: null,
    });
  });

  it.each([[[]], [['Multicall3']]])(
    'shows what no checkpoint has counted, until one does (without %j)',
    async (without) => {
      await chain.depositAndDelegate(staker, chain.strategies.beaconChainETH, 64n * wad);
      const pod = await podOf(staker);
      const at = await anvil.client.getBalance({ address: pod });
      // A part of a gwei is not counted.
      await anvil.client.setBalance({ address: pod, value: at + wad + 7n });
      expect((await observeStaker(without)).pod).toMatchObject({
        owner: { ok: true, value: pod },
        depositShares: { ok: true, value: 64n * wad },
        activeValidators: { ok: true, value: 2n },
        uncheckpointed: { ok: true, value: wad },
      });
      const args = [staker];
      await chain.send('EigenPodManager', { from: staker, functionName: 'checkpoint', args });
      expect((await observeStaker(without)).pod).toMatchObject({
        depositShares: { ok: true, value: 65n * wad + 7n },
        uncheckpointed: { ok: true, value: 0n },
      });
    },
  );

  it('with a deficit has shares below zero, and no deposit of a huge number', async () => {
    await chain.depositAndDelegate(staker, chain.strategies.beaconChainETH, 32n * wad, chain.operators.first);
    await chain.queueWithdrawal(staker, chain.strategies.beaconChainETH, 32n * wad);
    const args = [staker, 2n * wad];
    await chain.send('EigenPodManager', { from: staker, functionName: 'setLegacyDeficit', args });
    const { pod, deposits, queued } = await observeStaker();
    expect(pod?.depositShares).toMatchObject({ ok: true, value: -2n * wad });
    expect(deposits).toEqual([]);
    expect(queued[0]?.entries[0]?.shares).toMatchObject({ ok: true, value: 32n * wad });
  });

  it('that holds less than was counted is not believed', async () => {
    await chain.depositAndDelegate(staker, chain.strategies.beaconChainETH, 32n * wad);
    await anvil.client.setBalance({ address: await podOf(staker), value: wad });
    expect((await observeStaker()).pod?.uncheckpointed).toMatchObject({ ok: false, code: 'absurd' });
  });

  it('is not asked for where the network names no EigenPodManager', async () => {
    expect(await observeStaker(['EigenPodManager'])).not.toHaveProperty('pod');
  });
});

describe('rewards', () => {
  it('show who may claim and what was claimed, token by token', async () => {
    const { address: token } = chain.contracts.stETH;
    const { address: coordinator } = chain.contracts.RewardsCoordinator;
    await chain.fund(coordinator, { stETH: 3n * wad });
    await chain.send('RewardsCoordinator', {
      from: staker,
      functionName: 'setClaimerFor',
      args: [helper],
    });
    await chain.send('RewardsCoordinator', {
      from: helper,
      functionName: 'processClaim',
      args: [staker, token, 2n * wad],
    });
    const { rewards } = await observeStaker();
    expect(rewards?.claimer).toMatchObject({ ok: true, value: helper });
    expect(rewards?.claimed.filter(({ amount }) => amount.ok && amount.value > 0n)).toMatchObject([
      { instrument: 'stETH', amount: { value: 2n * wad, contract: 'RewardsCoordinator' } },
    ]);
  });

  it('without a claimer are claimed by the account itself', async () => {
    expect((await observeStaker()).rewards?.claimer).toMatchObject({ ok: true, value: null });
    expect(await chain.read('RewardsCoordinator', 'claimerFor', [staker])).toBe(ZERO_ADDRESS);
  });

  it('are not asked for where the network names no RewardsCoordinator', async () => {
    expect(await observeStaker(['RewardsCoordinator'])).not.toHaveProperty('rewards');
  });
});

describe('the delay before slashed shares are burnt or redistributed', () => {
  it('is read where the release has one', async () => {
    expect((await observe()).slashResolutionDelay).toMatchObject({ ok: true, value: 5n });
    await chain.depositAndDelegate(staker, chain.strategies.stETH, wad, chain.operators.first);
    await chain.depositAndDelegate(helper, chain.strategies.stETH, wad);
    const figureOf = async (address: EvmAddress) => {
      const observation = await observe([], [address]);
      const accounts = [makeAccount('p', 0)].map((one) => ({ ...one, address }));
      const { positions } = valuePositions(observation, accounts, { manualEthUsd: null });
      return positions.find(({ restaking }) => restaking !== null)?.restaking?.slashResolution?.value;
    };
    expect(await figureOf(staker)).toBe(5n);
    // Nobody can slash what is delegated to nobody.
    expect(await figureOf(helper)).toBeUndefined();
  });

  it.each([
    ['with nothing', '0x00', 'malformed'],
    // PUSH5 2^32, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN: more than its type holds.
    ['with a number no block has', '0x6401000000005f5260205ff3', 'malformed'],
  ] as const)('is unknown, and said to be, where the call is answered %s', async (_what, bytecode, code) => {
    await anvil.client.setCode({ address: chain.contracts.StrategyManager.address, bytecode });
    const observation = await observe();
    expect(observation.slashResolutionDelay).toMatchObject({ ok: false, code });
    expect(observation.notices.filter(({ contract }) => contract === 'StrategyManager')).toMatchObject([
      { code: 'protocol-changed', call: 'SLASH_RESOLUTION_DELAY_BLOCKS()' },
    ]);
  });

  it('is quietly absent where it has none', async () => {
    const { address } = chain.contracts.StrategyManager;
    await anvil.client.setCode({ address, bytecode: '0x5f5ffd' });
    const observation = await observe();
    expect(observation).not.toHaveProperty('slashResolutionDelay');
    expect(observation.notices.filter(({ contract }) => contract === 'StrategyManager')).toEqual([]);
  });
});

describe('EIGEN', () => {
  it('is read as a token and as the bEIGEN its strategy holds, both without a rate', async () => {
    await chain.fund(staker, { EIGEN: 5n * wad });
    await chain.depositAndDelegate(staker, chain.strategies.EIGEN, 7n * wad, chain.operators.first);
    const observation = await observe();
    const { balances, eigenlayer } = observation.accounts[0]!;
    expect(balances.find(({ instrument }) => instrument === 'EIGEN')?.amount).toMatchObject({
      value: 5n * wad,
    });
    expect(eigenlayer?.deposits[0]?.underlying).toMatchObject({ ok: true, value: 7n * wad });
    expect(observation.strategies).toMatchObject([{ instrument: 'bEIGEN' }]);
    expect(observation.rates.map(({ instrument }) => instrument)).not.toContain('EIGEN');

    const account: Account = {
      id: 'a',
      portfolioId: 'p',
      kind: 'evm',
      address: staker,
      label: 'Staker',
      ensName: null,
      createdAt: 0,
    };
    const { positions, totals } = valuePositions(observation, [account], { manualEthUsd: null });
    const unvalued = positions.filter(({ bookEth }) => bookEth.value === null);
    expect(unvalued.map(({ instrument, bookEth }) => [instrument.symbol, bookEth.reason?.code])).toEqual([
      ['EIGEN', 'no-rate'],
      ['bEIGEN in EigenLayer', 'no-rate'],
    ]);
    expect(totals.unvaluedCount).toBe(2);
  });
});
