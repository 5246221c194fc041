/** Why there is no price of ETH: the feed is not there, is too old, or could not be read. Pure. */
import type { Figure } from '../../../shared/domain/figure.ts';

/** `price`: the figure behind a dollar value, without a value; null where none stands behind it. */
export function tellWhyNoPrice(price: Figure | null): 'absent' | 'stale' | 'failed' | 'unknown' {
  switch (price?.reason?.code) {
    case undefined:
      return 'unknown';
    case 'stale-price':
      return 'stale';
    case 'not-configured':
      return 'absent';
    case 'no-price':
      // A feed that answered with no price has its answer as the detail.
      return price.reason.detail === undefined ? 'absent' : 'failed';
    default:
      return 'failed';
  }
}
