import fc from 'fast-check';
import { stringToHex, type Address } from 'viem';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAnvil, type Anvil } from '../../../e2e/nodes/anvil.ts';
import { deployEverything, wad, type Deployment } from '../../../e2e/nodes/deployment.ts';
import { startProxy, type HostileProxy } from '../../../e2e/nodes/hostile.ts';
import { toEvmAddress, type EvmAddress } from '../../../shared/domain/address.ts';
import {
  observationSchema,
  type Observation,
  type TokenBacking,
} from '../../../shared/domain/observation.ts';
import { parseNetworkFile } from '../networks.ts';
import { observeAccounts } from './observe.ts';

const holder = addressOf(0xa11ce);
const sender = addressOf(0x5e4d);

let anvil: Anvil;
let proxy: HostileProxy;
let chain: Deployment;
let clean: Address;

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
  await anvil.client.revert({ id: clean });
  await proxy.reset();
});

function addressOf(number: number): EvmAddress {
  return toEvmAddress(`0x${number.toString(16).padStart(40, '0')}`);
}

interface Observed {
  readonly observation: Observation;
  readonly rounds: number;
}

async function observe(): Promise<Observed> {
  let rounds = -1;
  const observation = await observeAccounts({
    network: parseNetworkFile(JSON.stringify(chain.networkFile)),
    rpcUrl: proxy.url,
    addresses: [holder],
    signal: new AbortController().signal,
    onProgress: (_progress, step) => {
      if (step === 'refresh.reading') rounds += 1;
    },
    now: () => 0,
  });
  expect(observationSchema.parse(observation)).toEqual(observation);
  for (const backing of observation.backings) expect(sumShares(backing)).toBe(wad);
  expect(rounds).toBeLessThanOrEqual(4);
  return { observation, rounds };
}

function sumShares({ restaked, unrestakedShare, hiddenShare }: TokenBacking): bigint {
  const shares = [...restaked.map(({ share }) => share), unrestakedShare, hiddenShare];
  expect(shares.every((share) => share >= 0n)).toBe(true);
  return shares.reduce((sum, share) => sum + share, 0n);
}

function backingOf({ observation }: Observed, token: string): TokenBacking | undefined {
  return observation.backings.find(({ instrument }) => instrument === token);
}

async function addKelp(staker: Address): Promise<void> {
  await chain.send('LRTDepositPool', { from: sender, functionName: 'addStaker', args: [staker] });
}

async function addRenzo(staker: Address): Promise<void> {
  await chain.send('RestakeManager', { from: sender, functionName: 'addStaker', args: [staker] });
}

async function addPuffer(name: string, module: Address): Promise<void> {
  const args = [stringToHex(name, { size: 32 }), module];
  await chain.send('PufferProtocol', { from: sender, functionName: 'addModule', args });
}

/** 100 tokens at a rate of one, so that a share of the token is a part of 100 ETH. */
async function holdHundred(token: 'rsETH' | 'ezETH'): Promise<void> {
  await chain.setRate(token, wad);
  await chain.fund(holder, { [token]: 100n * wad });
}

async function restake(staker: Address, wei: bigint, operator?: Address): Promise<void> {
  await chain.depositAndDelegate(staker, chain.strategies.beaconChainETH, wei, operator);
}

const gaps = ({ observation }: Observed): string[] =>
  observation.notices.filter(({ code }) => code === 'partial').map(({ detail }) => detail);

