/** What contracts hand out for tokens at once: what a protocol declares of it, and how that joins the balances. */
import type { EvmAddress } from '../../../shared/domain/address.ts';
import type { ContractName } from '../../../shared/domain/network.ts';
import type { AccountObservation, Redeemable } from '../../../shared/domain/observation.ts';
import { targetOf, type ReadContext } from './context.ts';
import { forEach, type Reader } from './rounds.ts';
import type { TokenProtocol } from './token-protocol.ts';

export interface RedeemDeclaration {
  readonly token: ContractName;
  /** Two rounds at most, beside the balances: it is asked before it is known who holds what. */
  readonly read: (context: ReadContext, owner: EvmAddress) => Reader<Redeemable>;
}

type Balances = AccountObservation['balances'];
export type RedeemableOf = ReadonlyMap<string, Redeemable>;

/** By token, for each address in their order. */
export function* readRedeemables(
  context: ReadContext,
  protocols: readonly TokenProtocol[],
  addresses: readonly EvmAddress[],
): Reader<RedeemableOf[]> {
  const declared = protocols
    .flatMap(({ redeem }) => redeem ?? [])
    .filter(({ token }) => targetOf(context.network, token) !== null);
  return yield* forEach(addresses, function* (owner): Reader<RedeemableOf> {
    return new Map(
      yield* forEach(declared, function* ({ token, read }): Reader<readonly [string, Redeemable]> {
        return [token, yield* read(context, owner)];
      }),
    );
  });
}

/** Beside the balances that are there: of nothing there is nothing to redeem. */
export function addRedeemables(balances: Balances, redeemables: RedeemableOf): Balances {
  return balances.map((balance) => {
    const redeemable = redeemables.get(balance.instrument);
    const isHeld = balance.amount.ok && balance.amount.value > 0n;
    return redeemable === undefined || !isHeld ? balance : { ...balance, redeemable };
  });
}
