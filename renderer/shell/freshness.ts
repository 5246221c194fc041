/** How current figures are, in one word. Pure. */
import type { Freshness } from '../../shared/contract/methods.ts';

/** Figures that a later refresh failed to renew are older than they should be. The sample does not age. */
export function isStale(freshness: Freshness | undefined): boolean {
  return freshness?.kind === 'read' && freshness.origin.kind !== 'sample' && freshness.error !== null;
}