describe('what stands behind a token', () => {
  it('is nothing that is asked for where nobody holds it', async () => {
    await addKelp(addressOf(0x1001));
    await restake(addressOf(0x1001), 10n * wad, chain.operators.first);
    const observed = await observe();
    expect(observed.observation.backings).toEqual([]);
    expect(observed.observation.operators).toEqual([]);
    // The fourth asks an adapter of a Symbiotic vault.
    expect(observed.rounds).toBeLessThanOrEqual(4);
  });

  it('is read per operator for Kelp, with idle ETH and stakers of nobody unrestaked, in four rounds', async () => {
    await holdHundred('rsETH');
    const [one, two, free] = [addressOf(0x1001), addressOf(0x1002), addressOf(0x1003)];
    for (const staker of [one, two, free]) await addKelp(staker);
    await restake(one, 30n * wad, chain.operators.first);
    await restake(two, 20n * wad, chain.operators.second);
    await restake(free, 5n * wad);
    await chain.fund(chain.contracts.LRTDepositPool.address, { eth: 10n * wad });
    const strategy = chain.strategies.beaconChainETH;
    await chain.allocate(chain.operators.first, chain.operatorSets.first, strategy, wad / 2n);

    const observed = await observe();
    expect(backingOf(observed, 'rsETH')).toEqual({
      instrument: 'rsETH',
      restaked: [
        { operator: toEvmAddress(chain.operators.first), strategy, share: (wad * 30n) / 100n },
        { operator: toEvmAddress(chain.operators.second), strategy, share: (wad * 20n) / 100n },
      ],
      unrestakedShare: (wad * 15n) / 100n,
      hiddenShare: (wad * 35n) / 100n,
    });
    const [first] = observed.observation.operators;
    expect(first?.strategies[0]?.allocations).toMatchObject([
      { currentMagnitude: wad / 2n, isSlashable: true },
    ]);
    expect(observed.observation.services).toHaveLength(1);
    expect(observed.rounds).toBe(4);
    expect(gaps(observed)).toEqual([]);
  });

  it('is what a slash left of it, and stays slashable while a withdrawal waits', async () => {
    await holdHundred('ezETH');
    const staker = addressOf(0x2001);
    const strategy = chain.strategies.beaconChainETH;
    const { first } = chain.operators;
    await addRenzo(staker);
    await restake(staker, 80n * wad, first);
    await chain.allocate(first, chain.operatorSets.first, strategy, wad / 2n);
    await chain.queueWithdrawal(staker, strategy, 40n * wad);
    await chain.slash(first, chain.operatorSets.first, wad / 2n, [strategy]);
    const slashed = backingOf(await observe(), 'ezETH');
    // A quarter of 80 is gone: 30 deposited and 30 queued are left.
    expect(slashed?.restaked).toEqual([
      { operator: toEvmAddress(first), strategy, share: (wad * 60n) / 100n },
    ]);
    await anvil.client.mine({ blocks: 12 });
    const waited = backingOf(await observe(), 'ezETH');
    expect(waited?.restaked.map(({ share }) => share)).toEqual([(wad * 30n) / 100n]);
    expect(waited?.unrestakedShare).toBe((wad * 30n) / 100n);
  });

  it('values token strategies at the rate of their token', async () => {
    await holdHundred('rsETH');
    await addKelp(addressOf(0x1001));
    await chain.depositAndDelegate(
      addressOf(0x1001),
      chain.strategies.stETH,
      25n * wad,
      chain.operators.first,
    );
    const backing = backingOf(await observe(), 'rsETH');
    expect(backing?.restaked).toHaveLength(1);
    // stETH is minted in shares: a few wei are lost to rounding.
    expect(Number(backing?.restaked[0]?.share) / 1e18).toBeCloseTo(0.25, 6);
  });

  it('finds Puffer’s modules by name, whatever the list of weights leaves out or repeats', async () => {
    await chain.fund(holder, { pufETH: wad });
    const [one, two] = [addressOf(0x3001), addressOf(0x3002)];
    await addPuffer('PUFFER_MODULE_0', one);
    await addPuffer('PUFFER_MODULE_1', two);
    const name = stringToHex('PUFFER_MODULE_1', { size: 32 });
    await chain.send('PufferProtocol', {
      from: sender,
      functionName: 'setModuleWeights',
      args: [[name, name]],
    });
    await restake(one, 64n * wad, chain.operators.first);
    await restake(two, 32n * wad, chain.operators.second);
    const observed = await observe();
    const supply = await chain.read<bigint>('pufETH', 'totalSupply');
    const rate = await chain.read<bigint>('pufETH', 'convertToAssets', [wad]);
    const total = (supply * rate) / wad;
    expect(backingOf(observed, 'pufETH')?.restaked.map(({ share }) => share)).toEqual([
      (64n * wad * wad) / total,
      (32n * wad * wad) / total,
    ]);
    expect(gaps(observed)).toEqual([]);
    await addPuffer('OTHER', addressOf(0x3003));
    expect(gaps(await observe())).toEqual(['who restakes for pufETH: 1 modules were not asked']);
  });

  it('is scaled down, with a notice, where more is found than the token stands for', async () => {
    await holdHundred('rsETH');
    await addKelp(addressOf(0x1001));
    await restake(addressOf(0x1001), 300n * wad, chain.operators.first);
    await addKelp(addressOf(0x1002));
    await restake(addressOf(0x1002), 100n * wad, chain.operators.second);
    const observed = await observe();
    expect(backingOf(observed, 'rsETH')?.restaked.map(({ share }) => share)).toEqual([
      (wad * 3n) / 4n,
      wad / 4n,
    ]);
    expect(gaps(observed)[0]).toContain('scaled down');
  });
});

