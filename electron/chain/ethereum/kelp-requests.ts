/**
 * Kelp's withdrawal manager. A request pays what was expected when it was made, or less, until the queue is unlocked
 * past it, which settles the amount. It can be claimed when it is unlocked and its delay is over.
 *
 * Rounds: which tokens are paid; how many requests in each; the requests, how far the queue is unlocked, the delay.
 */
import { toEvmAddress, type EvmAddress } from '../../../shared/domain/address.ts';
import type { RequestList, RequestStage, WithdrawalRequest } from '../../../shared/domain/observation.ts';
import { askNamed, type ReadContext } from './context.ts';
import { checkCount, countOf, indicesOf, makeList, nameToken } from './requests.ts';
import { forEach, together, type Reader } from './rounds.ts';
import { defineView, mapOutcome, withCheck, type Outcome } from './view.ts';

const getSupportedAssetList = defineView('function getSupportedAssetList() view returns (address[])');
/** The public getter of a double-ended queue: where it begins and ends. */
const userAssociatedNonces = defineView(
  'function userAssociatedNonces(address asset, address user) view returns (uint128 begin, uint128 end)',
);
const getUserWithdrawalRequest = defineView(
  'function getUserWithdrawalRequest(address asset, address user, uint256 index) view returns (uint256 rsETHAmount, uint256 expectedAssetAmount, uint256 withdrawalStartBlock, uint256 userNonce)',
);
const nextLockedNonce = defineView('function nextLockedNonce(address asset) view returns (uint256)');
const withdrawalDelayBlocks = defineView('function withdrawalDelayBlocks() view returns (uint256)');

const MANAGER = 'LRTWithdrawalManager';
const GIVEN = 'rsETH';
/** Tokens paid out: three today. */
const MOST_ASSETS = 16;
/** About a year: more is no delay. */
const LONGEST_DELAY = 2_700_000n;

type Request = readonly [given: bigint, pays: bigint, startBlock: bigint, nonce: bigint];
type Part = { readonly count: Outcome<bigint>; readonly requests: readonly WithdrawalRequest[] };

export function* readKelpRequests(context: ReadContext, owner: EvmAddress): Reader<RequestList> {
  const assets = yield* askNamed(context, 'LRTConfig', (target) =>
    withCheck(getSupportedAssetList(target), (list) =>
      list.length > MOST_ASSETS || new Set(list).size !== list.length
        ? `${list.length} tokens paid out`
        : null,
    ),
  );
  if (!assets.ok)
    return makeList(
      GIVEN,
      countOf(
        [assets],
        mapOutcome(assets, () => 0n),
      ),
    );
  const parts = yield* forEach(assets.value, (asset) => readAsset(context, owner, toEvmAddress(asset)));
  const requests = parts.flatMap((part) => part.requests);
  const whole = mapOutcome(assets, () => BigInt(requests.length));
  return makeList(
    GIVEN,
    countOf(
      parts.map(({ count }) => count),
      whole,
    ),
    requests,
  );
}

function* readAsset(context: ReadContext, owner: EvmAddress, asset: EvmAddress): Reader<Part> {
  const queue = yield* askNamed(context, MANAGER, (target) =>
    withCheck(userAssociatedNonces(target, asset, owner), ([begin, end]) =>
      end < begin ? 'a queue that ends before it begins' : checkCount(end - begin),
    ),
  );
  const count = mapOutcome(queue, ([begin, end]) => end - begin);
  if (!count.ok || count.value === 0n) return { count, requests: [] };
  const [asked, unlocked, delay] = yield* together([
    forEach(indicesOf(count.value), (index) =>
      askNamed(context, MANAGER, (target) =>
        withCheck(getUserWithdrawalRequest(target, asset, owner, index), (request) =>
          checkRequest(request, context.block.number),
        ),
      ),
    ),
    askNamed(context, MANAGER, (target) => nextLockedNonce(target, asset)),
    askNamed(context, MANAGER, (target) =>
      withCheck(withdrawalDelayBlocks(target), (blocks) =>
        blocks > LONGEST_DELAY ? `a delay of ${blocks} blocks` : null,
      ),
    ),
  ]);
  const requests = asked.flatMap((one): WithdrawalRequest[] => {
    if (!one.ok) return [];
    const [, , startBlock, nonce] = one.value;
    const at = mapOutcome(delay, (blocks) => startBlock + blocks);
    const isOver = at.ok && context.block.number >= at.value;
    const isUnlocked = unlocked.ok && nonce < unlocked.value;
    const stage: RequestStage = !isUnlocked ? 'requested' : isOver ? 'claimable' : 'finalised';
    return [
      {
        id: nonce,
        stage,
        given: mapOutcome(one, ([given]) => given),
        paidIn: nameToken(context, asset),
        pays: mapOutcome(one, ([, pays]) => pays),
        isFixed: isUnlocked,
        paysToday: null,
        // With the delay over, it waits for the queue, and nobody says for how long.
        claimableFrom: isOver && !isUnlocked ? null : { unit: 'block', at },
      },
    ];
  });
  return { count: countOf(asked, count), requests };
}

function checkRequest([given, pays, startBlock]: Request, block: bigint): string | null {
  if (given === 0n || pays === 0n) return 'a request of nothing';
  return startBlock > block ? `a request made in block ${startBlock}, which is to come` : null;
}
