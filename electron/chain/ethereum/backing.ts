/** Who restakes for a token: what a protocol declares of it, and which of the declared tokens are worth asking for. */
import { toEvmAddress, ZERO_ADDRESS, type EvmAddress } from '../../../shared/domain/address.ts';
import type { ContractName } from '../../../shared/domain/network.ts';
import { targetOf, type ReadContext } from './context.ts';
import { forEach, give, type Reader } from './rounds.ts';
import type { TrailKind } from './trails.ts';
import type { TokenProtocol } from './token-protocol.ts';
import type { Outcome } from './view.ts';

export interface BackingDeclaration {
  /** The token; its supply times its rate is what its stakers can at most be holding. */
  readonly token: ContractName;
  /** Tokens that are shares of it, so that the same stands behind them. */
  readonly wrappers?: readonly ContractName[];
  /** Which contract tells the stakers: nothing is asked where the network file has none. */
  readonly contract: ContractName;
  /** A contract of the protocol's whose ETH waits to be restaked. */
  readonly idle: ContractName;
  /** Events that tell of the stakers; left out where views do. */
  readonly trail?: TrailKind;
  /** One round: the later ones are needed for what is behind the list. */
  readonly readStakers: (context: ReadContext) => Reader<StakerList>;
}

/** The contracts that restake for a token. */
export interface StakerList {
  readonly stakers: readonly EvmAddress[];
  /** Why it is not the whole list; null where it is. */
  readonly gap: string | null;
}

/** A token that somebody watched holds, and who restakes for it. */
export interface Pool extends StakerList {
  readonly declaration: BackingDeclaration;
}

/** More would make a refresh as large as a node wishes. */
const MOST_STAKERS = 1024;

/** A list per protocol that declares one. It costs a round less to ask before it is known who holds what. */
export function* readPools(context: ReadContext, protocols: readonly TokenProtocol[]): Reader<Pool[]> {
  const declared = protocols.flatMap(({ backing }) => backing ?? []);
  return yield* forEach(declared, function* (declaration): Reader<Pool> {
    const isNamed = targetOf(context.network, declaration.contract) !== null;
    const { stakers, gap } = yield* isNamed ? declaration.readStakers(context) : give(NO_LIST);
    return { declaration, ...cutList([...new Set(stakers)], gap) };
  });
}

const NO_LIST: StakerList = { stakers: [], gap: 'the network file does not name who lists them' };

function cutList(stakers: readonly EvmAddress[], gap: string | null): StakerList {
  const present = stakers.filter((staker) => staker !== ZERO_ADDRESS);
  if (present.length <= MOST_STAKERS) return { stakers: present, gap };
  return {
    stakers: present.slice(0, MOST_STAKERS),
    gap: `only ${MOST_STAKERS} of ${present.length} contracts were asked`,
  };
}

/** The tokens of which some account holds any. */
export function selectHeld(
  pools: readonly Pool[],
  balances: readonly { readonly instrument: string; readonly amount: Outcome<bigint> }[],
): Pool[] {
  const held = new Set(
    balances.filter(({ amount }) => amount.ok && amount.value > 0n).map(({ instrument }) => instrument),
  );
  return pools.filter(({ declaration }) => tokensOf(declaration).some((token) => held.has(token)));
}

export function tokensOf({ token, wrappers = [] }: BackingDeclaration): readonly ContractName[] {
  return [token, ...wrappers];
}

/**
 * A list that a count and numbered views make up. `guesses` are the answers to the first numbers, asked in the same
 * round as the count; those that count are known afterwards.
 */
export function joinGuesses(count: Outcome<bigint>, guesses: readonly Outcome<string>[]): StakerList {
  if (!count.ok) return unreadableList(count.detail);
  const counted = guesses.filter((_, index) => BigInt(index) < count.value);
  const stakers = counted.flatMap((guess) => (guess.ok ? [toEvmAddress(guess.value)] : []));
  const isWhole = BigInt(stakers.length) === count.value;
  return { stakers, gap: isWhole ? null : `only ${stakers.length} of ${count.value} contracts were asked` };
}

export function unreadableList(detail: string): StakerList {
  return { stakers: [], gap: `the list of contracts could not be read: ${detail}` };
}
