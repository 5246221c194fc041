import fc from 'fast-check';
import { BaseError, ContractFunctionRevertedError, type Address } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAnvil, type Anvil } from '../../../e2e/nodes/anvil.ts';
import { deployEverything, wad, type Deployment, type Withdrawal } from '../../../e2e/nodes/deployment.ts';
import { toEvmAddress } from '../../../shared/domain/address.ts';
import type { Observation, Reading } from '../../../shared/domain/observation.ts';
import { sumOf } from '../../../shared/domain/units.ts';
import { parseNetworkFile } from '../networks.ts';
import { observeAccounts } from './observe.ts';

const who = [toEvmAddress(`0x${'0'.repeat(35)}a11ce`), toEvmAddress(`0x${'0'.repeat(37)}b0b`)] as const;

/** Where the stand-ins send what is burnt. */
const BURNER: Address = '0x00000000000000000000000000000000000E16E4';

let anvil: Anvil;
let chain: Deployment;

beforeAll(async () => {
  anvil = await startAnvil();
  chain = await deployEverything(anvil, { withdrawalDelayBlocks: 6, deallocationDelayBlocks: 3 });
});

afterAll(() => anvil.stop());

function observe(): Promise<Observation> {
  return observeAccounts({
    network: parseNetworkFile(JSON.stringify(chain.networkFile)),
    rpcUrl: anvil.url,
    addresses: who,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    now: () => 0,
  });
}

const STEPS = [
  'deposit',
  'delegate',
  'undelegate',
  'allocate',
  'queue',
  'slash',
  'complete',
  'wait',
] as const;
type StrategyName = 'stETH' | 'EIGEN' | 'beaconChainETH';
type Step = readonly [
  what: (typeof STEPS)[number],
  who: 0 | 1,
  strategy: StrategyName,
  /** A part of what there is, in tenths. */
  size: number,
];

/** What may stand in the way of a step, by the contracts' own names; anything else is a fault of the test or of them. */
const REFUSALS: Readonly<Record<(typeof STEPS)[number], readonly string[]>> = {
  deposit: ['FullySlashed'],
  delegate: ['FullySlashed'],
  undelegate: ['NotActivelyDelegated'],
  allocate: ['ModificationAlreadyPending', 'SameMagnitude', 'InsufficientMagnitude'],
  queue: [],
  slash: ['StrategyNotInOperatorSet'],
  complete: ['WithdrawalDelayNotElapsed', 'FullySlashed'],
  wait: [],
};

/** The error's name in Solidity. Whatever was not refused by a contract is thrown on. */
function nameRefusal(error: unknown): string {
  const refusal =
    error instanceof BaseError && error.walk((one) => one instanceof ContractFunctionRevertedError);
  if (!(refusal instanceof ContractFunctionRevertedError)) throw error;
  return refusal.data?.errorName ?? refusal.shortMessage;
}

