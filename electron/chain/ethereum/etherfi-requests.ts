/**
 * ether.fi's withdrawal requests are tokens (ERC-721) that no view lists: events tell which an account was given, and views
 * whether it still has them. A request pays what was asked for or what its shares are worth when it is claimed, whichever
 * is less, minus the fee it was made with.
 */
import { toEventSelector } from 'viem';
import type { EvmAddress } from '../../../shared/domain/address.ts';
import type { RequestList, WithdrawalRequest } from '../../../shared/domain/observation.ts';
import { mulDivFloor, WAD } from '../../../shared/domain/units.ts';
import { askNamed, type ReadContext } from './context.ts';
import { makeList } from './requests.ts';
import { forEach, together, type Reader } from './rounds.ts';
import { findTrail, type TrailKind } from './trails.ts';
import { defineView, fail, mapOutcome, mayLack, withCheck, type Outcome } from './view.ts';

const ownerOf = defineView('function ownerOf(uint256 tokenId) view returns (address)');
const getRequest = defineView(
  'function getRequest(uint256 requestId) view returns ((uint96 amountOfEEth, uint96 shareOfEEth, bool isValid, uint32 feeGwei))',
);
const isFinalized = defineView('function isFinalized(uint256 requestId) view returns (bool)');
const getRate = defineView('function getRate() view returns (uint256)');

const REQUESTS = 'WithdrawRequestNFT';
const GIVEN = 'eETH';
const WEI_PER_GWEI = 10n ** 9n;
/** The last that an account was given; one that had more has them from long ago, or is no person. */
const MOST_GIVEN = 256;

/** Requests that an account was given, whether made by it or handed on. */
export const requestTrail: TrailKind = {
  id: 'etherfi-requests',
  contract: REQUESTS,
  event: toEventSelector('event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)'),
  subject: 2,
  read: ({ topics }) => (topics[3] === undefined ? null : BigInt(topics[3]).toString()),
};

export function* readEtherfiRequests(context: ReadContext, owner: EvmAddress): Reader<RequestList> {
  const found = findTrail(context.trails, requestTrail, owner)?.found ?? [];
  const ids = [...new Set(found.map(({ value }) => BigInt(value)))].slice(-MOST_GIVEN);
  const read = yield* forEach(ids, (id) => readRequest(context, owner, id));
  const requests = read.filter((request) => request !== null);
  const asked = {
    contract: REQUESTS,
    address: context.network.contracts[REQUESTS]?.address ?? '',
    call: 'Transfer',
  };
  return makeList(GIVEN, { ok: true, value: BigInt(requests.length), ...asked }, requests);
}

/** Null for one that was claimed or handed on. */
function* readRequest(context: ReadContext, owner: EvmAddress, id: bigint): Reader<WithdrawalRequest | null> {
  const [holder, request, finalised, rate] = yield* together([
    // Burned when it is claimed: there is no owner then, and the call reverts.
    askNamed(context, REQUESTS, (target) => mayLack(ownerOf(target, id))),
    askNamed(context, REQUESTS, (target) => getRequest(target, id)),
    askNamed(context, REQUESTS, (target) => isFinalized(target, id)),
    askNamed(context, 'weETH', (target) =>
      withCheck(getRate(target), (value) => (value > 0n ? null : 'a rate of zero')),
    ),
  ]);
  if (holder.ok ? holder.value.toLowerCase() !== owner.toLowerCase() : holder.code === 'reverted')
    return null;
  const isClaimable = finalised.ok && finalised.value && request.ok && request.value.isValid;
  return {
    id,
    stage: isClaimable ? 'claimable' : 'requested',
    given: mapOutcome(request, ({ amountOfEEth }) => amountOfEEth),
    paidIn: { instrument: 'ETH', token: null },
    pays: payOf(request, ({ amountOfEEth }) => amountOfEEth),
    isFixed: false,
    // A share is one weETH, whatever has become of it.
    paysToday: rate.ok
      ? payOf(request, ({ shareOfEEth }) => mulDivFloor(shareOfEEth, rate.value, WAD))
      : rate,
    claimableFrom: null,
  };
}

interface Request {
  readonly amountOfEEth: bigint;
  readonly shareOfEEth: bigint;
  readonly isValid: boolean;
  readonly feeGwei: number;
}

/** Less the fee; unknown of one that the issuer declared invalid, because nothing says whether it will pay. */
function payOf(request: Outcome<Request>, amountOf: (request: Request) => bigint): Outcome<bigint> {
  if (request.ok && !request.value.isValid) {
    return fail(request, 'not-visible', 'its issuer declared the request invalid');
  }
  return mapOutcome(request, (value) => {
    const amount = amountOf(value);
    const fee = BigInt(value.feeGwei) * WEI_PER_GWEI;
    return amount > fee ? amount - fee : 0n;
  });
}
