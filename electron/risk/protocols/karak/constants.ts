/**
 * Karak's windows and limits. Times are in seconds.
 * Source: code-423n4/2024-07-karak@d803024a, src/interfaces/Constants.sol.
 */
import type { PercentWad } from '../../../../shared/domain/units.ts';

const DAY = 86_400n;

/** From a request until it can be finalised; the veto committee can cancel it all the while. */
export const SLASHING_VETO_WINDOW = 2n * DAY;
/** The time a service is given to ask for a slash. The contracts do not enforce it; it makes up the delays below. */
export const SLASHING_WINDOW = 7n * DAY;
/** Between two requests of the same service against the same operator. */
export const SLASHING_COOLDOWN = 2n * DAY;
/** A withdrawal waits for window and veto together, so that it cannot leave before a fault of its time is paid for. */
export const MIN_WITHDRAWAL_DELAY = SLASHING_WINDOW + SLASHING_VETO_WINDOW;
/** The same for an operator that takes a vault away from a service. */
export const MIN_STAKE_UPDATE_DELAY = SLASHING_WINDOW + SLASHING_VETO_WINDOW;

/** 100%; each service registers its own limit below it, once. */
export const MAX_SLASHING_PERCENT = (100n * 10n ** 18n) as PercentWad;

export const MAX_VAULTS_PER_OPERATOR = 32;
export const MAX_DSS_PER_OPERATOR = 32;