describe('over any sequence of deposits, delegations, allocations, slashes and withdrawals', () => {
  /** What cannot be done now (to withdraw what is not there, to slash what is not allocated) is left out. */
  async function take([what, account, name, size]: Step, queued: Withdrawal[]): Promise<void> {
    const owner = who[account];
    const { strategies, operators, operatorSets } = chain;
    const strategy = strategies[name];
    const operator = size % 2 === 0 ? operators.first : operators.second;
    const part = (BigInt(size) * wad) / 10n;
    switch (what) {
      case 'deposit':
        return chain.depositAndDelegate(owner, strategy, BigInt(size) * wad + 3n);
      case 'delegate':
        return chain.depositAndDelegate(owner, strategy, wad + 7n, operator);
      case 'undelegate':
        return chain.send('DelegationManager', { from: owner, functionName: 'undelegate', args: [owner] });
      case 'allocate':
        return chain.allocate(operator, operatorSets.first, strategy, part);
      case 'queue': {
        const shares = await readDeposited(owner, strategy);
        if (shares > 0n)
          queued.push(await chain.queueWithdrawal(owner, strategy, (shares * BigInt(size)) / 10n));
        return;
      }
      case 'slash':
        return chain.slash(operator, operatorSets.first, part, [strategy]);
      case 'complete': {
        const [oldest] = queued;
        if (oldest === undefined) return;
        await chain.completeWithdrawal(oldest, size % 2 === 0);
        queued.shift();
        return;
      }
      case 'wait':
        return anvil.client.mine({ blocks: size });
    }
  }

  async function readDeposited(owner: Address, strategy: Address): Promise<bigint> {
    const [, deposited] = await chain.read<[bigint[], bigint[]]>(
      'DelegationManager',
      'getWithdrawableShares',
      [owner, [strategy]],
    );
    return deposited[0] ?? 0n;
  }

  /** Shares of the accounts in every state; a reading that failed would make the sum absurd. */
  function sumShares({ accounts }: Observation, strategy: Address): { sum: bigint; parts: bigint } {
    const readings = accounts.flatMap(({ eigenlayer }): readonly Reading[] => [
      ...(eigenlayer?.deposits ?? [])
        .filter((deposit) => deposit.strategy === toEvmAddress(strategy))
        .map(({ withdrawableShares }) => withdrawableShares),
      ...(eigenlayer?.queued ?? [])
        .flatMap(({ entries }) => entries)
        .filter((entry) => entry.strategy === toEvmAddress(strategy))
        .map(({ shares }) => shares),
    ]);
    const sum = readings.reduce((total, reading) => total + (reading.ok ? reading.value : -(10n ** 40n)), 0n);
    return { sum, parts: BigInt(readings.length) };
  }

  /** How many steps of each kind were done, and what stood in the way of the others. */
  const taken = new Map<string, number>();
  const refused = new Set<string>();

  /** Takes the steps from where nothing was done, and compares. */
  async function check(steps: readonly Step[]): Promise<void> {
    const queued: Withdrawal[] = [];
    // Something to begin with: most sequences would otherwise act on nothing.
    await take(['delegate', 0, 'stETH', 2], queued);
    await take(['allocate', 0, 'stETH', 4], queued);
    let done = 0n;
    for (const one of steps) {
      const [what] = one;
      const refusal = await take(one, queued).then(() => null, nameRefusal);
      if (refusal === null) {
        done += 1n;
        taken.set(what, (taken.get(what) ?? 0) + 1);
      } else {
        expect(REFUSALS[what], what).toContain(refusal);
        refused.add(refusal);
      }
    }
    const observation = await observe();
    const { stETH, EIGEN, beaconChainETH } = chain.strategies;
    const slashed = await readSlashed(stETH);
    const held = await chain.read<bigint>('StETHStrategy', 'totalShares');
    const { sum, parts } = sumShares(observation, stETH);
    // Every factor is rounded down to a share, once per account and step at most.
    const missing = held - slashed - sum;
    expect(missing >= -done && missing <= 4n * (done + parts)).toBe(true);

    // No service can slash EIGEN here.
    const eigen = sumShares(observation, EIGEN);
    const missingEigen = (await chain.read<bigint>('EigenStrategy', 'totalShares')) - eigen.sum;
    expect(missingEigen >= 0n && missingEigen <= 4n * (done + eigen.parts)).toBe(true);

    // What was slashed of native ETH stays in the pods, where it can no longer be withdrawn.
    const pods = await Promise.all(
      who.map((owner) => chain.read<bigint>('EigenPodManager', 'restakedBalance', [owner])),
    );
    const native = sumShares(observation, beaconChainETH);
    const slashedNative = await chain.read<bigint>('EigenPodManager', 'slashedShares');
    const missingNative = sumOf(pods) - slashedNative - native.sum;
    expect(missingNative >= -done && missingNative <= 4n * (done + native.parts)).toBe(true);
  }

  it('what the states add up to is what the strategies hold', { timeout: 240_000 }, async () => {
    const step: fc.Arbitrary<Step> = fc.tuple(
      fc.constantFrom(...STEPS),
      fc.constantFrom(0, 1),
      fc.constantFrom('stETH', 'EIGEN', 'beaconChainETH'),
      fc.integer({ min: 1, max: 10 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 22 }), async (steps) => {
        const start = await anvil.client.snapshot();
        try {
          await check(steps);
        } finally {
          await anvil.client.revert({ id: start });
        }
      }),
      { numRuns: 30 },
    );
    for (const what of STEPS) expect(taken.get(what), what).toBeGreaterThan(0);
    expect(refused).toContain('WithdrawalDelayNotElapsed');
  });

  /** Held back for the burner and for the services that redistribute. */
  async function readSlashed(strategy: Address): Promise<bigint> {
    const { services } = chain;
    const recipients: readonly Address[] = [BURNER, services.first, services.second];
    const shares = await Promise.all(
      recipients.map((recipient) =>
        chain.read<bigint>('StrategyManager', 'slashedShares', [strategy, recipient]),
      ),
    );
    return sumOf(shares);
  }
});
