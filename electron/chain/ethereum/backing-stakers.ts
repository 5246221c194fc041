/**
 * The stakers of tokens that somebody holds: whom each is delegated to and what its shares are worth, added up per
 * operator and strategy. Withdrawals that still wait are slashable like deposits, and count as such.
 *
 * Rounds after the list: what each staker has and the token's supply; withdrawable shares; their worth.
 */
import type { EvmAddress } from '../../../shared/domain/address.ts';
import type {
  Observation,
  Reading,
  StrategyObservation,
  TokenBacking,
} from '../../../shared/domain/observation.ts';
import { mulDivFloor, WAD } from '../../../shared/domain/units.ts';
import { isWorthOneEth } from '../../../shared/domain/value-rates.ts';
import { tokensOf, type Pool } from './backing.ts';
import { askNamed, targetOf, type ReadContext } from './context.ts';
import { readStaker, readWithdrawable, type Staker } from './eigenlayer-stakers.ts';
import { readUnderlying } from './eigenlayer-strategies.ts';
import { ask, forEach, give, together, type Reader } from './rounds.ts';
import { NOTHING_SEEN, shareBacking, type BackingPart } from './share-backing.ts';
import { nativeBalanceOf } from './token-protocol.ts';
import { defineView, withCheck, type Outcome } from './view.ts';

const totalSupply = defineView('function totalSupply() view returns (uint256)');

/** Rates are rounded, and some are reported once a day: this part of the total is no contradiction (1 in 10,000). */
const TOLERANCE = 10_000n;

export interface PoolStakers {
  readonly pool: Pool;
  readonly stakers: readonly Staker[];
  readonly supply: Outcome<bigint>;
  readonly idle: Outcome<bigint> | null;
}

interface Amount {
  readonly operator: EvmAddress | null;
  readonly strategy: EvmAddress;
  /** In the strategy's token. */
  readonly underlying: Reading;
}

export interface PoolAmounts extends PoolStakers {
  readonly amounts: readonly Amount[];
}

export function* readPoolStakers(context: ReadContext, pool: Pool): Reader<PoolStakers> {
  const { token, idle: idleContract } = pool.declaration;
  const idleTarget = targetOf(context.network, idleContract);
  const [stakers, supply, idle] = yield* together([
    forEach(pool.stakers, (staker) => readStaker(context, staker)),
    askNamed(context, token, (target) =>
      withCheck(totalSupply(target), (value) =>
        value === 0n ? 'a supply of zero of a token somebody holds' : null,
      ),
    ),
    idleTarget === null ? give(null) : ask(nativeBalanceOf(context, idleTarget.address)),
  ]);
  return { pool, stakers, supply, idle };
}

export function* readPoolAmounts(context: ReadContext, pool: PoolStakers): Reader<PoolAmounts> {
  const amounts = yield* forEach(pool.stakers, (staker) => readAmounts(context, staker));
  return { ...pool, amounts: amounts.flat() };
}

function* readAmounts(context: ReadContext, staker: Staker): Reader<Amount[]> {
  const { address, delegatedTo } = staker;
  const strategies = staker.deposits.map(({ strategy }) => strategy);
  const [deposits, queued] = yield* together([
    // With whom they stand is not known where the delegation was not read.
    forEach(delegatedTo.ok ? strategies : [], function* (strategy): Reader<Amount> {
      const shares = yield* readWithdrawable(context, address, strategies, strategy);
      const underlying = yield* readUnderlying(strategy, shares);
      return { operator: delegatedTo.ok ? delegatedTo.value : null, strategy, underlying };
    }),
    forEach(listQueued(context, staker), function* ({ operator, strategy, shares }): Reader<Amount> {
      return { operator, strategy, underlying: yield* readUnderlying(strategy, shares) };
    }),
  ]);
  return [...deposits, ...queued];
}

/** Past its last slashable block no operator's slashing reaches a withdrawal. */
function listQueued({ block }: ReadContext, { withdrawals, delay }: Staker) {
  return withdrawals.flatMap(({ startBlock, delegatedTo, parts }) => {
    const isCompletable = delay.ok && block.number > startBlock + BigInt(delay.value);
    const operator = isCompletable ? null : delegatedTo;
    return parts.map(({ strategy, shares }) => ({ operator, strategy, shares }));
  });
}

/** What was not read, or cannot be valued in ETH, is hidden, and a notice says so. */
export function makeBackings(
  context: ReadContext,
  pool: PoolAmounts,
  rates: Observation['rates'],
  strategies: readonly StrategyObservation[],
): TokenBacking[] {
  const backing = makeBacking(context, pool, rates, strategies);
  return tokensOf(pool.pool.declaration).map((instrument) => ({ ...backing, instrument }));
}

function makeBacking(
  { notices }: ReadContext,
  { pool, stakers, supply, idle, amounts }: PoolAmounts,
  rates: Observation['rates'],
  strategies: readonly StrategyObservation[],
): TokenBacking {
  const { token, contract } = pool.declaration;
  if (pool.gap !== null) notices.addGap(token, contract, `who restakes for ${token}: ${pool.gap}`);
  const unread = stakers.filter(
    ({ delegatedTo, depositsRead, queuedRead }) => !delegatedTo.ok || !depositsRead.ok || !queuedRead.ok,
  );
  if (unread.length > 0) {
    const detail = `${unread.length} of the ${stakers.length} contracts that restake for ${token} could not be read`;
    notices.addGap(token, 'stakers', detail);
  }
  const parts = amounts.map((amount) => valueAmount(amount, rates, strategies));
  const unvalued = new Set(
    amounts.filter((_, index) => parts[index] === null).map(({ strategy }) => strategy),
  );
  if (unvalued.size > 0) {
    notices.addGap(
      token,
      'shares',
      `${token} stands on strategies without a value in ETH: ${[...unvalued].join(', ')}`,
    );
  }
  const rate = rateOf(token, rates);
  if (!supply.ok || rate === null) {
    notices.addGap(token, 'totalSupply', `how much ETH ${token} stands for is not known`);
    return { instrument: token, ...NOTHING_SEEN };
  }
  const total = mulDivFloor(supply.value, rate, WAD);
  const present = parts.filter((part) => part !== null);
  const { seenWei, ...shares } = shareBacking(total, present, idle?.ok === true ? idle.value : 0n);
  if (seenWei > total + total / TOLERANCE) {
    const detail = `${seenWei} wei were found behind ${token}, which stands for ${total}: its shares are scaled down`;
    notices.addGap(token, 'total', detail);
  }
  return { instrument: token, ...shares };
}

function valueAmount(
  { operator, strategy, underlying }: Amount,
  rates: Observation['rates'],
  strategies: readonly StrategyObservation[],
): BackingPart | null {
  const instrument = strategies.find(({ address }) => address === strategy)?.instrument ?? null;
  const rate = instrument === null ? null : rateOf(instrument, rates);
  if (!underlying.ok || rate === null) return null;
  return { operator, strategy, wei: mulDivFloor(underlying.value, rate, WAD) };
}

/** ETH per token, 18 decimals; null where it was not read. */
function rateOf(token: string, rates: Observation['rates']): bigint | null {
  if (isWorthOneEth(token)) return WAD;
  const rate = rates.find(({ instrument }) => instrument === token)?.rate;
  return rate?.ok === true ? rate.value : null;
}
