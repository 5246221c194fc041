import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Address, Hex } from 'viem';
import type { Anvil } from './anvil.ts';
import { startAnvil } from './anvil.ts';
import type { Deployed } from './calls.ts';
import { deployAll, readView } from './calls.ts';
import type { Deployment } from './deployment.ts';
import { beaconChainETH, deployEverything, wad } from './deployment.ts';
import vectors from './eigenlayer.vectors.json' with { type: 'json' };

// The stand-in contracts against what the real ones were seen to do (recorded run) and against
// literals of their unit tests (eigenlayer.vectors.json, where each case names its origin).

const staker: Address = '0x5700000000000000000000000000000000000001';
const withdrawalDelay = 10;
const deallocationDelay = 10;

interface Allocation {
  currentMagnitude: bigint;
  pendingDiff: bigint;
  effectBlock: number;
}

let anvil: Anvil;
let chain: Deployment;
let snapshot: Hex;
let stETH: Address;
let operator: Address;

beforeAll(async () => {
  anvil = await startAnvil();
  // Rate 1, so that a share, a token and an ETH are one and the same number of wei.
  chain = await deployEverything(anvil, { rates: { stETH: wad } });
  stETH = chain.strategies.stETH;
  operator = chain.operators.first;
  snapshot = await anvil.client.snapshot();
});

beforeEach(async () => {
  await anvil.client.revert({ id: snapshot });
  snapshot = await anvil.client.snapshot();
});

afterAll(() => anvil.stop());

const mine = (blocks: number): Promise<void> => anvil.client.mine({ blocks });

async function readPosition(strategy: Address): Promise<{ deposited: bigint; withdrawable: bigint }> {
  const [withdrawable, deposited] = await chain.read<[bigint[], bigint[]]>(
    'DelegationManager',
    'getWithdrawableShares',
    [staker, [strategy]],
  );
  return { deposited: deposited[0] ?? 0n, withdrawable: withdrawable[0] ?? 0n };
}

const readDsf = (strategy: Address): Promise<bigint> =>
  chain.read('DelegationManager', 'depositScalingFactor', [staker, strategy]);
const readMax = (strategy: Address): Promise<bigint> =>
  chain.read('AllocationManager', 'getMaxMagnitude', [operator, strategy]);
const readAllocation = (): Promise<Allocation> =>
  chain.read('AllocationManager', 'getAllocation', [operator, chain.operatorSets.first, stETH]);
const readOperatorShares = async (strategy: Address): Promise<bigint | undefined> =>
  (await chain.read<bigint[]>('DelegationManager', 'getOperatorShares', [operator, [strategy]]))[0];
const readQueuedShares = async (): Promise<bigint[]> =>
  (await chain.read<[unknown, bigint[][]]>('DelegationManager', 'getQueuedWithdrawals', [staker]))[1].flat();
const readTokens = (): Promise<bigint> => chain.read('stETH', 'balanceOf', [staker]);

describe('the recorded run of the real contracts', () => {
  test('deposit 100, allocate half, queue 40, slash half: 60 deposited, 45 withdrawable, 30 paid', async () => {
    await chain.depositAndDelegate(staker, stETH, 100n * wad, operator);
    await chain.allocate(operator, chain.operatorSets.first, stETH, wad / 2n);
    const withdrawal = await chain.queueWithdrawal(staker, stETH, 40n * wad);
    expect(await chain.read('DelegationManager', 'getSlashableSharesInQueue', [operator, stETH])).toBe(
      40n * wad,
    );
    await chain.slash(operator, chain.operatorSets.first, wad / 2n);

    expect(await chain.read('DelegationManager', 'getDepositedShares', [staker])).toEqual([
      [stETH],
      [60n * wad],
    ]);
    expect(await readPosition(stETH)).toEqual({ deposited: 60n * wad, withdrawable: 45n * wad });
    expect(await readMax(stETH)).toBe((3n * wad) / 4n);
    expect(await readOperatorShares(stETH)).toBe(45n * wad);
    expect(await readQueuedShares()).toEqual([30n * wad]);
    expect(await chain.read('DelegationManager', 'getSlashableSharesInQueue', [operator, stETH])).toBe(
      30n * wad,
    );
    // A quarter of 60 delegated and of 40 queued is gone, and waits to be burnt.
    const burner = '0x00000000000000000000000000000000000E16E4';
    expect(await chain.read('StrategyManager', 'slashedShares', [stETH, burner])).toBe(25n * wad);

    await mine(withdrawalDelay);
    await chain.completeWithdrawal(withdrawal);
    expect(await readTokens()).toBe(30n * wad);
    expect(await readQueuedShares()).toEqual([]);
  });
});

