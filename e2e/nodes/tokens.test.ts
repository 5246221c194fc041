import type { Address, PublicClient } from 'viem';
import { createPublicClient, defineChain, getAddress, http, parseAbi } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Anvil } from './anvil.ts';
import { startAnvil } from './anvil.ts';
import type { Deployment } from './deployment.ts';
import { deployEverything, wad } from './deployment.ts';

// Read with viem alone and with ABIs written by hand from the protocols' documents, as the program
// reads: a stand-in with a wrong signature fails here.
const abi = parseAbi([
  'function balanceOf(address) view returns (uint256)',
  'function sharesOf(address) view returns (uint256)',
  'function getPooledEthByShares(uint256) view returns (uint256)',
  'function stEthPerToken() view returns (uint256)',
  'function getRate() view returns (uint256)',
  'function getEETHByWeETH(uint256) view returns (uint256)',
  'function rsETHPrice() view returns (uint256)',
  'function asset() view returns (address)',
  'function convertToAssets(uint256) view returns (uint256)',
  'function previewRedeem(uint256) view returns (uint256)',
  'function getTotalExitFeeBasisPoints() view returns (uint256)',
  'function decimals() view returns (uint8)',
  'function description() view returns (string)',
  'function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)',
  'function underlyingToken() view returns (address)',
  'function totalShares() view returns (uint256)',
  'function sharesToUnderlyingView(uint256) view returns (uint256)',
]);

const holder: Address = '0x5700000000000000000000000000000000000002';

let anvil: Anvil;
let chain: Deployment;
let client: PublicClient;
let at: Deployment['networkFile']['contracts'];

beforeAll(async () => {
  anvil = await startAnvil();
  chain = await deployEverything(anvil);
  at = chain.networkFile.contracts;
  client = createPublicClient({
    chain: defineChain({
      id: 1,
      name: 'test',
      nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
      rpcUrls: { default: { http: [anvil.url] } },
      contracts: {
        multicall3: { address: at.Multicall3 },
        ensUniversalResolver: { address: at.ENSUniversalResolver },
      },
    }),
    transport: http(anvil.url),
    batch: { multicall: true },
  });
});

afterAll(() => anvil.stop());

test('rates are read back as they were set', async () => {
  await chain.setRate('wstETH', 1_234_500_000_000_000_000n);
  await chain.setRate('weETH', 1_098_700_000_000_000_000n);
  await chain.setRate('ezETH', 1_071_000_000_000_000_001n);
  await chain.setRate('pufETH', 1_062_345_678_901_234_567n);
  await chain.setRate('rsETH', 999_000_000_000_000_000n);
  const rates = await client.multicall({
    allowFailure: false,
    contracts: [
      { address: at.wstETH, abi, functionName: 'stEthPerToken' },
      { address: at.stETH, abi, functionName: 'getPooledEthByShares', args: [wad] },
      { address: at.weETH, abi, functionName: 'getRate' },
      { address: at.weETH, abi, functionName: 'getEETHByWeETH', args: [2n * wad] },
      { address: at.RenzoRateProvider, abi, functionName: 'getRate' },
      { address: at.pufETH, abi, functionName: 'convertToAssets', args: [wad] },
      { address: at.LRTOracle, abi, functionName: 'rsETHPrice' },
    ],
  });
  expect(rates).toEqual([
    1_234_500_000_000_000_000n,
    1_234_500_000_000_000_000n,
    1_098_700_000_000_000_000n,
    2_197_400_000_000_000_000n,
    1_071_000_000_000_000_001n,
    1_062_345_678_901_234_567n,
    999_000_000_000_000_000n,
  ]);
});

test('funding gives exactly the balances asked for, and a rebase moves the rebasing ones only', async () => {
  await chain.setRate('stETH', (6n * wad) / 5n);
  const amounts = { wstETH: 3n, stETH: 12n, weETH: 5n, eETH: 7n, ezETH: 11n, pufETH: 13n, rsETH: 17n };
  await chain.fund(holder, { eth: 2n * wad, ...mapValues(amounts, (amount) => amount * wad) });
  const readBalances = async (): Promise<Record<string, bigint>> => {
    const names = Object.keys(amounts) as (keyof typeof amounts)[];
    const contracts = names.map(
      (name) => ({ address: at[name], abi, functionName: 'balanceOf', args: [holder] }) as const,
    );
    const balances = await client.multicall({ allowFailure: false, contracts });
    return Object.fromEntries(names.map((name, index) => [name, balances[index] ?? -1n]));
  };
  const before = await readBalances();
  expect({ ...before, eETH: 7n * wad }).toEqual(mapValues(amounts, (amount) => amount * wad));
  expect(await client.getBalance({ address: holder })).toBe(2n * wad);
  expect(
    await client.readContract({ address: at.stETH, abi, functionName: 'sharesOf', args: [holder] }),
  ).toBe(10n * wad);

  await chain.setRate('stETH', (13n * wad) / 10n);
  expect(await readBalances()).toEqual({ ...before, stETH: 13n * wad });
});

