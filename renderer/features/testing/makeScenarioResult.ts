/** A result for tests: what each event took, in whole ETH, and what the market takes off the rest. */
import type { ScenarioResult } from '../../../shared/domain/scenario.ts';
import { WAD, type Wei } from '../../../shared/domain/units.ts';

export function makeScenarioResult(
  losses: readonly bigint[],
  { before, market = 0n }: { readonly before: bigint; readonly market?: bigint },
): ScenarioResult {
  // `as`: brands exist at compile time only, and literals carry none.
  const eth = (amount: bigint): Wei => (amount * WAD) as Wei;
  const event = { kind: 'contract-failure' as const, dependency: 'contract:core', loss: WAD };
  const loss = losses.reduce((sum, lost) => sum + lost, 0n);
  return {
    scenario: { preset: 'custom', events: losses.map(() => event) },
    positions: [],
    events: losses.map((lost) => ({
      event,
      lossWei: eth(lost),
      marketLossWei: eth(0n),
      lockedWei: eth(0n),
      note: null,
    })),
    totalBeforeWei: eth(before),
    totalAfterWei: eth(before - loss),
    totalLossWei: eth(loss),
    totalRecoveredWei: eth(0n),
    totalMarketLossWei: eth(market),
    totalLockedWei: eth(0n),
    covers: [],
    unvaluedIds: [],
    leftOut: [],
  };
}
