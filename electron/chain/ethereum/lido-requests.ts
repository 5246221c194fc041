/**
 * Lido's withdrawal queue. A request pays the stETH given up, or what its shares are worth when it is finalised,
 * whichever is less: it earns nothing more and can still lose. Once finalised, a checkpoint settles what it pays, and
 * it can be claimed at once. No view says when that will be.
 *
 * Rounds: the ids and the newest checkpoint; states and checkpoints; what each pays.
 */
import type { EvmAddress } from '../../../shared/domain/address.ts';
import type { RequestList, WithdrawalRequest } from '../../../shared/domain/observation.ts';
import { askNamed, type ReadContext } from './context.ts';
import { checkCount, countOf, makeList } from './requests.ts';
import { forEach, give, together, type Reader } from './rounds.ts';
import { defineView, fail, mapOutcome, withCheck, type Outcome } from './view.ts';

const getWithdrawalRequests = defineView(
  'function getWithdrawalRequests(address owner) view returns (uint256[] requestIds)',
);
const getWithdrawalStatus = defineView(
  'function getWithdrawalStatus(uint256[] requestIds) view returns ((uint256 amountOfStETH, uint256 amountOfShares, address owner, uint256 timestamp, bool isFinalized, bool isClaimed)[] statuses)',
);
const getLastCheckpointIndex = defineView('function getLastCheckpointIndex() view returns (uint256)');
const findCheckpointHints = defineView(
  'function findCheckpointHints(uint256[] requestIds, uint256 firstIndex, uint256 lastIndex) view returns (uint256[] hintIds)',
);
const getClaimableEther = defineView(
  'function getClaimableEther(uint256[] requestIds, uint256[] hints) view returns (uint256[] claimableEthValues)',
);
const getPooledEthByShares = defineView(
  'function getPooledEthByShares(uint256 shares) view returns (uint256)',
);

const QUEUE = 'LidoWithdrawalQueue';
const GIVEN = 'stETH';

interface Status {
  readonly amountOfStETH: bigint;
  readonly amountOfShares: bigint;
  readonly owner: string;
  readonly isFinalized: boolean;
  readonly isClaimed: boolean;
}

export function* readLidoRequests(context: ReadContext, owner: EvmAddress): Reader<RequestList> {
  const [ids, checkpoint] = yield* together([
    askNamed(context, QUEUE, (target) => withCheck(getWithdrawalRequests(target, owner), checkIds)),
    askNamed(context, QUEUE, (target) => getLastCheckpointIndex(target)),
  ]);
  const count = mapOutcome(ids, (list) => BigInt(list.length));
  if (!ids.ok || ids.value.length === 0) return makeList(GIVEN, count);
  // The queue keeps them in no particular order, and finds checkpoints only for ascending ids.
  const ascending = ids.value.toSorted((a, b) => (a < b ? -1 : 1));
  const [statuses, hints] = yield* together([
    askNamed(context, QUEUE, (target) =>
      withCheck(getWithdrawalStatus(target, ascending), (list) => checkStatuses(list, ascending, owner)),
    ),
    readHints(context, ascending, checkpoint),
  ]);
  if (!statuses.ok) return makeList(GIVEN, countOf([statuses], count));
  const entries = ascending.map((id, index) => ({ id, status: elementAt(statuses.value, index), index }));
  const settled = entries.filter(({ status }) => status.isFinalized);
  const [claimable, today] = yield* together([
    readClaimable(context, settled, hints),
    forEach(entries, ({ status }) =>
      status.isFinalized
        ? give(null)
        : askNamed(context, GIVEN, (target) => getPooledEthByShares(target, status.amountOfShares)),
    ),
  ]);
  const requests = entries.map(({ id, status, index }): WithdrawalRequest => {
    const given = mapOutcome(statuses, () => status.amountOfStETH);
    const place = settled.findIndex((entry) => entry.id === id);
    return {
      id,
      stage: status.isFinalized ? 'claimable' : 'requested',
      given,
      paidIn: { instrument: 'ETH', token: null },
      pays: status.isFinalized ? mapOutcome(claimable, (values) => elementAt(values, place)) : given,
      isFixed: status.isFinalized,
      paysToday: today[index] ?? null,
      claimableFrom: null,
    };
  });
  return makeList(GIVEN, count, requests);
}

/** The checkpoint of each request, zero for those that have none yet. */
function* readHints(
  context: ReadContext,
  ids: readonly bigint[],
  checkpoint: Outcome<bigint>,
): Reader<Outcome<readonly bigint[]>> {
  if (!checkpoint.ok) return checkpoint;
  // Before the first checkpoint nothing is finalised.
  if (checkpoint.value === 0n) return mapOutcome(checkpoint, () => ids.map(() => 0n));
  return yield* askNamed(context, QUEUE, (target) =>
    withCheck(findCheckpointHints(target, ids, 1n, checkpoint.value), (list) =>
      list.length === ids.length ? null : `${list.length} checkpoints for ${ids.length} requests`,
    ),
  );
}

function* readClaimable(
  context: ReadContext,
  settled: readonly { readonly id: bigint; readonly status: Status; readonly index: number }[],
  hints: Outcome<readonly bigint[]>,
): Reader<Outcome<readonly bigint[]>> {
  if (!hints.ok || settled.length === 0) return hints;
  const known = settled.map(({ index }) => elementAt(hints.value, index));
  if (known.includes(0n)) {
    const odd = fail(hints, 'absurd', 'a finalised request without a checkpoint');
    context.notices.addFailure(odd);
    return odd;
  }
  const ids = settled.map(({ id }) => id);
  return yield* askNamed(context, QUEUE, (target) =>
    withCheck(getClaimableEther(target, ids, known), (values) => {
      if (values.length !== ids.length) return `${values.length} amounts for ${ids.length} requests`;
      const isOdd = values.some(
        (value, at) => value === 0n || value > elementAt(settled, at).status.amountOfStETH,
      );
      return isOdd ? 'a finalised request that pays nothing, or more than was asked' : null;
    }),
  );
}

function checkIds(ids: readonly bigint[]): string | null {
  if (new Set(ids).size !== ids.length || ids.includes(0n)) return 'request numbers that are none';
  return checkCount(BigInt(ids.length));
}

function checkStatuses(list: readonly Status[], ids: readonly bigint[], owner: EvmAddress): string | null {
  if (list.length !== ids.length) return `${list.length} states for ${ids.length} requests`;
  if (list.some((status) => status.owner.toLowerCase() !== owner.toLowerCase()))
    return 'a request of another';
  if (list.some(({ isClaimed }) => isClaimed)) return 'a request that was claimed already';
  return list.some(({ amountOfStETH }) => amountOfStETH === 0n) ? 'a request of nothing' : null;
}

/** For lists whose lengths a check of the call has compared. */
function elementAt<T>(list: readonly T[], index: number): T {
  const element = list[index];
  if (element === undefined) throw new Error('lists of a checked answer have the same length');
  return element;
}