/** Code that answers every call with one word, then `words`. */
function answering(words: readonly bigint[]): Address {
  const data = words.map((word) => word.toString(16).padStart(64, '0')).join('');
  const size = (data.length / 2).toString(16).padStart(4, '0');
  return `0x61${size}600c5f3961${size}5ff3${data}`;
}

describe('a hostile or changed list', () => {
  it.each<[string, 'RestakeManager' | 'LRTDepositPool', 'ezETH' | 'rsETH', Address]>([
    ['reverts', 'LRTDepositPool', 'rsETH', '0x5f5ffd'],
    ['counts 1e30 stakers', 'RestakeManager', 'ezETH', answering([10n ** 30n])],
    ['promises 1e30 entries', 'LRTDepositPool', 'rsETH', answering([32n, 10n ** 30n])],
    ['names 700 stakers', 'LRTDepositPool', 'rsETH', answering([32n, 700n, ...range(700)])],
  ])('that %s leaves the rest hidden, and says so', async (_what, contract, token, bytecode) => {
    await holdHundred(token);
    await anvil.client.setCode({ address: chain.contracts[contract].address, bytecode });
    const observed = await observe();
    expect(backingOf(observed, token)).toMatchObject({ restaked: [], hiddenShare: wad });
    if (bytecode.length < 40_000) expect(observed.observation.notices.length).toBeGreaterThan(0);
  });

  it('a staker that cannot be read is told of, and the others still count', async () => {
    await holdHundred('rsETH');
    await addKelp(addressOf(0x1001));
    await restake(addressOf(0x1001), 10n * wad, chain.operators.first);
    await anvil.client.setCode({
      address: chain.contracts.EigenPodManager.address,
      bytecode: '0x5f5ffd',
    });
    const observed = await observe();
    expect(backingOf(observed, 'rsETH')?.hiddenShare).toBe(wad);
    expect(gaps(observed)[0]).toContain('1 of the 1 contracts that restake for rsETH');
  });
});

function range(count: number): bigint[] {
  return Array.from({ length: count }, (_, index) => BigInt(index + 1));
}

describe('over random delegations and slashes', () => {
  it('shares are what the stakers hold, and sum to one', { timeout: 120_000 }, async () => {
    const strategy = chain.strategies.beaconChainETH;
    const { first, second } = chain.operators;
    const stake = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom(first, second, undefined));
    await fc.assert(
      fc.asyncProperty(
        fc.array(stake, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 0, max: 9 }),
        async (stakes, tenths) => {
          const start = await anvil.client.snapshot();
          await holdHundred('rsETH');
          await chain.fund(sender, { rsETH: 300n * wad });
          await chain.allocate(first, chain.operatorSets.first, strategy, wad / 2n);
          for (const [index, [eth, operator]] of stakes.entries()) {
            await addKelp(addressOf(0x1001 + index));
            await restake(addressOf(0x1001 + index), BigInt(eth) * wad + 7n, operator);
          }
          if (tenths > 0)
            await chain.slash(first, chain.operatorSets.first, (wad / 10n) * BigInt(tenths), [strategy]);
          const backing = backingOf(await observe(), 'rsETH');
          const held = async (who: string | undefined): Promise<bigint> => {
            let sum = 0n;
            for (const [index, [, operator]] of stakes.entries()) {
              if (operator !== who) continue;
              const args = [addressOf(0x1001 + index), [strategy]];
              const [shares] = await chain.read<[bigint[], bigint[]]>(
                'DelegationManager',
                'getWithdrawableShares',
                args,
              );
              sum += shares[0] ?? 0n;
            }
            return (sum * wad) / (400n * wad);
          };
          for (const operator of [first, second]) {
            const seen =
              backing?.restaked.find((one) => one.operator === toEvmAddress(operator))?.share ?? 0n;
            expect(seen).toBe(await held(operator));
          }
          expect(backing?.unrestakedShare).toBe(await held(undefined));
          await anvil.client.revert({ id: start });
        },
      ),
      { numRuns: 10 },
    );
  });
});
