/** What of EigenLayer and of vaults was not read. A list that was not read is not an empty list. Pure. */
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import { isDeposit, isLeaving, isRequest, type Position } from '../../../shared/domain/position.ts';
import { isUnreadVaults } from '../../../shared/domain/vault-instrument.ts';
import { UNREAD_EIGENLAYER } from '../../../shared/domain/valuation.ts';

export interface UnreadRestaking {
  /** True where the network file names no EigenLayer, so that it was never asked. */
  readonly isNotAsked: boolean;
  /** True where some account, its deposits, or what stands with an operator is missing. */
  readonly areDepositsPartial: boolean;
  /** True where the withdrawals of some account are missing. */
  readonly areWithdrawalsPartial: boolean;
}

type ReadView = Pick<PortfolioView, 'positions' | 'notices' | 'unreadAccountIds'>;

/** The contract that deposits, delegations and withdrawals are all read from. */
const DELEGATION_MANAGER = 'DelegationManager';

export function findUnreadRestaking({ positions, notices, unreadAccountIds }: ReadView): UnreadRestaking {
  const hasUnreadAccount = unreadAccountIds.length > 0;
  return {
    isNotAsked: notices.some(
      ({ code, contract }) => code === 'not-available' && contract === DELEGATION_MANAGER,
    ),
    areDepositsPartial:
      hasUnreadAccount || positions.some(({ state, amount }) => isDeposit(state) && amount.value === null),
    areWithdrawalsPartial:
      hasUnreadAccount || positions.some((position) => isLeaving(position.state) && isUnreadList(position)),
  };
}

/** True for the position that stands for a list of deposits, withdrawals or requests that could not be read. */
export function isUnreadList({ instrument, state, request }: Position): boolean {
  const isUnreadStake = instrument.id === UNREAD_EIGENLAYER.id || isUnreadVaults(instrument);
  return isUnreadStake || (isRequest(state) && request === undefined);
}
