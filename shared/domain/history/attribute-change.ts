/**
 * What moved the value of a holding between two snapshots. In this order, so that nothing is counted twice and nothing is
 * left over: rewards on what was held before, at the old price; then the price, on the value with its rewards; then what
 * came and went, at the new rate and the new price. The parts sum to the change exactly, because each is the difference
 * of two values in one chain.
 */
import type { AttributionParts, HistoryBasis } from './history-view.ts';
import { mulDivFloor } from '../units.ts';
import { isWorthOneEth } from '../value-rates.ts';
import type { GapReason } from './snapshot.ts';
import { quoteOfState, valueAt, type Holding, type HoldingState, type Quote } from './value-holdings.ts';

type KnownState = Extract<HoldingState, { isKnown: true }>;

export interface Moment {
  readonly state: KnownState;
  readonly quote: Quote;
}

/** Stakes on the beacon chain: rewards become new shares when they are proven, as deposits do. */
const NATIVE_RESTAKED = 'ETH in EigenLayer';

/**
 * The amount that the old holding became by itself, all deposits and withdrawals aside; null where that cannot be told.
 * EigenLayer's deposit shares change with deposits and withdrawals only (DelegationManager, StrategyManager): slashing
 * and rewards change what a share is worth.
 */
function growAlone(holding: Holding, before: KnownState, after: KnownState): bigint | null {
  if (before.amount === 0n) return 0n;
  if (after.amount === before.amount) return before.amount;
  if (holding.stage === 'held') return isRebasing(holding) ? null : before.amount;
  if (before.shares === null || after.shares === null) return after.amount === 0n ? before.amount : null;
  if (before.shares.deposit === after.shares.deposit) return after.amount;
  if (holding.symbol === NATIVE_RESTAKED) return null;
  // A deposit after a slash changes what a share stands for: only untouched shares convert by themselves.
  const isWhole = [before.shares, after.shares].every(
    ({ deposit, withdrawable }) => deposit === withdrawable,
  );
  if (!isWhole || after.shares.deposit === 0n) return null;
  return (after.amount * before.shares.deposit) / after.shares.deposit;
}

/** The balance grows by itself, so that rewards and deposits look the same. */
function isRebasing({ instrument }: Holding): boolean {
  return instrument !== 'ETH' && instrument !== 'WETH' && isWorthOneEth(instrument);
}

const ZERO: AttributionParts = { flows: 0n, rewards: 0n, price: 0n, mixed: 0n, isEstimate: false };

/** One step, of two moments that are both known. Null (with why) where the market says nothing of one of them. */
export function attributeStep(
  holding: Holding,
  from: Moment,
  to: Moment,
  basis: HistoryBasis,
): AttributionParts | GapReason {
  const { state: before } = from;
  const { state: after } = to;
  if (before.amount === 0n && after.amount === 0n) return ZERO;
  // What is gone has no rate any more, and what is new had none: the one that is known stands for both.
  const rateBefore = before.rate ?? after.rate;
  const rateAfter = after.rate ?? before.rate;
  if (rateBefore === null || rateAfter === null) return 'no-rate';
  const quotes = quoteBoth(holding, from, to, basis);
  if (typeof quotes === 'string') return quotes;
  const value = (amount: bigint, rate: bigint, quote: Quote): bigint =>
    valueAt(amount, holding.decimals, rate, quote);
  const start = value(before.amount, rateBefore, quotes.before);
  const end = value(after.amount, rateAfter, quotes.after);
  const alone = growAlone(holding, before, after);
  if (alone === null) {
    const repriced = value(before.amount, moveRate(rateAfter, after, before, rateBefore), quotes.after);
    const mixed = end - repriced;
    return { flows: null, rewards: null, price: repriced - start, mixed, isEstimate: false };
  }
  const rewarded = value(alone, moveRate(rateBefore, before, after, rateAfter), quotes.before);
  const repriced = alone === after.amount ? end : value(alone, rateAfter, quotes.after);
  return {
    rewards: rewarded - start,
    price: repriced - rewarded,
    flows: end - repriced,
    mixed: 0n,
    isEstimate: after.rate === null && before.amount !== 0n,
  };
}

/**
 * The rate as the books alone moved it from `from` to `to`, at the prices of `from`. A claim on bitcoin is rated in ETH
 * through the price of BTC: what that does is price, and only its own rate in BTC is a reward.
 */
function moveRate(rate: bigint, from: KnownState, to: KnownState, rateThere: bigint): bigint {
  const [before, after] = [from.btcRate, to.btcRate];
  if (before === null && after === null) return rateThere;
  // What is gone has no rate of its own any more, and what is new had none.
  return before === null || after === null || before === 0n ? rate : mulDivFloor(rate, after, before);
}

function quoteBoth(
  holding: Holding,
  from: Moment,
  to: Moment,
  basis: HistoryBasis,
): { readonly before: Quote; readonly after: Quote } | GapReason {
  const before = quoteOfState(from.quote, from.state, holding, basis);
  const after = quoteOfState(to.quote, to.state, holding, basis);
  if (typeof before === 'string') return before;
  if (typeof after === 'string') return after;
  // A holding that is not there has no premium: what came or went does so at the premium of the other moment.
  if (basis === 'market' && from.state.amount === 0n) return { before: after, after };
  if (basis === 'market' && to.state.amount === 0n) return { before, after: scaleQuote(before, from, to) };
  return { before, after };
}

/** The premium of the first moment at the price of the second. */
function scaleQuote(premium: Quote, from: Moment, to: Moment): Quote {
  return {
    numerator: premium.numerator * from.quote.denominator * to.quote.numerator,
    denominator: premium.denominator * from.quote.numerator * to.quote.denominator,
  };
}

/**
 * Several steps as one. Where flows and rewards of any step cannot be told apart, nor can those of all steps together:
 * they go into `mixed`, so that a part of one is never shown as the whole of it.
 */
export function addParts(steps: readonly AttributionParts[]): AttributionParts {
  let flows = 0n;
  let rewards = 0n;
  let price = 0n;
  let mixed = 0n;
  for (const step of steps) {
    flows += step.flows ?? 0n;
    rewards += step.rewards ?? 0n;
    price += step.price;
    mixed += step.mixed;
  }
  const isEstimate = steps.some((step) => step.isEstimate);
  const isMixed = steps.some((step) => step.flows === null || step.rewards === null);
  return isMixed
    ? { flows: null, rewards: null, price, mixed: mixed + flows + rewards, isEstimate }
    : { flows, rewards, price, mixed, isEstimate };
}
