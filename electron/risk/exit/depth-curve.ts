/**
 * What selling at once brings. Amounts and proceeds are bigints in one unit of book value (wei, satoshi); all divisions
 * go through fractions, so that nothing is rounded before the end. Every curve here is one on which the price never
 * rises with the amount sold: the cost is convex, which break-even and split rely on.
 */
import type { DepthCurve, Sale } from '../../../shared/domain/exit.ts';
import { mulDivCeil, mulDivFloor, WAD, type Wad } from '../../../shared/domain/units.ts';
import { computeIntegerSquareRoot } from '../protocols/ethereum/integer-square-root.ts';
import { refuse } from '../protocols/refuse.ts';

/** num / den, den above zero. */
interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

const MAX_POINTS = 1000;
/** Far above anything in existence, and still quick to compute with. */
const MAX_AMOUNT = 10n ** 40n;

function isAmount(value: bigint): boolean {
  return value >= 0n && value <= MAX_AMOUNT;
}

/** @throws AppError scenario-invalid for reserves, fees, capacities or quotes that no market can have */
export function validateDepthCurve(curve: DepthCurve): void {
  switch (curve.kind) {
    case 'constant-product':
      if (curve.reserveIn === 0n || !isAmount(curve.reserveIn) || !isAmount(curve.reserveOut)) {
        refuse(
          'A pool needs reserves above zero.',
          `${curve.reserveIn.toString()} and ${curve.reserveOut.toString()}`,
          'Enter both sides of the pool, the token’s in its book value.',
        );
      }
      validateFee(curve.fee);
      return;
    case 'points':
      validatePoints(curve.points);
      return;
    case 'fixed-fee':
      if (!isAmount(curve.capacity)) {
        refuse(
          'An instant redemption holds nothing below zero.',
          curve.capacity.toString(),
          'Enter 0 or more.',
        );
      }
      validateFee(curve.fee);
  }
}

function validateFee(fee: Wad): void {
  if (fee >= 0n && fee < WAD) return;
  refuse(
    'A fee is from 0% to below 100%.',
    `${fee.toString()} of 1e18`,
    'Enter it as a share: 0.3% is 0.003.',
  );
}

function validatePoints(points: readonly { amount: bigint; received: bigint }[]): void {
  if (points.length === 0 || points.length > MAX_POINTS) {
    refuse('A depth curve has at least one quote.', `${points.length} quotes`, `Enter 1 to ${MAX_POINTS}.`);
  }
  let last = { amount: 0n, received: 0n };
  let lastStep: { amount: bigint; received: bigint } | null = null;
  for (const [index, point] of points.entries()) {
    const step = { amount: point.amount - last.amount, received: point.received - last.received };
    const where = `quote ${index + 1}: ${point.amount.toString()} brings ${point.received.toString()}`;
    if (step.amount <= 0n || !isAmount(point.amount) || !isAmount(point.received)) {
      refuse('Quotes go from small amounts to large ones.', where, 'Sort them, and drop doubles.');
    }
    if (step.received < 0n) {
      refuse('Selling more cannot bring less.', where, 'Check what the quote says for the whole amount.');
    }
    if (lastStep !== null && step.received * lastStep.amount > lastStep.received * step.amount) {
      refuse(
        'Selling more cannot bring a better price for the rest.',
        where,
        'Quotes taken at different times or pools do this. Drop the ones that stand out.',
      );
    }
    last = point;
    lastStep = step;
  }
}

/** The most the curve takes; null where it takes anything, at ever worse prices. */
export function findCapacity(curve: DepthCurve): bigint | null {
  switch (curve.kind) {
    case 'constant-product':
      return null;
    case 'points':
      return curve.points.at(-1)?.amount ?? 0n;
    case 'fixed-fee':
      return curve.capacity;
  }
}

/**
 * What selling `amount` in all brings, exactly; `amount` is within the capacity.
 * Constant product: a g Y / (X + a g) with g = 1 - fee, which is getAmountOut of Uniswap v2 (its 997 / 1000 is one g).
 */
function computeProceeds(curve: DepthCurve, amount: bigint): Fraction {
  switch (curve.kind) {
    case 'constant-product': {
      const paidIn = amount * (WAD - curve.fee);
      return { num: paidIn * curve.reserveOut, den: curve.reserveIn * WAD + paidIn };
    }
    case 'points': {
      let from = { amount: 0n, received: 0n };
      for (const to of curve.points) {
        if (amount > to.amount) {
          from = to;
          continue;
        }
        const den = to.amount - from.amount;
        return { num: from.received * den + (to.received - from.received) * (amount - from.amount), den };
      }
      return { num: from.received, den: 1n };
    }
    case 'fixed-fee':
      return { num: amount * (WAD - curve.fee), den: WAD };
  }
}

/** What selling `amount` more brings after `sold`. */
function computeProceedsAfter(curve: DepthCurve, sold: bigint, amount: bigint): Fraction {
  const before = computeProceeds(curve, sold);
  const after = computeProceeds(curve, sold + amount);
  return { num: after.num * before.den - before.num * after.den, den: after.den * before.den };
}

