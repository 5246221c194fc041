/**
 * The sample's past: invented, the same each time, and marked so on every snapshot. It leads to the sample's own reading
 * over 78 weeks, and has in it what a real history has: weeks without a reading, a deposit, a token bought on the way, a
 * rate that could not be read, a withdrawal that was queued lately, and a month in which one token traded below its rate.
 */
import { WAD } from '../units.ts';
import { stageOf, type Snapshot, type SnapshotPosition } from './snapshot.ts';

const WEEK = 7 * 86_400_000;
const WEEKS = 78;
const BLOCKS_PER_WEEK = 50_400n;

/** Weeks before the reading, both included, of which nothing is kept. */
const UNREAD = { from: 34, to: 42 };
/** The largest held wstETH was bought in two parts, the second so long ago. */
const DEPOSIT = { instrument: 'wstETH', week: 55, share: 3500n };
const BOUGHT = { instrument: 'pufETH', week: 61 };
const UNREAD_RATE = { instrument: 'rsETH', weeks: [20, 21] };
const QUEUED_SINCE = 2;
const DEPEG = { instrument: 'ezETH', from: 23, to: 27, depths: [240n, 620n, 480n, 310n, 150n] };

/** Ten-thousandths a year by which each rate, or rebasing balance, grew. */
const GROWTH: Readonly<Record<string, bigint>> = {
  wstETH: 295n,
  weETH: 318n,
  ezETH: 305n,
  pufETH: 282n,
  rsETH: 331n,
  stETH: 295n,
  eETH: 318n,
};
const YEAR_WEEKS = 52n;
const ONE = 10_000n;

/** Oldest first; the last is `reading` itself, which must be of the sample. */
export function makeSampleHistory(reading: Snapshot): readonly Snapshot[] {
  return Array.from({ length: WEEKS + 1 }, (_, index) => WEEKS - index)
    .filter((week) => week < UNREAD.from || week > UNREAD.to)
    .map((week) => lookBack(reading, week));
}

function lookBack(reading: Snapshot, week: number): Snapshot {
  const at = reading.at - week * WEEK;
  const ethUsd = reading.ethUsd === null ? null : scale(reading.ethUsd, ONE + priceWave(week));
  return {
    ...reading,
    at,
    readAt: at,
    block: reading.block === null ? null : reading.block - BigInt(week) * BLOCKS_PER_WEEK,
    origin: { kind: 'synthetic' },
    ethUsd,
    btcUsd: (BTC_USD * (ONE + btcWave(week))) / ONE,
    positions: withoutQueue(reading.positions, week).flatMap((position) => agePosition(position, week)),
  };
}

/** Dollars, 8 decimals: invented as all of this. */
const BTC_USD = 96_400n * 10n ** 8n;

/** Whole numbers only, so that every machine makes the same history: a triangle wave of `period` weeks, -size to size. */
function wave(week: number, period: number, size: bigint): bigint {
  const phase = BigInt(week % period);
  const half = BigInt(period) / 2n;
  const distance = phase < half ? phase : BigInt(period) - phase;
  return (size * (2n * distance - half)) / half;
}

/** Each wave less where it stands at the reading, so that the past meets the present. */
function swing(week: number, waves: readonly (readonly [period: number, size: bigint])[]): bigint {
  return waves.reduce((sum, [period, size]) => sum + wave(week, period, size) - wave(0, period, size), 0n);
}

function priceWave(week: number): bigint {
  return swing(week, [
    [90, 900n],
    [26, -1100n],
    [11, 420n],
    [4, -130n],
  ]);
}

function btcWave(week: number): bigint {
  return swing(week, [
    [104, -1400n],
    [31, 600n],
    [9, -310n],
    [5, 120n],
  ]);
}

function scale(value: bigint, tenThousandths: bigint): bigint {
  return (value * tenThousandths) / ONE;
}

/** What is queued lately was restaked before that, where the same account holds the same there. */
function withoutQueue(positions: readonly SnapshotPosition[], week: number): readonly SnapshotPosition[] {
  if (week <= QUEUED_SINCE) return positions;
  const isSame = (a: SnapshotPosition, b: SnapshotPosition): boolean =>
    a.address === b.address && a.instrument === b.instrument;
  const leaving = positions.filter((position) => stageOf(position) === 'leaving');
  return positions
    .filter((position) => stageOf(position) !== 'leaving')
    .map((position) => {
      if (stageOf(position) !== 'restaked') return position;
      return leaving.filter((other) => isSame(other, position)).reduce(addPosition, position);
    });
}

function addPosition(one: SnapshotPosition, other: SnapshotPosition): SnapshotPosition {
  const { shares } = one;
  return {
    ...one,
    amount: one.amount === null || other.amount === null ? null : one.amount + other.amount,
    shares:
      shares === null || other.shares === null
        ? null
        : {
            deposit: shares.deposit + other.shares.deposit,
            withdrawable: shares.withdrawable + other.shares.withdrawable,
          },
  };
}

/** Nothing where it was not bought yet. */
function agePosition(position: SnapshotPosition, week: number): readonly SnapshotPosition[] {
  const { instrument } = position;
  const isHeld = position.state === 'held';
  if (isHeld && instrument === BOUGHT.instrument && week > BOUGHT.week) return [];
  const grown = shrink(position, week);
  const amount =
    isHeld && instrument === DEPOSIT.instrument && week > DEPOSIT.week && grown.amount !== null
      ? scale(grown.amount, ONE - DEPOSIT.share)
      : grown.amount;
  if (instrument === UNREAD_RATE.instrument && UNREAD_RATE.weeks.includes(week)) {
    return [{ ...grown, amount, rate: null, market: null, why: 'call-failed' }];
  }
  return [{ ...grown, amount, market: isHeld ? marketOf(grown, week) : null }];
}

/** The rate as it was; of a restaked balance that grows by itself, the amount. */
function shrink(position: SnapshotPosition, week: number): SnapshotPosition {
  const token = position.symbol.split(' ')[0] ?? '';
  const growth = GROWTH[token] ?? 0n;
  const factor = ONE * YEAR_WEEKS - growth * BigInt(week);
  const before = (value: bigint): bigint => (value * factor) / (ONE * YEAR_WEEKS);
  const { rate, amount } = position;
  if (rate === null || growth === 0n) return position;
  return rate === WAD
    ? { ...position, amount: amount === null ? null : before(amount) }
    : { ...position, rate: before(rate) };
}

/** A little below the books, and far below in the month of the depeg. */
function marketOf({ instrument, rate }: SnapshotPosition, week: number): bigint | null {
  if (rate === null || instrument === 'ETH') return rate;
  const usual = 8n + wave(week, 7, 5n);
  const isDepeg = instrument === DEPEG.instrument && week >= DEPEG.from && week <= DEPEG.to;
  const depth = isDepeg ? (DEPEG.depths[DEPEG.to - week] ?? usual) : usual;
  return scale(rate, ONE - depth);
}
