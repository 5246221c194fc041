import type { Hex } from 'viem';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAnvil, type Anvil } from '../../../e2e/nodes/anvil.ts';
import { deployEverything, wad, type Deployment } from '../../../e2e/nodes/deployment.ts';
import { toEvmAddress } from '../../../shared/domain/address.ts';
import { buildExposure } from '../../../shared/domain/build-exposure.ts';
import { pointsOfReading } from '../../../shared/domain/market/observed-points.ts';
import { observationSchema, type Observation } from '../../../shared/domain/observation.ts';
import type { Position } from '../../../shared/domain/position.ts';
import { findBtcRate, type ManualPrice } from '../../../shared/domain/value-rates.ts';
import { valuePositions } from '../../../shared/domain/value-positions.ts';
import { makeAccount } from '../../testing/made-up.ts';
import { parseNetworkFile } from '../networks.ts';
import { observeAccounts } from './observe.ts';

const holder = toEvmAddress(`0x57${'0'.repeat(37)}b`);
const SATOSHIS = 100_000_000n;

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

async function observe(without: readonly string[] = []): Promise<Observation> {
  const named = Object.entries(chain.networkFile.contracts).filter(([name]) => !without.includes(name));
  const contracts = Object.fromEntries(named);
  const observation = await observeAccounts({
    network: parseNetworkFile(JSON.stringify({ ...chain.networkFile, contracts })),
    rpcUrl: anvil.url,
    addresses: [holder],
    signal: new AbortController().signal,
    onProgress: () => undefined,
    now: () => 0,
  });
  expect(observationSchema.parse(observation)).toEqual(observation);
  return observation;
}

function valueOf(observation: Observation, manualEthUsd: ManualPrice | null = null): Position[] {
  const account = { ...makeAccount('p', 0), address: holder };
  return valuePositions(observation, [account], { manualEthUsd }).positions;
}

function find(positions: readonly Position[], token: string): Position {
  const found = positions.find(({ instrument }) => instrument.id === token);
  if (!found) throw new Error(`no ${token}`);
  return found;
}

describe('claims on bitcoin', () => {
  it('are worth their own rate in BTC, times bitcoin over ether', async () => {
    await chain.fund(holder, {
      SolvBTC: 2n * wad,
      xSolvBTC: 2n * wad,
      LBTC: 2n * SATOSHIS,
      eBTC: 2n * SATOSHIS,
      uniBTC: 2n * SATOSHIS,
      pumpBTC: 2n * SATOSHIS,
    });
    const positions = valueOf(await observe());
    const worth = ['SolvBTC', 'xSolvBTC', 'LBTC', 'eBTC', 'uniBTC', 'pumpBTC'].map((token) => {
      const { rate, bookEth, bookUsd } = find(positions, token);
      return [token, findBtcRate(rate)?.value, bookEth.value, bookUsd.value];
    });
    const usd = (value: bigint): bigint => value * 10n ** 8n;
    // One BTC is 90,000 dollars and one ETH 3,000.
    expect(worth).toEqual([
      ['SolvBTC', wad, 60n * wad, usd(180_000n)],
      ['xSolvBTC', (wad * 102n) / 100n, (wad * 612n) / 10n, usd(183_600n)],
      ['LBTC', wad, 60n * wad, usd(180_000n)],
      ['eBTC', (wad * 101n) / 100n, (wad * 606n) / 10n, usd(181_800n)],
      ['uniBTC', wad, 60n * wad, usd(180_000n)],
      ['pumpBTC', wad, 60n * wad, usd(180_000n)],
    ]);
  });

  it('follow a price of ether that was typed, in ether and not in dollars', async () => {
    await chain.fund(holder, { LBTC: SATOSHIS });
    const typed = { price: 450_000_000_000n, enteredAt: 0 };
    const { bookEth, bookUsd } = find(valueOf(await observe(), typed), 'LBTC');
    expect([bookEth.value, bookUsd.value]).toEqual([20n * wad, 9_000_000_000_000n]);
  });

  it('stand out of sight of the look-through, and rest on their issuer', async () => {
    await chain.fund(holder, { LBTC: SATOSHIS });
    const observation = await observe();
    const positions = valueOf(observation);
    const exposure = buildExposure(observation, positions);
    expect(exposure.positions[0]?.legs).toEqual([{ kind: 'hidden', bookWei: 30n * wad }]);
    expect(exposure.dependencies.map(({ id }) => id)).toEqual([
      'contract:lombard',
      'oracle:lombard',
      'custodian:lombard',
      'contract:babylon',
    ]);
  });

  it('have no value without a price of bitcoin, and say why', async () => {
    await chain.fund(holder, { uniBTC: SATOSHIS });
    const without = find(valueOf(await observe(['ChainlinkBTCUSD'])), 'uniBTC');
    expect(without.amount.value).toBe(SATOSHIS);
    expect(without.bookEth).toMatchObject({ value: null, reason: { code: 'no-price' } });
    await chain.setBtcPrice(9_000_000_000_000n, 3_700);
    const stale = find(valueOf(await observe()), 'uniBTC');
    expect(stale.bookEth).toMatchObject({ value: null, reason: { code: 'stale-price' } });
  });

  it('have no rate while the value is suspended, and the protocol is said to have changed', async () => {
    await chain.fund(holder, { xSolvBTC: wad, SolvBTC: wad });
    await chain.setRate('xSolvBTC', 0n);
    const observation = await observe();
    const positions = valueOf(observation);
    expect(find(positions, 'xSolvBTC').rate).toMatchObject({
      value: null,
      reason: { code: 'protocol-changed' },
    });
    expect(find(positions, 'SolvBTC').bookEth.value).toBe(30n * wad);
    expect(observation.notices.filter(({ contract }) => contract === 'XSolvBTCOracle')).toMatchObject([
      { code: 'protocol-changed', detail: expect.stringContaining('nav not set') as string },
    ]);
  });

  it('are not believed at a rate above a thousand', async () => {
    await chain.fund(holder, { eBTC: SATOSHIS });
    await chain.setRate('eBTC', 1001n * wad);
    const observation = await observe();
    expect(find(valueOf(observation), 'eBTC').bookEth.value).toBeNull();
    expect(observation.notices.filter(({ contract }) => contract === 'eBTCAccountant')).toHaveLength(1);
  });

  it('are kept as prices and rates in BTC, where the chain is the market’s', async () => {
    const observation = await observe();
    const points = pointsOfReading(observation);
    expect(points.find(({ asset }) => asset === 'LBTC')).toMatchObject({
      kind: 'rate',
      quote: 'BTC',
      value: wad,
    });
    expect(points.find(({ asset }) => asset === 'BTC')).toMatchObject({ kind: 'price', quote: 'USD' });
    expect(points.find(({ asset }) => asset === 'rsETH')).toMatchObject({ quote: 'ETH' });
  });
});
