/** What is on its way out of a Symbiotic vault. */
import { shortenAddress, toEvmAddress, type EvmAddress } from '../../../shared/domain/address.ts';
import type { Reading, VaultAccount } from '../../../shared/domain/observation.ts';
import type { ReadContext } from './context.ts';
import { ask, forEach, together, type Reader } from './rounds.ts';
import { defineView, fail, mapOutcome, withCheck, type Outcome, type Target } from './view.ts';

const currentEpoch = defineView('function currentEpoch() view returns (uint256)');
const currentEpochStart = defineView('function currentEpochStart() view returns (uint48)');
const epochDuration = defineView('function epochDuration() view returns (uint48)');
const withdrawalsOf = defineView(
  'function withdrawalsOf(uint256 epoch, address account) view returns (uint256)',
);
const isWithdrawalsClaimed = defineView(
  'function isWithdrawalsClaimed(uint256 epoch, address account) view returns (bool)',
);
const withdrawalQueue = defineView('function withdrawalQueue() view returns (address)');
const balanceOf = defineView('function balanceOf(address owner) view returns (uint256)');

type Entry = VaultAccount['queued'][number];

/** Of one address. */
export interface Leaving {
  readonly read: Reading;
  readonly entries: readonly Entry[];
}

export interface Withdrawals {
  /** When what is asked back in this block could be claimed, a Unix second; null where no view says so. */
  readonly earliest: Reading | null;
  /** In the order of the addresses. */
  readonly leaving: readonly Leaving[];
}

/** Epochs before this one that are asked for what was not claimed: no view lists them. */
const PAST_EPOCHS = 16n;
/** A year of seconds: the longest that the factory's checks and the vetoes leave sense in. */
const LONGEST_EPOCH = 31_536_000;

interface Epochs {
  readonly current: bigint;
  /** Unix second. */
  readonly start: bigint;
  readonly duration: bigint;
}

/** First version: withdrawals by epoch. Of the epochs that are over, the last {@link PAST_EPOCHS}. */
export function* readEpochs(
  context: ReadContext,
  target: Target,
  owners: readonly EvmAddress[],
): Reader<Withdrawals> {
  const { time } = context.block;
  const [current, start, duration] = yield* together([
    // No epoch is shorter than a second.
    ask(
      withCheck(currentEpoch(target), (epoch) =>
        epoch > BigInt(time) ? `an epoch of number ${epoch}` : null,
      ),
    ),
    ask(
      withCheck(currentEpochStart(target), (second) =>
        second > time ? `an epoch that begins at ${second}, which is to come` : null,
      ),
    ),
    ask(
      withCheck(epochDuration(target), (seconds) =>
        seconds === 0 || seconds > LONGEST_EPOCH ? `epochs of ${seconds} seconds` : null,
      ),
    ),
  ]);
  if (!current.ok || !start.ok || !duration.ok) {
    const failed = [current, start, duration].find(({ ok }) => !ok) ?? current;
    const read = mapOutcome<unknown, bigint>(failed, () => 0n);
    return { earliest: read, leaving: owners.map(() => ({ read, entries: [] })) };
  }
  const epochs = {
    current: current.value,
    start: BigInt(start.value),
    duration: BigInt(duration.value),
  };
  const leaving = yield* forEach(owners, (owner) => readOwner(target, owner, epochs, start));
  return { earliest: dateOf(epochs, epochs.current + 1n, start), leaving };
}

function* readOwner(
  target: Target,
  owner: EvmAddress,
  epochs: Epochs,
  start: Outcome<number>,
): Reader<Leaving> {
  const { current } = epochs;
  const first = current > PAST_EPOCHS ? current - PAST_EPOCHS : 0n;
  const asked = Array.from({ length: Number(current + 2n - first) }, (_, index) => first + BigInt(index));
  const entries = yield* forEach(asked, function* (epoch): Reader<readonly [Outcome<bigint>, Entry | null]> {
    const amount = yield* ask(withdrawalsOf(target, epoch, owner));
    if (!amount.ok || amount.value === 0n) return [amount, null];
    const entry = { vault: target.address, id: epoch, amount, claimableFrom: dateOf(epochs, epoch, start) };
    if (epoch >= current) return [amount, entry];
    // What was claimed is still told as if it were there.
    const isClaimed = yield* ask(isWithdrawalsClaimed(target, epoch, owner));
    if (!isClaimed.ok) return [amount, { ...entry, amount: mapOutcome(isClaimed, () => 0n) }];
    return [amount, isClaimed.value ? null : entry];
  });
  const failed = entries.find(([amount]) => !amount.ok)?.[0];
  return {
    read: failed ?? mapOutcome(start, () => BigInt(entries.length)),
    entries: entries.flatMap(([, entry]) => entry ?? []),
  };
}

/** When what belongs to an epoch can be claimed: in the first second after it. */
function dateOf({ current, start, duration }: Epochs, epoch: bigint, read: Outcome<number>): Reading {
  return mapOutcome(read, () => start + (epoch + 1n - current) * duration);
}

/** Second version: how many withdrawals an address has, and nothing of any. */
export function* readQueue(
  context: ReadContext,
  target: Target,
  owners: readonly EvmAddress[],
): Reader<Withdrawals> {
  const found = yield* ask(withdrawalQueue(target));
  if (!found.ok) {
    const read = mapOutcome(found, () => 0n);
    return { earliest: null, leaving: owners.map(() => ({ read, entries: [] })) };
  }
  const queue: Target = { contract: 'WithdrawalQueue', address: toEvmAddress(found.value) };
  const leaving = yield* forEach(owners, function* (owner): Reader<Leaving> {
    const read = yield* ask(balanceOf(queue, owner));
    if (!read.ok || read.value === 0n) return { read, entries: [] };
    context.notices.addUnreadable('WithdrawalQueue', [`the vault ${shortenAddress(target.address)}`]);
    const hidden = fail(read, 'not-visible', `${read.value} withdrawals that no view lists`);
    const entry = { vault: target.address, id: 0n, amount: hidden, claimableFrom: hidden };
    return { read, entries: [entry] };
  });
  return { earliest: null, leaving };
}