describe('queued withdrawals', () => {
  beforeEach(async () => {
    await chain.depositAndDelegate(staker, stETH, 100n * wad, operator);
    await chain.allocate(operator, chain.operatorSets.first, stETH, wad);
  });

  test('cannot be completed before the delay is over', async () => {
    const withdrawal = await chain.queueWithdrawal(staker, stETH, 40n * wad);
    await mine(withdrawalDelay - 1);
    await expect(chain.completeWithdrawal(withdrawal)).rejects.toThrow('WithdrawalDelayNotElapsed');
  });

  test('completed before the slash pay in full', async () => {
    const withdrawal = await chain.queueWithdrawal(staker, stETH, 40n * wad);
    await mine(withdrawalDelay);
    await chain.completeWithdrawal(withdrawal);
    await chain.slash(operator, chain.operatorSets.first, wad / 2n);
    expect(await readTokens()).toBe(40n * wad);
    expect(await readPosition(stETH)).toEqual({ deposited: 60n * wad, withdrawable: 30n * wad });
  });

  test('a slash after the delay does not reach a withdrawal that nobody completed', async () => {
    const withdrawal = await chain.queueWithdrawal(staker, stETH, 40n * wad);
    await mine(withdrawalDelay + 1);
    await chain.slash(operator, chain.operatorSets.first, wad / 2n);
    expect(await readQueuedShares()).toEqual([40n * wad]);
    expect(await chain.read('DelegationManager', 'getSlashableSharesInQueue', [operator, stETH])).toBe(0n);
    await chain.completeWithdrawal(withdrawal);
    expect(await readTokens()).toBe(40n * wad);
  });

  test('completed as shares go back to the account and its operator', async () => {
    const withdrawal = await chain.queueWithdrawal(staker, stETH, 40n * wad);
    await chain.slash(operator, chain.operatorSets.first, wad / 2n);
    await mine(withdrawalDelay);
    await chain.completeWithdrawal(withdrawal, false);
    expect(await readPosition(stETH)).toEqual({ deposited: 80n * wad, withdrawable: 50n * wad });
    expect(await readOperatorShares(stETH)).toBe(50n * wad);
  });

  test('undelegating queues everything', async () => {
    await chain.send('DelegationManager', { from: staker, functionName: 'undelegate', args: [staker] });
    expect(await readQueuedShares()).toEqual([100n * wad]);
    expect(await readPosition(stETH)).toEqual({ deposited: 0n, withdrawable: 0n });
    expect(await readOperatorShares(stETH)).toBe(0n);
    await chain.slash(operator, chain.operatorSets.first, wad / 4n);
    expect(await readQueuedShares()).toEqual([75n * wad]);
  });
});

