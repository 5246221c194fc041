import fc from 'fast-check';
import type { Address, Hex } from 'viem';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAnvil, type Anvil } from '../../../e2e/nodes/anvil.ts';
import { deployAll, sendCall } from '../../../e2e/nodes/calls.ts';
import { compiledContract } from '../../../e2e/nodes/compile.ts';
import { deployEverything, wad, type Deployment } from '../../../e2e/nodes/deployment.ts';
import { subnetworkOf, symbioticSlasher } from '../../../e2e/nodes/vault-plans.ts';
import {
  claimFromSymbiotic,
  leaveSymbiotic,
  slashSymbiotic,
  stakeWithSymbiotic,
} from '../../../e2e/nodes/vaults.ts';
import { toEvmAddress, ZERO_ADDRESS } from '../../../shared/domain/address.ts';
import { buildExposure } from '../../../shared/domain/build-exposure.ts';
import {
  observationSchema,
  type Observation,
  type VaultAccount,
} from '../../../shared/domain/observation.ts';
import type { Position } from '../../../shared/domain/position.ts';
import { sumOf } from '../../../shared/domain/units.ts';
import { valuePositions } from '../../../shared/domain/value-positions.ts';
import { makeExitPositions, readCompletableBlocks } from '../../risk/exit/exit-position.ts';
import { makeAccount } from '../../testing/made-up.ts';
import { parseNetworkFile } from '../networks.ts';
import { observeAccounts } from './observe.ts';

const who = [toEvmAddress(`0x${'0'.repeat(35)}a11ce`), toEvmAddress(`0x${'0'.repeat(37)}b0b`)] as const;
const [holder, other] = who;
/** Seconds, as the stand-in's default: seven days. */
const EPOCH = 604_800n;
const RATE = 1_040_000_000_000_000_000n;
const anybody: Address = '0x0900000000000000000000000000000000000066';

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

