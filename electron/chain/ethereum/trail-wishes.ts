/** Which events a reading has to go on with: those about its accounts, and those behind the tokens they hold. */
import type { EvmAddress } from '../../../shared/domain/address.ts';
import { tokensOf } from './backing.ts';
import { targetOf, type ReadContext } from './context.ts';
import { ask, forEach, type Reader } from './rounds.ts';
import { balanceOf, type TokenProtocol } from './token-protocol.ts';
import type { TrailKind } from './trails.ts';

export interface TrailWish {
  readonly kind: TrailKind;
  readonly subjects: readonly EvmAddress[];
}

/**
 * One round at most: the issuers of tokens that nobody holds are not looked into, because the first look at their events may
 * take many requests.
 */
export function* listTrailWishes(
  context: ReadContext,
  protocols: readonly TokenProtocol[],
  addresses: readonly EvmAddress[],
): Reader<TrailWish[]> {
  const ofAccounts = protocols.flatMap(({ requests }) =>
    requests?.kind === 'by-events' ? [{ kind: requests.trail, subjects: addresses }] : [],
  );
  const declared = protocols
    .flatMap(({ backing }) => backing ?? [])
    .filter(({ trail, contract }) => trail !== undefined && targetOf(context.network, contract) !== null);
  const ofPools = yield* forEach(declared, function* (declaration): Reader<TrailWish[]> {
    const targets = tokensOf(declaration).flatMap((token) => targetOf(context.network, token) ?? []);
    const balances = yield* forEach(targets, (target) =>
      forEach(addresses, (address) => ask(balanceOf(target, address))),
    );
    const isHeld = balances.flat().some((balance) => balance.ok && balance.value > 0n);
    return isHeld && declaration.trail ? [{ kind: declaration.trail, subjects: [] }] : [];
  });
  return [...ofAccounts, ...ofPools.flat()];
}
