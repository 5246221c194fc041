/**
 * Chainlink's dollar feeds, written for AggregatorV3Interface. The answer is normalised to 8 decimals; whether it is
 * stale is left to whoever uses it, because that depends on the time of looking.
 */
import type { PriceReading } from '../../../shared/domain/observation.ts';
import { askNamed, targetOf, type ReadContext } from './context.ts';
import { together, type Reader } from './rounds.ts';
import { defineView, fail, mapOutcome, withCheck, type Outcome } from './view.ts';

const latestRoundData = defineView(
  'function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)',
);
const decimalsOf = defineView('function decimals() view returns (uint8)');

const PRICE_DECIMALS = 8n;
/** The largest power of ten a uint256 can hold. */
const MOST_DECIMALS = 77;
/** One billion dollars per ETH or BTC. */
const HIGHEST_PRICE = 10n ** (9n + PRICE_DECIMALS);
/** Seconds a feed's clock may run ahead of the block it is read in. */
const CLOCK_TOLERANCE = 60;

/** Null, with a notice, where the network file has no feed. `heartbeat`: seconds. */
export function* readPrice(
  context: ReadContext,
  feed: 'ChainlinkETHUSD' | 'ChainlinkBTCUSD',
  heartbeat: number,
): Reader<PriceReading | null> {
  if (targetOf(context.network, feed) === null) {
    context.notices.addMissing(feed);
    return null;
  }
  const newestAllowed = BigInt(context.block.time + CLOCK_TOLERANCE);
  const [round, decimals] = yield* together([
    askNamed(context, feed, (target) =>
      withCheck(latestRoundData(target), ([, answer, , updatedAt]) =>
        checkRound(answer, updatedAt, newestAllowed),
      ),
    ),
    askNamed(context, feed, (target) =>
      withCheck(decimalsOf(target), (value) => (value > MOST_DECIMALS ? `${value} decimals` : null)),
    ),
  ]);
  const price = normalizePrice(round, decimals);
  if (round.ok && decimals.ok && !price.ok) context.notices.addFailure(price);
  return {
    price,
    updatedAt: round.ok ? Number(round.value[3]) : 0,
    heartbeat,
  };
}

function checkRound(answer: bigint, updatedAt: bigint, newestAllowed: bigint): string | null {
  if (answer <= 0n) return `an answer of ${answer}`;
  if (updatedAt === 0n) return 'a round that was never completed';
  return updatedAt > newestAllowed ? `an update dated in the future (${updatedAt})` : null;
}

type Round = readonly [bigint, bigint, bigint, bigint, bigint];

/** Dollars with 8 decimals, rounded down; a price that then is nothing, or beyond belief, is absurd. */
function normalizePrice(round: Outcome<Round>, decimals: Outcome<number>): Outcome<bigint> {
  if (!decimals.ok) return decimals;
  const price = mapOutcome(
    round,
    ([, answer]) => (answer * 10n ** PRICE_DECIMALS) / 10n ** BigInt(decimals.value),
  );
  if (!price.ok || (price.value > 0n && price.value <= HIGHEST_PRICE)) return price;
  return fail(price, 'absurd', `with ${decimals.value} decimals, a price of ${price.value}e-8 dollars`);
}