async function observe(change: { readonly symbioticVaults?: readonly string[] } = {}): Promise<Observation> {
  const observation = await observeAccounts({
    network: parseNetworkFile(JSON.stringify({ ...chain.networkFile, ...change })),
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
  const found = accounts[account]?.vaults?.find(({ protocol }) => protocol === 'symbiotic');
  if (found === undefined) throw new Error('Symbiotic was not read');
  return found;
}

function positionsOf(observation: Observation): Position[] {
  const accounts = who.map((address) => ({ ...makeAccount('p', 0), id: address, address }));
  return valuePositions(observation, accounts, { manualEthUsd: null }).positions;
}

const amountsOf = (observation: Observation): (bigint | string | null)[][] =>
  positionsOf(observation).map(({ state, amount }) => [state, amount.value]);

function exposureOf(observation: Observation) {
  return buildExposure(observation, positionsOf(observation));
}

/** The legs of the first position, as shares of a thousand. */
function legsOf(observation: Observation): (string | number)[][] {
  const [position] = exposureOf(observation).positions;
  const whole = position?.bookWei ?? 0n;
  return (position?.legs ?? []).map((leg) => [
    leg.kind,
    ...(leg.kind === 'pooled' ? [leg.operator] : []),
    Number((leg.bookWei * 1000n + whole / 2n) / whole),
  ]);
}

async function now(): Promise<bigint> {
  return (await anvil.client.getBlock()).timestamp;
}

async function pass(seconds: bigint): Promise<void> {
  await anvil.client.increaseTime({ seconds: Number(seconds) });
  await anvil.client.mine({ blocks: 1 });
}

/** To the first second of the next epoch. */
async function enterNextEpoch(): Promise<bigint> {
  const start = BigInt(await chain.read<number>('SymbioticVault', 'currentEpochStart'));
  await anvil.client.setNextBlockTimestamp({ timestamp: start + EPOCH });
  await anvil.client.mine({ blocks: 1 });
  return start + EPOCH;
}

describe('stakes with a vault of the first version', () => {
  it('wait for the end of the next epoch, lose with the vault until then, and are claimed once', async () => {
    const start = await enterNextEpoch();
    await stakeWithSymbiotic(chain, holder, 12n * wad);
    await stakeWithSymbiotic(chain, other, 4n * wad);
    const epoch = await chain.read<bigint>('SymbioticVault', 'currentEpoch');
    await leaveSymbiotic(chain, holder, 4n * wad);

    const left = await observe();
    const [stays, leaves] = positionsOf(left);
    expect([stays, leaves].map((one) => [one?.instrument.symbol, one?.state, one?.bookEth.value])).toEqual([
      ['rsETH in Symbiotic', 'restaked', 8n * RATE],
      ['rsETH in Symbiotic', 'queued', 4n * RATE],
    ]);
    expect(stakesOf(left).queued).toMatchObject([
      { id: epoch + 1n, claimableFrom: { ok: true, value: start + 2n * EPOCH } },
    ]);
    expect(stays?.vault?.earliest?.value).toBe(start + 2n * EPOCH);

    // A quarter of all that stands there, captured in this epoch.
    await slashSymbiotic(chain, 4n * wad, await now());
    expect(amountsOf(await observe())).toEqual([
      ['restaked', 6n * wad],
      ['queued', 3n * wad],
      ['restaked', 3n * wad],
    ]);

    // Captured in the epoch before: what is due at the end of this one is still within reach.
    const captured = await now();
    await enterNextEpoch();
    await slashSymbiotic(chain, 6n * wad, captured);
    const [, due] = amountsOf(await observe());
    expect(due).toEqual(['queued', (3n * wad) / 2n]);

    await enterNextEpoch();
    await slashSymbiotic(chain, wad, await now());
    const over = await observe();
    expect(amountsOf(over)[1]).toEqual(['completable', (3n * wad) / 2n]);
    expect(exposureOf(over).positions[1]?.legs.map(({ kind }) => kind)).toEqual(['free']);

    await claimFromSymbiotic(chain, holder, epoch + 1n);
    expect(stakesOf(await observe()).queued).toEqual([]);
  });

  it('stand with somebody also for whoever only leaves, and with nobody that is asked for where there is none', async () => {
    await stakeWithSymbiotic(chain, other, 4n * wad);
    await stakeWithSymbiotic(chain, holder, 4n * wad);
    await leaveSymbiotic(chain, holder, 4n * wad);
    await leaveSymbiotic(chain, other, 4n * wad);
    const { backings, vaults } = await observe();
    const { address } = chain.contracts.SymbioticVault;
    expect(vaults?.map((vault) => vault.address)).toEqual([address]);
    expect(backings.map(({ instrument }) => instrument)).toEqual([`symbiotic:${address}`]);
    const none = await observe({ symbioticVaults: [chain.contracts.SymbioticVaultV2.address] });
    expect([none.vaults, none.backings]).toEqual([[], []]);
  });

  it('that are not claimed are found as far back as is asked', async () => {
    await stakeWithSymbiotic(chain, holder, 2n * wad);
    await leaveSymbiotic(chain, holder, wad);
    for (let epoch = 0; epoch < 17; epoch++) await enterNextEpoch();
    expect(amountsOf(await observe())).toEqual([
      ['restaked', wad],
      ['completable', wad],
    ]);
    await enterNextEpoch();
    expect(amountsOf(await observe())).toEqual([['restaked', wad]]);
  });

  it('leave in one to two epochs, then as their token does', async () => {
    await enterNextEpoch();
    await stakeWithSymbiotic(chain, holder, 2n * wad);
    await leaveSymbiotic(chain, holder, wad);
    await pass(EPOCH / 2n);
    const observation = await observe();
    const ends = readCompletableBlocks(positionsOf(observation));
    for (const one of makeExitPositions(exposureOf(observation), ends)) {
      expect(one).toMatchObject({ pathId: 'symbiotic', underlyingPathId: 'kelp' });
      expect(one.readings['symbiotic-wait']?.value.typical).toBeCloseTo(10.5, 3);
    }
  });
});

describe('with whom a vault of the first version stands', () => {
  const { first, second } = { first: 0, second: 1 };

  async function delegate(type: number, slasher: Address = symbioticSlasher): Promise<void> {
    const args = [type, chain.contracts.SymbioticVault.address, chain.operators.first, chain.services.first];
    const { it: delegator } = await deployAll(anvil.client, anybody, () => ({
      it: { contract: 'SymbioticDelegator', args },
    }));
    await chain.send('SymbioticVault', {
      from: anybody,
      functionName: 'setModules',
      args: [delegator.address, slasher],
    });
  }

  beforeEach(() => stakeWithSymbiotic(chain, holder, 10n * wad));

  it.each([[first], [second]])(
    'is not visible where any operator may stand for it (type %i)',
    async (type) => {
      await delegate(type);
      expect(legsOf(await observe())).toEqual([['hidden', 1000]]);
    },
  );

  it('is its one operator, for networks that no view lists', async () => {
    await delegate(2);
    const observation = await observe();
    expect(legsOf(observation)).toEqual([['pooled', chain.operators.first, 1000]]);
    const [operator] = exposureOf(observation).operators;
    expect(operator).toMatchObject({
      strategies: [],
      unreadStrategies: [chain.contracts.SymbioticVault.address],
    });
  });

  it('is one operator for one network, as far as the network let it; the rest is not visible', async () => {
    const args = [subnetworkOf(chain.services.first, 0n), 4n * wad];
    await chain.send('SymbioticDelegator', { from: anybody, functionName: 'setMaxNetworkLimit', args });
    const observation = await observe();
    expect(legsOf(observation)).toEqual([
      ['pooled', chain.operators.first, 400],
      ['hidden', 600],
    ]);
    const { operators, services, shared } = exposureOf(observation);
    expect(services.map(({ id }) => id)).toEqual([`${toEvmAddress(chain.services.first)}:0`]);
    expect(operators[0]?.strategies[0]?.allocations).toMatchObject([{ currentMagnitude: wad }]);
    expect(shared.find(({ kind }) => kind === 'service')?.worstLossWei).toBe(4n * RATE);
  });

  it('is nobody without a slasher', async () => {
    await delegate(1, ZERO_ADDRESS);
    expect(legsOf(await observe())).toEqual([['free', 1000]]);
  });
});

describe('stakes with a vault of the second version', () => {
  const allocate = (
    adapter: 'SymbioticAppAdapter' | 'SymbioticYieldAdapter',
    amount: bigint,
  ): Promise<void> =>
    chain.send('SymbioticVaultV2', {
      from: anybody,
      functionName: 'allocate',
      args: [chain.contracts[adapter].address, amount],
    });

  it('stand with the operator of each adapter, in the vault, or out of sight; together all of it', async () => {
    await stakeWithSymbiotic(chain, holder, 10n * wad, 'SymbioticVaultV2');
    await allocate('SymbioticAppAdapter', 5n * wad);
    await allocate('SymbioticYieldAdapter', 2n * wad);
    const observation = await observe();
    expect(amountsOf(observation)).toEqual([['restaked', 10n * wad]]);
    expect(legsOf(observation)).toEqual([
      ['pooled', chain.operators.second, 500],
      ['free', 300],
      ['hidden', 200],
    ]);
    const { services, shared } = exposureOf(observation);
    expect(services.map(({ id }) => id)).toEqual([`${toEvmAddress(chain.services.second)}:1`]);
    expect(shared.find(({ kind }) => kind === 'service')?.worstLossWei).toBe(5n * RATE);

    const args = [2n * wad];
    await chain.send('SymbioticAppAdapter', { from: anybody, functionName: 'slash', args });
    const [[, amount] = []] = amountsOf(await observe());
    // One unit is the vault's own.
    expect(8n * wad - BigInt(amount ?? 0n)).toBeLessThanOrEqual(1n);
  });

  it('that are asked back are an unknown amount: no view lists an owner’s withdrawals', async () => {
    await stakeWithSymbiotic(chain, holder, 10n * wad, 'SymbioticVaultV2');
    const address = await chain.read<Address>('SymbioticVaultV2', 'withdrawalQueue');
    const args = [address, 4n * wad];
    await chain.send('SymbioticVaultV2', { from: holder, functionName: 'approve', args });
    const { abi } = compiledContract('SymbioticWithdrawalQueue');
    await sendCall(
      anvil.client,
      { address, abi },
      { from: holder, functionName: 'requestWithdraw', args: [4n * wad, holder] },
    );
    const observation = await observe();
    expect(amountsOf(observation)).toEqual([
      ['restaked', 6n * wad],
      ['queued', null],
    ]);
    expect(positionsOf(observation)[1]?.amount.reason?.code).toBe('not-visible');
    expect(observation.notices).toMatchObject([{ code: 'not-readable', contract: 'WithdrawalQueue' }]);
  });
});

describe('vaults that do not answer', () => {
  it('leave what is in them unknown, and say so', async () => {
    const { address } = chain.contracts.SymbioticVault;
    await anvil.client.setCode({ address, bytecode: '0x5f5ffd' });
    const observation = await observe({ symbioticVaults: [address] });
    expect(amountsOf(observation)).toEqual([
      ['queued', null],
      ['restaked', null],
      ['queued', null],
      ['restaked', null],
    ]);
    expect(observation.notices.map(({ contract, call }) => [contract, call.replace(/\(.*/u, '')])).toEqual([
      ['SymbioticVault', 'version'],
      ['SymbioticVault', 'collateral'],
      ['SymbioticVault', 'delegator'],
      ['SymbioticVault', 'activeBalanceOf'],
    ]);
  });

  it('are none where there is no contract, or none is listed', async () => {
    const nowhere = await observe({ symbioticVaults: [`0x${'9'.repeat(40)}`] });
    const unlisted = await observe({ symbioticVaults: [] });
    for (const { accounts, notices } of [nowhere, unlisted]) {
      expect(accounts.flatMap(({ vaults }) => vaults?.map(({ protocol }) => protocol))).toEqual([
        'karak',
        'karak',
      ]);
      expect(notices).toMatchObject([{ code: 'not-available' }]);
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
        return stakeWithSymbiotic(chain, owner, amount);
      case 'leave':
        return leaveSymbiotic(chain, owner, amount).catch(() => undefined);
      case 'slash':
        return slashSymbiotic(chain, amount / 3n, (await now()) - (size % 2 === 0 ? 0n : EPOCH / 2n));
      case 'claim':
        for (let epoch = 0n; epoch < 6n; epoch++) {
          await claimFromSymbiotic(chain, owner, epoch).catch(() => undefined);
        }
        return;
      case 'wait':
        return pass(EPOCH / 2n);
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
        const held = await chain.read<bigint>('rsETH', 'balanceOf', [chain.contracts.SymbioticVault.address]);
        // Each entry and each step is rounded down to a unit or two; a virtual share keeps its part of every bucket.
        const slack = 2n * BigInt(entries.length + steps.length);
        expect(held - total >= 0n && held - total <= slack).toBe(true);
        await anvil.client.revert({ id: start });
      }),
      { numRuns: 12 },
    );
  });
});
