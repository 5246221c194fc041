import fc from 'fast-check';
import type { Hex } from 'viem';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAnvil, type Anvil } from '../../../e2e/nodes/anvil.ts';
import { deployEverything, wad, type Deployment } from '../../../e2e/nodes/deployment.ts';
import { claimFromKarak, leaveKarak, slashKarak, stakeWithKarak } from '../../../e2e/nodes/vaults.ts';
import { toEvmAddress } from '../../../shared/domain/address.ts';
import { buildExposure } from '../../../shared/domain/build-exposure.ts';
import {
  observationSchema,
  type AccountObservation,
  type Observation,
  type Reading,
  type VaultAccount,
} from '../../../shared/domain/observation.ts';
import type { Position } from '../../../shared/domain/position.ts';
import { sumOf } from '../../../shared/domain/units.ts';
import { valuePositions } from '../../../shared/domain/value-positions.ts';
import { makeAccount } from '../../testing/made-up.ts';
import { makeExitPositions, readCompletableBlocks } from '../../risk/exit/exit-position.ts';
import { parseNetworkFile } from '../networks.ts';
import { observeAccounts } from './observe.ts';

const who = [toEvmAddress(`0x${'0'.repeat(35)}a11ce`), toEvmAddress(`0x${'0'.repeat(37)}b0b`)] as const;
const [holder, other] = who;
/** Seconds, as the stand-in's default: nine days. */
const DELAY = 777_600;

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

async function observe(change: Record<string, string | undefined> = {}): Promise<Observation> {
  const contracts = { ...chain.networkFile.contracts, ...change };
  const observation = await observeAccounts({
    network: parseNetworkFile(JSON.stringify({ ...chain.networkFile, contracts })),
    rpcUrl: anvil.url,
    addresses: who,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    now: () => 0,
  });
  expect(observationSchema.parse(observation)).toEqual(observation);
  return observation;
}

function stakesOf({ accounts }: Observation, account = 0): VaultAccount {
  const found = accounts[account]?.vaults?.find(({ protocol }) => protocol === 'karak');
  if (found === undefined) throw new Error('Karak was not read');
  return found;
}

function protocolsOf({ vaults = [] }: AccountObservation): string[] {
  return vaults.map(({ protocol }) => protocol);
}

function positionsOf(observation: Observation): Position[] {
  const accounts = who.map((address) => ({ ...makeAccount('p', 0), id: address, address }));
  return valuePositions(observation, accounts, { manualEthUsd: null }).positions;
}

const rowsOf = (observation: Observation): (bigint | string | null)[][] =>
  positionsOf(observation).map(({ instrument, state, amount, bookEth }) => [
    instrument.symbol,
    state,
    amount.value,
    bookEth.value,
  ]);

const valueOf = (reading: Reading): bigint | string => (reading.ok ? reading.value : reading.code);

async function pass(seconds: number): Promise<void> {
  await anvil.client.increaseTime({ seconds });
  await anvil.client.mine({ blocks: 1 });
}