describe('slashing', () => {
  beforeEach(async () => {
    await chain.depositAndDelegate(staker, stETH, 100n * wad, operator);
  });

  test('twice takes the second part from what the first left', async () => {
    await chain.allocate(operator, chain.operatorSets.first, stETH, wad / 2n);
    await chain.slash(operator, chain.operatorSets.first, wad / 2n);
    await chain.slash(operator, chain.operatorSets.first, wad / 2n);
    expect(await readAllocation()).toEqual({ currentMagnitude: wad / 8n, pendingDiff: 0n, effectBlock: 0 });
    expect(await readMax(stETH)).toBe((5n * wad) / 8n);
    expect(await readPosition(stETH)).toEqual({ deposited: 100n * wad, withdrawable: (125n * wad) / 2n });
  });

  test('a later deposit is not touched by earlier slashes', async () => {
    await chain.allocate(operator, chain.operatorSets.first, stETH, wad);
    await chain.slash(operator, chain.operatorSets.first, wad / 2n);
    await chain.depositAndDelegate(staker, stETH, 50n * wad);
    // 50 left and 50 added, over 150 deposited, undone for the factor 0.5: 4/3.
    expect(await readDsf(stETH)).toBe(1_333_333_333_333_333_332n);
    // A wei's breadth below 100 ETH: the factor was rounded down.
    expect(await readPosition(stETH)).toEqual({
      deposited: 150n * wad,
      withdrawable: 100n * wad - 100n,
    });
    expect(await readOperatorShares(stETH)).toBe(100n * wad);
  });

  test('a pending deallocation stays slashable and frees less', async () => {
    await chain.allocate(operator, chain.operatorSets.first, stETH, wad / 2n);
    await chain.allocate(operator, chain.operatorSets.first, stETH, wad / 4n);
    const effectBlock = Number(await anvil.client.getBlockNumber()) + deallocationDelay + 1;
    expect(await readAllocation()).toEqual({
      currentMagnitude: wad / 2n,
      pendingDiff: -wad / 4n,
      effectBlock,
    });
    const set = chain.operatorSets.first;
    const stake = async (view: string, ...until: number[]): Promise<bigint[]> =>
      (await chain.read<bigint[][]>('AllocationManager', view, [set, [operator], [stETH], ...until])).flat();
    expect(await stake('getAllocatedStake')).toEqual([50n * wad]);
    expect(await stake('getMinimumSlashableStake', effectBlock)).toEqual([25n * wad]);

    await chain.slash(operator, set, wad / 2n);
    expect(await readAllocation()).toEqual({
      currentMagnitude: wad / 4n,
      pendingDiff: -wad / 8n,
      effectBlock,
    });
    expect(await readMax(stETH)).toBe((3n * wad) / 4n);

    await mine(deallocationDelay);
    expect(await readAllocation()).toEqual({ currentMagnitude: wad / 8n, pendingDiff: 0n, effectBlock: 0 });
    expect(await chain.read('AllocationManager', 'getEncumberedMagnitude', [operator, stETH])).toBe(wad / 8n);
    expect(await chain.read('AllocationManager', 'getAllocatableMagnitude', [operator, stETH])).toBe(
      (5n * wad) / 8n,
    );
  });

  test('one service cannot reach what is allocated to another', async () => {
    await chain.allocate(operator, chain.operatorSets.first, stETH, wad / 2n);
    await chain.allocate(operator, chain.operatorSets.second, stETH, wad / 4n);
    await expect(chain.allocate(operator, chain.operatorSets.second, stETH, wad)).rejects.toThrow(
      'InsufficientMagnitude',
    );
    await chain.slash(operator, chain.operatorSets.second, wad);
    expect(await readMax(stETH)).toBe((3n * wad) / 4n);
    expect((await readAllocation()).currentMagnitude).toBe(wad / 2n);
    // Redistributed, not burnt: the second service may collect it, once the slash is resolved.
    await mine(Number(await chain.read('StrategyManager', 'SLASH_RESOLUTION_DELAY_BLOCKS')));
    const service = chain.services.second;
    await chain.send('StrategyManager', {
      from: service,
      functionName: 'clearSlashedShares',
      args: [stETH, service],
    });
    expect(await chain.read('stETH', 'balanceOf', [service])).toBe(25n * wad);
  });

  test('a deregistered operator stays slashable until the deallocation delay is over', async () => {
    await chain.allocate(operator, chain.operatorSets.first, stETH, wad);
    const { avs, id } = chain.operatorSets.first;
    const params = { operator, avs, operatorSetIds: [id] };
    await chain.send('AllocationManager', {
      from: operator,
      functionName: 'deregisterFromOperatorSets',
      args: [params],
    });
    await chain.slash(operator, chain.operatorSets.first, wad / 10n);
    expect(await readMax(stETH)).toBe((9n * wad) / 10n);
    await mine(deallocationDelay);
    await expect(chain.slash(operator, chain.operatorSets.first, wad / 10n)).rejects.toThrow(
      'OperatorNotSlashable',
    );
  });
});

describe('the views that name operators, sets and strategies', () => {
  test('show registrations and allocations', async () => {
    const { first, second } = chain.operatorSets;
    await chain.allocate(operator, first, stETH, wad / 2n);
    expect(await chain.read('AllocationManager', 'getRegisteredSets', [operator])).toEqual(
      [first, second].map(asRead),
    );
    expect(await chain.read('AllocationManager', 'getAllocatedSets', [operator])).toEqual([asRead(first)]);
    expect(await chain.read('AllocationManager', 'getAllocatedStrategies', [operator, first])).toEqual([
      stETH,
    ]);
    expect(await chain.read('AllocationManager', 'getStrategyAllocations', [operator, stETH])).toEqual([
      [asRead(first)],
      [{ currentMagnitude: wad / 2n, pendingDiff: 0n, effectBlock: 0 }],
    ]);
    expect(await chain.read('AllocationManager', 'isRedistributingOperatorSet', [first])).toBe(false);
    expect(await chain.read('AllocationManager', 'isRedistributingOperatorSet', [second])).toBe(true);
    expect(
      await chain.read('AllocationManager', 'isOperatorSlashable', [chain.operators.second, second]),
    ).toBe(false);
    expect(await chain.read('DelegationManager', 'isOperator', [operator])).toBe(true);
    expect(await chain.read('DelegationManager', 'minWithdrawalDelayBlocks')).toBe(withdrawalDelay);
  });

  const asRead = ({ avs, id }: { avs: Address; id: number }): unknown => ({
    avs: expect.stringMatching(new RegExp(avs, 'i')) as unknown,
    id,
  });
});

