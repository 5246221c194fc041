/**
 * Sell now or wait: which is cheaper for the whole, up to which amount selling is, and how to divide a position best.
 *
 * Waiting costs the same share of any amount: that of the exit time of the whole position. What is sold shortens the
 * queue for the rest, so the share is too high by at most own / churn epochs.
 */
import type { DepthCurve, ExitChoice } from '../../../shared/domain/exit.ts';
import { mulDivCeil, WAD, type Wad } from '../../../shared/domain/units.ts';
import { findAmountAtAverageCost, findAmountAtMarginalCost, findCapacity, quoteSale } from './depth-curve.ts';

export interface ExitOffer {
  readonly amount: bigint;
  /** Null: no market is known. */
  readonly curve: DepthCurve | null;
  /** What went into the same market before. */
  readonly sold: bigint;
  /** Share of what waits that waiting costs; null: not known, or `isNeverPaid`. */
  readonly waitingShare: Wad | null;
  /** Whoever waits is not paid, as far as can be seen: withdrawals are paused without an end. */
  readonly isNeverPaid: boolean;
}

const UNKNOWN: ExitChoice = { cheaper: 'unknown', breakEven: null, split: null };

/**
 * The choice for one position. The split is the best there is to within one smallest unit (proceeds are rounded down,
 * waiting costs up), and never worse than selling or waiting with everything.
 */
export function compareExits(offer: ExitOffer): ExitChoice {
  const { amount, curve, waitingShare, isNeverPaid } = offer;
  if (isNeverPaid) return chooseWithoutWaiting(offer);
  if (waitingShare === null) return UNKNOWN;
  if (curve === null) return chooseWithoutMarket(amount, waitingShare);
  const breakEven = findAmountAtAverageCost(curve, offer.sold, waitingShare);
  const split = findBestSplit(curve, offer.sold, amount, waitingShare);
  const sale = quoteSale(curve, offer.sold, amount);
  const waiting = mulDivCeil(amount, waitingShare, WAD);
  if (sale === null) return { cheaper: 'wait', breakEven, split };
  const cheaper = sale.cost === waiting ? 'same' : sale.cost < waiting ? 'sell' : 'wait';
  return { cheaper, breakEven, split };
}

/** Nothing is cheaper than what costs nothing (ETH itself); else a market would have to be known. */
function chooseWithoutMarket(amount: bigint, waitingShare: Wad): ExitChoice {
  if (waitingShare > 0n) return UNKNOWN;
  return {
    cheaper: 'wait',
    breakEven: null,
    split: { sold: 0n, received: 0n, waiting: amount, cost: 0n },
  };
}

/** What waits is worth nothing: sell what the market takes, at any price. */
function chooseWithoutWaiting({ amount, curve, sold }: ExitOffer): ExitChoice {
  if (curve === null) return { cheaper: 'neither', breakEven: null, split: null };
  const most = minOfCapacity(amount, curve, sold);
  const sale = quoteSale(curve, sold, most);
  const capacity = findCapacity(curve);
  return {
    cheaper: most === amount ? 'sell' : 'neither',
    breakEven: capacity === null ? null : most,
    split: sale && {
      sold: most,
      received: sale.received,
      waiting: amount - most,
      cost: sale.cost + (amount - most),
    },
  };
}

function minOfCapacity(amount: bigint, curve: DepthCurve, sold: bigint): bigint {
  const capacity = findCapacity(curve);
  if (capacity === null || capacity - sold >= amount) return amount;
  return capacity > sold ? capacity - sold : 0n;
}

function findBestSplit(
  curve: DepthCurve,
  sold: bigint,
  amount: bigint,
  share: Wad,
): NonNullable<ExitChoice['split']> {
  const most = minOfCapacity(amount, curve, sold);
  const worth = findAmountAtMarginalCost(curve, share);
  const inner = worth === null ? most : worth - sold;
  let best: NonNullable<ExitChoice['split']> | null = null;
  for (const part of [0n, inner, most]) {
    const sale = part < 0n || part > most ? null : quoteSale(curve, sold, part);
    if (sale === null) continue;
    const waiting = amount - part;
    const cost = sale.cost + mulDivCeil(waiting, share, WAD);
    if (best === null || cost < best.cost) best = { sold: part, received: sale.received, waiting, cost };
  }
  // Nothing sold is always possible.
  return best ?? { sold: 0n, received: 0n, waiting: amount, cost: mulDivCeil(amount, share, WAD) };
}
