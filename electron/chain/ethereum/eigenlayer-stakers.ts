/** One account in EigenLayer: its deposits and its queued withdrawals, which stay slashable while they wait. */
import { BEACON_CHAIN_STRATEGY, toEvmAddress, type EvmAddress } from '../../../shared/domain/address.ts';
import type {
  AccountObservation,
  DelegationReading,
  QueuedEntry,
  QueuedWithdrawal,
  Reading,
  RestakedDeposit,
  RewardsObservation,
} from '../../../shared/domain/observation.ts';
import { askNamed, type ReadContext } from './context.ts';
import {
  beaconChainSlashingFactor,
  checkFraction,
  delegatedTo,
  depositScalingFactor,
  getDepositedShares,
  getQueuedWithdrawals,
  getWithdrawableShares,
  minWithdrawalDelayBlocks,
  toAddressOrNull,
} from './eigenlayer-views.ts';
import { readPodDetail, readPodOwner, readRewards, type PodOwner } from './eigenlayer-native.ts';
import { readUnderlying } from './eigenlayer-strategies.ts';
import { forEach, give, together, type Reader } from './rounds.ts';
import { mapOutcome, withCheck, type Outcome } from './view.ts';

interface Deposit {
  readonly strategy: EvmAddress;
  readonly depositShares: Reading;
}

interface QueuedPart {
  readonly strategy: EvmAddress;
  readonly scaledShares: Reading;
  readonly shares: Reading;
}

interface Withdrawal {
  readonly nonce: bigint;
  readonly startBlock: bigint;
  readonly delegatedTo: EvmAddress | null;
  readonly parts: readonly QueuedPart[];
}

/** What the first round tells of an account. */
export interface Staker {
  readonly address: EvmAddress;
  readonly delegatedTo: DelegationReading;
  readonly depositsRead: Reading;
  readonly deposits: readonly Deposit[];
  readonly queuedRead: Reading;
  readonly withdrawals: readonly Withdrawal[];
  readonly delay: Outcome<number>;
  readonly pod: PodOwner | null;
  readonly rewards: RewardsObservation | null;
  /** Every strategy with shares, and the operator whose slashing reaches them; null where that is nobody's. */
  readonly holdings: readonly { readonly operator: EvmAddress | null; readonly strategy: EvmAddress }[];
}

type QueueAnswer = readonly [
  readonly {
    readonly delegatedTo: string;
    readonly nonce: bigint;
    readonly startBlock: number;
    readonly strategies: readonly string[];
    readonly scaledShares: readonly bigint[];
  }[],
  readonly (readonly bigint[])[],
];

export function* readStaker(context: ReadContext, address: EvmAddress): Reader<Staker> {
  const [delegation, deposited, queued, delay, pod, rewards] = yield* together([
    askNamed(context, 'DelegationManager', (target) => delegatedTo(target, address)),
    askNamed(context, 'DelegationManager', (target) =>
      withCheck(getDepositedShares(target, address), ([strategies, shares]) =>
        checkLengths(strategies, shares),
      ),
    ),
    askNamed(context, 'DelegationManager', (target) =>
      withCheck(getQueuedWithdrawals(target, address), checkQueue),
    ),
    askNamed(context, 'DelegationManager', (target) => minWithdrawalDelayBlocks(target)),
    readPodOwner(context, address),
    readRewards(context, address),
  ]);
  const deposits = listDeposits(deposited);
  const withdrawals = listWithdrawals(queued);
  const operator = delegation.ok ? toAddressOrNull(delegation.value) : null;
  return {
    address,
    delegatedTo: mapOutcome(delegation, toAddressOrNull),
    depositsRead: mapOutcome(deposited, ([strategies]) => BigInt(strategies.length)),
    deposits,
    queuedRead: mapOutcome(queued, ([list]) => BigInt(list.length)),
    withdrawals,
    delay,
    pod,
    rewards,
    holdings: [
      ...deposits.map(({ strategy }) => ({ operator, strategy })),
      ...withdrawals.flatMap((withdrawal) =>
        withdrawal.parts.map(({ strategy }) => ({ operator: withdrawal.delegatedTo, strategy })),
      ),
    ],
  };
}

/** The second and third round of an account: what stands behind the entries of its lists. */
export function* readHoldings(
  context: ReadContext,
  staker: Staker,
): Reader<AccountObservation['eigenlayer']> {
  const strategies = staker.deposits.map(({ strategy }) => strategy);
  const [deposits, queued, pod] = yield* together([
    forEach(staker.deposits, (deposit) => readDeposit(context, staker.address, strategies, deposit)),
    forEach(staker.withdrawals, (withdrawal) => readWithdrawal(context, staker, withdrawal)),
    readPodDetail(context, staker.pod),
  ]);
  const { delegatedTo: delegation, depositsRead, queuedRead } = staker;
  return {
    delegatedTo: delegation,
    depositsRead,
    deposits,
    queuedRead,
    queued,
    ...(pod === null ? {} : { pod }),
    ...(staker.rewards === null ? {} : { rewards: staker.rewards }),
  };
}