describe('stakes with Karak', () => {
  it('are counted in the token of their vault, after what was slashed, until they are claimed', async () => {
    await stakeWithKarak(chain, holder, 12n * wad);
    await stakeWithKarak(chain, other, 4n * wad);
    const { address: vault } = chain.contracts.KarakVault;
    const rate = 1_040_000_000_000_000_000n;
    expect(rowsOf(await observe())).toEqual([
      ['rsETH in Karak', 'restaked', 12n * wad, 12n * rate],
      ['rsETH in Karak', 'restaked', 4n * wad, 4n * rate],
    ]);

    await leaveKarak(chain, holder, 4n * wad);
    const { timestamp } = await anvil.client.getBlock();
    const left = await observe();
    expect(stakesOf(left).queued).toMatchObject([
      { vault: toEvmAddress(vault), id: 0n, claimableFrom: { ok: true, value: timestamp + BigInt(DELAY) } },
    ]);
    expect(rowsOf(left).slice(0, 2)).toEqual([
      ['rsETH in Karak', 'restaked', 8n * wad, 8n * rate],
      ['rsETH in Karak', 'queued', 4n * wad, 4n * rate],
    ]);

    // A quarter of the vault: what waits loses as much as what stays. One unit is the virtual share of the vault.
    await slashKarak(chain, 4n * wad);
    const struck = rowsOf(await observe());
    expect(struck.map(([, state, amount]) => [state, amount])).toEqual([
      ['restaked', 6n * wad],
      ['queued', 3n * wad],
      ['restaked', 3n * wad],
    ]);

    await pass(DELAY - 60);
    expect(rowsOf(await observe())[1]?.[1]).toBe('queued');
    await pass(60);
    expect(rowsOf(await observe())[1]).toEqual(['rsETH in Karak', 'completable', 3n * wad, 3n * rate]);

    await claimFromKarak(chain, holder, 0n);
    expect(rowsOf(await observe())).toEqual([
      ['rsETH', 'held', 3n * wad, 3n * rate],
      ['rsETH in Karak', 'restaked', 6n * wad, 6n * rate],
      ['rsETH in Karak', 'restaked', 3n * wad, 3n * rate],
    ]);
  });

  it('of one withdrawal from several vaults are told apart, a token without a rate with them', async () => {
    await stakeWithKarak(chain, holder, 2n * wad);
    await stakeWithKarak(chain, holder, 3n * wad, 'KarakWethVault');
    await leaveKarak(chain, holder, wad, ['KarakVault', 'KarakWethVault']);
    // To this network file WETH is a stranger.
    const observation = await observe({ WETH: undefined });
    const weth = `WETH (${chain.contracts.WETH.address.slice(0, 6)}`;
    expect(
      observation.vaults?.map(({ instrument, name, decimals }) => [instrument, name.slice(0, 12), decimals]),
    ).toEqual([
      ['rsETH', 'rsETH', undefined],
      [null, weth.slice(0, 12), 18],
    ]);
    const positions = positionsOf(observation);
    expect(
      positions.map(({ state, amount, bookEth }) => [state, amount.value, bookEth.reason?.code]),
    ).toEqual([
      ['restaked', wad, undefined],
      ['queued', wad, undefined],
      ['restaked', 2n * wad, 'no-rate'],
      ['queued', wad, 'no-rate'],
    ]);
    expect(new Set(positions.map(({ id }) => id)).size).toBe(4);
  });

  it('stand out of sight, rest on Karak and on their token, and leave by its delay', async () => {
    await stakeWithKarak(chain, holder, 2n * wad);
    await leaveKarak(chain, holder, wad);
    await pass(DELAY / 3);
    const observation = await observe();
    const positions = positionsOf(observation);
    const exposure = buildExposure(observation, positions);
    expect(exposure.positions.map(({ legs }) => legs.map(({ kind }) => kind))).toEqual([
      ['hidden'],
      ['hidden'],
    ]);
    expect(exposure.dependencies.map(({ id }) => id)).toEqual([
      'contract:eigenlayer',
      'contract:karak',
      'contract:kelp',
      'oracle:kelp',
    ]);
    const [stays, leaves] = makeExitPositions(exposure, readCompletableBlocks(positions));
    expect(stays).toMatchObject({ pathId: 'karak', underlyingPathId: 'kelp' });
    expect(stays?.readings['karak-delay']?.value.typical).toBe(9);
    const days = leaves?.readings['karak-delay']?.value.typical ?? 0;
    expect(days).toBeGreaterThan(5.99);
    expect(days).toBeLessThanOrEqual(6);
  });

  it('that could not be read are positions of unknown amount, not none', async () => {
    await stakeWithKarak(chain, holder, 2n * wad);
    for (const contract of ['VaultSupervisor', 'DelegationSupervisor'] as const) {
      await anvil.client.setCode({ address: chain.contracts[contract].address, bytecode: '0x5f5ffd' });
    }
    const observation = await observe();
    expect(valueOf(stakesOf(observation).stakesRead)).toBe('reverted');
    expect(rowsOf(observation).slice(0, 2)).toEqual([
      ['Karak', 'restaked', null, null],
      ['Karak', 'queued', null, null],
    ]);
    expect(observation.notices.map(({ code, contract }) => [code, contract])).toEqual([
      ['protocol-changed', 'VaultSupervisor'],
      ['protocol-changed', 'DelegationSupervisor'],
      ['protocol-changed', 'DelegationSupervisor'],
    ]);
  });

  it('are no rows where the network has no Karak', async () => {
    const unnamed = await observe({ VaultSupervisor: undefined });
    expect(unnamed.accounts.map(protocolsOf)).toEqual([['symbiotic'], ['symbiotic']]);
    const nowhere = await observe({ VaultSupervisor: `0x${'9'.repeat(40)}` });
    expect(nowhere.accounts.map(protocolsOf)).toEqual([['symbiotic'], ['symbiotic']]);
    for (const { notices } of [unnamed, nowhere]) {
      expect(notices).toMatchObject([{ code: 'not-available', contract: 'VaultSupervisor' }]);
    }
  });
});

type Step = readonly [what: 'stake' | 'leave' | 'slash' | 'claim' | 'wait', who: 0 | 1, size: number];

describe('over any sequence of stakes, withdrawals, slashes and claims', () => {
  async function take([what, account, size]: Step): Promise<void> {
    const owner = who[account];
    const amount = (BigInt(size) * wad) / 7n + 1n;
    switch (what) {
      case 'stake':
        return stakeWithKarak(chain, owner, amount);
      case 'leave':
        return leaveKarak(chain, owner, amount).catch(() => undefined);
      case 'slash':
        return slashKarak(chain, amount / 3n).catch(() => undefined);
      case 'claim':
        for (const nonce of [0n, 1n, 2n]) await claimFromKarak(chain, owner, nonce).catch(() => undefined);
        return;
      case 'wait':
        return pass(DELAY / 2);
    }
  }

  it('what the states add up to is what the vault holds', { timeout: 180_000 }, async () => {
    const step: fc.Arbitrary<Step> = fc.tuple(
      fc.constantFrom('stake', 'leave', 'slash', 'claim', 'wait'),
      fc.constantFrom(0, 1),
      fc.integer({ min: 1, max: 20 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const start = await anvil.client.snapshot();
        for (const one of steps) await take(one);
        const observation = await observe();
        const entries = who.flatMap((_, account) => {
          const { stakes, queued } = stakesOf(observation, account);
          return [...stakes, ...queued];
        });
        const total = sumOf(entries.map(({ amount }) => (amount.ok ? amount.value : -(10n ** 40n))));
        const held = await chain.read<bigint>('KarakVault', 'totalAssets');
        // Each entry is rounded down to a unit of its own, and the vault's virtual share keeps its part.
        const supply = await chain.read<bigint>('KarakVault', 'totalSupply');
        const kept = held / (supply + 1n) + 1n;
        expect(held - total >= 0n && held - total <= BigInt(entries.length) + kept).toBe(true);
        await anvil.client.revert({ id: start });
      }),
      { numRuns: 12 },
    );
  });
});