test('pufETH redeems for less than its book value when there is an exit fee', async () => {
  await chain.setRate('pufETH', wad);
  await chain.send('pufETH', { from: holder, functionName: 'setExitFeeBasisPoints', args: [100n] });
  const read = { address: at.pufETH, abi } as const;
  expect(await client.readContract({ ...read, functionName: 'asset' })).toBe(chain.contracts.WETH.address);
  expect(await client.readContract({ ...read, functionName: 'getTotalExitFeeBasisPoints' })).toBe(100n);
  expect(await client.readContract({ ...read, functionName: 'convertToAssets', args: [101n * wad] })).toBe(
    101n * wad,
  );
  expect(await client.readContract({ ...read, functionName: 'previewRedeem', args: [101n * wad] })).toBe(
    100n * wad,
  );
});

test('the price feed gives the answer and its age', async () => {
  await chain.setPrice(412_345_000_000n, 7_200);
  const feed = { address: at.ChainlinkETHUSD, abi } as const;
  const [, answer, , updatedAt] = await client.readContract({ ...feed, functionName: 'latestRoundData' });
  expect(answer).toBe(412_345_000_000n);
  expect(await client.readContract({ ...feed, functionName: 'decimals' })).toBe(8);
  expect(await client.readContract({ ...feed, functionName: 'description' })).toBe('ETH / USD');
  // Setting it took a block of its own, at most a second or two later.
  const { timestamp } = await client.getBlock();
  expect(Number(timestamp - updatedAt)).toBeGreaterThanOrEqual(7_200);
  expect(Number(timestamp - updatedAt)).toBeLessThan(7_210);
});

test('the stETH strategy values shares at the rebased balance', async () => {
  await chain.setRate('stETH', wad);
  await chain.depositAndDelegate(holder, chain.strategies.stETH, 10n * wad, chain.operators.first);
  await chain.setRate('stETH', (11n * wad) / 10n);
  const strategy = { address: chain.strategies.stETH, abi } as const;
  expect(await client.readContract({ ...strategy, functionName: 'underlyingToken' })).toBe(at.stETH);
  expect(await client.readContract({ ...strategy, functionName: 'totalShares' })).toBe(10n * wad);
  const value = await client.readContract({
    ...strategy,
    functionName: 'sharesToUnderlyingView',
    args: [10n * wad],
  });
  // EigenLayer's virtual 1,000 wei take a hair off.
  expect(11n * wad - value).toBeLessThan(1_000n);
});

test('ENS names resolve forward and back through viem', async () => {
  await chain.setEnsName('desk.eth', holder);
  await chain.setEnsName('cold.desk.eth', chain.operators.first);
  expect(await client.getEnsAddress({ name: 'desk.eth' })).toBe(getAddress(holder));
  expect(await client.getEnsAddress({ name: 'cold.desk.eth' })).toBe(getAddress(chain.operators.first));
  expect(await client.getEnsName({ address: holder })).toBe('desk.eth');
  expect(await client.getEnsName({ address: chain.operators.first })).toBe('cold.desk.eth');
});

test('ENS names that do not exist, or do not point back, give nothing', async () => {
  expect(await client.getEnsAddress({ name: 'nobody.eth' })).toBeNull();
  expect(await client.getEnsName({ address: at.stETH })).toBeNull();
  // Both claim the name; the forward record knows only the last.
  await chain.setEnsName('shared.eth', at.wstETH);
  await chain.setEnsName('shared.eth', at.weETH);
  expect(await client.getEnsName({ address: at.wstETH })).toBeNull();
});

test('a multicall keeps the good answers when one call reverts', async () => {
  const results = await client.multicall({
    contracts: [
      { address: at.weETH, abi, functionName: 'getRate' },
      { address: at.stETH, abi, functionName: 'getRate' },
    ],
  });
  expect(results.map((result) => result.status)).toEqual(['success', 'failure']);
  expect((await client.multicall({ allowFailure: false, contracts: [] })).length).toBe(0);
});

function mapValues<K extends string>(
  record: Record<K, bigint>,
  change: (value: bigint) => bigint,
): Record<K, bigint> {
  // Object.fromEntries forgets the keys, which are those of the record.
  return Object.fromEntries(
    Object.entries<bigint>(record).map(([key, value]) => [key, change(value)]),
  ) as Record<K, bigint>;
}
