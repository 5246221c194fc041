/**
 * Renzo's withdrawal queue. A request pays what was worked out when it was made, or what its ezETH is worth when it is
 * claimed, whichever is less. It can be claimed when its cool-down is over and, where the buffer did not cover it,
 * when the queue has been filled up to it.
 *
 * Rounds: how many; each of them, the cool-down and the risk oracle; how far the queue is filled.
 */
import { encodeAbiParameters, keccak256, parseAbiParameters } from 'viem';
import { toEvmAddress, type EvmAddress } from '../../../shared/domain/address.ts';
import type { RequestList, WithdrawalRequest } from '../../../shared/domain/observation.ts';
import { askNamed, type ReadContext } from './context.ts';
import { checkCount, countOf, indicesOf, makeList, nameToken } from './requests.ts';
import { ask, forEach, give, together, type Reader } from './rounds.ts';
import { defineView, mapOutcome, mayLack, withCheck, type Outcome } from './view.ts';

const getOutstandingWithdrawRequests = defineView(
  'function getOutstandingWithdrawRequests(address user) view returns (uint256)',
);
const withdrawRequests = defineView(
  'function withdrawRequests(address user, uint256 index) view returns (address collateralToken, uint256 withdrawRequestID, uint256 amountToRedeem, uint256 ezETHLocked, uint256 createdAt)',
);
const coolDownPeriod = defineView('function coolDownPeriod() view returns (uint256)');
const riskOracleMiddleware = defineView('function riskOracleMiddleware() view returns (address)');
const withdrawCooldownPeriod = defineView('function withdrawCooldownPeriod() view returns (uint256)');
const withdrawQueued = defineView(
  'function withdrawQueued(bytes32 withdrawHash) view returns (bool queued, uint256 fillAt)',
);
const ethWithdrawQueue = defineView(
  'function ethWithdrawQueue() view returns (uint256 queuedWithdrawToFill, uint256 queuedWithdrawFilled)',
);
const erc20WithdrawQueue = defineView(
  'function erc20WithdrawQueue(address asset) view returns (uint256 queuedWithdrawToFill, uint256 queuedWithdrawFilled)',
);

const QUEUE = 'RenzoWithdrawQueue';
const GIVEN = 'ezETH';
/** A cool-down of more than a year is no cool-down. */
const LONGEST_WAIT = 366n * 86_400n;

type Request = readonly [token: string, id: bigint, pays: bigint, locked: bigint, createdAt: bigint];

export function* readRenzoRequests(context: ReadContext, owner: EvmAddress): Reader<RequestList> {
  const count = yield* askNamed(context, QUEUE, (target) =>
    withCheck(getOutstandingWithdrawRequests(target, owner), checkCount),
  );
  if (!count.ok || count.value === 0n) return makeList(GIVEN, count);
  const [entries, wait] = yield* together([
    forEach(indicesOf(count.value), (index) => readRequest(context, owner, index)),
    readWait(context),
  ]);
  return makeList(
    GIVEN,
    countOf(
      entries.map(({ asked }) => asked),
      count,
    ),
    entries.flatMap(({ asked, isFilled }) => {
      if (!asked.ok) return [];
      const [token, id, , , createdAt] = asked.value;
      const at = mapOutcome(wait, (seconds) => createdAt + seconds);
      const isOver = at.ok && at.value <= BigInt(context.block.time);
      const isPaid = isFilled.ok && isFilled.value;
      return {
        id,
        stage: isOver && isPaid ? 'claimable' : 'requested',
        given: mapOutcome(asked, ([, , , locked]) => locked),
        paidIn: nameToken(context, toEvmAddress(token)),
        pays: mapOutcome(asked, ([, , pays]) => pays),
        isFixed: false,
        paysToday: null,
        // With the cool-down over, it waits for the queue to be filled, and nobody says for how long.
        claimableFrom: isOver && !isPaid ? null : { unit: 'second', at },
      } satisfies WithdrawalRequest;
    }),
  );
}

function* readRequest(context: ReadContext, owner: EvmAddress, index: bigint) {
  const asked = yield* askNamed(context, QUEUE, (target) =>
    withCheck(withdrawRequests(target, owner, index), (request) => checkRequest(request, context.block.time)),
  );
  return { asked, isFilled: asked.ok ? yield* readIsFilled(context, owner, asked.value) : asked };
}

/** Whether the queue is filled up to the request; one that the buffer covered was never queued. */
function* readIsFilled(context: ReadContext, owner: EvmAddress, request: Request): Reader<Outcome<boolean>> {
  const [token] = request;
  const isEth = nameToken(context, toEvmAddress(token)).instrument === 'ETH';
  const hash = keccak256(
    encodeAbiParameters(
      parseAbiParameters('(address, uint256, uint256, uint256, uint256), address'),
      // A tuple of a call that was decoded as exactly these types.
      [request as readonly [`0x${string}`, bigint, bigint, bigint, bigint], owner],
    ),
  );
  const [place, queue] = yield* together([
    askNamed(context, QUEUE, (target) => withdrawQueued(target, hash)),
    askNamed(context, QUEUE, (target) =>
      // Both answer alike.
      isEth ? ethWithdrawQueue(target) : erc20WithdrawQueue(target, toEvmAddress(token)),
    ),
  ]);
  if (!place.ok) return place;
  const [isQueued, fillAt] = place.value;
  return isQueued ? mapOutcome(queue, ([, filled]) => filled >= fillAt) : mapOutcome(place, () => true);
}

/** The longer of the queue's cool-down and of the risk oracle's, which not every version of the queue has. */
function* readWait(context: ReadContext): Reader<Outcome<bigint>> {
  const [own, oracle] = yield* together([
    askNamed(context, QUEUE, (target) => withCheck(coolDownPeriod(target), checkWait)),
    askNamed(context, QUEUE, (target) => mayLack(riskOracleMiddleware(target))),
  ]);
  const longer = oracle.ok
    ? yield* ask(
        withCheck(
          withdrawCooldownPeriod({ contract: 'RiskOracleMiddleware', address: toEvmAddress(oracle.value) }),
          checkWait,
        ),
      )
    : yield* give(oracle.code === 'reverted' ? null : oracle);
  if (longer === null || !own.ok) return own;
  return longer.ok && longer.value <= own.value ? own : longer;
}

function checkWait(seconds: bigint): string | null {
  return seconds > LONGEST_WAIT ? `a cool-down of ${seconds} seconds` : null;
}

function checkRequest([, , pays, locked, createdAt]: Request, now: number): string | null {
  if (pays === 0n || locked === 0n) return 'a request of nothing';
  return createdAt > BigInt(now) ? `a request made in the future (${createdAt})` : null;
}
