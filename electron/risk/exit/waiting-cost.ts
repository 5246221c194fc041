/**
 * What waiting costs: the claim stays slashable while it waits, and the money is needed elsewhere. Floating point, being
 * statistics; a share becomes an integer of 1e-18 once, rounded to 1e-15.
 */
import type { ExitAssumptions, NumberRange, WaitingCost } from '../../../shared/domain/exit.ts';
import { mulDivCeil, WAD, type Wad } from '../../../shared/domain/units.ts';
import { DAY_SECONDS, mapSlots } from './duration.ts';

const YEAR_DAYS = 365;
const SHARE_DIGITS = 1e15;

/** Share of a claim that is expected to be lost in `seconds` at a rate per year: 1 - exp(-rate x years). */
function computeLossShare(annualRate: number, seconds: number): number {
  return -Math.expm1((-annualRate * seconds) / (DAY_SECONDS * YEAR_DAYS));
}

/** What the money would have to earn in `seconds`, as a share of it: yield x days / 365. */
function computeTimeShare(annualYield: number, seconds: number): number {
  return (annualYield * seconds) / (DAY_SECONDS * YEAR_DAYS);
}

/** The rate of one position, of all, or null where none is known. */
export function findLossRate(assumptions: ExitAssumptions, positionId: string): number | null {
  const { annualLossRate, annualLossRates } = assumptions;
  return Object.hasOwn(annualLossRates, positionId) ? (annualLossRates[positionId] ?? null) : annualLossRate;
}

interface Wait {
  readonly amount: bigint;
  /** Seconds until paid, and of those the ones in which it can be slashed. */
  readonly total: NumberRange;
  readonly slashable: NumberRange;
  /** Null: not known. */
  readonly annualLossRate: number | null;
  readonly requiredAnnualYield: number;
}

/**
 * Both costs by how long it takes; at most all of the claim, rounded up. Null where the time is not known, or the rate
 * while there is something to lose.
 */
export function computeWaitingCost(wait: Wait): WaitingCost {
  const { amount, total, slashable, annualLossRate, requiredAnnualYield } = wait;
  const lossShare: NumberRange = mapSlots((slot) => {
    const seconds = slashable[slot];
    if (seconds === 0) return 0;
    return seconds === null || annualLossRate === null ? null : computeLossShare(annualLossRate, seconds);
  });
  const timeShare: NumberRange = mapSlots((slot) => {
    const seconds = total[slot];
    return seconds === null ? null : computeTimeShare(requiredAnnualYield, seconds);
  });
  const share = mapSlots((slot) => {
    const [lost, time] = [lossShare[slot], timeShare[slot]];
    return lost === null || time === null ? null : toWad(lost + time);
  });
  return {
    lossShare,
    timeShare,
    share,
    cost: mapSlots((slot) => {
      const part = share[slot];
      return part === null ? null : mulDivCeil(amount, part, WAD);
    }),
  };
}

function toWad(share: number): Wad {
  const digits = BigInt(Math.round(Math.min(1, share) * SHARE_DIGITS));
  return ((digits * WAD) / BigInt(SHARE_DIGITS)) as Wad; // as: a share of one in 1e-18
}
