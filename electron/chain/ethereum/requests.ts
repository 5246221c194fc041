/** Withdrawal requests of the issuers of tokens: what a protocol declares of them, and what every reader checks. */
import { toEvmAddress, type EvmAddress } from '../../../shared/domain/address.ts';
import type { RequestList, WithdrawalRequest } from '../../../shared/domain/observation.ts';
import type { ContractName } from '../../../shared/domain/network.ts';
import { targetOf, type ReadContext } from './context.ts';
import { findTokenName } from './find-token.ts';
import { forEach, type Reader } from './rounds.ts';
import type { TrailKind } from './trails.ts';
import type { TokenProtocol } from './token-protocol.ts';
import { mapOutcome, type Outcome } from './view.ts';

export type RequestDeclaration =
  | {
      readonly kind: 'by-owner';
      readonly read: (context: ReadContext, owner: EvmAddress) => Reader<RequestList>;
    }
  /** Events tell which requests an account was given; where they are not all read, the rest is out of sight. */
  | {
      readonly kind: 'by-events';
      readonly contract: ContractName;
      readonly trail: TrailKind;
      readonly read: (context: ReadContext, owner: EvmAddress) => Reader<RequestList>;
    }
  /** No view finds a request from its owner: only logs do. `contract`: where the requests are. */
  | { readonly kind: 'not-readable'; readonly contract: string };

/** How protocols write ETH where a token's address is expected. */
const NATIVE = toEvmAddress('0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE');
/** More of one account in one list is nobody's, and would make a refresh as large as somebody wishes. */
const MOST_REQUESTS = 256n;

/** A list per protocol whose requests can be found from the owner, for each address in their order. */
export function* readRequests(
  context: ReadContext,
  protocols: readonly TokenProtocol[],
  addresses: readonly EvmAddress[],
): Reader<RequestList[][]> {
  const readable = protocols.flatMap(({ requests }) =>
    requests && requests.kind !== 'not-readable' ? [requests] : [],
  );
  return yield* forEach(addresses, (owner) => forEach(readable, ({ read }) => read(context, owner)));
}

/** Says once of each protocol whose tokens somebody holds that its requests are out of sight. */
export function noteUnreadable(
  { network, notices, trailGaps }: ReadContext,
  protocols: readonly TokenProtocol[],
  balances: readonly { readonly instrument: string; readonly amount: Outcome<bigint> }[],
): void {
  const held = new Set(
    balances.filter(({ amount }) => amount.ok && amount.value > 0n).map(({ instrument }) => instrument),
  );
  for (const { requests, tokens } of protocols) {
    if (requests === undefined || requests.kind === 'by-owner') continue;
    const isFollowed = requests.kind === 'by-events' && targetOf(network, requests.contract) !== null;
    const gap = requests.kind === 'by-events' ? trailGaps.get(requests.trail.id) : undefined;
    if (isFollowed && gap === undefined) continue;
    const names = tokens.filter((token) => held.has(token) && targetOf(network, token) !== null);
    if (names.length > 0) notices.addUnreadable(requests.contract, names, gap);
  }
}

/** A list that was read whole, or could not be. */
export function makeList(
  instrument: string,
  count: Outcome<bigint>,
  requests: readonly WithdrawalRequest[] = [],
): RequestList {
  return { instrument, read: count, requests: [...requests] };
}

/** The first outcome that failed stands for the whole list: half of one would pass for all of it. */
export function countOf(outcomes: readonly Outcome<unknown>[], whole: Outcome<bigint>): Outcome<bigint> {
  const failed = outcomes.find((outcome) => !outcome.ok);
  return failed ? mapOutcome(failed, () => 0n) : whole;
}

export function checkCount(count: bigint): string | null {
  return count > MOST_REQUESTS ? `${count} requests of one account` : null;
}

export function indicesOf(count: bigint): bigint[] {
  return Array.from({ length: Number(count) }, (_, index) => BigInt(index));
}

export function nameToken({ network }: ReadContext, token: EvmAddress): WithdrawalRequest['paidIn'] {
  if (token === NATIVE) return { instrument: 'ETH', token: null };
  const instrument = findTokenName(network, token);
  return { instrument, token: instrument === null ? token : null };
}
