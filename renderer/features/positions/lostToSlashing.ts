/** What slashing took of a deposit so far, as a figure. Pure. */
import { computeFigure, SHARES_UNIT, type Figure } from '../../../shared/domain/figure.ts';
import { isDeposit, type Position } from '../../../shared/domain/position.ts';

/**
 * Deposit shares less withdrawable shares. Null for withdrawals: their scaled shares carry what was slashed before
 * the deposit too, so the difference would say more than was lost.
 */
export function findLostToSlashing({ state, restaking }: Position): Figure | null {
  if (!restaking || !isDeposit(state)) return null;
  const { depositShares, withdrawableShares } = restaking;
  return computeFigure(
    { name: 'figure.name.lostToSlashing', subject: depositShares.subject, unit: SHARES_UNIT },
    'lost-to-slashing',
    [depositShares, withdrawableShares],
    // The contract's rounding may leave a share more than was deposited; nothing was gained by slashing.
    (deposited, withdrawable) => (withdrawable < deposited ? deposited - withdrawable : 0n),
  );
}