function* readDeposit(
  context: ReadContext,
  staker: EvmAddress,
  strategies: readonly EvmAddress[],
  { strategy, depositShares }: Deposit,
): Reader<RestakedDeposit> {
  const [withdrawableShares, scalingFactor, beaconFactor] = yield* together([
    readWithdrawable(context, staker, strategies, strategy),
    askNamed(context, 'DelegationManager', (target) =>
      withCheck(depositScalingFactor(target, staker, strategy), (value) =>
        value === 0n ? 'a scaling factor of zero' : null,
      ),
    ),
    readBeaconFactor(context, staker, strategy),
  ]);
  const underlying = yield* readUnderlying(strategy, withdrawableShares);
  return {
    strategy,
    depositShares,
    withdrawableShares,
    depositScalingFactor: scalingFactor,
    beaconFactor,
    underlying,
  };
}

/** The shares in one of the strategies a staker has deposits in; all are asked for at once. */
export function* readWithdrawable(
  context: ReadContext,
  staker: EvmAddress,
  strategies: readonly EvmAddress[],
  strategy: EvmAddress,
): Reader<Reading> {
  const all = yield* askNamed(context, 'DelegationManager', (target) =>
    withCheck(getWithdrawableShares(target, staker, strategies), ([withdrawable]) =>
      checkLengths(withdrawable, strategies),
    ),
  );
  return mapOutcome(all, ([shares]) => elementAt(shares, strategies.indexOf(strategy)));
}

function* readWithdrawal(
  context: ReadContext,
  { address, delay }: Staker,
  withdrawal: Withdrawal,
): Reader<QueuedWithdrawal> {
  const { nonce, startBlock, delegatedTo: operator, parts } = withdrawal;
  const entries = yield* forEach(parts, function* ({ strategy, scaledShares, shares }): Reader<QueuedEntry> {
    const [beaconFactor, underlying] = yield* together([
      readBeaconFactor(context, address, strategy),
      readUnderlying(strategy, shares),
    ]);
    return { strategy, scaledShares, shares, beaconFactor, underlying };
  });
  // Completable once block.number > startBlock + delay (DelegationManager._completeQueuedWithdrawal).
  const completableBlock = mapOutcome(delay, (blocks) => startBlock + BigInt(blocks) + 1n);
  return { nonce, startBlock, completableBlock, delegatedTo: operator, entries };
}

function readBeaconFactor(
  context: ReadContext,
  staker: EvmAddress,
  strategy: EvmAddress,
): Reader<Reading | null> {
  if (strategy !== BEACON_CHAIN_STRATEGY) return give(null);
  return askNamed(context, 'EigenPodManager', (target) =>
    withCheck(beaconChainSlashingFactor(target, staker), checkFraction),
  );
}

function listDeposits(
  deposited: Outcome<readonly [readonly string[], readonly bigint[]]>,
): readonly Deposit[] {
  if (!deposited.ok) return [];
  return deposited.value[0].map((strategy, index) => ({
    strategy: toEvmAddress(strategy),
    depositShares: mapOutcome(deposited, ([, shares]) => elementAt(shares, index)),
  }));
}

function listWithdrawals(queued: Outcome<QueueAnswer>): readonly Withdrawal[] {
  if (!queued.ok) return [];
  return queued.value[0].map(
    ({ nonce, startBlock, delegatedTo: operator, strategies, scaledShares }, which) => ({
      nonce,
      startBlock: BigInt(startBlock),
      delegatedTo: toAddressOrNull(operator),
      parts: strategies.map((strategy, index) => ({
        strategy: toEvmAddress(strategy),
        scaledShares: mapOutcome(queued, () => elementAt(scaledShares, index)),
        shares: mapOutcome(queued, ([, shares]) => elementAt(elementAt(shares, which), index)),
      })),
    }),
  );
}

function checkQueue([withdrawals, shares]: QueueAnswer): string | null {
  if (withdrawals.length !== shares.length) return checkLengths(withdrawals, shares);
  const problems = withdrawals.map(
    ({ strategies, scaledShares }, index) =>
      checkLengths(strategies, scaledShares) ?? checkLengths(strategies, shares[index] ?? []),
  );
  return problems.find((problem) => problem !== null) ?? null;
}

function checkLengths(a: readonly unknown[], b: readonly unknown[]): string | null {
  return a.length === b.length ? null : `lists of ${a.length} and ${b.length} entries that belong together`;
}

/** For lists whose lengths a check of the call has compared. */
function elementAt<T>(list: readonly T[], index: number): T {
  const element = list[index];
  if (element === undefined) throw new Error('lists of a checked answer have the same length');
  return element;
}