describe('native ETH', () => {
  test('loses to the beacon chain and to a service (DualSlashingEdgeCase)', async () => {
    await chain.depositAndDelegate(staker, beaconChainETH, 32n * wad, operator);
    await chain.allocate(operator, chain.operatorSets.first, beaconChainETH, wad);
    await chain.slash(operator, chain.operatorSets.first, (3n * wad) / 4n, [beaconChainETH]);
    const { a0, dsf, afterVerify, bcsf, afterCheckpoint } = dualSlashing;
    expect((await readPosition(beaconChainETH)).withdrawable).toBe(BigInt(a0));

    await chain.depositAndDelegate(staker, beaconChainETH, 32n * wad);
    expect(await readDsf(beaconChainETH)).toBe(BigInt(dsf));
    expect((await readPosition(beaconChainETH)).withdrawable).toBe(BigInt(afterVerify));

    await chain.recordBeaconChainLoss(staker, 16n * wad);
    expect(await chain.read('EigenPodManager', 'beaconChainSlashingFactor', [staker])).toBe(BigInt(bcsf));
    expect(await readPosition(beaconChainETH)).toEqual({
      deposited: 64n * wad,
      withdrawable: BigInt(afterCheckpoint),
    });
    expect(await readOperatorShares(beaconChainETH)).toBe(BigInt(afterCheckpoint));
    expect(await chain.read('EigenPodManager', 'podOwnerDepositShares', [staker])).toBe(64n * wad);

    const withdrawal = await chain.queueWithdrawal(staker, beaconChainETH, 64n * wad);
    await mine(withdrawalDelay);
    const before = await anvil.client.getBalance({ address: staker });
    await chain.completeWithdrawal(withdrawal);
    const paid = (await anvil.client.getBalance({ address: staker })) - before;
    expect(paid).toBe(BigInt(afterCheckpoint));
  });
});

const [drift, dual, refused] = vectors.dsf;
const dualSlashing = required(dual?.steps);

describe('the recorded vectors', () => {
  let harness: Deployed;
  const run = <T>(view: string, ...args: unknown[]): Promise<T> =>
    readView<T>(anvil.client, harness, view, args);

  beforeEach(async () => {
    const plan = { harness: { contract: 'SlashingMathHarness' } };
    harness = (await deployAll(anvil.client, staker, () => plan)).harness;
  });

  test.each(vectors.slash)('slash: $name', async ({ inp, out }) => {
    const args = [inp.mag, inp.max, inp.enc, inp.pend, inp.wad].map(BigInt);
    const [slashed, wadSlashed, after] = await run<[bigint, bigint, Record<string, bigint>]>(
      'slash',
      ...args,
    );
    expect({ slashed, wadSlashed, ...after }).toEqual({
      slashed: BigInt(out.slashed),
      wadSlashed: BigInt(out.wadSlashed),
      current: BigInt(out.currentMagnitude),
      max: BigInt(out.maxMagnitude),
      encumbered: BigInt(out.encumbered),
      pendingDiff: BigInt(out.pendingDiff),
    });
  });

  test.each(vectors.slashed_shares)('operator shares: $op from $prev to $new', async (v) => {
    const slashed = await run<bigint>('slashedOperatorShares', BigInt(v.op), BigInt(v.prev), BigInt(v.new));
    expect(slashed).toBe(BigInt(v.slashed));
  });

  test('deposit scaling factor: a thousand deposits drift by the recorded amount', async () => {
    const v = required(drift);
    const args = [v.initialMagnitude, v.shares0, v.n, v.add].map((value) => BigInt(required(value)));
    expect(await run('repeatDeposits', ...args)).toEqual(
      [v.dsf, v.drift].map((value) => BigInt(required(value))),
    );
  });

  test('deposit scaling factor: zero is refused', async () => {
    const v = required(refused);
    const args = [v.dsf, v.prev, v.add, v.sf].map((value) => BigInt(required(value)));
    await expect(run('nextDepositScalingFactor', ...args)).rejects.toThrow('InvalidDepositScalingFactor');
  });
});

/** The JSON's cases have different fields; a missing one is a broken file. */
function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('eigenlayer.vectors.json lacks a field.');
  return value;
}