/**
 * The sale of `amount` after `sold` has gone into the same market; proceeds rounded down. Null where the market cannot
 * take it.
 */
export function quoteSale(curve: DepthCurve, sold: bigint, amount: bigint): Sale | null {
  const capacity = findCapacity(curve);
  if (amount < 0n || sold < 0n || (capacity !== null && sold + amount > capacity)) return null;
  const { num, den } = computeProceedsAfter(curve, sold, amount);
  const received = num / den;
  const cost = amount - received;
  return { amount, received, cost, costShare: amount === 0n ? 0n : (cost * WAD) / amount };
}

/** Whether a sale of `amount`, before rounding, costs no more than `share` of it. */
export function isSaleWithin(curve: DepthCurve, sold: bigint, amount: bigint, share: Wad): boolean {
  const { num, den } = computeProceedsAfter(curve, sold, amount);
  return (amount * den - num) * WAD <= share * amount * den;
}

/**
 * The largest amount whose sale, before rounding, costs no more than `share` of it on average, after `sold` has gone into
 * the same market. Null: any amount.
 */
export function findAmountAtAverageCost(curve: DepthCurve, sold: bigint, share: Wad): bigint | null {
  const price = WAD - share;
  const capacity = findCapacity(curve);
  const left = capacity === null || capacity < sold ? 0n : capacity - sold;
  switch (curve.kind) {
    case 'constant-product': {
      if (price <= 0n) return null;
      // g X Y / ((X + S g)(X + S g + a g)) >= price, solved for a; S is what was sold.
      const g = WAD - curve.fee;
      const reserve = curve.reserveIn * WAD + sold * g;
      const most = (g * curve.reserveIn * curve.reserveOut * WAD * WAD) / (reserve * price);
      return most <= reserve ? 0n : (most - reserve) / g;
    }
    case 'fixed-fee':
      return curve.fee <= share ? left : 0n;
    case 'points': {
      if (isSaleWithin(curve, sold, left, share)) return left;
      // The average cost never falls with the amount: everything below a worthwhile amount is worthwhile.
      let low = 0n;
      let high = left;
      while (high - low > 1n) {
        const middle = (low + high) / 2n;
        if (isSaleWithin(curve, sold, middle, share)) low = middle;
        else high = middle;
      }
      return low;
    }
  }
}

/**
 * How much in all can be sold while the next unit still costs no more than `share` of it: where the marginal price
 * falls to 1 - share. Null: everything, whatever it brings.
 */
export function findAmountAtMarginalCost(curve: DepthCurve, share: Wad): bigint | null {
  const price = WAD - share;
  if (price <= 0n) return findCapacity(curve);
  switch (curve.kind) {
    case 'constant-product': {
      // g X Y / (X + a g)^2 >= price, solved for a; the root is of an integer, rounded down.
      const g = WAD - curve.fee;
      const square = (g * curve.reserveIn * curve.reserveOut * WAD * WAD) / price;
      const root = computeIntegerSquareRoot(square);
      const reserve = curve.reserveIn * WAD;
      return root <= reserve ? 0n : (root - reserve) / g;
    }
    case 'points': {
      let from = { amount: 0n, received: 0n };
      for (const to of curve.points) {
        if ((to.received - from.received) * WAD < price * (to.amount - from.amount)) return from.amount;
        from = to;
      }
      return from.amount;
    }
    case 'fixed-fee':
      return curve.fee <= share ? curve.capacity : 0n;
  }
}

/**
 * The curve with a share of its depth gone: the same prices at proportionally smaller amounts. A pool keeps its ratio,
 * as when providers leave. What is paid in is rounded up and what is paid out down, so that no price gets better.
 */
export function withdrawDepth(curve: DepthCurve, share: Wad): DepthCurve {
  const paidIn = (amount: bigint): bigint => mulDivCeil(amount, WAD - share, WAD);
  const paidOut = (amount: bigint): bigint => mulDivFloor(amount, WAD - share, WAD);
  switch (curve.kind) {
    case 'constant-product': {
      const { reserveIn, reserveOut } = curve;
      // An empty pool takes nothing: the same as an empty redemption.
      return share === WAD
        ? { kind: 'fixed-fee', fee: curve.fee, capacity: 0n }
        : { ...curve, reserveIn: paidIn(reserveIn), reserveOut: paidOut(reserveOut) };
    }
    case 'points':
      return {
        kind: 'points',
        points: curve.points
          .map(({ amount, received }) => ({ amount: paidIn(amount), received: paidOut(received) }))
          // Rounding can bring two small quotes to one amount; the later of them brings no less.
          .filter(({ amount }, index, all) => amount > 0n && amount !== all[index + 1]?.amount),
      };
    case 'fixed-fee':
      return { ...curve, capacity: paidOut(curve.capacity) };
  }
}
